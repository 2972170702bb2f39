//! Which files of an output folder quote which words of which pages, kept between runs. So words that a page says in another
//! way are found without anything being generated. A line for each quote holds the page, the place there, a hash of the lines
//! that quote it, and the number of the module; the modules follow with their files.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use generator::emit::File;
use generator::source::Sources;
use generator::wording::{Moved, Quoted, Reworded, requoted};

use super::cache;
use crate::output;

/// Says which form it has, and which generator wrote it.
const HEAD: &str = concat!("graphwright quotes 1 ", env!("GENERATOR"), "\n");

/// What stands between quotes and modules.
const MODULES: &str = "\nmodules\n";

/// The quotes in one output folder.
#[derive(Debug)]
pub(crate) struct Quotes {
    file: PathBuf,
    text: String,
}

/// A quote as it is written down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Quote {
    place: String,
    lines: String,
    module: usize,
}

impl Quotes {
    /// What is known of a folder that was made from some pages; none if it is damaged, of another generator or of other pages.
    pub(crate) fn open(folder: &Path, record: &File) -> Option<Self> {
        let file = place(folder);
        let whole = fs::read_to_string(&file).ok()?;
        Self::read(file, &whole, record)
    }

    fn read(file: PathBuf, whole: &str, record: &File) -> Option<Self> {
        let (text, seal) = whole.split_at_checked(whole.len().checked_sub(64)?)?;
        let is_whole = text.starts_with(HEAD) && seal == sealed(text, record);
        let text = text.to_owned();
        is_whole.then_some(Self { file, text })
    }

    /// The quotes of a library that was generated just now.
    pub(crate) fn of(folder: &Path, quoted: &[Quoted<'_>], sources: &Sources) -> Self {
        let mut quotes = Vec::new();
        let mut modules = String::new();
        for (module, Quoted { files, words }) in quoted.iter().enumerate() {
            modules.push_str(&files.join("\t"));
            modules.push('\n');
            for (at, lines) in words {
                let path = &sources.get(at.file).path;
                quotes.push(Quote {
                    place: told_at(path, at.line, at.column),
                    lines: hash_of(lines),
                    module,
                });
            }
        }
        quotes.sort();
        let mut text = HEAD.to_owned();
        for quote in &quotes {
            quote.write(&mut text);
        }
        text.push_str(MODULES);
        text.push_str(&modules);
        let file = place(folder);
        Self { file, text }
    }

    /// Writes it down, for as long as the folder has this record of pages. Where that fails, no time is saved and no harm is
    /// done.
    pub(crate) fn keep(mut self, record: &File) {
        let seal = sealed(&self.text, record);
        self.text.push_str(&seal);
        if output::write_file(&self.file, &self.text).is_err() {
            let _ = fs::remove_file(&self.file);
        }
    }

    /// The files of a folder that quote some words, with the new ones in place of the old; none unless each quote is found
    /// where it has to be, and nothing else that looks like it.
    pub(crate) fn requote(&mut self, folder: &Path, reworded: &[Reworded]) -> Option<Vec<File>> {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for words in reworded {
            let place = told_at(&words.page, words.line, words.column);
            let forms = words.quotes()?;
            for quote in self.at(&place)? {
                let form = forms
                    .iter()
                    .find(|(before, _)| hash_of(before) == quote.lines);
                let (before, after) = form?;
                // Other blanks make no other quote.
                if before == after {
                    continue;
                }
                let expected = self.count(&quote)?;
                let mut found = 0;
                for path in self.files(quote.module)? {
                    let text = match files.get(path) {
                        Some(text) => text.clone(),
                        None => fs::read_to_string(folder.join(path)).ok()?,
                    };
                    let (text, count) = requoted(&text, before, after);
                    found += count;
                    if count > 0 {
                        files.insert(path.to_owned(), text);
                    }
                }
                if found != expected {
                    return None;
                }
                self.replace(&quote, hash_of(after));
            }
        }
        let files = files.into_iter().map(|(path, text)| File { path, text });
        Some(files.collect())
    }

    /// Knows where a page says now what it said.
    pub(crate) fn relocate(&mut self, moved: &Moved) -> Option<()> {
        let page = format!("{}\t", moved.page.escape_default());
        let (quotes, modules) = self.text.split_once(MODULES)?;
        let mut text = String::with_capacity(self.text.len());
        for line in quotes.split('\n') {
            match line.strip_prefix(&page) {
                Some(rest) => {
                    let mut parts = rest.splitn(3, '\t');
                    let (line, column) = (parts.next()?, parts.next()?);
                    let place = (line.parse().ok()?, column.parse().ok()?);
                    let ((line, column), rest) = (moved.places.get(&place)?, parts.next()?);
                    write!(text, "{page}{line}\t{column}\t{rest}")
                        .expect("a String takes all that is written");
                }
                None => text.push_str(line),
            }
            text.push('\n');
        }
        // Of lines there are breaks between them only.
        text.pop();
        text.push_str(MODULES);
        text.push_str(modules);
        self.text = text;
        Some(())
    }

    /// The quotes of a place, each once.
    fn at(&self, place: &str) -> Option<Vec<Quote>> {
        let start = format!("\n{place}\t");
        let mut quotes = Vec::new();
        let mut rest = self.text.as_str();
        while let Some(found) = rest.find(&start) {
            let line = rest[found + 1..].split('\n').next()?;
            quotes.push(Quote::read(line)?);
            rest = &rest[found + 1..];
        }
        quotes.dedup();
        Some(quotes)
    }

    /// How often a module quotes the same lines; none if it has them from other places too.
    fn count(&self, quote: &Quote) -> Option<usize> {
        let end = format!("\t{}\t{}\n", quote.lines, quote.module);
        let mut count = 0;
        for (found, _) in self.text.match_indices(&end) {
            let line = self.text[..found].rsplit('\n').next()?;
            if line != quote.place {
                return None;
            }
            count += 1;
        }
        Some(count)
    }

    /// The files of a module.
    fn files(&self, module: usize) -> Option<impl Iterator<Item = &str>> {
        let (_, modules) = self.text.split_once(MODULES)?;
        Some(modules.lines().nth(module)?.split('\t'))
    }

    fn replace(&mut self, quote: &Quote, lines: String) {
        let [mut old, mut new] = [String::from("\n"), String::from("\n")];
        quote.write(&mut old);
        let quote = Quote {
            lines,
            ..quote.clone()
        };
        quote.write(&mut new);
        // Lines that are the same share the line break between them.
        while self.text.contains(&old) {
            self.text = self.text.replace(&old, &new);
        }
    }
}

impl Quote {
    fn write(&self, text: &mut String) {
        let Self {
            place,
            lines,
            module,
        } = self;
        writeln!(text, "{place}\t{lines}\t{module}").expect("a String takes all that is written");
    }

    fn read(line: &str) -> Option<Self> {
        let mut parts = line.rsplitn(3, '\t');
        let module = parts.next()?.parse().ok()?;
        let lines = parts.next()?.to_owned();
        let place = parts.next()?.to_owned();
        Some(Self {
            place,
            lines,
            module,
        })
    }
}

fn place(folder: &Path) -> PathBuf {
    cache::place(folder).with_extension("quotes")
}

/// A place on a page, in one line.
fn told_at(page: &str, line: u32, column: u32) -> String {
    format!("{}\t{line}\t{column}", page.escape_default())
}

/// A hash of quotes, and of the record of the pages that they are from.
fn sealed(text: &str, record: &File) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(text.as_bytes())
        .update(record.text.as_bytes());
    hasher.finalize().to_hex().to_string()
}

fn hash_of(lines: &[String]) -> String {
    blake3::hash(lines.join("\n").as_bytes()).to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> File {
        File {
            path: "pages.lock".to_owned(),
            text: text.to_owned(),
        }
    }

    /// Quotes of a page by line, text and module, in modules of one file each.
    fn quotes(folder: &Path, all: &[(u32, &str, usize)]) -> Quotes {
        let mut text = HEAD.to_owned();
        for (line, words, module) in all {
            let quote = Quote {
                place: told_at("v1.0/resources/a.md", *line, 1),
                lines: hash_of(&[(*words).to_owned()]),
                module: *module,
            };
            quote.write(&mut text);
        }
        text.push_str(MODULES);
        text.push_str("a.rs\nb.rs\tc.rs\n");
        Quotes {
            file: folder.join("known.quotes"),
            text,
        }
    }

    fn said(line: u32, before: &str, after: &str) -> Reworded {
        Reworded {
            page: "v1.0/resources/a.md".to_owned(),
            line,
            column: 1,
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    #[test]
    fn what_is_damaged_or_of_other_pages_is_not_believed() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path();
        let quotes = quotes(folder, &[(1, "One.", 0)]);
        let (file, text) = (quotes.file.clone(), quotes.text.clone());
        quotes.keep(&record("pages"));
        let whole = fs::read_to_string(&file).unwrap();
        let known = |text: &str, pages: &str| Quotes::read(file.clone(), text, &record(pages));
        assert_eq!(known(&whole, "pages").map(|known| known.text), Some(text));
        assert!(known(&whole, "other pages").is_none());
        for end in 0..whole.len() {
            assert!(known(&whole[..end], "pages").is_none(), "cut at {end}");
        }
        assert!(known(&whole.replace("a.md", "b.md"), "pages").is_none());
    }

    #[test]
    fn only_quotes_that_are_all_found_are_written_anew() {
        let check = |all: &[(u32, &str, usize)], said: &[Reworded], expected: Option<[&str; 3]>| {
            let scratch = tempfile::tempdir().unwrap();
            let folder = scratch.path();
            let files = ["a.rs", "b.rs", "c.rs"];
            for (name, text) in files.iter().zip(["/// One.\n", "/// One.\n", "/// Two.\n"]) {
                fs::write(folder.join(name), text).unwrap();
            }
            let mut quotes = quotes(folder, all);
            let found = quotes.requote(folder, said);
            let found = found.map(|changed| {
                files.map(|name| {
                    let text = changed.iter().find(|file| file.path == name);
                    text.map_or("", |file| file.text.as_str()).to_owned()
                })
            });
            let expected = expected.map(|texts| texts.map(str::to_owned));
            assert_eq!(found, expected, "{all:?} {said:?}");
        };
        let both: [(u32, &str, usize); 3] = [(1, "One.", 0), (1, "One.", 1), (2, "Two.", 1)];
        let one = said(1, "One.", "1.");
        let expected = ["/// 1\\.\n", "/// 1\\.\n", ""];
        check(&both, std::slice::from_ref(&one), Some(expected));
        let two = said(2, "Two.", "Too.");
        check(
            &both,
            std::slice::from_ref(&two),
            Some(["", "", "/// Too.\n"]),
        );
        let all = ["/// 1\\.\n", "/// 1\\.\n", "/// Too.\n"];
        check(&both, &[one.clone(), two], Some(all));
        check(&both, &[said(1, "One.", "One. ")], Some(["", "", ""]));
        // Nobody quotes it.
        check(&both, &[said(3, "One.", "1.")], Some(["", "", ""]));
        // It is quoted from two places, more often than known, less often, or in other words.
        let one = [one];
        check(&[(1, "One.", 0), (2, "One.", 0)], &one, None);
        check(&[(1, "One.", 0), (1, "One.", 0)], &one, None);
        check(&[(1, "Two.", 1)], &one, None);
        check(&[(1, "Two.", 0)], &[said(1, "Two.", "Too.")], None);
    }
}
