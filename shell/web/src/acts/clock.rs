//! The clock of the demonstration: everybody may move it on, nobody back.

use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};

use super::with::{With, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::pages::clock::{ADDRESS, ClockPage, DAY, form as clock_form};

/// The page.
pub async fn page(with: With) -> Result<Response, ErrorPage> {
    show(&with, clock_form(&fresh()))
}

/// Moves the clock to the morning of a later day; what happened meanwhile is told within moments.
pub async fn advance(with: With, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let mut form = clock_form(&fresh()).filled(&sent);
    form.require();
    let day = form.day(DAY, &sent);
    if day.is_some_and(|day| day <= with.today) {
        form.refuse(DAY, "đồng hồ chỉ đi tới; muốn về trước, chạy lại cchc demo với --now");
    }
    match day {
        Some(day) if !form.is_refused() && with.app.advance(day) => Ok(Redirect::to(ADDRESS).into_response()),
        _ => show(&with, form),
    }
}

fn show(with: &With, form: FormView) -> Result<Response, ErrorPage> {
    if !with.demonstration {
        return Err(ErrorPage::not_found("Không có trang này"));
    }
    let status = form.status();
    Ok((status, render(&ClockPage::new(with, form))?).into_response())
}
