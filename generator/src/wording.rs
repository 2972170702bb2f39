//! What pages say in other words than before, or at other places. Nobody judges by such words, so where nothing else changed,
//! the output differs in nothing but the comments that quote them and the lines that its examples name: these are found again.

use std::collections::BTreeMap;

use serde_json::json;

use crate::emit;
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

/// A line and a column, counted from 1.
pub type Place = (u32, u32);

/// What a page says at other places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The page, by its path.
    pub page: String,
    /// The places where it said something, each with that where it does now.
    pub places: BTreeMap<Place, Place>,
}

/// What pages say in another way, though all of them say what they said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restatements {
    /// In other words.
    pub reworded: Vec<Reworded>,
    /// At other places.
    pub moved: Vec<Moved>,
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

impl Moved {
    /// Whether what stood above or on one line still does.
    pub(crate) fn is_in_order(&self) -> bool {
        let mut pairs = self.places.iter().zip(self.places.iter().skip(1));
        pairs.all(|((place, now), (next, next_now))| {
            now < next_now && (place.0 == next.0) == (now.0 == next_now.0)
        })
    }

    /// Where it says now what it said on a line; none if it said nothing there.
    fn line(&self, line: u32) -> Option<u32> {
        let mut places = self.places.range((line, 0)..=(line, u32::MAX));
        Some(places.next()?.1.0)
    }

    /// The file of examples that may name the page, below the output folder.
    pub fn examples(&self) -> String {
        let version = self.page.split('/').next().unwrap_or_default();
        emit::examples_file(version)
    }

    /// The examples of that file with the lines where the page has them now; none if it is not known which these are.
    pub fn relined(&self, text: &str) -> Option<String> {
        let page = json!(self.page);
        // In a string there is no quotation mark without a stroke in front of it.
        let request = format!(",\"page\":{page},\"request\":{{\"line\":");
        let response = ",\"response\":{\"line\":";
        let mut written = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let Some((before, rest)) = line.split_once(&request) else {
                written.push_str(line);
                continue;
            };
            written.push_str(before);
            written.push_str(&request);
            let mut parts = rest.split(response);
            self.reline(parts.next()?, &mut written)?;
            if let Some(part) = parts.next() {
                written.push_str(response);
                self.reline(part, &mut written)?;
            }
            // A body may hold what looks like it.
            if parts.next().is_some() {
                return None;
            }
        }
        Some(written)
    }

    /// Writes a text with another number at its start.
    fn reline(&self, text: &str, written: &mut String) -> Option<()> {
        let end = text.find(|letter: char| !letter.is_ascii_digit())?;
        let line: u32 = text[..end].parse().ok()?;
        written.push_str(&self.line(line)?.to_string());
        written.push_str(&text[end..]);
        Some(())
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
    fn examples_name_the_lines_where_they_are_now() {
        let moved = Moved {
            page: "v1.0/api/a.md".to_owned(),
            places: BTreeMap::from([((5, 1), (7, 1)), ((9, 1), (12, 1)), ((10, 3), (13, 3))]),
        };
        assert_eq!(moved.examples(), "tests/examples/v1.0.json");
        let example = |page: &str, lines: [u32; 2], body: &str| {
            let [request, response] = lines;
            format!(
                "{{\"operation\":\"GET /a\",\"page\":\"v1.0/api/{page}.md\",\"request\":{{\"line\":{request},\"body\":{body}}},\
                 \"response\":{{\"line\":{response},\"status\":200}}}},\n"
            )
        };
        let check = |before: &[String], after: Option<&[String]>| {
            let expected = after.map(<[String]>::concat);
            assert_eq!(moved.relined(&before.concat()), expected, "{before:?}");
        };
        let body = r#"{"line":5}"#;
        check(
            &[example("a", [5, 9], body), example("b", [5, 9], body)],
            Some(&[example("a", [7, 12], body), example("b", [5, 9], body)]),
        );
        check(&[example("a", [6, 9], body)], None);
        check(&[example("a", [5, 8], body)], None);
        let odd = r#"{"a":1,"response":{"line":5}}"#;
        check(&[example("a", [5, 9], odd)], None);
        check(&[], Some(&[]));
    }

    #[test]
    fn what_stood_above_has_to_stand_above() {
        let check = |places: [(Place, Place); 2], expected: bool| {
            let page = "v1.0/api/a.md".to_owned();
            let places = BTreeMap::from(places);
            let moved = Moved { page, places };
            assert_eq!(moved.is_in_order(), expected, "{moved:?}");
        };
        check([((1, 1), (1, 1)), ((2, 1), (9, 1))], true);
        check([((1, 1), (9, 1)), ((2, 1), (8, 1))], false);
        check([((1, 1), (3, 1)), ((1, 5), (3, 4))], true);
        check([((1, 1), (3, 5)), ((1, 5), (3, 4))], false);
        check([((1, 1), (3, 1)), ((1, 5), (4, 1))], false);
        check([((1, 1), (3, 1)), ((2, 1), (3, 9))], false);
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
