//! Inserts an entry into a changelog.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use generator::diff::{self, Diff};

use crate::output;

const TITLE: &str = "# Changelog\n";

/// Inserts the changes as the first entry, unless the first entry is the same.
pub(crate) fn write(file: &Path, diff: &Diff) -> Result<()> {
    let present = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(error).with_context(|| format!("{}: cannot be read", file.display()));
        }
    };
    match insert_entry(&present, &diff::to_markdown(diff)) {
        Some(text) => output::write_file(file, &text),
        None => Ok(()),
    }
}

/// Returns the changelog with the entry inserted; `None` if the first entry is the same.
fn insert_entry(present: &str, entry: &str) -> Option<String> {
    let (title, entries) = match present.strip_prefix(TITLE) {
        Some(entries) => (TITLE, entries.trim_start_matches('\n')),
        None if present.is_empty() => (TITLE, ""),
        // A file without the title keeps its text, below the entry.
        None => ("", present),
    };
    let is_present = entries
        .strip_prefix(entry)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("\n## "));
    if is_present {
        return None;
    }
    let mut text = title.to_owned();
    for part in [entry, entries] {
        if !text.is_empty() && !part.is_empty() {
            text.push('\n');
        }
        text.push_str(part);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::insert_entry;

    #[test]
    fn newest_entry_is_first() {
        let first = insert_entry("", "## a\n").expect("the entry is new");
        assert_eq!(first, "# Changelog\n\n## a\n");
        assert_eq!(insert_entry(&first, "## a\n"), None);
        let second = insert_entry(&first, "## b\n").expect("the entry is new");
        assert_eq!(second, "# Changelog\n\n## b\n\n## a\n");
        assert_eq!(insert_entry(&second, "## b\n"), None);
        let other = insert_entry("My own words\n", "## a\n");
        assert_eq!(other.as_deref(), Some("## a\n\nMy own words\n"));
    }
}
