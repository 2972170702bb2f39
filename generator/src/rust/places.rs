//! The file, module and identifier of a type, property or operation in the output.

use super::items::{Builder, Crate, Module, Version};
use super::names::Ident;
use crate::model::{ApiVersion, HttpMethod, QualifiedName};

/// The place of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemPlace<'a> {
    /// The file, relative to the output folder, with `/`.
    pub file: String,
    /// The module: `v1_0::outlook::message`.
    pub module: String,
    /// The name of the struct or enum.
    pub ident: &'a Ident,
    /// Properties or members by their JSON names, with the names of field or variant.
    pub members: Vec<(&'a str, &'a Ident)>,
}

/// The place of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationPlace<'a> {
    /// The file, relative to the output folder, with `/`.
    pub file: String,
    /// The request builder.
    pub builder: &'a Ident,
    /// Its method.
    pub method: &'a Ident,
    /// The template of its path.
    pub template: &'a str,
}

impl Crate {
    /// The place of a type or enum.
    pub fn find_type(&self, version: ApiVersion, name: &QualifiedName) -> Option<ItemPlace<'_>> {
        let version = self.version(version)?;
        version.modules().find_map(|(area, module)| {
            let (ident, members) = members(module, name)?;
            Some(ItemPlace {
                file: types_file(version, area, module),
                module: format!("{}::{area}::{}", version.ident, module.ident),
                ident,
                members,
            })
        })
    }

    /// The place of the operation with this method and template.
    pub fn find_operation(
        &self,
        version: ApiVersion,
        method: HttpMethod,
        template: &str,
    ) -> Option<OperationPlace<'_>> {
        let version = self.version(version)?;
        let client = std::iter::once((root_file(version), &version.client));
        let others = version.modules().flat_map(|(area, module)| {
            module
                .builders
                .iter()
                .map(move |builder| (file_of(version, area, module, builder), builder))
        });
        client.chain(others).find_map(|(file, builder)| {
            let item = builder.methods.iter().find(|candidate| {
                candidate.operation.method == method && candidate.operation.template == template
            })?;
            Some(OperationPlace {
                file,
                builder: &builder.ident,
                method: &item.ident,
                template: &item.operation.template,
            })
        })
    }

    fn version(&self, version: ApiVersion) -> Option<&Version> {
        self.versions.iter().find(|item| item.version == version)
    }
}

impl Version {
    fn modules(&self) -> impl Iterator<Item = (&Ident, &Module)> {
        self.areas
            .iter()
            .flat_map(|area| area.modules.iter().map(|module| (&area.ident, module)))
    }
}

fn members<'a>(
    module: &'a Module,
    name: &QualifiedName,
) -> Option<(&'a Ident, Vec<(&'a str, &'a Ident)>)> {
    let item = module
        .structs
        .iter()
        .find(|item| item.name.as_ref() == Some(name));
    if let Some(item) = item {
        return Some((
            &item.ident,
            item.fields
                .iter()
                .map(|field| (field.wire.as_str(), &field.ident))
                .collect(),
        ));
    }
    let item = module.enums.iter().find(|item| item.name == *name)?;
    Some((
        &item.ident,
        item.variants
            .iter()
            .map(|variant| (variant.wire.as_str(), &variant.ident))
            .collect(),
    ))
}

/// The file of the root of a version.
pub fn root_file(version: &Version) -> String {
    format!("src/{}.rs", version.ident)
}

/// The file of an area.
pub fn area_file(version: &Version, area: &Ident) -> String {
    format!("src/{}/{area}.rs", version.ident)
}

/// The file of the types of a module.
pub fn types_file(version: &Version, area: &Ident, module: &Module) -> String {
    format!("src/{}/{area}/{}.rs", version.ident, module.ident)
}

/// The file of the request builders of a module.
pub fn requests_file(version: &Version, area: &Ident, module: &Module) -> String {
    format!("src/{}/{area}/{}/requests.rs", version.ident, module.ident)
}

/// The file of one part of the request builders of a module.
pub fn part_file(version: &Version, area: &Ident, module: &Module, part: &Ident) -> String {
    format!(
        "src/{}/{area}/{}/requests/{part}.rs",
        version.ident, module.ident
    )
}

fn file_of(version: &Version, area: &Ident, module: &Module, builder: &Builder) -> String {
    if module.parts.is_empty() {
        requests_file(version, area, module)
    } else {
        part_file(version, area, module, &builder.root)
    }
}
