//! The headings of a page with their meaning. A heading of unknown meaning inherits that of its parent.

use crate::facts::page::headings::{self, Meaning};
use crate::markdown::{Page, Section, plain};

/// The sections of a page with their meaning.
pub(in crate::facts) struct Outline<'p, 'a> {
    pub(in crate::facts) parts: Vec<Part<'p, 'a>>,
}

/// A section with its meaning.
pub(in crate::facts) struct Part<'p, 'a> {
    pub(in crate::facts) section: &'p Section<'a>,
    pub(in crate::facts) meaning: Meaning,
    /// Whether the meaning follows from the heading itself.
    pub(in crate::facts) says_so: bool,
    /// The heading as plain text; empty above the first heading.
    pub(in crate::facts) heading: String,
    /// The part whose heading stands above this one's, if there is one.
    pub(in crate::facts) parent: Option<usize>,
}

impl<'p, 'a> Outline<'p, 'a> {
    pub(in crate::facts) fn new(page: &'p Page<'a>) -> Self {
        let mut parts: Vec<Part<'p, 'a>> = Vec::with_capacity(page.sections.len());
        // The parts whose sections are still open, by depth of their headings.
        let mut open: Vec<usize> = Vec::new();
        for section in &page.sections {
            let heading = section
                .heading
                .as_ref()
                .map(|heading| plain(&heading.raw, &page.link_definitions).into_owned())
                .unwrap_or_default();
            while open
                .last()
                .is_some_and(|index| parts[*index].section.level >= section.level)
            {
                open.pop();
            }
            let parent = open.last().copied();
            let (meaning, says_so) =
                meaning(section.level, &heading, parent.map(|index| &parts[index]));
            if section.level > 0 {
                open.push(parts.len());
            }
            parts.push(Part {
                section,
                meaning,
                says_so,
                heading,
                parent,
            });
        }
        Self { parts }
    }

    /// Returns the sections with this meaning.
    pub(in crate::facts) fn with(&self, meaning: Meaning) -> impl Iterator<Item = &Part<'p, 'a>> {
        self.parts
            .iter()
            .filter(move |part| part.meaning == meaning)
    }

    pub(in crate::facts) fn has(&self, meaning: Meaning) -> bool {
        self.with(meaning).next().is_some()
    }
}

fn meaning(level: u8, heading: &str, parent: Option<&Part<'_, '_>>) -> (Meaning, bool) {
    if level <= 1 {
        return (Meaning::Intro, level == 1);
    }
    let own = headings::meaning(&heading.to_ascii_lowercase());
    let above = parent.map_or(Meaning::Other, |parent| parent.meaning);
    match (own, above) {
        // All sections below an example belong to it.
        (_, Meaning::Example) if level > 2 => (Meaning::Example, own.is_some()),
        (Some(own), _) => (own, true),
        (None, Meaning::Intro) => (Meaning::Other, false),
        (None, above) => (above, false),
    }
}
