//! Whatever happens to a page, a run that remembers the pages as they were gives the bytes of one that knows nothing.

use proptest::prelude::*;

use generator::Memory;
use generator::emit::Anew;
use generator::source::{Source, Sources};

use crate::documentation;
use crate::mutations::{Mutation, mutate, mutation};
use crate::walk::{Earlier, Written, output, same};

/// A change of the kind that people make to pages.
#[derive(Clone, Debug)]
enum Edit {
    /// Litter, cuts and swaps.
    Mutation(Mutation),
    /// One word of a line becomes another one.
    Word { at: usize, word: &'static str },
    /// A row or line is there once more, with another first word.
    Row { at: usize },
}

fn edit() -> impl Strategy<Value = Edit> {
    let words = [
        "String",
        "Int32",
        "Boolean",
        "Collection(String)",
        "POST",
        "GET",
        "words",
        "{id}",
        "204",
        "Deprecated",
        "Read-only.",
        "user",
        "true",
        "null",
        "7",
    ];
    prop_oneof![
        1 => mutation(200).prop_map(Edit::Mutation),
        3 => (any::<usize>(), prop::sample::select(words.to_vec()))
            .prop_map(|(at, word)| Edit::Word { at, word }),
        1 => any::<usize>().prop_map(|at| Edit::Row { at }),
    ]
}

fn edited(text: &str, edit: &Edit) -> String {
    let spans: Vec<(usize, &str)> = match edit {
        Edit::Mutation(mutation) => return mutate(text, mutation),
        Edit::Word { .. } | Edit::Row { .. } => words(text),
    };
    if spans.is_empty() {
        return text.to_owned();
    }
    match edit {
        Edit::Mutation(_) => unreachable!("it is done"),
        Edit::Word { at, word } => {
            let (start, old) = spans[at % spans.len()];
            format!("{}{word}{}", &text[..start], &text[start + old.len()..])
        }
        Edit::Row { at } => {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let at = at % lines.len();
            let line = lines[at].replacen(|letter: char| letter.is_ascii_lowercase(), "q", 1);
            lines.insert(at + 1, line);
            lines.join("\n")
        }
    }
}

/// The words of a text with their places.
fn words(text: &str) -> Vec<(usize, &str)> {
    let is_part = |letter: char| letter.is_alphanumeric() || "(){}$.".contains(letter);
    let parts = text.split(|letter| !is_part(letter));
    let start = |part: &str| part.as_ptr().addr() - text.as_ptr().addr();
    let words = parts.filter(|part| !part.is_empty());
    words.map(|part| (start(part), part)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_page_is_followed(edits in prop::collection::vec((any::<usize>(), edit()), 1..5)) {
        let first = documentation::own_sources();
        let (earlier, mut memory) = (Earlier::default(), Memory::kept());
        let mut written = Written::default();
        output(&first, &earlier, &mut memory);
        written.output(&first, &earlier);
        let mut files: Vec<Source> = first.iter().map(|(_, source)| source.clone()).collect();
        let pages: Vec<usize> = (0..files.len()).filter(|place| files[*place].is_page()).collect();
        for (state, (page, edit)) in edits.iter().enumerate() {
            let page = &mut files[pages[page % pages.len()]];
            page.text = edited(&page.text, edit);
            let sources = Sources::new(files.clone());
            let warm = output(&sources, &earlier, &mut memory);
            let cold = output(&sources, &Anew, &mut Memory::default());
            same(&cold, &warm, state);
            same(&cold, &written.output(&sources, &earlier), state);
        }
    }
}
