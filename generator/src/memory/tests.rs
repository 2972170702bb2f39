//! What a run takes over from another one.

use std::sync::Arc;

use super::*;
use crate::source::{Hashed, Source};

/// What is known of the pages among some files, after they were read once: by a process that goes on, and by another one.
fn memories(files: &[(&str, &str)]) -> [Memory; 2] {
    let sources = sources(files);
    let mut first = Memory::kept();
    first.take_over(Vec::new(), &[]);
    let generated = read(&sources, &mut first);
    let news = first.news(&generated);
    assert!(news.is_everything);
    first.keep(generated);
    [first, of(&news.records)]
}

/// What another process takes over.
fn of(records: &[Record]) -> Memory {
    let mut memory = Memory::default();
    let mut log = Vec::new();
    let places: Vec<_> = records
        .iter()
        .map(|record| {
            let start = log.len();
            log.extend([record.head.as_slice(), &record.said].concat());
            start..log.len()
        })
        .collect();
    memory.take_over(log, &places);
    memory
}

pub(super) fn sources(files: &[(&str, &str)]) -> Sources {
    let source = |(path, text): &(&str, &str)| Source {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    Sources::new(files.iter().map(source).collect())
}

fn read(sources: &Sources, memory: &mut Memory) -> Generated {
    struct Silent;
    impl crate::Progress for Silent {
        fn page_read(&self) {}
    }
    let settings = crate::Settings {
        selection: crate::Selection::default(),
        manifest: crate::emit::ManifestSettings::Workspace,
    };
    crate::generate_with(sources, &settings, &Silent, &crate::emit::Anew, memory)
}

const RESOURCE: &str = "# thing resource type\n\nNamespace: microsoft.graph\n\n[!INCLUDE [note](../../includes/note.md)]\n\n## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n|size|Int32|How large.|\n|odd|strange|?|\n";
const NOTE: &str = "> **Note:** A note.\n\n|Property|Type|\n|:--|:--|\n|||";
const BEFORE: [(&str, &str); 3] = [
    ("includes/note.md", NOTE),
    ("v1.0/resources/m.md", RESOURCE),
    ("v1.0/resources/n.md", "# n resource type\n"),
];

/// Runs after some files changed, and gives the pages that were not read again; what they say is as if they had been.
#[track_caller]
fn check(after: &[(&str, &str)], known: &[&str]) {
    let sources = sources(after);
    let pages = sources.iter().filter(|(_, source)| source.is_page());
    let files: Vec<FileId> = pages.map(|(file, _)| file).collect();
    for mut memory in memories(&BEFORE) {
        let recalled = memory.recall(&sources, &files);
        let mut paths = Vec::new();
        for (recalled, file) in recalled.into_iter().zip(&files) {
            let Some(recalled) = recalled else { continue };
            assert_eq!(recalled, crate::read_page(*file, &sources));
            paths.push(sources.get(*file).path.as_str());
        }
        assert_eq!(paths, known);
    }
}

#[test]
fn pages_that_say_the_same_are_not_read_again() {
    let [note, m, n] = BEFORE;
    let both = [m.0, n.0];
    check(&BEFORE, &both);
    check(&[note, m, (n.0, "# o resource type")], &[m.0]);
    check(&[("includes/note.md", "words"), m, n], &[n.0]);
    // All others have other ids when a file comes or goes.
    check(&[("includes/a.md", ""), note, m, n], &both);
    check(&[note, ("v1.0/resources/a.md", "# a"), m, n], &both);
    check(&[m, n], &[n.0]);
    check(&[note, n], &[n.0]);
}

#[test]
fn what_is_new_is_told() {
    let [note, m, n] = BEFORE;
    let check = |after: &[(&str, &str)], is_everything: bool, records: usize| {
        for mut memory in memories(&BEFORE) {
            let generated = read(&sources(after), &mut memory);
            let news = memory.news(&generated);
            assert_eq!(
                (news.is_everything, news.records.len()),
                (is_everything, records)
            );
            memory.keep(generated);
            let generated = read(&sources(after), &mut memory);
            let news = memory.news(&generated);
            assert!(news.records.is_empty(), "it was told");
        }
    };
    check(&BEFORE, false, 0);
    check(&[note, m, (n.0, "# o")], false, 1);
    check(&[("includes/note.md", "words"), m, n], false, 2);
    check(&[note, m, n, ("v1.0/resources/o.md", "# o")], false, 1);
    // What is gone is not to be carried along.
    check(&[note, m], true, 2);
}

#[test]
fn what_is_damaged_is_read_again() {
    let sources = sources(&BEFORE);
    let mut memory = Memory::default();
    memory.take_over(Vec::new(), &[]);
    let generated = read(&sources, &mut memory);
    let records = memory.news(&generated).records;
    let page = [sources.find(BEFORE[1].0).unwrap()];
    let recall = |said: &[u8]| {
        let mut records = records.clone();
        records[1].said = said.to_owned();
        of(&records).recall(&sources, &page).remove(0)
    };
    let said = &records[1].said;
    let whole = crate::read_page(page[0], &sources);
    assert_eq!(recall(said), Some(whole));
    for end in 0..said.len() {
        assert_eq!(recall(&said[..end]), None, "cut at {end}");
    }
    for place in 0..said.len() {
        let mut said = said.clone();
        said[place] ^= 0x55;
        assert_eq!(recall(&said), None, "byte {place}");
    }
}

#[test]
fn pages_may_say_the_same_in_other_words() {
    let [note, m, n] = BEFORE;
    let check = |after: &[(&str, &str)], shown: &str, records: Option<usize>| {
        let [_, memory] = memories(&BEFORE);
        let told = memory.told(&sources(after), &|path| path == shown);
        let told = told.map(|told| {
            let News {
                records,
                is_everything,
            } = &told.news;
            (records.len(), *is_everything, told.is_nothing())
        });
        assert_eq!(told, records.map(|records| (records, false, true)));
    };
    check(&BEFORE, "", Some(0));
    let n = (n.0, "# n resource type \n");
    check(&[note, m, n], "", Some(1));
    check(&[note, m, n], m.0, Some(1));
    check(&[note, m, n], n.0, None);
    check(&[note, m, (n.0, "# o resource type")], "", None);
    let same = NOTE.replace("A note.", "A note. ");
    check(&[(note.0, &same), m, n], "", Some(3));
    check(&[(note.0, &same), m, n], note.0, None);
    check(&[("includes/note.md", "words"), m, n], "", None);
    check(&[note, m], "", None);
    check(&[note, m, n, ("v1.0/resources/o.md", "# o")], "", None);
}

#[test]
fn words_that_differ_are_told() {
    let [note, m, n] = BEFORE;
    let mut memory = Memory::default();
    memory.take_over(Vec::new(), &[]);
    let generated = read(&sources(&BEFORE), &mut memory);
    let records = memory.news(&generated).records;
    let check = |from: &str, to: &str, expected: Option<&[(u32, &str, &str)]>| {
        let text = m.1.replace(from, to);
        let after = sources(&[note, (m.0, &text), n]);
        let told = of(&records).told(&after, &|_| false);
        let only_words = told.as_ref().filter(|told| told.changed.is_empty());
        let words = only_words.map(|told| {
            let words = told.restatements.reworded.iter();
            let words = words.map(|one| (one.line, one.before.as_str(), one.after.as_str()));
            words.collect::<Vec<_>>()
        });
        assert_eq!(words.as_deref(), expected, "{from} > {to}");
        // What is written down of it is what it says now.
        if let Some(told) = told {
            let mut memory = of(&[records.clone(), told.news.records].concat());
            let page = after.find(m.0).unwrap();
            let known = memory.recall(&after, &[page]).remove(0);
            assert_eq!(known, Some(crate::read_page(page, &after)), "{to}");
        }
    };
    check(
        "How large.",
        "How big.",
        Some(&[(10, "How large.", "How big.")]),
    );
    check("How large.", "", Some(&[(10, "How large.", "")]));
    check("How large.", "How large. Read-only.", None);
    check("Int32", "Int64", None);
}

#[test]
fn lines_that_differ_are_told() {
    let [note, m, n] = BEFORE;
    let check = |from: &str, to: &str, expected: Option<&[(u32, u32)]>| {
        let [_, memory] = memories(&BEFORE);
        let text = m.1.replace(from, to);
        let told = memory.told(&sources(&[note, (m.0, &text), n]), &|_| false);
        let told = told.filter(|told| told.changed.is_empty());
        let moved = told.map(|told| {
            assert_eq!(told.restatements.reworded, []);
            let moved = told.restatements.moved.into_iter();
            let places = moved.flat_map(|moved| moved.places);
            let lines = places.map(|(place, now)| (place.0, now.0));
            lines.filter(|(line, now)| line != now).collect::<Vec<_>>()
        });
        assert_eq!(moved.as_deref(), expected, "{to:?}");
    };
    check("Description", "Description", Some(&[]));
    // Rows stand two lines lower, names and types too.
    let rows = "## Properties";
    let lower = |line: u32| (line, line + 2);
    let below = [10, 10, 10, 11, 11, 11].map(lower);
    check(rows, &format!("\n\n{rows}"), Some(&below));
    let note = "> **Note:** An aside.\n\n";
    check(rows, &format!("{note}{rows}"), Some(&below));
    check("|size|", "| size|", Some(&[]));
    // What stood below stands above.
    let [size, odd] = ["|size|Int32|How large.|\n", "|odd|strange|?|\n"];
    check(&[size, odd].concat(), &[odd, size].concat(), None);
}

#[test]
fn pages_that_are_as_they_were_need_not_be_read_for_that() {
    let [note, m, n] = BEFORE;
    let check = |after: &[(&str, &str)], records: Option<usize>| {
        let [_, memory] = memories(&BEFORE);
        let read = |(path, text): &(&str, &str)| {
            let (path, text) = ((*path).to_owned(), (*text).to_owned());
            Hashed::from(Source { path, text })
        };
        let files = after.iter().map(|file| match memory.hash(file.0) {
            Some(hash) if BEFORE.contains(file) && file.0 != note.0 => {
                Hashed::unread(file.0, hash).unwrap()
            }
            _ => read(file),
        });
        let sources = Sources::shared(files.map(Arc::new).collect());
        let told = memory.told(&sources, &|_| false);
        assert_eq!(told.map(|told| told.news.records.len()), records);
    };
    check(&BEFORE, Some(0));
    check(&[note, m, (n.0, "# n resource type \n")], Some(1));
    check(&[note, m, (n.0, "# o resource type")], None);
    // What changed, or an include, may take in a page that was not read.
    let including = "# n resource type\n\n[!INCLUDE [m](m.md)]\n";
    check(&[note, m, (n.0, including)], None);
    check(
        &[("includes/note.md", NOTE.trim_end_matches('|')), m, n],
        None,
    );
    assert!(Hashed::unread("includes/note.md", [0; 32]).is_none());
}

#[test]
fn names_of_which_something_else_is_said_are_told() {
    let [note, m, n] = BEFORE;
    let check = |from: &str, to: &str, expected: Option<&[&str]>| {
        let [_, memory] = memories(&BEFORE);
        let text = m.1.replace(from, to);
        let told = memory.told(&sources(&[note, (m.0, &text), n]), &|_| false);
        let names = told.map(|told| {
            let names = told.changed.into_iter().flat_map(|page| page.names);
            names.collect::<Vec<_>>()
        });
        let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(names, expected, "{from} > {to}");
    };
    check("Int32", "Int64", Some(&["size"]));
    check(
        "|size|Int32|",
        "|size|Int32|How.|\n|depth|Int32|",
        Some(&["depth"]),
    );
    check("|size|", "|width|", Some(&["size", "width"]));
    check("How large.", "How large. Read-only.", Some(&[]));
    check(
        "How large.",
        "Possible values are: `a`, `b`.",
        Some(&["a", "b"]),
    );
    // Types that rows name, and what they are inherited from, may tell something of others.
    check("Int32", "[n](n.md)", None);
    check("|size|Int32|How large.|\n|odd|strange|?|\n", "", None);
    check("# thing resource", "# other resource", None);
}

#[test]
fn pages_with_a_name_are_found() {
    let page = |rows: &str| {
        format!(
            "# thing resource type\n\n## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n{rows}"
        )
    };
    let check = |rows: &str, name: &str, expected: bool| {
        let text = page(rows);
        let [_, memory] = memories(&[("v1.0/resources/m.md", &text)]);
        let names = BTreeSet::from([name.to_owned()]);
        let found = memory.mentioning(&names).len();
        assert_eq!(found == 1, expected, "{name} in {rows}");
    };
    check("|size|Int32|Large.|", "size", true);
    check("|Size|Int32|Large.|", "sIZE", true);
    check("|resize|Int32|Large.|", "size", false);
    check("|sizes|Int32|Large.|", "size", false);
    // Names are as long as letters are large.
    let long = "s".repeat(usize::from(b'z'));
    check(&format!("|{long}|Int32|Large.|"), &long, true);
    check(&format!("|a|[{long}](x.md)|Large.|"), &long, true);
    check("|a|Int32|The size of it.|", "size", true);
    check("|a|Int32|Its size|", "size", true);
}

#[test]
fn what_only_operations_show_is_told() {
    let page = "# Get thing\n\nReads a thing.\n\n## Permissions\n|Permission type|Permissions|\n|:--|:--|\n|Application|Thing.Read|\n\n\
                ## HTTP request\n```http\nGET /things/{id}\n```\n\n## Request headers\n|Name|Description|\n|:--|:--|\n|Authorization|Bearer.|\n\n\
                ## Response\nReturns `200 OK` and a [thing](../resources/m.md).\n\n## Example\n```http\nGET https://graph.microsoft.com/v1.0/things/7?$top=1\n```\n\
                ```http\nHTTP/1.1 200 OK\n\n{\"value\": [{\"size\": 7}]}\n```\n";
    let path = "v1.0/api/thing-get.md";
    let others = [(
        "v1.0/api/other.md",
        "# Other\n\n## HTTP request\n```http\nGET /THINGS\n```\n",
    )];
    let check = |from: &str, to: &str, expected: Option<usize>| {
        let [_, memory] = memories(&[BEFORE[1], others[0], (path, page)]);
        let text = page.replace(from, to);
        assert!(from.is_empty() || text != page, "{from}");
        let told = memory.told(&sources(&[BEFORE[1], others[0], (path, &text)]), &|_| false);
        let changed = told.map(|told| told.changed.len());
        assert_eq!(changed, expected, "{from} > {to}");
    };
    check("Thing.Read|", "Thing.Write|", Some(1));
    check("Bearer.|", "Bearer.|\n|If-Match|Required.|", Some(1));
    check("size\": 7", "size\": 8", Some(1));
    check("?$top=1", "?$top=2", Some(1));
    // Prose is none of it.
    check("Returns", "If all is well, returns", Some(0));
    // Others are judged by these.
    check("/{id}\n", "/{id}/$value\n", None);
    check("200 OK\n\n{", "202 Accepted\n\n{", None);
    check("[{\"size\": 7}]", "{\"size\": 7}", None);
    check(
        "[thing](../resources/m.md)",
        "[thing](../resources/n.md)",
        None,
    );
    // How often a name is spelled in which way, too; another page spells this one otherwise.
    let example = page.split_once("## Example\n").map_or("", |(_, rest)| rest);
    check(example, &example.repeat(2), None);
    check("things/7?", "things/8?", None);
}
