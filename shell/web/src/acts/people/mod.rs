//! `/nguoi-dung`: people, their posts, accounts, delegations, handovers.
//!
//! | file | has |
//! |---|---|
//! | `whom.rs` | the person of an address, and what one may do to him |
//! | `asking.rs` | a form about a person: shown, carried out, shown again |
//! | `choices.rs` | units, roles, people to choose from |
//! | `list.rs`, `person.rs` | what is shown |
//! | `register.rs`, `identity.rs` | who one is |
//! | `posts.rs`, `delegations.rs` | what one may do |
//! | `account.rs`, `once.rs` | whether one may log in; one-time passwords |
//! | `import.rs` | many people at once, from a file |
//! | `handover.rs`, `handed.rs` | open work passes on; the list to sign |

mod account;
pub mod asking;
mod choices;
mod delegations;
mod handed;
mod handover;
mod identity;
mod import;
mod list;
mod once;
mod person;
mod posts;
mod register;
mod whom;

use axum::Router;
use axum::routing::get;

use crate::App;

/// The addresses below `/nguoi-dung`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list::page))
        .route("/xuat.xlsx", get(list::export))
        .route("/them", get(register::form).post(register::take))
        .route("/nhap", import::reading())
        .route("/nhap/ap-dung", import::applying())
        .route("/nhap/tep", import::issuing())
        .route("/nhap/mau.xlsx", import::template())
        .route("/{id}", get(person::page))
        .route("/{id}/doi-ten", get(identity::rename_form).post(identity::rename))
        .route("/{id}/lien-he", get(identity::contact_form).post(identity::contact))
        .route("/{id}/xoa-lien-he", get(identity::erase_form).post(identity::erase))
        .route("/{id}/tai-khoan/mo", get(account::open_form).post(account::open))
        .route("/{id}/tai-khoan/dong", get(account::close_form).post(account::close))
        .route("/{id}/mat-khau", get(account::reset_form).post(account::reset))
        .route("/{id}/bo-nhiem", get(posts::appoint_form).post(posts::appoint))
        .route("/{id}/chuc-vu/{post}/sua", get(posts::change_form).post(posts::change))
        .route("/{id}/chuc-vu/{post}/ket-thuc", get(posts::end_form).post(posts::end))
        .route("/{id}/chuc-vu/{post}/huy", get(posts::cancel_form).post(posts::cancel))
        .route("/{id}/chuc-vu/{post}/uy-quyen", get(delegations::form).post(delegations::give))
        .route("/{id}/uy-quyen/{delegation}/ket-thuc", get(delegations::end_form).post(delegations::end))
        .route("/{id}/chuc-vu/{post}/ban-giao", get(handover::form).post(handover::give))
        .route("/{id}/ban-giao/{version}", get(handed::page))
        .route("/{id}/ban-giao/{version}/bien-ban.docx", get(handed::docx))
        .route("/{id}/ban-giao/{version}/danh-sach.xlsx", get(handed::xlsx))
}
