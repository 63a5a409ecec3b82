//! Files that come in with a form, bounded.

/// Megabytes of one upload at most.
pub const LIMIT_MB: usize = 50;
