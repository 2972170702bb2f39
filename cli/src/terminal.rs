//! Output for people and programs. Text of pages never controls the terminal, a closed pipe ends the program quietly, and colors
//! follow `--color`, `NO_COLOR` and `CLICOLOR_FORCE`.

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal, Write};

use anstream::ColorChoice;
use serde_json::Value;

/// Prints formatted text to standard output, with control characters replaced.
macro_rules! out {
    ($($argument:tt)*) => {
        $crate::terminal::print(&format!($($argument)*))
    };
}

/// Prints formatted text to standard error, with control characters replaced.
macro_rules! err {
    ($($argument:tt)*) => {
        $crate::terminal::print_error(&format!($($argument)*))
    };
}

pub(crate) use {err, out};

/// Decides whether output has colors: `auto` follows the environment and the terminal.
pub(crate) fn set_colors(choice: clap::ColorChoice) {
    let choice = match choice {
        clap::ColorChoice::Auto => return,
        clap::ColorChoice::Always => ColorChoice::Always,
        clap::ColorChoice::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// Prints text to standard output. Control characters except line feeds and tabs are replaced.
pub(crate) fn print(text: &str) {
    print_bytes(printable(text).as_bytes());
}

/// Prints JSON to standard output. Control characters and those that change the direction of text are escaped.
pub(crate) fn print_json(value: &Value) {
    print_bytes(escape_json(&format!("{value:#}\n")).as_bytes());
}

/// Prints a document to standard output: unchanged to a pipe or a file, with control characters replaced to a terminal.
pub(crate) fn print_document(text: &str) {
    if std::io::stdout().is_terminal() {
        print(text);
    } else {
        print_bytes(text.as_bytes());
    }
}

/// Prints text with styles to standard output. The caller has replaced all other control characters.
pub(crate) fn print_styled(text: &str) {
    exit_unless_written(anstream::stdout().lock().write_all(text.as_bytes()));
}

/// Prints text to standard error. Control characters except line feeds and tabs are replaced.
pub(crate) fn print_error(text: &str) {
    // Nothing can be reported if standard error is closed.
    let _ = std::io::stderr()
        .lock()
        .write_all(printable(text).as_bytes());
}

/// Prints text with styles to standard error. The caller has replaced all other control characters.
pub(crate) fn print_error_styled(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

fn print_bytes(bytes: &[u8]) {
    exit_unless_written(std::io::stdout().lock().write_all(bytes));
}

/// Ends the program if standard output cannot be written: quietly if its reader has what it wanted.
fn exit_unless_written(result: std::io::Result<()>) {
    match result {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            print_error(&format!(
                "error: standard output cannot be written: {error}\n"
            ));
            std::process::exit(1);
        }
    }
}

/// Replaces each character that controls a terminal, or changes the direction of text, by U+FFFD. Line feeds and tabs are kept.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let letters = text.chars();
    letters
        .map(|letter| {
            if is_control(letter) {
                char::REPLACEMENT_CHARACTER
            } else {
                letter
            }
        })
        .collect::<String>()
        .into()
}

/// Like [`printable`], for text of one line.
pub(crate) fn printable_line(text: &str) -> String {
    printable(text).replace(['\n', '\t'], " ")
}

/// Escapes the characters that JSON permits in strings and terminals obey.
fn escape_json(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_control(letter) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            escaped.push(letter);
        }
    }
    escaped.into()
}

/// Whether a character controls a terminal or changes the direction of text.
pub(crate) fn is_control(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        // Marks, embeddings, overrides and isolates of the bidirectional algorithm.
        '\u{061c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => true,
        letter => letter.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let check = |text: &str, expected: &str| assert_eq!(printable(text), expected);
        check("plain\n\ttext", "plain\n\ttext");
        check("\x1b[31mred", "\u{fffd}[31mred");
        check("\u{9b}31m\x7f\r", "\u{fffd}31m\u{fffd}\u{fffd}");
        check("a\u{202e}b\u{2066}c", "a\u{fffd}b\u{fffd}c");
        assert_eq!(printable_line("a\nb\tc\x1b"), "a b c\u{fffd}");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = json!({ "a": "\u{9b}\u{202e}\u{7f}\u{1b}é" });
        let text = format!("{value:#}");
        let escaped = escape_json(&text);
        assert!(!escaped.contains(is_control));
        assert_eq!(serde_json::from_str::<Value>(&escaped).unwrap(), value);
    }
}
