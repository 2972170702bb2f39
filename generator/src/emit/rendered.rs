//! Files that an earlier run rendered. What a file is rendered from are its tokens, so nothing that it depends on can be
//! forgotten; laying them out is what takes the time.

/// Knows files by what they were rendered from.
pub trait Rendered: Sync {
    /// The text of the file at a path, if it is known and was rendered from just this.
    fn find(&self, path: &str, tokens: &str) -> Option<String>;
    /// Takes notice of a file.
    fn keep(&self, path: &str, tokens: &str, text: &str);
}

/// Knows none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anew;

impl Rendered for Anew {
    fn find(&self, _path: &str, _tokens: &str) -> Option<String> {
        None
    }

    fn keep(&self, _path: &str, _tokens: &str, _text: &str) {}
}
