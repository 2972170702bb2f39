//! The text of the sample model.

use super::manifest::VERSION;
use super::{
    File, Item, MARK, ManifestSettings, Package, PackageName, RuntimeSource, find_lines, render,
};
use crate::model::Segment;
use crate::model::sample;
use crate::rust::{CRATE_NAME, lower};

fn files() -> Vec<File> {
    let (output, _) = lower(&sample::model(), &sample::sources(), CRATE_NAME);
    render(&output, &ManifestSettings::Package(Box::default()))
}

#[track_caller]
fn check(path: &str, expected: &[&str]) {
    let files = files();
    let file = files
        .iter()
        .find(|file| file.path == path)
        .expect("the file is rendered");
    for line in expected {
        assert!(
            file.text.contains(line),
            "{line:?} is not in:\n{}",
            file.text
        );
    }
}

#[test]
fn all_files_parse_and_bear_the_mark() {
    for file in files() {
        assert!(
            file.text.lines().take(1).any(|line| line.contains(MARK)),
            "{}",
            file.path
        );
        if file.path.ends_with(".rs") {
            assert!(syn::parse_file(&file.text).is_ok(), "{}", file.path);
        }
    }
}

#[test]
fn escapes_page_text_in_code() {
    for file in files() {
        for line in file.text.lines().filter(|line| line.contains("injected")) {
            assert!(
                line.trim_start().starts_with("///"),
                "{line:?} in {}",
                file.path
            );
        }
    }
}

#[test]
fn structs_have_optional_fields() {
    check(
        "src/v1_0/tools_shed/gadget.rs",
        &[
            "// From v1.0/resources/tools-shed-gadget.md",
            "pub type_: Option<String>,",
            "pub owner: Option<runtime::Boxed<types::Gadget>>,",
            "pub features: Option<runtime::Flags<types::Feature>>,",
            "pub target: Option<types::AnyTarget>,",
            "pub anchor: Option<runtime::Boxed<runtime::AnyEntity>>,",
            "pub strange: Option<runtime::Value>,",
            "pub stranger: Option<Vec<runtime::Value>>,",
            "pub additional_properties: runtime::AdditionalProperties,",
            "#[deprecated = \"Use \\\"count\\\". It is better.\"]",
            "type_: String = \"type\", TYPE: String;",
        ],
    );
}

#[test]
fn writes_constructors_of_required_properties() {
    check(
        "src/v1_0/tools_shed/gadget.rs",
        &[
            "type_: impl Into<String>,",
            "price: runtime::Decimal,",
            "owner: types::Gadget,",
            "target: impl Into<types::AnyTarget>,",
            "type_: Some(type_.into()),",
            "owner: Some(runtime::Boxed::new(owner)),",
            "..Self::default()",
        ],
    );
}

#[test]
fn writes_request_builders() {
    check(
        "src/v1_0/tools_shed/gadget/requests.rs",
        &[
            "// From v1.0/api/gadget-list.md",
            "pub struct GadgetsBuilder(pub(crate) runtime::Path);",
            "pub fn by_id(&self, id: &str) -> builders::GadgetsItemBuilder {",
            "pub fn list(&self) -> runtime::Request<runtime::Page<types::Gadget>> {",
            "pub fn update(&self, body: &types::Gadget) -> runtime::Request<()> {",
        ],
    );
}

#[test]
fn manifests_state_package_and_runtime() {
    let manifest = |package: Package| {
        let (output, _) = lower(&sample::model(), &sample::sources(), CRATE_NAME);
        let files = render(&output, &ManifestSettings::Package(Box::new(package)));
        let file = files.into_iter().find(|file| file.path == "Cargo.toml");
        file.expect("every crate has a manifest").text
    };
    let check = |package: Package, lines: &[&str]| {
        let text = manifest(package);
        for line in lines {
            assert!(
                text.contains(&format!("{line}\n")),
                "{line} is not in\n{text}"
            );
        }
    };
    check(
        Package::default(),
        &[
            "name = \"graphwright\"",
            "edition = \"2024\"",
            "publish = false",
            &format!(
                "graphwright-runtime = {{ version = \"{VERSION}\", default-features = false }}"
            ),
            "[package.metadata.graphwright]",
            &format!("version = \"{VERSION}\""),
            "[workspace]",
        ],
    );
    let package = Package {
        name: PackageName::parse("contoso-graph").unwrap(),
        version: "2.3.4".to_owned(),
        description: "Says \"hello\"\u{7}".to_owned(),
        license: Some("MIT".to_owned()),
        repository: Some("https://example.com/graph".to_owned()),
        publish: true,
        is_workspace_member: true,
        runtime: RuntimeSource::Git {
            url: "https://example.com/graphwright".to_owned(),
            rev: Some("abc".to_owned()),
        },
    };
    let text = manifest(package.clone());
    assert!(
        !text.contains("[workspace]") && !text.contains("publish"),
        "{text}"
    );
    check(
        package,
        &[
            "name = \"contoso-graph\"",
            "description = \"Says \\\"hello\\\"\\u0007\"",
            "version = \"2.3.4\"",
            "license = \"MIT\"",
            "repository = \"https://example.com/graph\"",
            "graphwright-runtime = { git = \"https://example.com/graphwright\", rev = \"abc\", default-features = false }",
        ],
    );
    let runtime = RuntimeSource::Path("../runtime".to_owned());
    check(
        Package {
            runtime,
            ..Package::default()
        },
        &["graphwright-runtime = { path = \"../runtime\", default-features = false }"],
    );
}

#[test]
fn package_names_are_names_of_crates() {
    for name in ["graph", "contoso-graph", "a1_b"] {
        assert!(PackageName::parse(name).is_ok(), "{name}");
    }
    for name in [
        "",
        "1a",
        "-a",
        "a b",
        "ä",
        "a\"b",
        "match",
        "std",
        "graphwright-runtime",
        "Self",
    ] {
        assert!(PackageName::parse(name).is_err(), "{name}");
    }
}

#[test]
fn renders_deterministically() {
    assert_eq!(files(), files());
}

#[test]
fn finds_the_lines_of_items() {
    let (output, _) = lower(&sample::model(), &sample::sources(), CRATE_NAME);
    let version = &output.versions[0];
    let modules = version.areas.iter().flat_map(|area| &area.modules);
    let modules: Vec<_> = modules.collect();
    let check = |path: &str, item: Item<'_>, first: &str, declaration: &str| {
        let files = files();
        let file = files.iter().find(|file| file.path == path).unwrap();
        let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
        let found = find_lines(&output, path, item).unwrap();
        assert!(lines[found.first - 1].starts_with(first), "{found:?}");
        let line = lines[found.declaration - 1];
        assert!(line.starts_with(declaration), "{line}");
    };
    let structs = modules.iter().flat_map(|module| &module.structs);
    let gadget = structs
        .clone()
        .find(|item| item.ident.as_str() == "Gadget")
        .unwrap();
    let path = "src/v1_0/tools_shed/gadget.rs";
    check(
        path,
        Item::Type(&gadget.ident),
        "///",
        "pub struct Gadget {",
    );
    let field = &gadget.fields[1];
    let item = Item::Member(&gadget.ident, &field.ident);
    check(path, item, "///", &format!("pub {}: ", field.ident));
    let mut builders = modules.iter().flat_map(|module| &module.builders);
    let builder = builders
        .find(|item| item.ident.as_str() == "GadgetsBuilder")
        .unwrap();
    let item = Item::Member(&builder.ident, &builder.methods[0].ident);
    let path = "src/v1_0/tools_shed/gadget/requests.rs";
    check(path, item, "///", "pub fn list(");
}

#[test]
fn methods_of_the_client_start_at_the_root_path() {
    let mut model = sample::model();
    let operations = &mut model.apis[0].operations;
    let delta = operations.iter().find(|operation| {
        let last = operation.path.segments.last();
        matches!(last, Some(Segment::Function { name, .. }) if name == "delta")
    });
    let mut at_root = delta.unwrap().clone();
    at_root.path.segments.remove(0);
    operations.push(at_root);
    let (output, _) = lower(&model, &sample::sources(), CRATE_NAME);
    let files = render(&output, &ManifestSettings::Workspace);
    let root = files
        .iter()
        .find(|file| file.path == "src/v1_0.rs")
        .unwrap();
    let call = "self.0.root().segment(\"delta\").request(&Self::DELTA)";
    assert!(root.text.contains(call), "{}", root.text);
}
