//! Sentences and lists of the permissions section: Microsoft Entra roles, and notes about the tables.

use crate::facts::page::context::Reading;
use crate::facts::page::headings::Meaning;
use crate::facts::page::outline::Outline;
use crate::markdown::{Block, Text};
use crate::source::At;

/// A Microsoft Entra role that the signed-in user needs besides the permissions; any one of the roles of a page is sufficient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFact {
    /// The name, such as `User Administrator`.
    pub name: At<String>,
    /// The heading below the permissions section that limits the role.
    pub condition: Option<String>,
}

/// The facts in the texts of the permissions section.
#[derive(Default)]
pub(super) struct PermissionTexts {
    /// The names of roles, without repetitions.
    pub(super) roles: Vec<RoleFact>,
    /// Whether a note states that permissions marked with `*` use resource-specific consent.
    pub(super) marks_resource_consent: bool,
    /// Whether a note excludes application permissions for paths that start with `/me`.
    pub(super) excludes_application_for_me: bool,
}

/// Reads the texts of the permissions section.
pub(super) fn read(reading: &Reading<'_, '_>, outline: &Outline<'_, '_>) -> PermissionTexts {
    let mut texts = PermissionTexts::default();
    for part in outline.with(Meaning::Permissions) {
        let is_top = part.section.level <= 2;
        let heading = Some(part.heading.as_str()).filter(|_| !is_top);
        // Scenarios are about single properties.
        if heading.is_some_and(|heading| heading.to_ascii_lowercase().contains("scenario")) {
            continue;
        }
        let first = texts.roles.len();
        let mut announced = false;
        for block in &part.section.blocks {
            match block {
                Block::Paragraph(text) => {
                    announced = false;
                    texts.add_text(reading, text, &mut announced);
                }
                Block::Callout(callout) => {
                    announced = false;
                    texts.add_text(reading, &callout.text, &mut announced);
                }
                Block::List(items) => {
                    for item in items {
                        texts.add_item(reading, item, &item.raw, &mut announced);
                    }
                }
                Block::Table(_) | Block::Code(_) | Block::Annotation(_) | Block::Include(_) => {}
            }
        }
        for role in &mut texts.roles[first..] {
            role.condition = heading.map(str::to_owned);
        }
    }
    texts
}

impl PermissionTexts {
    fn add_text(&mut self, reading: &Reading<'_, '_>, text: &Text<'_>, announced: &mut bool) {
        let lower = text.raw.to_ascii_lowercase();
        self.marks_resource_consent |=
            lower.contains("marked with") && lower.contains("resource-specific consent");
        self.excludes_application_for_me |=
            lower.contains("application permissions are not supported") && lower.contains("`/me`");
        for line in text.raw.lines() {
            match line.trim_start().strip_prefix(['-', '*', '+']) {
                Some(item) if item.starts_with(' ') => {
                    self.add_item(reading, text, item, announced)
                }
                _ => self.add_sentence(text, line, announced),
            }
        }
    }

    /// Adds the role that a list item names, if a sentence about roles announces the list.
    fn add_item(
        &mut self,
        reading: &Reading<'_, '_>,
        text: &Text<'_>,
        item: &str,
        announced: &mut bool,
    ) {
        let plain = reading.plain(item);
        let name = plain.split(" - ").next().unwrap_or_default();
        let name = name
            .split([':', '(', '\u{2013}'])
            .next()
            .unwrap_or_default();
        let name = name.trim_matches(['*', '`', '.', ',', ' ']);
        if *announced && is_role(name) {
            self.add_role(name, text);
        } else {
            self.add_sentence(text, item, announced);
        }
    }

    /// Adds the emphasized roles of a sentence about roles.
    fn add_sentence(&mut self, text: &Text<'_>, sentence: &str, announced: &mut bool) {
        let lower = sentence.to_ascii_lowercase();
        let is_about_roles = lower.contains("role")
            && ["entra", "azure ad", "assigned", "least privilege"]
                .iter()
                .any(|words| lower.contains(words));
        *announced |= is_about_roles;
        if !is_about_roles {
            return;
        }
        for span in sentence.replace("**", "*").split('*').skip(1).step_by(2) {
            if is_role(span.trim()) && !lower.contains("known issue") {
                self.add_role(span.trim(), text);
            }
        }
    }

    fn add_role(&mut self, name: &str, text: &Text<'_>) {
        if self.roles.len() < 64 && !self.roles.iter().any(|role| role.name.value == name) {
            self.roles.push(RoleFact {
                name: At::new(name.to_owned(), text.at),
                condition: None,
            });
        }
    }
}

/// Whether words are the name of a role, such as `Privileged Authentication Administrator`.
fn is_role(words: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_uppercase())
            || ["and", "for", "of", "to"].contains(&word)
    };
    let has_letters = |word: &str| {
        word.chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '/' | '&'))
    };
    let count = words.split_whitespace().count();
    (1..8).contains(&count)
        && words.starts_with(|first: char| first.is_ascii_uppercase())
        && words
            .split_whitespace()
            .all(|word| is_word(word) && has_letters(word))
}
