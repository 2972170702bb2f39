//! `pub use` lines, for the indices of a version and for the parts of a module.

use crate::rust::{Builder, Ident, Module, Version, When};

use super::source::Source;

/// An item with its condition.
type Reexport<'a> = (&'a When, &'a Ident);

/// Writes the index of all types of a version.
pub(super) fn write_types<'a>(source: &mut Source<'a>, version: &'a Version) {
    write_index(source, version, types);
}

/// Writes the index of all request builders of a version.
pub(super) fn write_builders<'a>(source: &mut Source<'a>, version: &'a Version) {
    write_index(source, version, |module| builders(&module.builders));
}

/// Request builders with their conditions.
pub(super) fn builders<'a>(builders: impl IntoIterator<Item = &'a Builder>) -> Vec<Reexport<'a>> {
    let builders = builders.into_iter();
    builders
        .map(|builder| (&builder.when, &builder.ident))
        .collect()
}

fn types(module: &Module) -> Vec<Reexport<'_>> {
    let mut items: Vec<Reexport<'_>> = Vec::new();
    for item in &module.enums {
        items.push((&item.when, &item.ident));
    }
    for item in &module.structs {
        items.push((&item.when, &item.ident));
        items.extend(item.any.as_ref().map(|any| (&item.when, &any.ident)));
    }
    items
}

fn write_index<'a>(
    source: &mut Source<'a>,
    version: &'a Version,
    items: impl Fn(&'a Module) -> Vec<Reexport<'a>>,
) {
    for area in &version.areas {
        for module in &area.modules {
            let from = format!("super::{}::{}", area.ident, module.ident);
            write(source, &from, &When::default(), items(module));
        }
    }
}

/// Writes one `pub use` for all items of a module that share a condition.
pub(super) fn write(
    source: &mut Source<'_>,
    from: &str,
    within: &When,
    mut items: Vec<Reexport<'_>>,
) {
    items.sort();
    for same in items.chunk_by(|left, right| left.0 == right.0) {
        let names: Vec<&str> = same.iter().map(|(_, name)| name.as_str()).collect();
        source.reexport((same[0].0, within), from, &names);
    }
}
