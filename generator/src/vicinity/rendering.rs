//! Two libraries of the same shape: the files that are not rendered from the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::Patch;
use crate::emit::{self, File, ManifestSettings, Rendered};
use crate::rust::Crate;

/// Takes notice of what each file is rendered from, and lets none be rendered.
#[derive(Default)]
struct Noting(Mutex<BTreeMap<String, Vec<u8>>>);

/// Lets those be rendered that are rendered from something else than known.
struct Differing<'a> {
    known: &'a BTreeMap<String, Vec<u8>>,
    rendered: Mutex<BTreeSet<String>>,
}

/// Lets only some be rendered.
struct Only(BTreeSet<String>);

impl Rendered for Noting {
    fn find(&self, path: &str, from: &[u8]) -> Option<String> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(path.to_owned(), from.to_owned());
        Some(String::new())
    }

    fn keep(&self, _path: &str, _from: &[u8], _text: &str) {}
}

impl Rendered for Differing<'_> {
    fn find(&self, path: &str, from: &[u8]) -> Option<String> {
        self.known.get(path).filter(|known| *known == from)?;
        Some(String::new())
    }

    fn keep(&self, path: &str, _from: &[u8], _text: &str) {
        let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        rendered.insert(path.to_owned());
    }
}

impl Rendered for Only {
    fn find(&self, path: &str, _from: &[u8]) -> Option<String> {
        (!self.0.contains(path)).then(String::new)
    }

    fn keep(&self, _path: &str, _from: &[u8], _text: &str) {}
}

/// What leads from the files of one library to those of another; none if that takes more than parts with others in their
/// place.
pub(super) fn patches(
    before: &Crate,
    now: &Crate,
    manifest: &ManifestSettings,
) -> Option<Vec<Patch>> {
    let noting = Noting::default();
    emit::render_with(before, manifest, &noting);
    let known = noting.0.into_inner().unwrap_or_default();
    let differing = Differing {
        known: &known,
        rendered: Mutex::default(),
    };
    let now = emit::render_with(now, manifest, &differing);
    let only = Only(differing.rendered.into_inner().unwrap_or_default());
    let before = emit::render_with(before, manifest, &only);
    let paths = |files: &[File]| {
        files
            .iter()
            .map(|file| file.path.clone())
            .collect::<Vec<_>>()
    };
    if paths(&before) != paths(&now) {
        return None;
    }
    let pairs = before.iter().zip(&now);
    let pairs = pairs.filter(|(before, now)| before.text != now.text);
    let patches = pairs.map(|(before, now)| Patch::between(&before.path, &before.text, &now.text));
    patches.collect()
}
