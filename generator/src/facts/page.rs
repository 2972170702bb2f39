//! What every reader of a part of a page works with: the outline, the meaning of headings and columns, the ledger.

pub(super) mod headings;
pub(super) mod outline;
pub(super) mod ledger;
pub(super) mod context;
pub(super) mod table_columns;
pub(super) mod code_language;
