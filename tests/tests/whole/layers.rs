//! The import table: each stage of the generator imports only stages below it, and only crates outside of it do I/O.

mod imports;

use std::collections::BTreeMap;
use std::fs;

use crate::tree;
use imports::{Import, imports, reexports};

/// For every top-level module of the generator, the modules that it may import.
const STAGES: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("path", &[]),
    ("report", &["source"]),
    ("markdown", &["source", "report"]),
    ("facts", &["markdown", "source", "path", "report", "model"]),
    ("model", &["source", "path"]),
    ("resolve", &["facts", "model", "source", "path", "report"]),
    ("ledger", &["facts", "model", "source", "report"]),
    ("conformance", &["model", "source", "path", "report"]),
    (
        "lint",
        &["markdown", "facts", "model", "path", "report", "source"],
    ),
    ("rust", &["model", "source", "path", "report"]),
    ("emit", &["rust"]),
    ("export", &["model", "source"]),
    ("diff", &["rust", "model", "source"]),
];

/// What the tests inside a stage may import as well: the whole generator, to get from a page to the input of the stage, or an earlier
/// stage, to modify its output.
const FIXTURES: &[(&str, &[&str])] = &[
    ("ledger", &["lib"]),
    ("lint", &["lib", "resolve"]),
    ("export", &["lib"]),
    ("diff", &["lib"]),
    ("emit", &["model"]),
];

/// Crates that only these stages may import.
const CRATES: &[(&str, &[&str])] = &[
    ("heck", &["rust"]),
    ("toml", &["facts", "resolve"]),
    (
        "memchr",
        &["source", "report", "markdown", "facts", "resolve", "lint"],
    ),
    ("strsim", &["lint"]),
    (
        "rayon",
        &[
            "lib",
            "resolve",
            "ledger",
            "conformance",
            "lint",
            "rust",
            "emit",
        ],
    ),
];

/// Modules of the standard library that the generator may not use.
const OUTSIDE: &[&str] = &["fs", "env", "net", "process", "time", "io"];

/// What facts may import from the model: terms of HTTP, OData and of the service, no types of the API.
const FACTS_FROM_MODEL: &[&str] = &[
    "Account",
    "ApiVersion",
    "HttpMethod",
    "PageSize",
    "Primitive",
    "PropertyUsage",
    "QueryOption",
    "QuerySupport",
    "Returned",
];

/// For every member of the workspace, the members that it may depend on, tests aside.
const MEMBERS: &[(&str, &[&str])] = &[
    ("generator", &[]),
    ("pages", &["generator"]),
    ("report", &["generator"]),
    ("cli", &["generator", "pages", "report", "runtime", "serve"]),
    ("xtask", &["generator", "pages", "cli", "serve"]),
    ("runtime", &[]),
    ("generated", &["runtime"]),
    // The server follows the model alone and shares no code with the client that is tested against it.
    ("serve", &["generator", "pages"]),
    ("examples", &["generated"]),
    ("tests", &[]),
];

#[test]
fn stages_import_only_stages_below() {
    let allowed: BTreeMap<&str, &[&str]> = STAGES.iter().copied().collect();
    let fixtures: BTreeMap<&str, &[&str]> = FIXTURES.iter().copied().collect();
    let mut faults = Vec::new();
    for (stage, import) in generator_imports() {
        let Some(target) = &import.stage else {
            continue;
        };
        if stage == "lib" || *target == stage {
            continue;
        }
        let Some(allowed) = allowed.get(stage.as_str()) else {
            faults.push(format!(
                "{}: `{stage}` has no row in the table",
                import.file
            ));
            continue;
        };
        let extra = fixtures.get(stage.as_str()).filter(|_| import.in_tests);
        let permitted = allowed.iter().chain(extra.into_iter().copied().flatten());
        if !permitted.into_iter().any(|stage| stage == target) {
            faults.push(format!(
                "{}: `{stage}` may not import `{target}` ({})",
                import.file,
                import.path.join("::")
            ));
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn crates_are_imported_only_where_allowed() {
    let mut faults = Vec::new();
    for (stage, import) in generator_imports() {
        let [root, module, ..] = import.path.as_slice() else {
            continue;
        };
        let row = CRATES.iter().find(|(name, _)| name == root);
        if row.is_some_and(|(_, stages)| !stages.contains(&stage.as_str())) {
            faults.push(format!(
                "{}: `{stage}` may not import `{root}`",
                import.file
            ));
        }
        let is_std = root == "std";
        if is_std && (module == "*" || OUTSIDE.contains(&module.as_str())) {
            faults.push(format!("{}: may not use `std::{module}`", import.file));
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn facts_import_no_types_of_the_model() {
    let mut faults = Vec::new();
    for (stage, import) in generator_imports() {
        if stage == "facts" && import.stage.as_deref() == Some("model") {
            let item = import.path.get(2).map_or("*", String::as_str);
            if !FACTS_FROM_MODEL.contains(&item) {
                faults.push(format!(
                    "{}: facts may not import `model::{item}`",
                    import.file
                ));
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn members_depend_only_on_members_below() {
    let manifest = |member: &str| -> toml::Table {
        let path = tree::root().join(member).join("Cargo.toml");
        let text = fs::read_to_string(path).expect("each member has a manifest");
        text.parse().expect("the manifest is TOML")
    };
    let workspace = manifest(".");
    let members = workspace["workspace"]["members"].as_array();
    let members: Vec<&str> = members
        .expect("the workspace lists its members")
        .iter()
        .filter_map(toml::Value::as_str)
        .collect();
    let packages: BTreeMap<String, &str> = members
        .iter()
        .map(|member| {
            let name = manifest(member)["package"]["name"]
                .as_str()
                .map(str::to_owned);
            (name.expect("a package has a name"), *member)
        })
        .collect();
    let mut faults = Vec::new();
    for member in members {
        let Some((_, allowed)) = MEMBERS.iter().find(|(name, _)| *name == member) else {
            faults.push(format!("`{member}` has no row in the table"));
            continue;
        };
        let manifest = manifest(member);
        let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
        for name in dependencies.into_iter().flat_map(toml::Table::keys) {
            let package = workspace["workspace"]["dependencies"]
                .get(name)
                .and_then(|dependency| dependency.get("package"))
                .and_then(toml::Value::as_str)
                .unwrap_or(name);
            if let Some(target) = packages.get(package)
                && !allowed.contains(target)
            {
                faults.push(format!("`{member}` may not depend on `{target}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every import in the generator with the stage of its file.
fn generator_imports() -> Vec<(String, Import)> {
    let files = tree::rust_files("generator/src");
    let root = files
        .iter()
        .find(|file| file.path == "generator/src/lib.rs");
    let reexports = reexports(&root.expect("the generator has a root").text);
    let mut all = Vec::new();
    for file in &files {
        let module: Vec<String> = file
            .path
            .trim_start_matches("generator/src/")
            .trim_end_matches(".rs")
            .split('/')
            .map(str::to_owned)
            .filter(|name| name != "lib" && name != "mod")
            .collect();
        let stage = module.first().map_or("lib", String::as_str).to_owned();
        for import in imports(&file.path, &module, &file.text, &reexports) {
            all.push((stage.clone(), import));
        }
    }
    all
}
