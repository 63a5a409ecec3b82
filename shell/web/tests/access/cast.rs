//! Who asks and about whom: everybody of one city, and somebody of the city, of a ward in it, of another city.

use axum::Router;
use cchc_access::person::Contact;
use cchc_access::{Action, Actions, Capacity, Delegation, DelegationId, PersonCommand, Post, Principal, Role, Viewer};
use cchc_ledger::draft::{Change, Draft, DraftCommand};
use cchc_ledger::{Actor, PersonId, StreamId};
use jiff::civil::{Date, date};

use super::common::rounds::plan;
use super::common::served::{Served, actor, post, served};
use super::needs::Target;

/// The city of all who ask; a ward in it; another city.
const UNITS: [&str; 3] = ["243", "08707", "244"];

/// Somebody who asks.
pub struct Asker {
    /// What he is called in a failure.
    pub name: String,
    /// His login; empty: the public.
    pub login: String,
    /// His token.
    pub token: String,
    /// Who he is in a session.
    pub by_session: Viewer,
    /// Who he is by his token.
    pub by_token: Viewer,
    /// Whether he left.
    pub left: bool,
}

/// The server with everybody on it.
pub struct Stage {
    pub served: Served,
    pub router: Router,
    pub targets: Vec<Target>,
}

/// The draft that the target prepared.
pub fn draft(target: &Target) -> String {
    format!("nhap-{}", target.post.unit)
}

/// The round that the target's unit runs, and in which it is scored itself.
pub fn round(target: &Target) -> String {
    format!("dot-{}", target.post.unit)
}

/// Login of whom requests are about.
fn whom(unit: &str) -> String {
    format!("chu-the.{unit}")
}

impl Stage {
    pub async fn set() -> Self {
        let served = served().await;
        served.publish("units", "vinh-phuc", "units/units-vinh-phuc.csv").await;
        served.publish("departments", "vinh-phuc", "units/departments-vinh-phuc.csv").await;
        served.publish("days-off", "viet-nam", "calendar/days-off-2019-2026.csv").await;
        let today = served.store().now().date();
        let mut targets = Vec::new();
        for unit in UNITS {
            targets.push(target(&served, unit, today).await);
        }
        for role in Role::ALL {
            enter(&served, &format!("vai.{}", role.code()), UNITS[0], Some(role)).await;
        }
        enter(&served, "vai.nghi-viec", UNITS[0], Some(Role::Admin)).await;
        enter(&served, "vai.ky-thay", UNITS[0], None).await;
        served.person("vai.unit-head", stand_in("vai.unit-head", "vai.ky-thay"), Actor::system()).await;
        let router = cchc_web::router(served.app.clone());
        Self { served, router, targets }
    }

    pub fn today(&self) -> Date {
        self.served.store().now().date()
    }

    /// The path with everything in it named.
    pub fn address(&self, path: &str, target: &Target) -> String {
        let id = if path.contains("drafts") || path.contains("ban-nhap") {
            draft(target)
        } else if path.contains("people") || path.contains("nguoi-dung") {
            target.person.0.clone()
        } else {
            "vp-2021-xa".to_owned()
        };
        let version = if path.contains("ban-giao") { "5" } else { "1" };
        path.replace("{*stream}", &format!("draft/{}", draft(target)))
            .replace("{delegation}", &format!("{}-thay", target.person))
            .replace("{round}", &round(target))
            .replace("{unit}", &target.post.unit)
            .replace("{line}", "1.1.1")
            .replace("{part}", "thoi-han")
            .replace("{act}", "gia-han")
            .replace("{post}", target.post.id.as_str())
            .replace("{code}", &target.post.unit)
            .replace("{version}", version)
            .replace("{kind}", "days-off")
            .replace("{name}", "viet-nam")
            .replace("{number}", "1")
            .replace("{file}", "bo-tieu-chi.toml")
            .replace("{id}", &id)
    }

    /// Everybody who asks.
    pub async fn askers(&self) -> Vec<Asker> {
        let public = Asker {
            name: "the public".to_owned(),
            login: String::new(),
            token: String::new(),
            by_session: Viewer::Public,
            by_token: Viewer::Public,
            left: false,
        };
        let mut askers = vec![public, self.by_login("khong-chuc-vu", Actions::All).await];
        for role in Role::ALL {
            askers.push(self.asker(role.code()).await);
        }
        askers.push(self.asker("ky-thay").await);
        let narrow = Actions::Only(vec![Action::ViewSelf, Action::ViewPeople, Action::ManageAccounts]);
        askers.push(Asker { name: "a narrow token".to_owned(), ..self.by_login("vai.admin", narrow).await });
        // He leaves with a session and a token in hand.
        let left = self.asker("nghi-viec").await;
        let close = PersonCommand::CloseAccount { document: "09/QĐ-MP".to_owned() };
        self.served.person("vai.nghi-viec", close, Actor::system()).await;
        askers.push(Asker { left: true, by_session: Viewer::Public, by_token: Viewer::Public, ..left });
        askers
    }

    /// Who asks in that part.
    pub async fn asker(&self, part: &str) -> Asker {
        self.by_login(&format!("vai.{part}"), Actions::All).await
    }

    async fn by_login(&self, login: &str, scope: Actions) -> Asker {
        let (store, person) = (self.served.store(), PersonId::from(login));
        let principal = store.principal_load(&person, store.now()).await.unwrap().unwrap();
        let (_, secret) = store.token_add(&person, "thử", &scope, 30).await.unwrap();
        Asker {
            name: login.to_owned(),
            login: login.to_owned(),
            token: secret.0,
            by_token: Viewer::Person(Principal { token: scope, ..principal.clone() }),
            by_session: Viewer::Person(principal),
            left: false,
        }
    }
}

async fn enter(served: &Served, login: &str, unit: &str, role: Option<Role>) {
    let register = PersonCommand::Register {
        name: format!("{login} (mô phỏng)"),
        login: Some(login.to_owned()),
        contact: Contact::default(),
        simulated: true,
    };
    served.person(login, register, Actor::system()).await;
    let post = post(login, unit, role.unwrap_or(Role::UnitOfficer));
    let post = Post { roles: role.into_iter().collect(), ..post };
    served.person(login, PersonCommand::Appoint { post }, Actor::system()).await;
}

/// Lets another act in the first post of a person.
fn stand_in(giver: &str, taker: &str) -> PersonCommand {
    PersonCommand::Delegate {
        delegation: Delegation {
            id: DelegationId(format!("{giver}-thay")),
            from_post: format!("{giver}-1").as_str().into(),
            to_person: PersonId::from(taker),
            capacity: Capacity::Kt,
            actions: Actions::All,
            from: date(2024, 5, 15),
            to: None,
            document: "03/TB-MP".to_owned(),
            ended: None,
        },
    }
}

/// Somebody of the unit with a draft of his, a deputy, and a handover behind him (his fifth event).
async fn target(served: &Served, unit: &str, today: Date) -> Target {
    let (login, deputy) = (whom(unit), format!("pho.{unit}"));
    enter(served, &login, unit, Some(Role::UnitOfficer)).await;
    enter(served, &deputy, unit, None).await;
    served.person(&login, stand_in(&login, &deputy), Actor::system()).await;
    let actor = actor(&login, unit);
    let target = Target {
        person: PersonId::from(login.as_str()),
        post: post(&login, unit, Role::UnitOfficer),
        above: served.store().unit_ancestors(unit, today).await.unwrap(),
    };
    let open = DraftCommand::Open { change: Box::new(change()) };
    let stream = StreamId::new("draft", &draft(&target)).unwrap();
    served.store().commit::<Draft>(&stream, open, served.context(actor.clone())).await.unwrap();
    let hand_over = PersonCommand::HandOver {
        post: target.post.id.clone(),
        to_person: PersonId::from(deputy.as_str()),
        to_post: format!("{deputy}-1").as_str().into(),
        document: "04/BB-MP".to_owned(),
    };
    let done = served.person(&login, hand_over, actor).await;
    assert_eq!(done.version, 5);
    served.open_round(&round(&target), plan(unit, &[(unit, "Đơn vị thử")])).await;
    target
}

/// A change with an error in it: nobody can apply it.
fn change() -> Change {
    Change {
        kind: "days-off".to_owned(),
        name: "viet-nam".to_owned(),
        content: "date,kind\n".to_owned(),
        valid_from: String::new(),
        valid_to: String::new(),
        basis: "thử".to_owned(),
        replaces: None,
        file: None,
        file_name: String::new(),
        errors: 1,
        warnings: 0,
        summary: "mô phỏng".to_owned(),
    }
}
