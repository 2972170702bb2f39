//! Pages that are changed by hand, and whether a run over everything was needed for that.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::running;
use crate::warm::tree;

/// The files that the cache knows.
pub(crate) fn cached(scratch: &Path) -> BTreeSet<String> {
    let caches = tree(&scratch.join("target/gen"));
    // Of an output that is generated cold nothing is known.
    let mut files = caches.into_iter();
    let cache = files.find(|(name, _)| Path::new(name).extension().is_none());
    let (_, bytes) = cache.expect("there is a cache");
    let text = String::from_utf8(bytes).expect("a cache is text");
    let paths = text.lines().filter_map(|line| line.split(' ').nth(2));
    paths
        .filter(|path| path.contains('/'))
        .map(str::to_owned)
        .collect()
}

/// Changes the text of some pages, but for those of which problems are shown: these have to be as they are now.
pub(crate) fn edit(
    folder: &Path,
    (every, shown): (usize, &str),
    change: impl Fn(usize, &str) -> Option<String>,
) -> usize {
    let mut pages: Vec<PathBuf> = ["resources", "api"]
        .into_iter()
        .flat_map(|part| fs::read_dir(folder.join(part)).expect("a folder can be listed"))
        .map(|entry| entry.expect("a folder can be listed").path())
        .collect();
    pages.sort();
    let mut count = 0;
    for (number, page) in pages.iter().step_by(every).enumerate() {
        let name = page.file_name().expect("a page has a name");
        let text = fs::read_to_string(page).expect("a page can be read");
        let text = change(number, &text).filter(|_| !shown.contains(&*name.to_string_lossy()));
        if let Some(text) = text {
            fs::write(page, text).expect("a page is written");
            count += 1;
        }
    }
    count
}

/// Gets the pages of a date.
pub(crate) fn pull(scratch: &Path, bundle: &Path) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"));
    let source = bundle.to_string_lossy();
    command
        .current_dir(scratch)
        .args(["docs", "pull", "--source", &source, "--rev", "2021-07"]);
    running::succeeded(&mut command);
}
