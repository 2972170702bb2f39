//! The entry of a changelog, before the entries that are there.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use generator::diff::{self, Diff};

use crate::output;

const TITLE: &str = "# Changelog\n";

/// Writes the changes as the first entry. The same entry is not written twice in a row.
pub(crate) fn write(file: &Path, diff: &Diff) -> Result<()> {
    let there = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(error).with_context(|| format!("{}: cannot be read", file.display()));
        }
    };
    match with_entry(&there, &diff::to_markdown(diff)) {
        Some(text) => output::write_file(file, &text),
        None => Ok(()),
    }
}

/// The changelog with the entry; none if it is there already.
fn with_entry(there: &str, entry: &str) -> Option<String> {
    let (title, entries) = match there.strip_prefix(TITLE) {
        Some(entries) => (TITLE, entries.trim_start_matches('\n')),
        None if there.is_empty() => (TITLE, ""),
        // A file with a beginning of its own keeps it, below the entry.
        None => ("", there),
    };
    let is_there = entries
        .strip_prefix(entry)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("\n## "));
    if is_there {
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
    use super::with_entry;

    #[test]
    fn entries_stand_newest_first() {
        let first = with_entry("", "## a\n").expect("it is new");
        assert_eq!(first, "# Changelog\n\n## a\n");
        assert_eq!(with_entry(&first, "## a\n"), None);
        let second = with_entry(&first, "## b\n").expect("it is new");
        assert_eq!(second, "# Changelog\n\n## b\n\n## a\n");
        assert_eq!(with_entry(&second, "## b\n"), None);
        let other = with_entry("My own words\n", "## a\n");
        assert_eq!(other.as_deref(), Some("## a\n\nMy own words\n"));
    }
}
