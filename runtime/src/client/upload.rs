//! Resumable uploads of large files, slice by slice, with an upload session.

mod source;
mod ranges;
mod session;
#[cfg(test)]
mod tests;

pub use session::{Progress, Upload, Uploaded};
pub use source::{FileSource, UploadSource};
