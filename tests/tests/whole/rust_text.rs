//! Generated crates as text: which items a choice of features leaves, and which names these use.

use std::collections::{BTreeMap, BTreeSet};

use generator::emit::File;
use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::visit::Visit;

/// The files of a crate, parsed.
pub(crate) struct RustText {
    files: BTreeMap<String, syn::File>,
}

/// What is there with some features.
#[derive(Default)]
pub(crate) struct Part {
    /// Items and what is re-exported, by their whole paths: `v1_0::types::User`.
    defined: BTreeSet<String>,
    /// Names that are used, with the file that does.
    used: BTreeMap<String, String>,
}

impl RustText {
    /// Parses all files of a crate's library.
    pub(crate) fn new(files: &[File]) -> Self {
        let files = files
            .iter()
            .filter(|file| file.path.starts_with("src/") && file.path.ends_with(".rs"));
        let parsed = files.map(|file| {
            let parsed = syn::parse_file(&file.text);
            let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}", file.path));
            (file.path.clone(), parsed)
        });
        Self {
            files: parsed.collect(),
        }
    }

    /// What is there with these features and no other.
    pub(crate) fn part(&self, features: &[&str]) -> Part {
        let mut part = Part::default();
        self.module("src/lib.rs", "src", &[], features, &mut part);
        part
    }

    fn module(
        &self,
        path: &str,
        folder: &str,
        module: &[String],
        features: &[&str],
        part: &mut Part,
    ) {
        let file = self
            .files
            .get(path)
            .unwrap_or_else(|| panic!("{path} is missing"));
        for item in &file.items {
            if !is_there(attributes(item), features) {
                continue;
            }
            if let syn::Item::Mod(inner) = item {
                let name = inner.ident.to_string();
                let below = format!("{folder}/{name}");
                let inner: Vec<String> = module.iter().cloned().chain([name]).collect();
                self.module(&format!("{below}.rs"), &below, &inner, features, part);
            }
            let mut names = Names {
                features,
                module,
                path,
                part: &mut *part,
            };
            names.define(item);
            if !matches!(item, syn::Item::Use(_)) {
                names.visit_item(item);
            }
        }
    }
}

impl Part {
    /// What is used and not there, each with the file that uses it.
    pub(crate) fn missing(&self) -> Vec<String> {
        let missing = self
            .used
            .iter()
            .filter(|(name, _)| !self.defined.contains(*name));
        missing
            .map(|(name, file)| format!("{name}, used in {file}"))
            .collect()
    }

    /// The names of all types of a version.
    pub(crate) fn types(&self, version: &str) -> BTreeSet<&str> {
        let prefix = format!("{version}::types::");
        let names = self.defined.iter();
        names
            .filter_map(|name| name.strip_prefix(&prefix))
            .collect()
    }
}

/// Collects the names that active code uses.
struct Names<'a> {
    features: &'a [&'a str],
    module: &'a [String],
    path: &'a str,
    part: &'a mut Part,
}

impl Names<'_> {
    fn whole(&self, name: &str) -> String {
        let mut path = self.module.join("::");
        path.push_str("::");
        path.push_str(name);
        path
    }

    fn define(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Struct(item) => drop(
                self.part
                    .defined
                    .insert(self.whole(&item.ident.to_string())),
            ),
            syn::Item::Enum(item) => drop(
                self.part
                    .defined
                    .insert(self.whole(&item.ident.to_string())),
            ),
            syn::Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
                self.reexport(&item.tree, &mut self.module.to_vec());
            }
            _ => {}
        }
    }

    /// Follows `pub use super::area::module::{A, B};`: the names are there, if they are there where they come from.
    fn reexport(&mut self, tree: &syn::UseTree, from: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                let name = path.ident.to_string();
                if name == "super" {
                    from.pop();
                } else {
                    from.push(name);
                }
                self.reexport(&path.tree, from);
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.reexport(tree, &mut from.clone());
                }
            }
            syn::UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.part.defined.insert(self.whole(&name));
                let source = format!("{}::{name}", from.join("::"));
                self.part.used.insert(source, self.path.to_owned());
            }
            syn::UseTree::Rename(_) | syn::UseTree::Glob(_) => {}
        }
    }

    /// Notes `types::A` and `builders::B`.
    fn note(&mut self, module: &str, name: &str) {
        if module == "types" || module == "builders" {
            let whole = format!("{}::{module}::{name}", self.module[0]);
            self.part.used.insert(whole, self.path.to_owned());
        }
    }

    fn note_tokens(&mut self, tokens: TokenStream) {
        let mut before: Vec<String> = Vec::new();
        for token in tokens {
            if let TokenTree::Group(group) = &token {
                self.note_tokens(group.stream());
            }
            before.push(token.to_string());
            if let [.., module, first, second, name] = before.as_slice()
                && first == ":"
                && second == ":"
            {
                self.note(&module.clone(), &name.clone());
            }
        }
    }

    fn skips(&self, attributes: &[syn::Attribute]) -> bool {
        !is_there(attributes, self.features)
    }
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_field(&mut self, field: &'ast syn::Field) {
        if !self.skips(&field.attrs) {
            syn::visit::visit_field(self, field);
        }
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if !self.skips(&arm.attrs) {
            syn::visit::visit_arm(self, arm);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !self.skips(&item.attrs) {
            syn::visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        if !self.skips(&item.attrs) {
            syn::visit::visit_impl_item_const(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        if let [module, name, ..] = segments.as_slice() {
            self.note(module, name);
        }
        syn::visit::visit_path(self, path);
    }

    /// A table: each row ends with a semicolon, and has conditions of its own.
    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let tokens: Vec<TokenTree> = item.tokens.clone().into_iter().collect();
        let is_end =
            |token: &TokenTree| matches!(token, TokenTree::Punct(end) if end.as_char() == ';');
        for row in tokens.split(is_end) {
            let (attributes, row) = row_parts
                .parse2(row.iter().cloned().collect())
                .expect("a row is attributes and tokens");
            if !self.skips(&attributes) {
                self.note_tokens(row);
            }
        }
    }
}

fn row_parts(row: ParseStream<'_>) -> syn::Result<(Vec<syn::Attribute>, TokenStream)> {
    Ok((row.call(syn::Attribute::parse_outer)?, row.parse()?))
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether the conditions of an item hold.
fn is_there(attributes: &[syn::Attribute], features: &[&str]) -> bool {
    let mut conditions = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"));
    conditions.all(|attribute| {
        let condition: syn::Meta = attribute.parse_args().expect("conditions can be read");
        holds(&condition, features)
    })
}

fn holds(condition: &syn::Meta, features: &[&str]) -> bool {
    match condition {
        syn::Meta::NameValue(pair) => {
            assert!(
                pair.path.is_ident("feature"),
                "a condition on features only"
            );
            let syn::Expr::Lit(literal) = &pair.value else {
                panic!("a feature is a string")
            };
            let syn::Lit::Str(name) = &literal.lit else {
                panic!("a feature is a string")
            };
            features.contains(&name.value().as_str())
        }
        syn::Meta::List(list) => {
            assert!(list.path.is_ident("any"), "`any` is the only connective");
            let conditions = list.parse_args_with(
                syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated,
            );
            let conditions = conditions.expect("conditions can be read");
            conditions
                .iter()
                .any(|condition| holds(condition, features))
        }
        syn::Meta::Path(_) => panic!("conditions are about features"),
    }
}
