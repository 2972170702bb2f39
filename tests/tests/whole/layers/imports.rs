//! The paths that a file names, resolved from the crate's root: `use` trees, paths in code, and paths in macro calls.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// One path that leads out of a module.
#[derive(Debug, PartialEq)]
pub(super) struct Import {
    /// The file that names it.
    pub(super) file: String,
    /// The segments from the root of the crate (`crate`) or of another crate; `*` stands for a glob.
    pub(super) path: Vec<String>,
    /// The top-level module that the path leads to; `lib` for an item of the crate's root and for the root itself.
    pub(super) stage: Option<String>,
    /// Whether it is in a module of tests.
    pub(super) in_tests: bool,
}

/// The names that the crate's root re-exports, each with the top-level module that defines it.
pub(super) fn reexports(root: &str) -> BTreeMap<String, String> {
    let file = syn::parse_file(root).expect("the crate's root is Rust");
    let mut names = BTreeMap::new();
    for item in &file.items {
        match item {
            syn::Item::Mod(module) => {
                names.insert(module.ident.to_string(), module.ident.to_string());
            }
            syn::Item::Use(item) => {
                let mut paths = Vec::new();
                flatten(&item.tree, &mut Vec::new(), &mut paths);
                for (path, name) in paths {
                    let start = usize::from(["crate", "self"].contains(&path[0].as_str()));
                    names.insert(name, path[start].clone());
                }
            }
            _ => {}
        }
    }
    names
}

/// Every path in a file that names its own crate or another one.
pub(super) fn imports(
    file: &str,
    module: &[String],
    text: &str,
    reexports: &BTreeMap<String, String>,
) -> Vec<Import> {
    let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut reader = Reader {
        file,
        reexports,
        module: module.to_vec(),
        in_tests: module.iter().any(|name| name == "tests"),
        imports: Vec::new(),
    };
    reader.visit_file(&parsed);
    reader.imports
}

struct Reader<'a> {
    file: &'a str,
    reexports: &'a BTreeMap<String, String>,
    module: Vec<String>,
    in_tests: bool,
    imports: Vec<Import>,
}

impl Reader<'_> {
    fn add(&mut self, path: Vec<String>) {
        let path = match path.first().map(String::as_str) {
            Some("crate" | "self" | "super") => self.absolute(path),
            _ => path,
        };
        let stage = (path[0] == "crate").then(|| {
            let name = path.get(1).map_or("lib", String::as_str);
            let stage = self.reexports.get(name);
            stage.map_or("lib", String::as_str).to_owned()
        });
        self.imports.push(Import {
            file: self.file.to_owned(),
            path,
            stage,
            in_tests: self.in_tests,
        });
    }

    /// A relative path from the crate's root.
    fn absolute(&self, path: Vec<String>) -> Vec<String> {
        let mut module = self.module.clone();
        let mut rest = path.into_iter().peekable();
        while let Some(step) =
            rest.next_if(|name| ["crate", "self", "super"].contains(&name.as_str()))
        {
            match step.as_str() {
                "crate" => module.clear(),
                "super" => {
                    module.pop();
                }
                _ => {}
            }
        }
        std::iter::once("crate".to_owned())
            .chain(module)
            .chain(rest)
            .collect()
    }

    /// Paths in the arguments of a macro, which are not parsed.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if path.is_empty() || colons == 2 => {
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => {
                    colons += 1
                }
                other => {
                    self.finish(&mut path);
                    colons = 0;
                    match other {
                        TokenTree::Group(group) => self.add_tokens(group.stream()),
                        TokenTree::Ident(ident) => path.push(ident.to_string()),
                        _ => {}
                    }
                }
            }
        }
        self.finish(&mut path);
    }

    fn finish(&mut self, path: &mut Vec<String>) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.add(path);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let was_in_tests = self.in_tests;
        self.in_tests |= item.ident == "tests";
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
        self.in_tests = was_in_tests;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut paths = Vec::new();
        flatten(&item.tree, &mut Vec::new(), &mut paths);
        for (path, _) in paths {
            self.add(path);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.add(
                path.segments
                    .iter()
                    .map(|part| part.ident.to_string())
                    .collect(),
            );
        }
        visit::visit_path(self, path);
    }

    // `pub(in crate::rust)` gives a name away and imports nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        self.add_tokens(item.tokens.clone());
    }
}

/// Every path of a `use` tree with the name that it brings into scope.
fn flatten(tree: &syn::UseTree, prefix: &mut Vec<String>, paths: &mut Vec<(Vec<String>, String)>) {
    let leaf = |prefix: &[String], name: String| {
        let mut path = prefix.to_vec();
        // `a::{self}` is `a`.
        if name != "self" || path.is_empty() {
            path.push(name);
        }
        path
    };
    match tree {
        syn::UseTree::Path(part) => {
            prefix.push(part.ident.to_string());
            flatten(&part.tree, prefix, paths);
            prefix.pop();
        }
        syn::UseTree::Name(part) => {
            let name = part.ident.to_string();
            paths.push((leaf(prefix, name.clone()), name));
        }
        syn::UseTree::Rename(part) => {
            paths.push((
                leaf(prefix, part.ident.to_string()),
                part.rename.to_string(),
            ));
        }
        syn::UseTree::Glob(_) => paths.push((leaf(prefix, "*".to_owned()), "*".to_owned())),
        syn::UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, prefix, paths);
            }
        }
    }
}

#[test]
fn every_form_of_import_is_found() {
    let reexports = reexports("pub mod model; mod rust; pub use crate::model::Selection;");
    let check = |text: &str, expected: &[&str]| {
        let module = ["facts".to_owned(), "page".to_owned()];
        let found = imports("f.rs", &module, text, &reexports);
        let stages: Vec<&str> = found
            .iter()
            .filter_map(|import| import.stage.as_deref())
            .collect();
        assert_eq!(stages, expected, "{text}");
    };
    check("use crate::model::Path;", &["model"]);
    check("use crate::{model::Path, rust};", &["model", "rust"]);
    check("use crate::model as m;", &["model"]);
    check("use crate::Selection;", &["model"]);
    check("use crate::Analysis;", &["lib"]);
    check("use crate as root;", &["lib"]);
    check("use crate::*;", &["lib"]);
    check("use super::super::rust::{self, X};", &["rust", "rust"]);
    check("use super::super::*;", &["lib"]);
    check("fn f(path: &crate::rust::Item) {}", &["rust"]);
    check("fn f() { g!(a, [crate::rust::X::new()]); }", &["rust"]);
    check("mod tests { use super::super::super::rust::X; }", &["rust"]);
    check("macro_rules! m { () => { $crate::rust::X } }", &["rust"]);
    check("pub(in crate::rust) struct X;", &[]);
    check("use other::model::X;", &[]);
}
