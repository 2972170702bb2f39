//! What pages say in other words than before. Nobody judges by such words, so where nothing else changed, the output differs
//! in nothing but the comments that quote them: these are found again, and said in the new words.

use crate::resolve;
use crate::rust::{self, Crate};
use crate::source::Location;

/// Something that a page says in other words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// The page, by its path.
    pub page: String,
    /// Where it says so, counted from 1.
    pub line: u32,
    /// The column there, counted from 1 in characters.
    pub column: u32,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// Lines of a doc comment, without slashes.
pub type Lines = Vec<String>;

/// What the files of a module quote.
#[derive(Debug)]
pub struct Quoted<'a> {
    /// The files.
    pub files: Vec<String>,
    /// The lines, each with the place where a page says it.
    pub words: Vec<(Location, &'a [String])>,
}

/// What all files of the output quote.
pub fn quoted(output: &Crate) -> Vec<Quoted<'_>> {
    rust::quoting(output).into_iter().map(of_files).collect()
}

fn of_files(quoting: rust::Quoting<'_>) -> Quoted<'_> {
    let words = quoting.docs.into_iter().filter_map(|docs| docs.words());
    Quoted {
        files: quoting.files,
        words: words.collect(),
    }
}

impl Reworded {
    /// How the words may be quoted, before and now; none if they may make a difference for more than that. What the model says
    /// better is left out of a description, and that depends on what is described.
    pub fn quotes(&self) -> Option<Vec<(Lines, Lines)>> {
        let whole = |text: &str| text.to_owned();
        let without_rest = |text: &str| resolve::description(text, false);
        let without_values = |text: &str| resolve::description(text, true);
        let forms: [&dyn Fn(&str) -> String; 3] = [&whole, &without_rest, &without_values];
        let mut quotes: Vec<(Lines, Lines)> = Vec::new();
        for form in forms {
            let (before, after) = (form(&self.before), form(&self.after));
            if before.is_empty() != after.is_empty() || !rust::say_alike(&before, &after) {
                return None;
            }
            let (before, after) = (rust::quote(&before), rust::quote(&after));
            if before.is_empty() != after.is_empty() {
                return None;
            }
            match quotes.iter().find(|(known, _)| *known == before) {
                // What was said in one way is said in two.
                Some((_, known)) if *known != after => return None,
                Some(_) => {}
                None if before.is_empty() => {}
                None => quotes.push((before, after)),
            }
        }
        Some(quotes)
    }
}

/// A file that quotes some lines with others in their place, and how often it quoted them.
pub fn requoted(text: &str, before: &[String], after: &[String]) -> (String, usize) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut written = String::with_capacity(text.len());
    let (mut at, mut count) = (0, 0);
    while let Some(line) = lines.get(at) {
        let margin = line.len() - line.trim_start().len();
        let margin = &line[..margin];
        let quotes = |(line, words): (&&str, &String)| {
            let rest = line.strip_prefix(margin).map(str::trim_end);
            rest.and_then(|rest| rest.strip_prefix("///"))
                .is_some_and(|rest| rest.strip_prefix(' ').unwrap_or(rest) == words)
        };
        let rest = &lines[at..];
        if rest.len() >= before.len() && rest.iter().zip(before).all(quotes) {
            for words in after {
                let space = if words.is_empty() { "" } else { " " };
                for part in [margin, "///", space, words, "\n"] {
                    written.push_str(part);
                }
            }
            at += before.len();
            count += 1;
        } else {
            written.push_str(line);
            at += 1;
        }
    }
    (written, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(all: &[&str]) -> Lines {
        all.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn quotes_are_found_at_any_depth() {
        let check = |text: &str, before: &[&str], after: &[&str], expected: (&str, usize)| {
            let (text, count) = requoted(text, &lines(before), &lines(after));
            assert_eq!((text.as_str(), count), expected);
        };
        check("/// A.\n", &["A."], &["B."], ("/// B.\n", 1));
        check(
            "/// A. C\n//! A.\nA.\n",
            &["A."],
            &["B."],
            ("/// A. C\n//! A.\nA.\n", 0),
        );
        let text = "x\n    /// A.\n    ///\n    /// B.\n/// A.\n///\n/// B.\n";
        let expected = "x\n    /// C.\n/// C.\n";
        check(text, &["A.", "", "B."], &["C."], (expected, 2));
        check(
            "/// A.\n",
            &["A."],
            &["B.", "", "C."],
            ("/// B.\n///\n/// C.\n", 1),
        );
        check(
            "/// A.\n///",
            &["A.", "", "B."],
            &["C."],
            ("/// A.\n///", 0),
        );
    }

    #[test]
    fn words_that_something_hangs_on_are_no_mere_words() {
        let check = |before: &str, after: &str, expected: Option<&[(&str, &str)]>| {
            let reworded = Reworded {
                page: "v1.0/resources/a.md".to_owned(),
                line: 1,
                column: 1,
                before: before.to_owned(),
                after: after.to_owned(),
            };
            let quotes = reworded.quotes();
            let expected = expected.map(|all| {
                let pairs = all
                    .iter()
                    .map(|(before, after)| (lines(&[before]), lines(&[after])));
                pairs.collect::<Vec<_>>()
            });
            assert_eq!(quotes, expected, "{before} > {after}");
        };
        check("How high.", "How low.", Some(&[("How high.", "How low.")]));
        check("How high.", "", None);
        check("Inherited from a.", "How high.", None);
        check("How high.", "How high. Read-only.", None);
        check("A <b>.", "A [c].", Some(&[("A \\<b\\>.", "A \\[c\\].")]));
        check(
            "High. Inherited from a.",
            "Low. Inherited from a.",
            Some(&[
                ("High. Inherited from a.", "Low. Inherited from a."),
                ("High.", "Low."),
            ]),
        );
        check("High.", "Low. Inherited from a.", None);
    }
}
