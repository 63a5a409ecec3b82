//! The demonstration: published results of real units, and simulated years of Vĩnh Phúc, marked so.

mod dice;
mod published;
mod simulate;
mod simulated_years;

use std::sync::Arc;

use cchc_index::CriteriaSet;
use cchc_web::{Publication, Shelf, Site};
use jiff::civil::Date;

use crate::data;

/// A publication and the day from which the demonstration shows it.
struct Dated {
    visible_from: Date,
    publication: Publication,
}

/// Everything that the demonstration shows on a day; what is published later is not there yet.
pub fn site(today: Date, packages: Vec<Publication>) -> anyhow::Result<Site> {
    let units = data::units();
    let days_off = Arc::new(data::days_off());
    let mut dated = published::all(&days_off)?;
    dated.extend(simulated_years::all(&units, &days_off)?);
    dated.retain(|one| one.visible_from <= today);
    let shipped = dated.into_iter().map(|one| one.publication);
    let publications = packages.into_iter().chain(shipped).map(Arc::new).collect();
    let publications: Vec<Arc<Publication>> = publications;
    let mut sets: Vec<Arc<CriteriaSet>> = data::set_ids().iter().filter_map(|id| data::set(id)).map(Arc::new).collect();
    for publication in &publications {
        // A set that was re-issued for another year is as public as its results.
        let set = &publication.package.set;
        if sets.iter().all(|known| known.id != set.id) {
            sets.push(Arc::new(set.clone()));
        }
    }
    Ok(Site { today, demonstration: true, units, sets, days_off, publications, shelf: Shelf::default() })
}
