//! The names of files and anchors. Names come from pages and take any text.

use std::collections::BTreeSet;

/// The maximum length of a file name without its extension; file systems allow 255 bytes.
const MAX_NAME: usize = 120;

/// Returns a name for files and anchors: ASCII letters, digits, `.`, `_` and `-` are kept, and other characters become a `-`.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        let is_kept = letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
        match is_kept {
            true => slug.push(letter),
            false if slug.ends_with('-') => {}
            false => slug.push('-'),
        }
    }
    slug.truncate(MAX_NAME);
    let slug = slug.trim_matches(['-', '.']);
    match slug {
        "" => "unnamed".to_owned(),
        slug => slug.to_owned(),
    }
}

/// Returns the path of a source below the site: each folder and the file name as a [`slug`].
pub(crate) fn source_slug(path: &str) -> String {
    let path = path.strip_suffix(".md").unwrap_or(path);
    let parts: Vec<String> = path.split('/').map(slug).collect();
    parts.join("/")
}

/// Makes names unique on file systems that ignore case.
#[derive(Default)]
pub(crate) struct UniqueNames {
    taken: BTreeSet<String>,
}

impl UniqueNames {
    /// Returns the name, with a number if it is taken.
    pub(crate) fn claim(&mut self, name: String) -> String {
        let mut candidate = name.clone();
        let mut number = 1;
        while !self.taken.insert(candidate.to_ascii_lowercase()) {
            number += 1;
            candidate = format!("{name}~{number}");
        }
        candidate
    }
}
