//! Escaping of page text: one function for each context.

/// Escapes text to paragraphs of markdown. Code spans are kept, and addresses become links.
pub(crate) fn prose(text: &str) -> Vec<String> {
    if !text.contains(['\n', '\r']) {
        let line = plain(text);
        let lines = (!line.is_empty()).then(|| inline(&line));
        return lines.into_iter().collect();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut paragraphs = vec![String::new()];
    for line in text.split('\n').map(plain) {
        let last = paragraphs
            .last_mut()
            .expect("there is always a paragraph to write to");
        match (line.is_empty(), last.is_empty()) {
            (true, true) => {}
            (true, false) => paragraphs.push(String::new()),
            (false, true) => last.push_str(&line),
            (false, false) => {
                last.push(' ');
                last.push_str(&line);
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
        .iter()
        .map(|paragraph| inline(paragraph))
        .collect()
}

/// Text on one line, without invisible and bidirectional control characters.
pub(crate) fn plain(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let visible: String = text
        .chars()
        .filter(|letter| !is_invisible(*letter))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether [`plain`] leaves text unchanged, as is usual.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    for letter in text.bytes() {
        if !matches!(letter, b' '..=b'~') || (letter == b' ' && before == b' ') {
            return false;
        }
        before = letter;
    }
    before != b' ' || text.is_empty()
}

/// Text as a code span.
pub(crate) fn code(text: &str) -> String {
    let inside = plain(text);
    if inside.is_empty() {
        String::new()
    } else {
        format!("`{}`", inside.replace('`', "'"))
    }
}

/// The address at the start of a text; empty if there is none.
pub(crate) fn url(text: &str) -> &str {
    if !is_address_start(text) {
        return "";
    }
    let address = address_text(text).trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    if address.ends_with("//") { "" } else { address }
}

fn is_address_start(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The characters at the start of a text that an address may consist of.
fn address_text(text: &str) -> &str {
    let is_other =
        |letter: char| !letter.is_ascii_alphanumeric() && !"-._~:/?#@!$&*+,;=%".contains(letter);
    &text[..text.find(is_other).unwrap_or(text.len())]
}

/// Whether a character has no glyph or controls the direction of text.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

fn inline(paragraph: &str) -> String {
    let mut markdown = String::with_capacity(paragraph.len() + 16);
    let mut rest = paragraph;
    let mut before = None;
    // The end of the text that was last tried as an address and is none, so that a run of such text is tried once.
    let mut no_address_until = 0;
    loop {
        // Most characters need no escape.
        let words = rest.find(may_mean).unwrap_or(rest.len());
        markdown.push_str(&rest[..words]);
        before = rest[..words].chars().next_back().or(before);
        rest = &rest[words..];
        let Some(letter) = rest.chars().next() else {
            break;
        };
        let offset = paragraph.len() - rest.len();
        let address = if offset < no_address_until {
            ""
        } else {
            url(rest)
        };
        let taken = if letter == '`' {
            backticks(rest, &mut markdown)
        } else if !address.is_empty() {
            markdown.push_str(&format!("<{address}>"));
            address.len()
        } else {
            if offset >= no_address_until && is_address_start(rest) {
                no_address_until = offset + address_text(rest).len();
            }
            let after = rest[letter.len_utf8()..].chars().next();
            if needs_escape(before, letter, after) {
                markdown.push('\\');
            }
            markdown.push(letter);
            letter.len_utf8()
        };
        before = rest[..taken].chars().next_back();
        rest = &rest[taken..];
    }
    escape_start(markdown)
}

/// Whether a character may need an escape, or start a code span or an address.
fn may_mean(letter: char) -> bool {
    matches!(
        letter,
        '`' | 'h' | '\\' | '*' | '[' | ']' | '<' | '>' | '~' | '_' | '&'
    )
}

/// Writes a code span, or escaped backticks if the span is not closed. Returns the number of bytes read.
fn backticks(rest: &str, markdown: &mut String) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let inside = &rest[ticks..];
    let mut from = 0;
    while let Some(start) = inside[from..].find('`').map(|found| from + found) {
        let run = inside[start..].len() - inside[start..].trim_start_matches('`').len();
        if run == ticks {
            markdown.push_str(&code(&inside[..start]));
            return ticks + start + run;
        }
        from = start + run;
    }
    markdown.push_str(&"\\`".repeat(ticks));
    ticks
}

fn needs_escape(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let in_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    match letter {
        '\\' | '*' | '[' | ']' | '<' | '>' | '~' => true,
        // Inside a word, `_` has no meaning in markdown.
        '_' => !(in_word(before) && in_word(after)),
        '&' => after == Some('#') || in_word(after),
        '|' | '$' | '^' => false,
        _ => false,
    }
}

/// Escapes the start of a paragraph that would become a heading, a list, a rule or a table.
fn escape_start(markdown: String) -> String {
    let digits = markdown.len()
        - markdown
            .trim_start_matches(|first: char| first.is_ascii_digit())
            .len();
    if markdown.starts_with(['#', '-', '+', '=', '|', ':']) {
        return format!("\\{markdown}");
    }
    if digits > 0 && markdown[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &markdown[..digits], &markdown[digits..]);
    }
    markdown
}
