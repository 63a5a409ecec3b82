//! What one row can't know: rows against rows.

pub(crate) mod codes;
pub(crate) mod parents;
pub(crate) mod rows;
pub(crate) mod successors;
