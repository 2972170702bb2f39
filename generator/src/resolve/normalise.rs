//! Brings the facts of all pages into one form before they are linked: corrections are applied, spellings unified, and
//! descriptions reduced to the sentences that documentation shows.

pub(crate) mod corrections;
pub(crate) mod keys_in_parentheses;
pub(crate) mod path_spellings;
pub(crate) mod descriptions;
