//! Files that an earlier run rendered. What a file is rendered from are items, taken as bytes with all that is in them, so
//! that nothing that it depends on can be forgotten.

/// Knows files by what they were rendered from.
pub trait Rendered: Sync {
    /// Whether anything can be known. If not, nobody asks.
    fn remembers(&self) -> bool {
        true
    }
    /// The text of the file at a path, if it is known and was rendered from just this. Nothing here looks at it: who knows
    /// that the file is in place need not have it.
    fn find(&self, path: &str, from: &[u8]) -> Option<String>;
    /// Takes notice of a file.
    fn keep(&self, path: &str, from: &[u8], text: &str);
}

/// Knows none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anew;

impl Rendered for Anew {
    fn remembers(&self) -> bool {
        false
    }

    fn find(&self, _path: &str, _from: &[u8]) -> Option<String> {
        None
    }

    fn keep(&self, _path: &str, _from: &[u8], _text: &str) {}
}
