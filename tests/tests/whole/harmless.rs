//! What holds for all output, whatever the pages say: only declarations of the generator's kinds, in files below its folder.

use std::collections::BTreeSet;

use generator::emit::File;
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{Event, Parser, Tag};
use syn::visit::Visit;

/// Holds what must hold for all output.
pub(crate) fn check(files: &[File]) {
    let mut paths = BTreeSet::new();
    for file in files {
        check_path(&file.path);
        assert!(
            paths.insert(file.path.to_lowercase()),
            "{} twice",
            file.path
        );
        if file.path.ends_with(".rs") {
            check_text(file);
            check_code(file);
        }
    }
    let manifest = files.iter().find(|file| file.path == "Cargo.toml");
    let manifest = &manifest.expect("there is a manifest").text;
    let sections = manifest.lines().filter(|line| line.starts_with('['));
    let known = [
        "[package]",
        "[package.metadata.graphwright]",
        "[package.metadata.docs.rs]",
        "[features]",
        "[dependencies]",
        "[dev-dependencies]",
        "[[test]]",
        "[workspace]",
    ];
    assert!(
        sections.clone().all(|line| known.contains(&line)),
        "{manifest}"
    );
}

fn check_path(path: &str) {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-/".contains(letter);
    assert!(path.chars().all(plain), "{path:?}");
    let parts: Vec<&str> = path.split('/').collect();
    assert!(
        parts
            .iter()
            .all(|part| !part.is_empty() && !part.starts_with('.')),
        "{path:?}"
    );
    assert!(parts.iter().all(|part| part.len() < 200), "{path:?}");
    let top = ["src", "tests", "Cargo.toml", "README.md", "rustfmt.toml"];
    assert!(top.contains(&parts[0]), "{path:?}");
}

/// No letter that changes how the text around it looks.
fn check_text(file: &File) {
    for letter in file.text.chars() {
        let turns = ('\u{202a}'..='\u{202e}').contains(&letter)
            || ('\u{2066}'..='\u{2069}').contains(&letter);
        let breaks =
            matches!(letter, '\u{2028}' | '\u{2029}') || (letter.is_control() && letter != '\n');
        assert!(!turns && !breaks, "{letter:?} in {}", file.path);
    }
}

fn check_code(file: &File) {
    let parsed = syn::parse_file(&file.text);
    let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}\n{}", file.path, file.text));
    let is_test = file.path.starts_with("tests/");
    for item in &parsed.items {
        let is_known = match item {
            syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Impl(_) | syn::Item::Use(_) => {
                true
            }
            syn::Item::Mod(module) => module.content.is_none(),
            syn::Item::Macro(item) => is_of_the_runtime(&item.mac.path),
            syn::Item::Fn(_) | syn::Item::Const(_) => is_test,
            _ => false,
        };
        assert!(is_known, "{} has another item:\n{}", file.path, file.text);
    }
    let tokens = file.text.parse().expect("what parses as a file has tokens");
    assert!(!has_unsafe(tokens), "unsafe code in {}", file.path);
    let mut code = Code { file };
    code.visit_file(&parsed);
}

fn has_unsafe(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => has_unsafe(group.stream()),
        TokenTree::Ident(ident) => ident == "unsafe",
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn is_of_the_runtime(path: &syn::Path) -> bool {
    path.segments
        .first()
        .is_some_and(|first| first.ident == "runtime")
}

/// Looks for what generated code never has.
struct Code<'a> {
    file: &'a File,
}

impl Code<'_> {
    #[track_caller]
    fn hold(&self, holds: bool, what: &str) {
        assert!(holds, "{what} in {}:\n{}", self.file.path, self.file.text);
    }
}

impl<'ast> Visit<'ast> for Code<'_> {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let known = [
            "doc",
            "derive",
            "cfg",
            "cfg_attr",
            "deprecated",
            "non_exhaustive",
            "allow",
            "forbid",
            "test",
        ];
        let path = attribute.path();
        self.hold(known.iter().any(|name| path.is_ident(name)), "an attribute");
        if path.is_ident("doc") {
            let syn::Meta::NameValue(pair) = &attribute.meta else {
                panic!("documentation is text")
            };
            self.hold(
                matches!(&pair.value, syn::Expr::Lit(_)),
                "documentation by macro",
            );
        }
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let is_known = is_of_the_runtime(&item.path)
            || (self.file.path.starts_with("tests/") && item.path.is_ident("include_str"));
        self.hold(is_known, "a macro");
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        let texts = docs(item);
        check_docs(self.file, &texts);
        syn::visit::visit_item(self, item);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        check_docs(self.file, &doc_text(&field.attrs));
        syn::visit::visit_field(self, field);
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        check_docs(self.file, &doc_text(&variant.attrs));
        syn::visit::visit_variant(self, variant);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        check_docs(self.file, &doc_text(&item.attrs));
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let (Some(first), true) = (path.segments.first(), path.segments.len() > 1) {
            let known = [
                "runtime",
                "types",
                "builders",
                "crate",
                "super",
                "graphwright",
                "Self",
                "Box",
                "Client",
                "v1_0",
                "beta",
                "serde_json",
            ];
            // Clients dereference to the client of the runtime.
            let path_words: Vec<String> = path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect();
            let is_deref = path_words.join("::") == "std::ops::Deref";
            self.hold(
                is_deref || known.iter().any(|name| first.ident == name),
                "a path",
            );
        }
        syn::visit::visit_path(self, path);
    }
}

fn docs(item: &syn::Item) -> String {
    match item {
        syn::Item::Struct(item) => doc_text(&item.attrs),
        syn::Item::Enum(item) => doc_text(&item.attrs),
        _ => String::new(),
    }
}

fn doc_text(attributes: &[syn::Attribute]) -> String {
    let mut text = String::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
    {
        if let syn::Meta::NameValue(pair) = &attribute.meta
            && let syn::Expr::Lit(literal) = &pair.value
            && let syn::Lit::Str(line) = &literal.lit
        {
            text.push_str(line.value().strip_prefix(' ').unwrap_or(&line.value()));
            text.push('\n');
        }
    }
    text
}

/// Documentation has no HTML, leads nowhere but to pages and items, and has no code that would be run as a test but our own.
fn check_docs(file: &File, text: &str) {
    for event in Parser::new(text) {
        let (holds, what) = match &event {
            Event::Html(_) | Event::InlineHtml(_) => (false, "HTML"),
            Event::Start(Tag::Image { .. }) => (false, "an image"),
            Event::Start(Tag::Heading { .. }) => (text.contains("\n# Example"), "a heading"),
            Event::Start(Tag::CodeBlock(_)) => (text.contains("graphwright::"), "code"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let leads = ["https://", "Self::", "crate::runtime::Request::"]
                    .iter()
                    .any(|start| dest_url.starts_with(start));
                (leads && !dest_url.contains(['<', '>', '"']), "a link")
            }
            _ => (true, ""),
        };
        assert!(
            holds,
            "{what} in the documentation of {}:\n{text}",
            file.path
        );
    }
}
