//! A small shelf in memory for what was scored or verified here: nothing is written to disk.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::site::Publication;

/// How many results are kept; the one that was looked at least recently makes room for the next.
pub const PLACES: usize = 16;

/// How much the results may take together, as units × criteria; the newest one is kept whatever its size.
pub const ROOM: usize = 2_000_000;

/// Results that visitors made, the most recently used last.
#[derive(Debug, Default)]
pub struct Shelf {
    places: Mutex<Vec<Arc<Publication>>>,
}

impl Shelf {
    /// Puts a result on the shelf; one of the same id is replaced.
    pub fn keep(&self, publication: Arc<Publication>) {
        let mut places = self.lock();
        places.retain(|kept| kept.id() != publication.id());
        places.push(publication);
        while places.len() > PLACES || (places.len() > 1 && size(&places) > ROOM) {
            places.remove(0);
        }
    }

    /// The result of that id, which thereby becomes the most recently used.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Arc<Publication>> {
        let mut places = self.lock();
        let position = places.iter().position(|kept| kept.id() == id)?;
        let found = places.remove(position);
        places.push(Arc::clone(&found));
        Some(found)
    }

    /// Everything on the shelf, the most recently used first.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Publication>> {
        self.lock().iter().rev().map(Arc::clone).collect()
    }

    /// A panic elsewhere leaves the list whole, so a poisoned lock is still good.
    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Publication>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(places: &[Arc<Publication>]) -> usize {
    places.iter().map(|kept| kept.size()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Origin;
    use cchc_calendar::DaysOff;
    use cchc_index::{Inputs, check, toml_form};
    use cchc_papers::package::{About, Package};
    use cchc_text::Findings;

    const SET: &str = include_str!("../../../data/criteria/qd766-total.toml");

    fn publication(id: usize) -> Arc<Publication> {
        let set = check::load(&toml_form::read("qd766-total.toml", SET).0).0.unwrap();
        let package = Package::build(About::default(), set, Inputs::default(), DaysOff::default(), vec![]);
        Arc::new(Publication::visiting(format!("thu-{id}"), Origin::Tried, package, Findings::new()))
    }

    fn ids(shelf: &Shelf) -> Vec<String> {
        shelf.all().iter().map(|kept| kept.id().to_owned()).collect()
    }

    #[test]
    fn what_was_looked_at_least_recently_makes_room() {
        let shelf = Shelf::default();
        for id in 0..PLACES {
            shelf.keep(publication(id));
        }
        assert!(shelf.find("thu-0").is_some());
        shelf.keep(publication(99));
        assert_eq!(ids(&shelf).len(), PLACES);
        assert!(shelf.find("thu-1").is_none() && shelf.find("thu-0").is_some());
    }

    #[test]
    fn the_same_id_stands_there_once() {
        let shelf = Shelf::default();
        for id in [1, 2, 1] {
            shelf.keep(publication(id));
        }
        assert_eq!(ids(&shelf), ["thu-1", "thu-2"]);
    }
}
