//! A small shelf in memory for what was scored or verified here: nothing is written to disk.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::site::Publication;

/// How many results are kept; the one that was looked at least recently makes room for the next.
pub const PLACES: usize = 16;

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
        if places.len() >= PLACES {
            places.remove(0);
        }
        places.push(publication);
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
