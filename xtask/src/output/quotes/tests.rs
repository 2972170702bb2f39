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
        let found =
            found.map(|changed| files.map(|name| changed.get(name).cloned().unwrap_or_default()));
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

#[test]
fn quotes_of_a_page_are_exchanged() {
    let check =
        |before: &[(u32, &str)], now: &[(u32, &str)], file: &str, expected: Option<usize>| {
            let scratch = tempfile::tempdir().unwrap();
            let all = [(1, "One.", 0), (2, "Two.", 1), (2, "Two.", 1)];
            let mut quotes = quotes(scratch.path(), &all);
            let told = |(line, words): &(u32, &str)| vicinity::Quote {
                place: (*line, 1),
                lines: vec![(*words).to_owned()],
                files: [file, "b.rs"][usize::from(*words != "One.")..][..1]
                    .iter()
                    .map(|file| (*file).to_owned())
                    .collect(),
            };
            let requoted = Requoted {
                page: "v1.0/resources/a.md".to_owned(),
                before: before.iter().map(told).collect(),
                now: now.iter().map(told).collect(),
            };
            let done = quotes.exchange(&requoted);
            let known = done.and_then(|()| quotes.at(&told_at(&requoted.page, 7, 1)));
            assert_eq!(
                known.map(|known| known.len()),
                expected,
                "{before:?} > {now:?}"
            );
        };
    let before = [(1, "One."), (2, "Two."), (2, "Two.")];
    check(&before, &before, "a.rs", Some(0));
    check(&before, &[(7, "One.")], "a.rs", Some(1));
    check(&before, &[(7, "Three.")], "a.rs", Some(1));
    check(&before, &[], "a.rs", Some(0));
    // Other quotes are known, in other words, or of another module.
    check(&before[1..], &[], "a.rs", None);
    check(&[(1, "One."), (2, "Two.")], &[], "a.rs", None);
    check(&[(1, "1."), (2, "Two."), (2, "Two.")], &[], "a.rs", None);
    check(&before, &[], "d.rs", None);
}

#[test]
fn files_of_one_module_belong_together() {
    let scratch = tempfile::tempdir().unwrap();
    let quotes = quotes(scratch.path(), &[]);
    assert_eq!(quotes.beside("c.rs"), ["b.rs", "c.rs"]);
    assert_eq!(quotes.beside("d.rs"), [""; 0]);
}
