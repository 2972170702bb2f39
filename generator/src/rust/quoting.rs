//! Which files quote pages in their comments.

use super::docs::Docs;
use super::items::{Builder, Crate, Enum, Module, Struct, Version};
use super::places::{part_file, requests_file, root_file, types_file};

/// Files whose items belong together, with the documentation that stands in any of them.
#[derive(Debug)]
pub(crate) struct Quoting<'a> {
    pub(crate) files: Vec<String>,
    pub(crate) docs: Vec<&'a Docs>,
}

/// All documentation that may quote a page, by modules.
pub(crate) fn quoting(output: &Crate) -> Vec<Quoting<'_>> {
    output.versions.iter().flat_map(of_version).collect()
}

fn of_version(version: &Version) -> Vec<Quoting<'_>> {
    let root = Quoting {
        files: vec![root_file(version)],
        docs: of_builder(&version.client).collect(),
    };
    let modules = version.areas.iter().flat_map(|area| {
        let modules = area.modules.iter();
        modules.map(|module| of_module(version, &area.ident, module))
    });
    [root].into_iter().chain(modules).collect()
}

fn of_module<'a>(version: &Version, area: &super::Ident, module: &'a Module) -> Quoting<'a> {
    let mut files = vec![types_file(version, area, module)];
    if !module.builders.is_empty() {
        files.push(requests_file(version, area, module));
    }
    let parts = module.parts.iter();
    files.extend(parts.map(|part| part_file(version, area, module, &part.ident)));
    let structs = module.structs.iter().flat_map(of_struct);
    let enums = module.enums.iter().flat_map(of_enum);
    let builders = module.builders.iter().flat_map(of_builder);
    Quoting {
        files,
        docs: structs.chain(enums).chain(builders).collect(),
    }
}

fn of_struct(item: &Struct) -> impl Iterator<Item = &Docs> {
    let fields = item.fields.iter().map(|field| &field.docs);
    fields.chain([&item.docs])
}

fn of_enum(item: &Enum) -> impl Iterator<Item = &Docs> {
    let variants = item.variants.iter().map(|variant| &variant.docs);
    variants.chain([&item.docs])
}

fn of_builder(item: &Builder) -> impl Iterator<Item = &Docs> {
    item.methods.iter().map(|method| &method.docs)
}
