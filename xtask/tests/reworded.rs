//! What pages say in other words is said in the output where it is quoted, without a run over everything, and comes to what
//! such a run gives.

mod bundle;
mod edited;
mod running;
mod warm;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use edited::{cached, edit, pull};
use warm::{generate, hold, tree};

/// A page whose words are filled in; the third row says what the second says.
fn page(words: &[&str; 4]) -> String {
    let [summary, height, depth, width] = words;
    format!(
        "# shelf resource type\n\nNamespace: microsoft.graph\n\n{summary}\n\n## Properties\n\
         |Property|Type|Description|\n|:---|:---|:---|\n|height|Int32|{height}|\n|depth|Int32|{depth}|\n\
         |width|Int32|{width}|\n"
    )
}

#[test]
fn other_words_are_written_where_they_are_quoted() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let scratch = scratch.path();
    let folder = scratch.join("docs/v1.0/resources");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let write = |name: &str, text: &str| {
        fs::write(folder.join(name), text).expect("a page is written");
    };
    let hook = "# hook resource type\n\nNamespace: microsoft.graph\n\nInherits from [shelf](shelf.md).\n\n\
                ## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|bend|Int32|How high.|\n";
    write("hook.md", hook);
    let mut words = [
        "A board on a wall.",
        "How high.",
        "In metres.",
        "In metres.",
    ];
    write("shelf.md", &page(&words));
    generate(scratch, &["--out", "warm"]);
    hold(scratch, "at first");
    let steps: [(usize, &str, bool); 14] = [
        (0, "A board on a wall of the house.", true),
        // Its file and that of the type that inherits it; there another row says the same.
        (1, "How high it hangs.", true),
        (
            1,
            "How high it hangs, <b>in</b> */ `cm` [x](y) \\ _z_.",
            true,
        ),
        (1, "How low.", true),
        // Something hangs on the words.
        (1, "How low. Read-only.", true),
        (1, "How low. Read-only!", true),
        (1, "", true),
        (1, "How deep.", true),
        // Two rows say the same.
        (2, "In feet.", true),
        (3, "In miles.", true),
        (3, "In feet.", true),
        (3, "How deep.", true),
        (0, "How deep.", true),
        // Nobody says what it is any more.
        (0, "# Not a heading. Inherited from nobody.", false),
    ];
    for (place, text, is_short) in steps {
        words[place] = text;
        write("shelf.md", &page(&words));
        let before = cached(scratch);
        hold(scratch, text);
        let forgotten = cached(scratch) != before;
        assert_eq!(forgotten, is_short, "{text}");
        hold(scratch, "again");
        // A full run takes over no file that was written so.
        write(
            "hook.md",
            &format!(
                "{hook}|{}|[shelf](shelf.md)|It is.|\n",
                ["grip", "grasp"][place % 2]
            ),
        );
        hold(scratch, "a full run");
        write("hook.md", hook);
        hold(scratch, "another one");
        // Pages that were written just before are not relied on at once.
        hold(scratch, "a run with nothing to do");
    }
}

/// A page with another sentence behind its summary.
fn reworded(number: usize, text: &str) -> Option<String> {
    let is_summary = |line: &&str| line.starts_with(char::is_uppercase) && line.ends_with('.');
    let line = text.lines().find(is_summary)?;
    let other = format!("{line} This is said *{number}* times.");
    Some(text.replacen(line, &other, 1))
}

/// A page with another sentence in each row that ends with one, and behind its summary.
fn reworded_throughout(number: usize, text: &str) -> Option<String> {
    let other = |line: &str| match line.trim_end().strip_suffix(".|") {
        // Why something should not be used is no mere word.
        Some(row) if row.starts_with('|') && !row.contains("eprecated") => {
            format!("{row}. So it goes.|\n")
        }
        Some(_) | None => line.to_owned(),
    };
    let rows: String = text.split_inclusive('\n').map(other).collect();
    reworded(number, &rows).or(Some(rows))
}

/// The files of an output without what they quote, and without the record of the pages.
fn unquoted(folder: &Path) -> BTreeMap<String, String> {
    let is_quoted = |line: &&str| line.trim_start().starts_with("//");
    let files = tree(folder).into_iter();
    let files = files.filter(|(name, _)| name != "pages.lock");
    files
        .map(|(name, bytes)| {
            let text = String::from_utf8(bytes).expect("the output is text");
            let lines = text.lines().filter(|line| !is_quoted(line));
            (name, lines.flat_map(|line| [line, "\n"]).collect())
        })
        .collect()
}

/// A page with blank lines above its first two headings.
fn moved(_: usize, text: &str) -> Option<String> {
    Some(
        text.replacen("\n# ", "\n\n# ", 1)
            .replacen("\n## ", "\n\n\n## ", 1),
    )
}

#[test]
fn other_words_of_real_pages_come_to_what_a_run_over_everything_gives() {
    let Some(bundle) = bundle::bundle() else {
        return;
    };
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let scratch = scratch.path();
    pull(scratch, &bundle);
    generate(scratch, &["--out", "warm"]);
    let said = generate(scratch, &["--out", "warm"]);
    let shown = String::from_utf8_lossy(&said.stderr).into_owned();
    let folder = scratch.join("docs/api-reference/v1.0");
    // The cache knows nothing any more of files that were written without a run over everything.
    let forgotten = |change: &dyn Fn() -> usize| {
        // Pages that were written just before are not relied on at once.
        generate(scratch, &["--out", "warm"]);
        let before = cached(scratch);
        let pages = change();
        hold(scratch, "in another way");
        let files: Vec<String> = (&before - &cached(scratch)).into_iter().collect();
        println!(
            "{pages} pages say it in another way; {} files show it",
            files.len()
        );
        assert!(pages > 50, "{pages} pages");
        files
    };
    let files = forgotten(&|| edit(&folder, (41, &shown), reworded));
    assert!(files.len() > 40, "{files:?}");
    let files = forgotten(&|| edit(&folder, (37, &shown), moved));
    assert_eq!(files, ["tests/examples/v1.0.json"]);
    // Both at once, on pages of which some changed before.
    let both = |number: usize, text: &str| moved(number, &reworded(number, text)?);
    let files = forgotten(&|| edit(&folder, (29, &shown), both));
    assert!(files.len() > 40, "{files:?}");
}

#[test]
fn nobody_judges_by_words_that_are_quoted() {
    let Some(bundle) = bundle::bundle() else {
        return;
    };
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let scratch = scratch.path();
    pull(scratch, &bundle);
    generate(scratch, &["--out", "before"]);
    let folder = scratch.join("docs/api-reference/v1.0");
    let pages = edit(&folder, (1, ""), reworded_throughout);
    generate(scratch, &["--out", "after"]);
    let [before, after] = ["before", "after"].map(|name| unquoted(&scratch.join(name)));
    let differs = |(name, text): &(&String, &String)| after.get(*name) != Some(text);
    let others: Vec<&String> = before
        .iter()
        .filter(differs)
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        others, [""; 0],
        "{pages} pages say something in other words"
    );
    assert_eq!(before.len(), after.len());
    assert!(tree(&scratch.join("before")) != tree(&scratch.join("after")));
}
