//! Parses a generated library into its public items with their documented names.
//!
//! Only the generated source code is read, so that the tests do not depend on the code under test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Expr, FnArg, ImplItem, ImplItemFn, Item, Lit, Meta, ReturnType};

/// The public items of a library.
#[derive(Default)]
pub(crate) struct Library {
    pub(crate) structs: Vec<Struct>,
    pub(crate) enums: Vec<Enum>,
    pub(crate) anys: Vec<Any>,
    /// The request builders by name, including the client.
    pub(crate) builders: BTreeMap<String, Builder>,
}

#[derive(Default)]
pub(crate) struct Struct {
    pub(crate) ident: String,
    pub(crate) module: String,
    /// The documented name; empty for the parameters of an action.
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
    /// The argument types of the constructor.
    pub(crate) new: Option<Vec<String>>,
}

pub(crate) struct Field {
    pub(crate) ident: String,
    /// The documented name.
    pub(crate) name: String,
    pub(crate) ty: String,
    /// The constant of the property, and the type of its values.
    pub(crate) constant: String,
    pub(crate) value: String,
}

pub(crate) struct Enum {
    pub(crate) ident: String,
    pub(crate) module: String,
    pub(crate) name: String,
    /// The members by identifier and documented name.
    pub(crate) members: Vec<(String, String)>,
}

/// An enum of a base type and its derived types.
pub(crate) struct Any {
    pub(crate) ident: String,
    pub(crate) module: String,
    /// The variants by identifier, struct and documented name; the base type is first.
    pub(crate) variants: Vec<(String, String, String)>,
}

#[derive(Default)]
pub(crate) struct Builder {
    pub(crate) module: String,
    pub(crate) methods: Vec<Method>,
}

pub(crate) struct Method {
    pub(crate) ident: String,
    pub(crate) arguments: Vec<String>,
    pub(crate) result: String,
    /// The operation of the method; `None` if it returns another builder.
    pub(crate) operation: Option<String>,
}

impl Library {
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files = Vec::new();
        rust_files(&folder.join("src"), "", &mut files);
        files.sort();
        let mut library = Self::default();
        for (path, text) in files {
            let file = syn::parse_file(&text).expect("generated files are Rust");
            // The parent module exports the request builders.
            let module = path.split("/requests").next().unwrap_or_default();
            library.file(&module.replace('/', "::"), &file);
        }
        library
    }

    fn file(&mut self, module: &str, file: &syn::File) {
        for item in &file.items {
            match item {
                Item::Struct(item) => self.structure(module, item),
                Item::Enum(item) => self.enumeration(module, &docs(&file.attrs), item),
                Item::Macro(item) => self.rows(item),
                Item::Impl(item) if item.trait_.is_none() => {
                    let owner = text(&item.self_ty);
                    for method in &item.items {
                        if let ImplItem::Fn(method) = method {
                            self.method(&owner, method);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn structure(&mut self, module: &str, item: &syn::ItemStruct) {
        let ident = item.ident.to_string();
        let module = module.to_owned();
        if ident.ends_with("Builder") || ident == "Client" {
            self.builders.entry(ident).or_default().module = module;
            return;
        }
        let named = item.fields.iter().filter_map(|field| {
            let ident = field.ident.as_ref()?.to_string();
            (ident != "additional_properties").then(|| Field {
                ident,
                ty: text(&field.ty),
                name: String::new(),
                constant: String::new(),
                value: String::new(),
            })
        });
        self.structs.push(Struct {
            ident,
            module,
            fields: named.collect(),
            ..Struct::default()
        });
    }

    fn enumeration(&mut self, module: &str, page: &str, item: &syn::ItemEnum) {
        let ident = item.ident.to_string();
        let module = module.to_owned();
        let is_over_base = item
            .variants
            .iter()
            .all(|variant| !variant.fields.is_empty());
        if is_over_base {
            self.anys.push(Any {
                ident,
                module,
                variants: Vec::new(),
            });
            return;
        }
        let mut spans = page
            .split('`')
            .filter(|span| span.starts_with("microsoft."));
        let name = spans.next().expect("the module names its type").to_owned();
        self.enums.push(Enum {
            ident,
            module,
            name,
            members: Vec::new(),
        });
    }

    /// Adds the rows of a macro call.
    fn rows(&mut self, item: &syn::ItemMacro) {
        let rows = rows(item.mac.tokens.clone());
        let Some(((head, rows), kind)) = rows.split_first().zip(item.mac.path.segments.last())
        else {
            return;
        };
        let ident = head[0].as_str();
        let end = |row: &[String]| {
            row.last()
                .expect("a row has tokens")
                .trim_matches('"')
                .to_owned()
        };
        if kind.ident == "object" {
            let mut structs = self.structs.iter_mut();
            let item = structs
                .find(|item| item.ident == ident)
                .expect("the type is declared before the macro call");
            item.name = end(head);
            for (field, row) in item.fields.iter_mut().zip(rows) {
                assert_eq!(field.ident, row[0], "rows are in the order of fields");
                // `field : Kind = "name" , CONSTANT : type`
                field.name = row[4].trim_matches('"').to_owned();
                field.constant.clone_from(&row[6]);
                field.value = row[8..].concat();
            }
        } else if kind.ident == "open_enum" {
            let mut enums = self.enums.iter_mut();
            let item = enums
                .find(|item| item.ident == ident)
                .expect("the type is declared before the macro call");
            let members = rows
                .iter()
                .map(|row| (row[0].clone(), row[2].trim_matches('"').to_owned()));
            item.members.extend(members);
        } else if kind.ident == "polymorphic" {
            let mut anys = self.anys.iter_mut();
            let item = anys
                .find(|item| item.ident == ident)
                .expect("the type is declared before the macro call");
            let variants = rows.iter().map(|row| {
                let sign = row
                    .iter()
                    .position(|word| word == "=")
                    .expect("a row has a name");
                (row[0].clone(), row[2..sign].concat(), end(row))
            });
            item.variants.extend(variants);
        }
    }

    fn method(&mut self, owner: &str, method: &ImplItemFn) {
        if !matches!(method.vis, syn::Visibility::Public(_)) {
            return;
        }
        let typed = method
            .sig
            .inputs
            .iter()
            .filter_map(|argument| match argument {
                FnArg::Typed(argument) => Some(text(&argument.ty)),
                FnArg::Receiver(_) => None,
            });
        let arguments: Vec<String> = typed.collect();
        let ident = method.sig.ident.to_string();
        let has_receiver = method.sig.receiver().is_some();
        if let Some(builder) = self.builders.get_mut(owner) {
            let ReturnType::Type(_, result) = &method.sig.output else {
                return;
            };
            if has_receiver {
                builder.methods.push(Method {
                    ident,
                    arguments,
                    result: text(result),
                    operation: operation(&docs(&method.attrs)),
                });
            }
        } else if ident == "new" {
            let mut structs = self.structs.iter_mut();
            let item = structs.find(|item| item.ident == owner);
            item.expect("the type is declared before the macro call")
                .new = Some(arguments);
        }
    }
}

/// Returns the operation in the documentation of a method, in the notation of `diff`: placeholders have no names.
fn operation(docs: &str) -> Option<String> {
    const METHODS: [&str; 5] = ["GET", "POST", "PATCH", "PUT", "DELETE"];
    let mut lines = docs.lines().filter_map(|line| {
        let line = line.trim().strip_prefix('`')?.strip_suffix('`')?;
        let (method, _) = line.split_once(" /")?;
        METHODS.contains(&method).then_some(line)
    });
    let line = lines.next()?;
    let mut name = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (key, after) = after.split_once('}').expect("braces are in pairs");
        // Arguments of functions keep their names.
        let quoted = before.strip_suffix(&format!("{key}='"));
        let plain = before.strip_suffix(&format!("{key}="));
        match quoted.or(plain).filter(|start| start.ends_with(['(', ','])) {
            Some(start) => {
                name.push_str(start);
                name.push_str(key);
                rest = if quoted.is_some() { &after[1..] } else { after };
            }
            None => {
                name.push_str(before);
                name.push_str("{}");
                rest = after;
            }
        }
    }
    Some(name + rest)
}

fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Str(line) => Some(line.value()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        });
    lines.collect::<Vec<String>>().join("\n")
}

/// Splits tokens at semicolons.
fn rows(tokens: TokenStream) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(sign) if sign.as_char() == ';' => rows.push(Vec::new()),
            _ => rows
                .last_mut()
                .expect("there is a row")
                .push(token.to_string()),
        }
    }
    for row in &mut rows {
        // Features are tested elsewhere.
        while row.first().is_some_and(|word| word == "#") {
            row.drain(..2);
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn rust_files(folder: &Path, path: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the library can be listed") {
        let entry = entry.expect("the library can be listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if path.is_empty() {
            name
        } else {
            format!("{path}/{name}")
        };
        if entry.path().is_dir() {
            rust_files(&entry.path(), &path, files);
        } else if let Some(module) = path.strip_suffix(".rs") {
            let text = fs::read_to_string(entry.path()).expect("generated files are UTF-8");
            files.push((module.to_owned(), text));
        }
    }
}
