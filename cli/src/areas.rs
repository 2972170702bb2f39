//! `areas`: the areas of the API with their size, and the features that a program needs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use generator::emit::ManifestSettings;
use generator::rust::{Area, Builder, Version};
use generator::{Selection, Settings};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::{Value, json};

use crate::arguments::{AreasArguments, Format};
use crate::{Outcome, generate, terminal};

pub(crate) fn run(arguments: &AreasArguments) -> Result<Outcome> {
    let names = match &arguments.source {
        Some(source) => Some(UsedNames::read(source)?),
        None => None,
    };
    let choices = arguments.docs.choices()?;
    let settings = Settings {
        selection: Selection::default(),
        corrections: &choices.read_corrections()?,
        manifest: ManifestSettings::Workspace,
    };
    let (_, generated) = generate::generate(&choices, &settings)?;
    let mut lists = Vec::new();
    for version in &generated.library.versions {
        let used = names.as_ref().map(|names| used_features(version, names));
        // A program that uses nothing of a version needs no feature of it.
        if used.as_ref().is_some_and(BTreeSet::is_empty) {
            continue;
        }
        lists.push((version, rows(version, used.as_ref())));
    }
    match arguments.format {
        Format::Text => {
            let text: Vec<String> = lists
                .iter()
                .map(|(version, rows)| to_text(version, rows))
                .collect();
            terminal::print(&text.join("\n"));
            if names.is_some() {
                terminal::print(&manifest_line(&lists));
            }
        }
        Format::Json => {
            let rows = lists.iter().flat_map(|(_, rows)| rows).map(Row::to_json);
            terminal::print_json(&Value::Array(rows.collect()));
        }
    }
    Ok(Outcome::Clean)
}

/// An area with its size.
struct Row {
    feature: String,
    area: String,
    /// The number of types on the pages of the area.
    types: usize,
    /// The number of its operations.
    operations: usize,
    /// The number of types that its feature compiles.
    compiled: usize,
}

impl Row {
    fn to_json(&self) -> Value {
        json!({
            "feature": self.feature,
            "area": self.area,
            "types": self.types,
            "operations": self.operations,
            "compiledTypes": self.compiled,
            "cost": self.cost(),
        })
    }

    /// Returns the class of the cost of compiling the area, which follows from the number of types.
    fn cost(&self) -> &'static str {
        match self.compiled {
            0..50 => "small",
            50..200 => "medium",
            _ => "large",
        }
    }
}

/// Returns the areas of a version; only those of the given features, if there are any.
fn rows(version: &Version, features: Option<&BTreeSet<String>>) -> Vec<Row> {
    let areas = version.features.iter().zip(&version.areas);
    areas
        .filter(|(feature, _)| features.is_none_or(|features| features.contains(&feature.name)))
        .map(|(feature, area)| {
            let modules = &area.modules;
            Row {
                feature: feature.name.clone(),
                area: area.ident.to_string(),
                types: modules
                    .iter()
                    .map(|module| {
                        let structs = module.structs.iter();
                        structs.filter(|item| item.name.is_some()).count() + module.enums.len()
                    })
                    .sum(),
                operations: builders(area).map(|builder| builder.methods.len()).sum(),
                compiled: feature.types,
            }
        })
        .collect()
}

fn to_text(version: &Version, rows: &[Row]) -> String {
    let mut text = format!(
        "{}\n  {:<40} {:>6} {:>11} {:>9}  cost\n",
        version.version.name(),
        "feature",
        "types",
        "operations",
        "compiled"
    );
    for row in rows {
        text.push_str(&format!(
            "  {:<40} {:>6} {:>11} {:>9}  {}\n",
            row.feature,
            row.types,
            row.operations,
            row.compiled,
            row.cost()
        ));
    }
    text
}

/// Returns the dependency that enables only the features of the lists, and the patterns that generate only their areas.
fn manifest_line(lists: &[(&Version, Vec<Row>)]) -> String {
    let rows = || lists.iter().flat_map(|(_, rows)| rows);
    let features: Vec<String> = std::iter::once("\"reqwest\"".to_owned())
        .chain(rows().map(|row| format!("{:?}", row.feature)))
        .collect();
    let include: BTreeSet<String> = rows().map(|row| format!("{:?}", row.area)).collect();
    let include: Vec<String> = include.into_iter().collect();
    format!(
        "\nin Cargo.toml:       default-features = false, features = [{}]\nin graphwright.toml: include = [{}]\n",
        features.join(", "),
        include.join(", ")
    )
}

fn builders(area: &Area) -> impl Iterator<Item = &Builder> {
    area.modules.iter().flat_map(|module| &module.builders)
}

/// The names in the source code of a program. A name may stand for something else than an item of the library, so that more
/// features can be found than the program needs.
#[derive(Debug, Default)]
struct UsedNames {
    /// All identifiers.
    idents: BTreeSet<String>,
    /// The identifiers of method calls.
    methods: BTreeSet<String>,
}

impl UsedNames {
    /// Reads all Rust files of a folder, or a single file.
    fn read(source: &Path) -> Result<Self> {
        let mut names = Self::default();
        let mut pending = vec![source.to_owned()];
        let mut files = 0;
        while let Some(path) = pending.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(&path)
                    .with_context(|| format!("{}: cannot be listed", path.display()))?;
                for entry in entries {
                    let entry =
                        entry.with_context(|| format!("{}: cannot be listed", path.display()))?;
                    pending.push(entry.path());
                }
            } else if path == source || path.extension().is_some_and(|extension| extension == "rs")
            {
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("{}: cannot be read", path.display()))?;
                let tokens = text
                    .parse()
                    .map_err(|error| anyhow::anyhow!("{}: not Rust ({error})", path.display()))?;
                names.collect(tokens);
                files += 1;
            }
        }
        if files == 0 {
            bail!("{}: no Rust files found", source.display());
        }
        Ok(names)
    }

    fn collect(&mut self, tokens: TokenStream) {
        let mut is_after_dot = false;
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
            match token {
                TokenTree::Ident(ident) => {
                    let is_call = match tokens.peek() {
                        Some(TokenTree::Group(group)) => {
                            group.delimiter() == Delimiter::Parenthesis
                        }
                        // `collect::<…>()`
                        Some(TokenTree::Punct(punct)) => punct.as_char() == ':',
                        _ => false,
                    };
                    if is_after_dot && is_call {
                        self.methods.insert(ident.to_string());
                    }
                    self.idents.insert(ident.to_string());
                }
                TokenTree::Group(group) => self.collect(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            is_after_dot = is_dot;
        }
    }
}

/// Returns the features of the requests that the program can reach by its method calls, and of the types that it names and that
/// those features do not enable.
fn used_features(version: &Version, names: &UsedNames) -> BTreeSet<String> {
    let all: BTreeMap<&str, &Builder> = version
        .areas
        .iter()
        .flat_map(builders)
        .map(|builder| (builder.ident.as_str(), builder))
        .collect();
    let mut features = BTreeSet::new();
    let mut reached = BTreeSet::new();
    let mut pending = vec![&version.client];
    while let Some(builder) = pending.pop() {
        let is_used = |ident: &str| names.methods.contains(ident);
        if builder
            .methods
            .iter()
            .any(|method| is_used(method.ident.as_str()))
        {
            features.extend(builder.methods_when.features.iter().cloned());
        }
        for accessor in builder
            .accessors
            .iter()
            .filter(|accessor| is_used(accessor.ident.as_str()))
        {
            if let Some(next) = all.get(accessor.builder.as_str())
                && reached.insert(accessor.builder.as_str())
            {
                pending.push(next);
            }
        }
    }
    for (area, feature) in version.areas.iter().zip(&version.features) {
        for module in &area.modules {
            let structs = module.structs.iter().map(|item| (&item.ident, &item.when));
            let enums = module.enums.iter().map(|item| (&item.ident, &item.when));
            for (ident, when) in structs.chain(enums) {
                let is_enabled = when.features.is_empty()
                    || when
                        .features
                        .iter()
                        .any(|feature| features.contains(feature));
                if names.idents.contains(ident.as_str()) && !is_enabled {
                    features.insert(feature.name.clone());
                }
            }
        }
    }
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_code_and_not_from_comments() {
        let mut names = UsedNames::default();
        let code = "fn f(a: A) { a.users().by_id(\"x.groups()\").get::<B>(); /* a.me() */ a.field; g(a.list()) }";
        names.collect(code.parse().unwrap());
        let methods: Vec<&str> = names.methods.iter().map(String::as_str).collect();
        assert_eq!(methods, ["by_id", "get", "list", "users"]);
        assert!(names.idents.contains("B") && names.idents.contains("field"));
        assert!(!names.idents.contains("me") && !names.idents.contains("groups"));
    }
}
