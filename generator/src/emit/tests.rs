//! The text of the sample model.

use super::{File, MARK, ManifestSettings, render};
use crate::rust::{lower, sample};

fn files() -> Vec<File> {
    let (output, _) = lower(&sample::model(), &sample::sources());
    render(
        &output,
        &ManifestSettings::Standalone {
            runtime_path: "../runtime".to_owned(),
        },
    )
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
fn all_text_is_rust_and_says_that_it_is_generated() {
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
fn no_text_becomes_code() {
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
fn what_is_required_makes_a_constructor() {
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
fn requests_stand_beside_their_type() {
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
fn the_manifest_stands_alone_or_not() {
    check(
        "Cargo.toml",
        &[
            "graphwright-runtime = { path = \"../runtime\", default-features = false }",
            "edition = \"2024\"",
        ],
    );
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    assert_eq!(files(), files());
}
