//! Files that an earlier run rendered. What a file is rendered from are items, taken as bytes with all that is in them, so
//! that nothing that it depends on can be forgotten.

use std::hash::{Hash, Hasher};

/// Knows files by what they were rendered from.
pub trait Rendered: Sync {
    /// Whether anything can be known. If not, nobody asks.
    fn remembers(&self) -> bool {
        true
    }
    /// The text of the file at a path, if it is known and was rendered from just this.
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

/// All that a value holds: values with the same bytes are the same.
pub(super) fn key(value: &impl Hash) -> Vec<u8> {
    let mut bytes = Bytes(Vec::new());
    value.hash(&mut bytes);
    bytes.0
}

/// What is hashed, in its order.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_has_other_bytes() {
        let check = |left: &[&str], right: &[&str]| {
            assert_eq!(
                key(&left) == key(&right),
                left == right,
                "{left:?} {right:?}"
            );
        };
        check(&["a", "b"], &["a", "b"]);
        check(&["a", "b"], &["ab"]);
        check(&["a", "b"], &["a", "b", ""]);
        check(&["a", "b"], &["", "ab"]);
        assert_ne!(key(&Some(0u8)), key(&None::<u8>));
    }
}
