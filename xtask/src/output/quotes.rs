//! Which files of an output folder quote which words of which pages, kept between runs. So words that a page says in another
//! way are found without anything being generated. A line for each quote holds the page, the place there, a hash of the lines
//! that quote it, and the number of the module; the modules follow with their files.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use generator::emit::File;
use generator::source::Sources;
use generator::vicinity::{self, Requoted};
use generator::wording::{Moved, Quoted, Reworded, requoted};

use super::cache;
use crate::output;

/// Says which form it has, and which generator wrote it.
const HEAD: &str = concat!("graphwright quotes 1 ", env!("GENERATOR"), "\n");

/// What stands between quotes and modules.
const MODULES: &str = "\nmodules\n";

/// The quotes in one output folder.
#[derive(Clone, Debug)]
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
    pub(crate) fn requote(
        &mut self,
        folder: &Path,
        reworded: &[Reworded],
    ) -> Option<BTreeMap<String, String>> {
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
        Some(files)
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

    /// Knows what is quoted of a page now; none if something else was than is known, or if a module is not.
    pub(crate) fn exchange(&mut self, requoted: &Requoted) -> Option<()> {
        let page = format!("{}\t", requoted.page.escape_default());
        let (quotes, modules) = self.text.split_once(MODULES)?;
        let of_page = |line: &&str| line.starts_with(&page);
        let mut known: Vec<&str> = quotes.lines().filter(of_page).collect();
        known.sort_unstable();
        let lines = |quotes: &[vicinity::Quote]| -> Option<Vec<String>> {
            let lines = quotes.iter();
            let lines = lines.map(|quote| line(&requoted.page, quote, modules));
            let mut lines: Vec<String> = lines.collect::<Option<_>>()?;
            lines.sort();
            Some(lines)
        };
        if known != lines(&requoted.before)? {
            return None;
        }
        let mut text = String::with_capacity(self.text.len());
        let others = quotes.lines().filter(|line| !of_page(line));
        let now = lines(&requoted.now)?;
        for line in others.chain(now.iter().map(String::as_str)) {
            text.push_str(line);
            text.push('\n');
        }
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

    /// The files of the module that a file belongs to; empty if it belongs to none.
    pub(crate) fn beside(&self, file: &str) -> Vec<String> {
        let modules = self.text.split_once(MODULES).map_or("", |(_, rest)| rest);
        let mut modules = modules.lines().map(|files| files.split('\t'));
        let own = modules.find(|files| files.clone().any(|known| known == file));
        own.map_or_else(Vec::new, |files| files.map(str::to_owned).collect())
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

/// The line of a quote; none if nothing is known of its module.
fn line(page: &str, quote: &vicinity::Quote, modules: &str) -> Option<String> {
    let first = quote.files.first()?;
    let is_own = |files: &str| files.split('\t').next() == Some(first);
    let (line, column) = quote.place;
    let quote = Quote {
        place: told_at(page, line, column),
        lines: hash_of(&quote.lines),
        module: modules.lines().position(is_own)?,
    };
    let mut text = String::new();
    quote.write(&mut text);
    text.pop();
    Some(text)
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
mod tests;
