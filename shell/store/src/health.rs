//! Whether the store can be written: it shows by itself that a disk is full or fails, and when it no longer is.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// While nothing can be written, one command in so long is let through to see whether it still is so.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// Why nothing can be written, and when it was last tried; cloning shares it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Health(Arc<Mutex<Option<(String, Instant)>>>);

impl Health {
    fn held(&self) -> MutexGuard<'_, Option<(String, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why a command is turned away; `None`: it may try.
    pub(crate) fn turned_away(&self) -> Option<String> {
        let mut held = self.held();
        let (why, tried) = held.as_mut()?;
        if tried.elapsed() >= TRY_AGAIN {
            *tried = Instant::now();
            return None;
        }
        Some(why.clone())
    }

    /// Why nothing can be written.
    pub(crate) fn trouble(&self) -> Option<String> {
        self.held().as_ref().map(|(why, _)| why.clone())
    }

    /// The disk refused.
    pub(crate) fn note_disk(&self, why: &str) {
        *self.held() = Some((why.to_owned(), Instant::now()));
    }

    /// Something was written.
    pub(crate) fn note_written(&self) {
        *self.held() = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_ends_the_trouble() {
        let health = Health::default();
        let shared = health.clone();
        assert_eq!(shared.turned_away(), None);
        health.note_disk("đầy");
        assert_eq!((shared.turned_away().as_deref(), shared.trouble().as_deref()), (Some("đầy"), Some("đầy")));
        shared.note_written();
        assert_eq!((health.turned_away(), health.trouble()), (None, None));
    }

    #[test]
    fn one_is_let_through_after_a_while_and_the_trouble_still_shows() {
        let health = Health::default();
        health.note_disk("đầy");
        if let Some((_, tried)) = health.held().as_mut() {
            *tried = Instant::now().checked_sub(TRY_AGAIN).unwrap();
        }
        assert_eq!(health.turned_away(), None);
        assert!(health.trouble().is_some());
        assert!(health.turned_away().is_some(), "only one");
    }
}
