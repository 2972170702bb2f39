//! What each item of the output is called, by the words of the service for it.

use std::collections::{BTreeMap, BTreeSet};

use generator::facts::PageFacts;
use generator::model::QualifiedName;
use generator::resolve;
use generator::rust::{
    self, Accessor, Builder, Crate, Element, HttpMethod, Ident, Method, MethodBody, Module, Value,
};
use generator::source::{FileId, Sources};

/// What each item is called, by the words of the service for it.
#[derive(Default)]
pub(super) struct Names {
    /// Types, properties, members, operations and parameters.
    pub(super) items: BTreeMap<String, String>,
    /// The modules of types, with the pages that define these.
    pub(super) modules: BTreeMap<String, (String, Vec<FileId>)>,
    /// The modules of operations.
    pub(super) requests: BTreeMap<String, String>,
}

/// The names of all that some pages give.
pub(super) fn names(pages: &[PageFacts], sources: &Sources) -> Names {
    let (model, _) = resolve::resolve(pages, sources, &graphwright_pages::corrections());
    let (library, _) = rust::lower(&model, sources, rust::CRATE_NAME);
    let mut names = names_of(&library);
    for api in &model.apis {
        let version = api.version.name();
        let structured = api.structured_types.iter().map(|ty| (&ty.name, &ty.pages));
        let enums = api.enums.iter().map(|ty| (&ty.name, &ty.pages));
        for (name, pages) in structured.chain(enums) {
            let key = format!("{version} {}", name.full());
            if let Some((_, files)) = names.modules.get_mut(&key) {
                files.extend(pages.iter().map(|page| page.file));
            }
        }
    }
    names
}

fn names_of(library: &Crate) -> Names {
    let mut names = Names::default();
    for version in &library.versions {
        let name = version.version.name();
        let modules = || version.areas.iter().flat_map(|area| &area.modules);
        let builders = modules().flat_map(|module| &module.builders);
        let all: Vec<&Builder> = std::iter::once(&version.client).chain(builders).collect();
        let mut accessors: BTreeMap<&Ident, (&Ident, &Accessor)> = BTreeMap::new();
        for builder in &all {
            for accessor in &builder.accessors {
                accessors.insert(&accessor.builder, (&builder.ident, accessor));
            }
        }
        for builder in &all {
            for method in &builder.methods {
                operation(name, builder, method, &accessors, &mut names);
            }
        }
        let parameters: BTreeMap<&Ident, BTreeSet<String>> = parameters(&all);
        for area in &version.areas {
            for module in &area.modules {
                types(name, area.ident.as_str(), module, &parameters, &mut names);
                for builder in &module.builders {
                    for method in &builder.methods {
                        let operation = &method.operation;
                        let key = key(name, operation.method, &operation.template);
                        let place = format!("{}::{}", area.ident, module.ident);
                        names.requests.insert(key, place);
                    }
                }
            }
        }
    }
    names
}

/// An operation, whatever its keys are called.
fn key(version: &str, method: HttpMethod, template: &str) -> String {
    let mut key = format!("{version} {method:?} ");
    let mut inside = false;
    for letter in template.chars() {
        inside &= letter != '}';
        if !inside {
            key.push(letter);
        }
        inside |= letter == '{';
    }
    key
}

fn operation(
    version: &str,
    builder: &Builder,
    method: &Method,
    accessors: &BTreeMap<&Ident, (&Ident, &Accessor)>,
    names: &mut Names,
) {
    let operation = &method.operation;
    let mut way = format!("{}({})", method.ident, operation.ident);
    let mut at = &builder.ident;
    while let Some((above, accessor)) = accessors.get(at) {
        way = format!("{}.{way}", accessor.ident);
        at = above;
    }
    let key = key(version, operation.method, &operation.template);
    names.items.insert(key, format!("{}: {way}", builder.ident));
}

/// The actions that take each struct of parameters.
fn parameters<'a>(builders: &[&'a Builder]) -> BTreeMap<&'a Ident, BTreeSet<String>> {
    let mut all: BTreeMap<&Ident, BTreeSet<String>> = BTreeMap::new();
    for method in builders.iter().flat_map(|builder| &builder.methods) {
        if let MethodBody::Value(Value::One(Element::Struct(ident))) = &method.body {
            let operation = &method.operation;
            let key = key("", operation.method, &operation.template);
            all.entry(ident).or_default().insert(key);
        }
    }
    all
}

fn types(
    version: &str,
    area: &str,
    module: &Module,
    parameters: &BTreeMap<&Ident, BTreeSet<String>>,
    names: &mut Names,
) {
    let mut add = |name: &QualifiedName, ident: &Ident, members: Vec<(&String, &Ident)>| {
        let key = format!("{version} {}", name.full());
        for (wire, ident) in members {
            let key = format!("{key}.{wire}");
            names.items.insert(key, ident.to_string());
        }
        let place = format!("{area}::{}", module.ident);
        names.modules.insert(key.clone(), (place, Vec::new()));
        names.items.insert(key, ident.to_string());
    };
    let mut unnamed = Vec::new();
    for item in &module.structs {
        let fields = item.fields.iter().map(|field| (&field.wire, &field.ident));
        match &item.name {
            Some(name) => add(name, &item.ident, fields.collect()),
            None => unnamed.push(item),
        }
    }
    for item in &module.enums {
        let variants = item
            .variants
            .iter()
            .map(|variant| (&variant.wire, &variant.ident));
        add(&item.name, &item.ident, variants.collect());
    }
    for item in unnamed {
        for action in parameters.get(&item.ident).into_iter().flatten() {
            let key = format!("{version} parameters of{action}");
            for field in &item.fields {
                let key = format!("{key}.{}", field.wire);
                names.items.insert(key, field.ident.to_string());
            }
            names.items.insert(key, item.ident.to_string());
        }
    }
}
