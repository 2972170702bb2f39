//! What is put into a file once its items are laid out: documentation, and rows, such as the fields of a struct. Most of a file
//! is of these two, and neither needs to be laid out; as tokens they would only be taken apart and put together again.
//!
//! A mark stands for each insert among the tokens, and comes out on a line of its own. No text of a page can be such a mark:
//! in documentation it starts with a control character, which [`Docs`] has none of, and among rows it is an identifier
//! that no item has.

use std::cell::RefCell;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::rust::Docs;

/// What a mark in documentation starts with.
const IN_DOCS: char = '\u{1}';

/// What a mark among rows starts with.
const IN_ROWS: &str = "__rows_";

/// The inserts of a file.
#[derive(Debug, Default)]
pub(super) struct Inserts<'a> {
    list: RefCell<Vec<Insert<'a>>>,
}

#[derive(Debug)]
enum Insert<'a> {
    Docs(&'a Docs),
    Sentence(String),
    Rows(String),
}

impl<'a> Inserts<'a> {
    /// The doc comment of an item.
    pub(super) fn docs(&self, docs: &'a Docs) -> TokenStream {
        if docs.lines().is_empty() {
            return TokenStream::new();
        }
        let mark = self.mark_docs(Insert::Docs(docs));
        quote! { #[doc = #mark] }
    }

    /// The doc comment of a module, from inside.
    pub(super) fn inner_docs(&self, docs: &'a Docs) -> String {
        if docs.lines().is_empty() {
            return String::new();
        }
        format!("//!{}\n", self.mark_docs(Insert::Docs(docs)))
    }

    /// A doc comment of one line.
    pub(super) fn sentence(&self, sentence: String) -> TokenStream {
        let mark = self.mark_docs(Insert::Sentence(sentence));
        quote! { #[doc = #mark] }
    }

    /// The rows of a table, a struct, an enum or a list, or constants, each with a line break behind it.
    pub(super) fn rows(&self, rows: String) -> Ident {
        let number = self.add(Insert::Rows(rows));
        Ident::new(&format!("{IN_ROWS}{number}"), Span::call_site())
    }

    /// Shows each line of all rows.
    pub(super) fn for_each_row(&self, show: impl FnMut(&str)) {
        let list = self.list.borrow();
        let rows = list.iter().filter_map(|insert| match insert {
            Insert::Rows(rows) => Some(rows),
            Insert::Docs(_) | Insert::Sentence(_) => None,
        });
        rows.flat_map(|rows| rows.lines()).for_each(show);
    }

    /// How long the text of all of them is, or a little more.
    pub(super) fn len(&self) -> usize {
        let length = |insert: &Insert<'_>| match insert {
            // Each line with its slashes, at the usual depth.
            Insert::Docs(docs) => docs.lines().iter().map(|line| line.len() + 9).sum(),
            Insert::Sentence(sentence) => sentence.len() + 9,
            Insert::Rows(rows) => rows.len() + 5 * rows.lines().count(),
        };
        self.list.borrow().iter().map(length).sum()
    }

    fn mark_docs(&self, insert: Insert<'a>) -> String {
        format!("{IN_DOCS}{}", self.add(insert))
    }

    fn add(&self, insert: Insert<'a>) -> usize {
        let mut list = self.list.borrow_mut();
        list.push(insert);
        list.len() - 1
    }

    /// Writes a line of a file; where it holds a mark, with what is to be put in.
    pub(super) fn write(&self, line: &str, text: &mut String) {
        let words = line.trim_start();
        let margin = &line[..line.len() - words.len()];
        if let Some((slashes, number)) = words.split_once(IN_DOCS) {
            self.write_docs(margin, slashes, number, text);
        } else if let Some(mark) = alone(words) {
            self.write_rows(margin, mark, text);
        } else if let Some((before, mark)) = in_list(line) {
            write_all(&[before, "[\n"], text);
            self.write_rows("    ", mark, text);
            text.push_str("];\n");
        } else {
            write_all(&[line, "\n"], text);
        }
    }

    fn write_docs(&self, margin: &str, slashes: &str, number: &str, text: &mut String) {
        let list = self.list.borrow();
        let mut write = |line: &str| {
            let space = if line.is_empty() { "" } else { " " };
            write_all(&[margin, slashes, space, line, "\n"], text);
        };
        match number
            .parse()
            .ok()
            .and_then(|number: usize| list.get(number))
        {
            Some(Insert::Docs(docs)) => docs.lines().iter().for_each(|line| write(line)),
            Some(Insert::Sentence(sentence)) => write(sentence),
            Some(Insert::Rows(_)) | None => unreachable!("a mark in documentation is one of these"),
        }
    }

    fn write_rows(&self, margin: &str, mark: &str, text: &mut String) {
        let list = self.list.borrow();
        let end = mark.find(|letter: char| !letter.is_ascii_digit());
        let number = mark[..end.unwrap_or(mark.len())].parse().ok();
        let Some(Insert::Rows(rows)) = number.and_then(|number: usize| list.get(number)) else {
            unreachable!("a mark among rows is one of these");
        };
        for row in rows.lines() {
            let margin = if row.is_empty() { "" } else { margin };
            write_all(&[margin, row, "\n"], text);
        }
    }
}

/// A mark with a line of its own, as the row of a table, a field, a variant or a constant. No line starts like one of these with
/// the text of a page.
fn alone(words: &str) -> Option<&str> {
    let words = words.strip_prefix("const ").unwrap_or(words);
    words.strip_prefix(IN_ROWS)
}

/// A list that consists of a mark, divided at its bracket. Such a line cannot end in a literal, whatever that holds.
fn in_list(line: &str) -> Option<(&str, &str)> {
    let (before, mark) = line.strip_suffix("];")?.rsplit_once('[')?;
    Some((before, mark.strip_prefix(IN_ROWS)?))
}

fn write_all(parts: &[&str], text: &mut String) {
    parts.iter().for_each(|part| text.push_str(part));
}

#[cfg(test)]
mod tests {
    use super::{IN_ROWS, Inserts};
    use crate::rust::Docs;

    #[track_caller]
    fn check(inserts: &Inserts<'_>, line: &str, expected: &str) {
        let mut text = String::new();
        inserts.write(line, &mut text);
        assert_eq!(text, expected);
    }

    #[test]
    fn marks_are_replaced_at_their_depth() {
        let mut docs = Docs::starting("One.");
        docs.paragraph("Two.");
        let inserts = Inserts::default();
        let marked = inserts.inner_docs(&docs);
        check(&inserts, marked.trim_end(), "//! One.\n//!\n//! Two.\n");
        check(
            &inserts,
            "    ///\u{1}0",
            "    /// One.\n    ///\n    /// Two.\n",
        );
        let mark = inserts.rows("a,\nb,\n".to_owned());
        check(&inserts, &format!("    {mark}: (),"), "    a,\n    b,\n");
        check(
            &inserts,
            &format!("    const {mark}: () = ();"),
            "    a,\n    b,\n",
        );
        check(
            &inserts,
            &format!("const A: &[B] = &[{mark}];"),
            "const A: &[B] = &[\n    a,\n    b,\n];\n",
        );
    }

    #[test]
    fn text_of_pages_is_no_mark() {
        let inserts = Inserts::default();
        inserts.rows("a,\n".to_owned());
        for line in [
            format!("    \"/b/{IN_ROWS}0\","),
            format!("    f(\"[{IN_ROWS}0];\");"),
            format!("    /// {IN_ROWS}0"),
        ] {
            check(&inserts, &line, &format!("{line}\n"));
        }
    }
}
