//! Creates lines of Rust that use each item of a library, with the documented names of the item and of its dependencies.

use std::collections::{BTreeMap, BTreeSet};

use crate::library::{Any, Builder, Enum, Library, Method, Struct};

/// The code before the lines.
pub(crate) const HEAD: &str = "#![allow(deprecated, unused, clippy::all)]\n\
                        use graphwright::{runtime, v1_0::{self, builders, types, Client}};\n";

/// An item in the notation of `diff`: its kind and its documented name.
pub(crate) type Key = (String, String);

/// A use of an item.
pub(crate) struct Use {
    pub(crate) of: Key,
    pub(crate) way: Way,
    /// The other items that the line uses.
    pub(crate) needs: BTreeSet<Key>,
    pub(crate) line: String,
}

/// How a line refers to an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    /// By the exported name.
    Name,
    /// By the path of its module.
    Module,
}

pub(crate) fn key(item: &str, name: impl Into<String>) -> Key {
    (item.to_owned(), name.into())
}

/// Returns all uses of all items.
pub(crate) fn collect(library: &Library) -> Vec<Use> {
    let mut writer = Writer {
        library,
        types: types(library),
        uses: Vec::new(),
    };
    for item in &library.structs {
        writer.structure(item);
    }
    for item in &library.enums {
        writer.enumeration(item);
    }
    for item in &library.anys {
        writer.any(item);
    }
    let ways = ways(library);
    for (ident, builder) in &library.builders {
        writer.builder(ident, builder, ways.get(ident.as_str()));
    }
    writer.uses
}

/// Returns the items by the names in the module `types`.
fn types(library: &Library) -> BTreeMap<&str, Vec<Key>> {
    let structs = library.structs.iter().map(|item| (&item.ident, &item.name));
    let enums = library.enums.iter().map(|item| (&item.ident, &item.name));
    let plain = structs.chain(enums);
    let plain = plain.map(|(ident, name)| (ident.as_str(), vec![key("type", name.as_str())]));
    let anys = library.anys.iter().map(|item| {
        let (_, _, base) = &item.variants[0];
        let keys = vec![key("type", base.as_str()), key("any", base.as_str())];
        (item.ident.as_str(), keys)
    });
    plain.chain(anys).collect()
}

/// Returns the chain of method calls from the client to each builder.
fn ways(library: &Library) -> BTreeMap<&str, Vec<&Method>> {
    let mut ways = BTreeMap::from([("Client", Vec::new())]);
    let mut queue = vec!["Client"];
    while let Some(ident) = queue.pop() {
        for method in &library.builders[ident].methods {
            let Some(next) = method.result.strip_prefix("builders :: ") else {
                continue;
            };
            if !ways.contains_key(next) {
                let mut way = ways[ident].clone();
                way.push(method);
                ways.insert(next, way);
                queue.push(next);
            }
        }
    }
    ways
}

struct Writer<'a> {
    library: &'a Library,
    types: BTreeMap<&'a str, Vec<Key>>,
    uses: Vec<Use>,
}

impl Writer<'_> {
    /// Adds a line and gives it a unique name.
    fn push(&mut self, of: &Key, way: Way, needs: &[Key], line: &str) {
        let words: Vec<&str> = line
            .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
            .filter(|word| !word.is_empty())
            .collect();
        let named = words.windows(2).filter(|pair| pair[0] == "types");
        let named = named.filter_map(|pair| self.types.get(pair[1])).flatten();
        self.uses.push(Use {
            of: of.clone(),
            way,
            needs: named.chain(needs).cloned().collect(),
            line: line.replacen("NAME", &format!("U{}", self.uses.len()), 1),
        });
    }

    /// Adds uses of a type by its name and by its module.
    fn both(&mut self, of: &Key, needs: &[Key], module: &str, ident: &str) {
        let by_name = format!("pub type NAME = types::{ident};");
        self.push(of, Way::Name, needs, &by_name);
        let by_module = format!("pub type NAME = {module}::{ident};");
        self.push(of, Way::Module, needs, &by_module);
    }

    fn structure(&mut self, item: &Struct) {
        if !item.name.is_empty() {
            let base = |any: &&Any| {
                let mut derived = any.variants.iter().skip(1);
                derived.any(|(_, _, name)| *name == item.name)
            };
            let bases = self.library.anys.iter().filter(base);
            let mut bases: Vec<&str> = bases.map(|any| any.variants[0].2.as_str()).collect();
            bases.push("microsoft.graph.entity");
            self.values(item, &key("type", item.name.as_str()), &bases);
        }
        // A struct without a documented name contains parameters, possibly of several operations.
        let sent = format!("& types :: {}", item.ident);
        let methods = self
            .library
            .builders
            .values()
            .flat_map(|builder| &builder.methods);
        for method in methods.filter(|method| method.arguments.contains(&sent)) {
            if let (Some(operation), true) = (&method.operation, item.name.is_empty()) {
                self.values(item, &key("parameters", operation.as_str()), &[]);
            }
        }
    }

    fn values(&mut self, item: &Struct, of: &Key, bases: &[&str]) {
        let (name, ident) = (&of.1, &item.ident);
        // Parameters are removed together with their operation.
        let mut whole = vec![of.clone()];
        let sign = match of.0.as_str() {
            "parameters" => {
                whole.push(key("operation", name.as_str()));
                ": "
            }
            _ => ".",
        };
        self.both(of, &whole, &item.module, ident);
        let line = format!(
            "pub fn NAME(a: types::{ident}) -> types::{ident} {{ let _ = a.clone(); Default::default() }}"
        );
        self.push(of, Way::Name, &whole, &line);
        if let Some(arguments) = &item.new {
            let (declared, given) = arguments_of(arguments);
            let line = format!(
                "pub fn NAME({declared}) -> types::{ident} {{ types::{ident}::new({given}) }}"
            );
            let made = key("constructor", format!("{name}::new"));
            self.push(&made, Way::Name, &whole, &line);
        }
        for field in &item.fields {
            let property = key("property", format!("{name}{sign}{}", field.name));
            let inherited = |base: &&str| key("property", format!("{base}.{}", field.name));
            let needs = [&whole[..], &bases.iter().map(inherited).collect::<Vec<_>>()].concat();
            let (ty, at) = (&field.ty, &field.ident);
            let line = format!(
                "pub fn NAME(a: {ty}) -> {ty} {{ let all = types::{ident} {{ {at}: a, ..Default::default() }}; all.{at} }}"
            );
            self.push(&property, Way::Name, &needs, &line);
            let (constant, value) = (&field.constant, &field.value);
            let line = format!(
                "pub const NAME: runtime::Property<types::{ident}, {value}> = types::{ident}::{constant};"
            );
            self.push(&property, Way::Name, &needs, &line);
        }
    }

    fn enumeration(&mut self, item: &Enum) {
        let of = key("type", item.name.as_str());
        let ident = &item.ident;
        self.both(&of, &[], &item.module, ident);
        let line = format!(
            "pub fn NAME(a: &types::{ident}) -> bool {{ matches!(a, types::{ident}::Unlisted(text) if text.len() > 1) }}"
        );
        self.push(&of, Way::Name, &[], &line);
        for (variant, name) in &item.members {
            let member = key("member", format!("{}.{name}", item.name));
            let line = format!("pub const NAME: types::{ident} = types::{ident}::{variant};");
            self.push(&member, Way::Name, std::slice::from_ref(&of), &line);
        }
    }

    fn any(&mut self, item: &Any) {
        let ident = &item.ident;
        let (_, _, base) = &item.variants[0];
        for (index, (variant, held, name)) in item.variants.iter().enumerate() {
            let of = match index {
                0 => key("type", base.as_str()),
                _ => key("derivation", format!("{name} < {base}")),
            };
            let line = format!(
                "pub fn NAME(a: graphwright::runtime::Boxed<{held}>) -> types::{ident} {{ types::{ident}::{variant}(a) }}"
            );
            self.push(&of, Way::Name, &[], &line);
        }
        let of = key("type", base.as_str());
        let line = format!("pub type NAME = {}::{ident};", item.module);
        self.push(&of, Way::Module, &[key("any", base.as_str())], &line);
    }

    fn builder(&mut self, ident: &str, builder: &Builder, way: Option<&Vec<&Method>>) {
        let operations = builder
            .methods
            .iter()
            .filter_map(|method| method.operation.as_deref());
        let needs: Vec<Key> = operations.map(|name| key("operation", name)).collect();
        if !needs.is_empty() {
            let line = format!("pub type NAME = {}::{ident};", builder.module);
            self.push(&key("builder", ident), Way::Module, &needs, &line);
        }
        for method in &builder.methods {
            let Some(operation) = &method.operation else {
                continue;
            };
            let of = key("operation", operation.as_str());
            let (call, result) = (&method.ident, &method.result);
            let (declared, given) = arguments_of(&method.arguments);
            let line = format!(
                "pub fn NAME(builder: &builders::{ident}, {declared}) -> {result} {{ builder.{call}({given}) }}"
            );
            let line = line.replace("builders::Client", "Client");
            self.push(&of, Way::Name, &[], &line);
            let way = way.unwrap_or_else(|| panic!("no method returns {ident}"));
            self.chain(&of, way, method);
        }
    }

    /// Adds a use of an operation through all method calls from the client.
    fn chain(&mut self, of: &Key, way: &[&Method], method: &Method) {
        let arguments: Vec<String> = way
            .iter()
            .copied()
            .chain([method])
            .flat_map(|call| call.arguments.clone())
            .collect();
        let (declared, given) = arguments_of(&arguments);
        let mut given = given.split(", ").filter(|one| !one.is_empty());
        let calls: Vec<String> = way
            .iter()
            .copied()
            .chain([method])
            .map(|call| {
                let own: Vec<&str> = given.by_ref().take(call.arguments.len()).collect();
                format!("{}({})", call.ident, own.join(", "))
            })
            .collect();
        let result = &method.result;
        let calls = calls.join(".");
        let line =
            format!("pub fn NAME(client: &Client, {declared}) -> {result} {{ client.{calls} }}");
        self.push(of, Way::Name, &[], &line);
    }
}

/// Returns the declarations of arguments, and their names.
fn arguments_of(types: &[String]) -> (String, String) {
    let declared = types
        .iter()
        .enumerate()
        .map(|(index, ty)| format!("a{index}: {ty}"));
    let given = (0..types.len()).map(|index| format!("a{index}"));
    (
        declared.collect::<Vec<String>>().join(", "),
        given.collect::<Vec<String>>().join(", "),
    )
}
