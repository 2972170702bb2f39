//! Pages that are cut, shuffled, doubled and littered are still read: to an end, quickly, with problems instead of panics.

use crate::documentation;
use std::time::Instant;

use crate::documentation::Silent;
use generator::source::{FileId, Source, Sources};
use proptest::prelude::*;

/// What can happen to a page.
#[derive(Clone, Debug)]
pub(crate) enum Mutation {
    CutLines {
        at: usize,
        count: usize,
    },
    SwapLines {
        left: usize,
        right: usize,
    },
    DoubleLine {
        at: usize,
        times: usize,
    },
    CutText {
        at: usize,
    },
    Insert {
        at: usize,
        text: String,
    },
    Nest {
        at: usize,
        opening: &'static str,
        depth: usize,
    },
    HugeCell {
        at: usize,
        length: usize,
    },
}

/// Anything that can happen; what is nested or long is at most so many characters.
pub(crate) fn mutation(most: usize) -> impl Strategy<Value = Mutation> {
    let at = any::<usize>();
    let litter = prop_oneof![
        "[|`*_<>\\[\\](){}#\\\\!:\\-\"'&;\n ]{1,40}",
        "\\PC{1,20}",
        Just("<!-- {\"blockType\": \"resource\"".to_owned()),
        Just("```http\nGET /".to_owned()),
        Just("\u{202e}\u{a0}\u{200b}\u{0}\u{feff}".to_owned()),
        Just("|\n|:--|\t--|\n".to_owned()),
        Just("[!INCLUDE [x](../../includes/all-clouds.md)]\n".to_owned()),
    ];
    let opening = prop_oneof![
        Just("["),
        Just("{\"a\":"),
        Just("<!--"),
        Just("> "),
        Just("- "),
        Just("("),
        Just("`"),
        Just("**"),
        Just("|")
    ];
    prop_oneof![
        (at, 1..40usize).prop_map(|(at, count)| Mutation::CutLines { at, count }),
        (at, any::<usize>()).prop_map(|(left, right)| Mutation::SwapLines { left, right }),
        (at, 2..50usize).prop_map(|(at, times)| Mutation::DoubleLine { at, times }),
        at.prop_map(|at| Mutation::CutText { at }),
        (at, litter).prop_map(|(at, text)| Mutation::Insert { at, text }),
        (at, opening, 1..most / 10).prop_map(|(at, opening, depth)| Mutation::Nest {
            at,
            opening,
            depth
        }),
        (at, 1..most).prop_map(|(at, length)| Mutation::HugeCell { at, length }),
    ]
}

pub(crate) fn mutate(text: &str, mutation: &Mutation) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = |at: usize| at % lines.len().max(1);
    match mutation {
        Mutation::CutLines { at, count } => {
            let start = line(*at);
            lines.drain(start..(start + count).min(lines.len()));
            lines.concat()
        }
        Mutation::SwapLines { left, right } => {
            let (left, right) = (line(*left), line(*right));
            if !lines.is_empty() {
                lines.swap(left, right);
            }
            lines.concat()
        }
        Mutation::DoubleLine { at, times } => {
            let at = line(*at);
            let copy = lines.get(at).copied().unwrap_or_default().repeat(*times);
            lines.insert(at, &copy);
            lines.concat()
        }
        Mutation::CutText { at } => text[..boundary(text, *at)].to_owned(),
        Mutation::Insert { at, text: litter } => insert(text, *at, litter),
        Mutation::Nest { at, opening, depth } => insert(text, *at, &opening.repeat(*depth)),
        Mutation::HugeCell { at, length } => insert(
            text,
            *at,
            &format!("\n|{}|String|x|\n", "a`b ".repeat(*length / 4)),
        ),
    }
}

fn insert(text: &str, at: usize, litter: &str) -> String {
    let at = boundary(text, at);
    format!("{}{litter}{}", &text[..at], &text[at..])
}

fn boundary(text: &str, at: usize) -> usize {
    let at = at % (text.len() + 1);
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// The pages that are mutated: real ones where `GRAPHWRIGHT_DOCS` names them, otherwise our own.
fn pages() -> Vec<Source> {
    let sources = if cfg!(real_docs) {
        documentation::real_sources("2021-07")
    } else {
        documentation::own_sources()
    };
    let pages: Vec<Source> = sources
        .iter()
        .map(|(_, source)| source.clone())
        .filter(Source::is_page)
        .collect();
    let step = (pages.len() / 60).max(1);
    pages.into_iter().step_by(step).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_pages_are_read(page in any::<usize>(), mutations in prop::collection::vec(mutation(200_000), 1..6)) {
        thread_local! { static PAGES: Vec<Source> = pages(); }
        let mut source = PAGES.with(|pages| pages[page % pages.len()].clone());
        for mutation in &mutations {
            source.text = mutate(&source.text, mutation);
        }
        let text = source.text.clone();
        let lines = text.lines().count() + 1;
        let sources = Sources::new(vec![source]);
        let (facts, report) = generator::read_page(FileId(0), &sources);
        prop_assert_eq!(facts.file, FileId(0));
        for problem in report.problems() {
            prop_assert!(problem.at.line >= 1 && problem.at.line as usize <= lines, "{:?}", problem);
            prop_assert!(problem.at.column >= 1, "{:?}", problem);
        }
        let analysis = generator::analyze(&sources, &documentation::corrections(), &Silent);
        prop_assert_eq!(analysis.pages.len(), 1);
    }
}

/// Twice the litter may cost about twice the time, not four times: the sizes are chosen so that a quadratic reader would run for
/// minutes, and this test would not come to an end.
#[test]
fn litter_costs_what_it_weighs() {
    let started = Instant::now();
    for opening in [
        "[",
        "[x](",
        "<!--",
        "<!-- {",
        "> ",
        "- ",
        "(",
        "`",
        "``",
        "**",
        "|",
        "a|",
        "{",
        "[!INCLUDE [",
        "&",
        "<",
        "\\",
        "# ",
        "\n|",
        "\n```\n",
        "\n#",
    ] {
        for prefix in [
            "",
            "# a resource type\n\n## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n|a|String|",
            "# Get a\n\n## HTTP request\n```http\nGET /",
        ] {
            let text = format!("{prefix}{}", opening.repeat(1_000_000 / opening.len()));
            let sources = Sources::new(vec![Source {
                path: "v1.0/resources/a.md".to_owned(),
                text,
            }]);
            let analysis = generator::analyze(&sources, &documentation::corrections(), &Silent);
            assert_eq!(analysis.pages.len(), 1);
        }
    }
    println!(
        "read 63 pages of a megabyte each in {:.1} s",
        started.elapsed().as_secs_f64()
    );
}
