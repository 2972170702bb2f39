//! What the code of a file refers to, and the imports that follow from it.

use super::Frame;
use super::inserts::Inserts;

/// A file below a version, before its items are laid out.
pub(super) struct Sheet<'a> {
    /// The doc comment of the file, from inside.
    pub(super) docs: String,
    /// The version whose items are imported.
    pub(super) frame: Option<Frame<'a>>,
    /// The items.
    pub(super) items: proc_macro2::TokenStream,
}

impl From<proc_macro2::TokenStream> for Sheet<'_> {
    /// A file that brings its documentation and imports along.
    fn from(items: proc_macro2::TokenStream) -> Self {
        Self {
            docs: String::new(),
            frame: None,
            items,
        }
    }
}

/// What stands in front of items that are laid out already.
pub(super) fn imports(frame: Frame<'_>, items: &str, inserts: &Inserts<'_>) -> String {
    let mut needs = Needs::default();
    needs.scan(items, frame);
    inserts.for_each_row(|row| needs.scan_line(row, frame));
    let mut text = String::new();
    if needs.deprecated {
        text.push_str(
            "#![allow(deprecated, reason = \"what is deprecated is still read and written\")]\n",
        );
    }
    let imports = [
        (needs.runtime, "crate::runtime".to_owned()),
        (needs.builders, format!("crate::{}::builders", frame.ident)),
        (needs.types, format!("crate::{}::types", frame.ident)),
    ];
    for (is_needed, path) in imports {
        if is_needed && needs.cfg {
            // What is used may come with a feature only.
            text.push_str(
                "#[allow(unused_imports, reason = \"some features leave out what uses it\")]\n",
            );
        }
        if is_needed {
            text.push_str(&format!("use {path};\n"));
        }
    }
    text
}

/// What a file refers to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Needs {
    runtime: bool,
    types: bool,
    builders: bool,
    deprecated: bool,
    cfg: bool,
}

impl Needs {
    fn scan(&mut self, text: &str, frame: Frame<'_>) {
        text.lines().for_each(|line| self.scan_line(line, frame));
    }

    /// Takes notice of the words in front of the first literal: behind one there stands nothing that would not stand elsewhere
    /// in front of one, and inside of one anything may stand.
    fn scan_line(&mut self, line: &str, frame: Frame<'_>) {
        let code = line.split('"').next().unwrap_or_default();
        if code.trim_start().starts_with("//") {
            return;
        }
        let bytes = code.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let word = bytes[at..].iter().take_while(|byte| is_of_word(**byte));
            let end = at + word.count();
            if end > at {
                self.take(&code[at..end], &code[end..], frame);
            }
            at = end + 1;
        }
    }

    fn take(&mut self, word: &str, after: &str, frame: Frame<'_>) {
        match word {
            "runtime" => self.runtime |= after.starts_with("::"),
            "types" => self.types |= after.starts_with("::"),
            "builders" => self.builders |= after.starts_with("::"),
            "cfg" => self.cfg = true,
            "deprecated" => self.deprecated = true,
            _ => {
                // Types alone are listed.
                let is_type = word.starts_with(|first: char| first.is_ascii_uppercase());
                let mut listed = frame.deprecated.iter();
                self.deprecated |= is_type && listed.any(|known| known.as_str() == word);
            }
        }
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::{Frame, Needs};
    use crate::rust::{Version, lower, sample};

    #[track_caller]
    fn check(line: &str, expected: Needs) {
        let version = version();
        let mut needs = Needs::default();
        needs.scan(line, Frame::of(&version));
        assert_eq!(needs, expected, "{line}");
    }

    /// A version whose type `Old` is deprecated.
    fn version() -> Version {
        let (output, _) = lower(&sample::model(), &sample::sources());
        let mut version = output.versions[0].clone();
        version.deprecated = vec![version.areas[0].modules[0].structs[0].ident.clone()];
        version
    }

    #[test]
    fn code_is_looked_at_and_nothing_else() {
        let nothing = Needs::default;
        check(
            "pub a: Option<types::B>,",
            Needs {
                types: true,
                ..nothing()
            },
        );
        check(
            "self.0.key(runtime::plain(a))",
            Needs {
                runtime: true,
                ..nothing()
            },
        );
        check(
            "#[cfg(feature = \"runtime::\")]",
            Needs {
                cfg: true,
                ..nothing()
            },
        );
        check("/// types::A, runtime::B", nothing());
        check("    \"builders::A\",", nothing());
        check("pub types: subtypes::A, runtime: A", nothing());
        let old = version().deprecated[0].clone();
        check(
            &format!("impl {old} {{"),
            Needs {
                deprecated: true,
                ..nothing()
            },
        );
        check(&format!("impl {old}s {{"), nothing());
    }
}
