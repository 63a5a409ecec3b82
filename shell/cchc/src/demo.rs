//! The demonstration: published results of real units, simulated years of Vĩnh Phúc, a ledger with a history.

mod accounts;
mod cast;
mod dice;
mod extras;
pub mod province;
mod published;
mod simulate;
mod simulated_years;
pub mod story;
mod token;

use cchc_web::{App, Publication};
use jiff::civil::Date;

use crate::data;

pub use accounts::accounts;
pub use token::token;

/// A publication and the day from which the demonstration shows it.
struct Dated {
    visible_from: Date,
    publication: Publication,
}

/// Hands everything that is published to the pages; each shows itself when its day comes.
pub fn publish(app: &App, packages: Vec<Publication>) -> anyhow::Result<()> {
    let days_off = data::days_off();
    for package in packages {
        app.publish(Date::MIN, package);
    }
    let mut dated = published::all(&days_off)?;
    dated.extend(simulated_years::all(&data::units(), &days_off)?);
    for one in dated {
        app.publish(one.visible_from, one.publication);
    }
    Ok(())
}
