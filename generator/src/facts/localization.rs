//! Translates the words of localized pages that facts are extracted from: headings, header cells, kinds of accounts, and the
//! phrases that state types and flags. All other text keeps its language.
//!
//! The words of a language are a data file. Headings of the published translations carry an anchor with the words of the
//! English heading, which is used in any language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::markdown::{Block, Page, Section, Table, Text};

/// The languages with a data file.
static LANGUAGES: LazyLock<Vec<Language>> =
    LazyLock::new(|| vec![Language::parse(include_str!("localization/zh-cn.toml"))]);

/// Returns the locales of the supported translations, in lower case.
pub fn supported_locales() -> Vec<&'static str> {
    let locales = LANGUAGES.iter().map(|language| language.locale.as_str());
    locales.collect()
}

/// Returns the locale that a page states (`zh-cn`), unless the page is in English.
pub(in crate::facts) fn stated_locale(page: &Page<'_>) -> Option<String> {
    let stated = page.front_matter(&["ms.contentlocale"])?;
    let locale = stated.value.to_ascii_lowercase();
    (!locale.starts_with("en")).then_some(locale)
}

/// Translates a page, unless it is in English.
pub(in crate::facts) fn translate<'p, 'a>(page: &'p Page<'a>) -> Cow<'p, Page<'a>> {
    let headings = || {
        page.sections
            .iter()
            .filter_map(|section| section.heading.as_ref())
    };
    let locale = stated_locale(page);
    if locale.is_none() && headings().all(|heading| heading.raw.is_ascii()) {
        return Cow::Borrowed(page);
    }
    let language = LANGUAGES.iter().find(|language| match &locale {
        Some(locale) => language.locale == *locale,
        None => headings().any(|heading| language.has_heading(&heading.raw)),
    });
    let mut page = page.clone();
    for section in &mut page.sections {
        translate_section(section, language);
    }
    Cow::Owned(page)
}

fn translate_section(section: &mut Section<'_>, language: Option<&Language>) {
    if let Some(heading) = &mut section.heading {
        let english = english_heading(&heading.raw, language);
        heading.raw = Cow::Owned(english);
    }
    let Some(language) = language else { return };
    let heading = section.heading.as_ref();
    let heading = heading.map_or(String::new(), |heading| heading.raw.to_ascii_lowercase());
    let fragments = if section.level <= 1 {
        Some(&language.introductions)
    } else if heading.starts_with("request body") || heading.starts_with("response") {
        Some(&language.sentences)
    } else {
        None
    };
    for block in &mut section.blocks {
        match (block, fragments) {
            (Block::Paragraph(text), Some(fragments)) => fragments.replace_in(text),
            (Block::List(items), Some(fragments)) => {
                items.iter_mut().for_each(|item| fragments.replace_in(item));
            }
            (Block::Table(table), _) => {
                language.translate_table(table, heading.ends_with("headers"));
            }
            _ => {}
        }
    }
}

/// Returns the English form of a heading: by its anchor, or else by the words of the language; a heading without either is
/// unchanged.
fn english_heading(raw: &str, language: Option<&Language>) -> String {
    let (anchor, text) = split_anchor(raw);
    if text.is_ascii() && language.is_some() {
        return text.to_owned();
    }
    if let Some(anchor) = anchor {
        return heading_from_anchor(anchor, text);
    }
    let translated = language.and_then(|language| language.heading(text));
    translated.unwrap_or_else(|| text.to_owned())
}

/// Splits `<a name="anchor"></a>` from a heading.
fn split_anchor(raw: &str) -> (Option<&str>, &str) {
    let split = || {
        let (anchor, rest) = raw
            .trim_start()
            .strip_prefix("<a name=\"")?
            .split_once('"')?;
        Some((anchor, rest.strip_prefix("></a>")?.trim_start()))
    };
    match split() {
        Some((anchor, text)) => (Some(anchor), text),
        None => (None, raw),
    }
}

/// Returns the words of an anchor, each spelled as in the heading if it occurs there: `hueKind values` for `huekind-values` and
/// `hueKind 值`.
fn heading_from_anchor(anchor: &str, text: &str) -> String {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let spellings: BTreeMap<String, &str> = text
        .split(|character| !is_part(character))
        .map(|word| (word.to_ascii_lowercase(), word))
        .collect();
    let words = anchor.split('-').filter(|word| !word.is_empty());
    let words: Vec<&str> = words
        .map(|word| spellings.get(word).copied().unwrap_or(word))
        .collect();
    words.join(" ")
}

/// The words of a language and what the English documentation has in their place.
struct Language {
    locale: String,
    /// Whole headings.
    headings: BTreeMap<String, String>,
    /// The ends of headings that start with a name, the longest first.
    heading_endings: Vec<(String, String)>,
    /// Whole header cells.
    headers: BTreeMap<String, String>,
    /// Whole cells of the first column of tables of HTTP headers.
    cells: BTreeMap<String, String>,
    types: Fragments,
    permissions: Fragments,
    descriptions: Fragments,
    introductions: Fragments,
    sentences: Fragments,
}

impl Language {
    fn parse(text: &str) -> Self {
        let table: toml::Table = text.parse().expect("a test parses the data files");
        let entries = |name: &str| -> Vec<(String, String)> {
            let entries = table[name].as_table().expect("every section is a table");
            let value = |value: &toml::Value| value.as_str().expect("values are text").to_owned();
            entries
                .iter()
                .map(|(key, english)| (key.clone(), value(english)))
                .collect()
        };
        let words = |name| -> BTreeMap<String, String> {
            let entries = entries(name).into_iter();
            entries
                .map(|(key, english)| (normalize(&key), english))
                .collect()
        };
        let fragments = |name| Fragments::new(entries(name));
        let mut heading_endings: Vec<_> = words("heading_endings").into_iter().collect();
        heading_endings.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
        Self {
            locale: table["locale"].as_str().expect("a locale").to_owned(),
            headings: words("headings"),
            heading_endings,
            headers: words("headers"),
            cells: words("cells"),
            types: fragments("types"),
            permissions: fragments("permissions"),
            descriptions: fragments("descriptions"),
            introductions: fragments("introductions"),
            sentences: fragments("sentences"),
        }
    }

    fn has_heading(&self, raw: &str) -> bool {
        self.headings.contains_key(&normalize(split_anchor(raw).1))
    }

    /// Returns the English form of a heading: a known one, one with a number (`示例 2：…`), or a name with a known ending.
    fn heading(&self, text: &str) -> Option<String> {
        let words = normalize(text);
        if let Some(english) = self.headings.get(&words) {
            return Some(english.clone());
        }
        let numbered = self.headings.iter().find_map(|(key, english)| {
            let rest = words.strip_prefix(key.as_str())?;
            let is_number = rest.starts_with(|first: char| first.is_ascii_digit());
            is_number.then(|| format!("{} {rest}", english.trim_end_matches('s')))
        });
        numbered.or_else(|| {
            self.heading_endings.iter().find_map(|(key, english)| {
                let name = words.strip_suffix(key.as_str())?.trim_matches(['*', '`']);
                let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
                (!name.is_empty() && name.bytes().all(is_part)).then(|| format!("{name}{english}"))
            })
        })
    }

    fn translate_table(&self, table: &mut Table<'_>, has_headers: bool) {
        for cell in &mut table.header {
            if let Some(english) = self.headers.get(&normalize(&cell.raw)) {
                cell.raw = Cow::Owned(english.clone());
            }
        }
        let header: Vec<String> = table
            .header
            .iter()
            .map(|cell| cell.raw.trim_matches(['*', ' ']).to_ascii_lowercase())
            .collect();
        let is_about_permissions = header.iter().any(|word| {
            ["permission type", "delegated (", "supported resource"]
                .iter()
                .any(|start| word.starts_with(start))
        });
        for row in &mut table.rows {
            for (column, cell) in row.cells.iter_mut().enumerate() {
                if cell.raw.is_ascii() {
                    continue;
                }
                match header.get(column).map_or("", String::as_str) {
                    _ if is_about_permissions => self.permissions.replace_in(cell),
                    "type" | "return type" => self.types.replace_in(cell),
                    _ if column == 0 && has_headers => {
                        if let Some(english) = self.cells.get(&normalize(&cell.raw)) {
                            cell.raw = Cow::Owned(english.clone());
                        }
                    }
                    _ if column == 0 => {}
                    _ => self.descriptions.replace_in(cell),
                }
            }
        }
    }
}

/// Removes blanks, and replaces full-width punctuation by its ASCII form.
fn normalize(text: &str) -> String {
    let characters = text
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '*');
    characters
        .map(|character| match character {
            '（' => '(',
            '）' => ')',
            '：' => ':',
            other => other,
        })
        .collect::<String>()
        .trim_end_matches(':')
        .to_owned()
}

/// Fragments of text and their replacements.
struct Fragments {
    /// By the first character, the longest first.
    by_first: BTreeMap<char, Vec<(String, String)>>,
    /// With a placeholder: before it, after it, and the replacement.
    patterns: Vec<(String, String, String)>,
}

impl Fragments {
    fn new(entries: Vec<(String, String)>) -> Self {
        let mut by_first: BTreeMap<char, Vec<(String, String)>> = BTreeMap::new();
        let mut patterns = Vec::new();
        for (key, english) in entries {
            match key.split_once("{}") {
                Some((before, after)) => {
                    patterns.push((before.to_owned(), after.to_owned(), english))
                }
                None => {
                    let first = key.chars().next().expect("no fragment is empty");
                    by_first.entry(first).or_default().push((key, english));
                }
            }
        }
        for fragments in by_first.values_mut() {
            fragments.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
        }
        patterns.sort_by_key(|(before, after, _)| std::cmp::Reverse(before.len() + after.len()));
        Self { by_first, patterns }
    }

    fn replace_in(&self, text: &mut Text<'_>) {
        if text.raw.is_ascii() {
            return;
        }
        let mut raw = text.raw.clone().into_owned();
        for pattern in &self.patterns {
            if let Some(replaced) = replace_pattern(&raw, pattern) {
                raw = replaced;
                break;
            }
        }
        let mut english = String::with_capacity(raw.len());
        let mut rest = raw.as_str();
        while let Some(first) = rest.chars().next() {
            let fragments = self.by_first.get(&first);
            let found = fragments
                .into_iter()
                .flatten()
                .find(|(key, _)| rest.starts_with(key.as_str()));
            match found {
                Some((key, replacement)) => {
                    english.push_str(replacement);
                    rest = &rest[key.len()..];
                }
                None => {
                    english.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        text.raw = Cow::Owned(english.trim_end().to_owned());
    }
}

/// Replaces the first occurrence of a pattern within one sentence.
fn replace_pattern(text: &str, pattern: &(String, String, String)) -> Option<String> {
    let (before, after, english) = pattern;
    let start = text.find(before.as_str())?;
    let inner = &text[start + before.len()..];
    let end = inner.find(after.as_str())?;
    if inner[..end].contains('。') {
        return None;
    }
    let replacement = english.replace("{}", &inner[..end]);
    let rest = &inner[end + after.len()..];
    Some(format!("{}{replacement}{rest}", &text[..start]))
}

#[cfg(test)]
mod tests;
