//! Lowering of the sample model.

use super::{Builder, CRATE_NAME, Crate, Ident, lower};
use crate::model::sample::{model, sources};
use crate::model::{ApiVersion, HttpMethod, QualifiedName};
use crate::report::Report;

fn lowered() -> (Crate, Report) {
    lower(&model(), &sources(), CRATE_NAME)
}

fn qualified(full: &str) -> QualifiedName {
    let (namespace, name) = full.rsplit_once('.').expect("a qualified name has a dot");
    QualifiedName {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    }
}

#[track_caller]
fn check_type(full: &str, file: &str, ident: &str, members: &[(&str, &str)]) {
    let (output, _) = lowered();
    let place = output
        .find_type(ApiVersion::V1_0, &qualified(full))
        .expect("the type is there");
    assert_eq!((place.file.as_str(), place.ident.as_str()), (file, ident));
    for (wire, expected) in members {
        let found = place.members.iter().find(|(name, _)| name == wire);
        assert_eq!(
            found.map(|(_, ident)| ident.as_str()),
            Some(*expected),
            "{wire}"
        );
    }
}

#[test]
fn types_have_places() {
    check_type(
        "microsoft.graph.gadget",
        "src/v1_0/tools_shed/gadget.rs",
        "Gadget",
        &[
            ("id", "id"),
            ("type", "type_"),
            ("additionalProperties", "additional_properties_"),
            ("size", "size"),
            ("Size", "size_2"),
            ("größe", "gr_e"),
        ],
    );
    check_type(
        "microsoft.graph.tools.gadget",
        "src/v1_0/tools_shed/tools_gadget.rs",
        "ToolsGadget",
        &[],
    );
    check_type(
        "microsoft.graph.feature",
        "src/v1_0/tools_shed/feature.rs",
        "Feature",
        &[
            ("none", "None"),
            ("backup", "Backup"),
            ("Backup", "Backup2"),
            ("v8_0", "V8_0"),
        ],
    );
}

#[track_caller]
fn check_operation(method: HttpMethod, template: &str, builder: &str, ident: &str) {
    let (output, _) = lowered();
    let place = output
        .find_operation(ApiVersion::V1_0, method, template)
        .expect("the operation is there");
    assert_eq!(
        (place.builder.as_str(), place.method.as_str()),
        (builder, ident)
    );
}

#[test]
fn operations_have_places() {
    check_operation(HttpMethod::Get, "/gadgets", "GadgetsBuilder", "list");
    check_operation(HttpMethod::Post, "/gadgets", "GadgetsBuilder", "create");
    check_operation(
        HttpMethod::Get,
        "/gadgets/$count",
        "GadgetsBuilder",
        "count",
    );
    check_operation(HttpMethod::Get, "/gadgets/delta", "GadgetsBuilder", "delta");
    check_operation(
        HttpMethod::Patch,
        "/gadgets/{id}",
        "GadgetsItemBuilder",
        "update",
    );
    check_operation(
        HttpMethod::Post,
        "/gadgets/{id}/clone",
        "GadgetsItemBuilder",
        "clone_",
    );
    check_operation(
        HttpMethod::Get,
        "/gadgets/{id}/$value",
        "GadgetsItemBuilder",
        "value",
    );
    check_operation(
        HttpMethod::Put,
        "/gadgets/{id}/picture",
        "GadgetsItemBuilder",
        "set_picture",
    );
    check_operation(
        HttpMethod::Put,
        "/gadgets/{id}/$value",
        "GadgetsItemBuilder",
        "set_value",
    );
    check_operation(
        HttpMethod::Post,
        "/gadgets/{id}/parts/$ref",
        "GadgetsItemPartsBuilder",
        "add_reference",
    );
    check_operation(
        HttpMethod::Get,
        "/gadgets/{id}/list",
        "GadgetsItemListBuilder",
        "list",
    );
    check_operation(
        HttpMethod::Get,
        "/gadgets/{id}/score(from='{from}',top={top},since={since},body='{body}')",
        "GadgetsItemBuilder",
        "score_with_from_and_top_and_since_and_body",
    );
}

fn find_builder<'a>(output: &'a Crate, name: &str) -> &'a Builder {
    let modules = output.versions[0]
        .areas
        .iter()
        .flat_map(|area| &area.modules);
    modules
        .flat_map(|module| &module.builders)
        .find(|builder| builder.ident.as_str() == name)
        .expect("the path has a builder")
}

#[test]
fn adding_a_reference_has_a_shorthand() {
    let (output, _) = lowered();
    let methods = &find_builder(&output, "GadgetsItemPartsBuilder").methods;
    let shorthands: Vec<(&str, Option<&str>)> = methods
        .iter()
        .map(|method| {
            (
                method.ident.as_str(),
                method.shorthand.as_ref().map(Ident::as_str),
            )
        })
        .collect();
    assert_eq!(shorthands, [("add_reference", Some("add"))]);
}

#[test]
fn accessors_do_not_collide_with_methods() {
    let (output, _) = lowered();
    let item = find_builder(&output, "GadgetsItemBuilder");
    let accessors: Vec<&str> = item
        .accessors
        .iter()
        .map(|accessor| accessor.ident.as_str())
        .collect();
    assert_eq!(
        accessors,
        [
            "score_with_from_and_top_and_since_and_body_result",
            "parts",
            "list_",
            "at_path"
        ]
    );
}

#[test]
fn reports_unusual_and_colliding_names() {
    let (_, report) = lowered();
    let codes: Vec<&str> = report
        .problems()
        .iter()
        .map(|problem| problem.code.id())
        .collect();
    assert_eq!(codes, ["GW4001", "GW4002", "GW4003", "GW4002"]);
}

#[test]
fn names_do_not_depend_on_other_pages() {
    let (before, _) = lowered();
    let mut grown = model();
    let mut more = grown.apis[0].structured_types[1].clone();
    more.name = qualified("microsoft.graph.aaa.gadget");
    more.base = None;
    more.properties.clear();
    grown.apis[0].structured_types.push(more);
    let (after, _) = lower(&grown, &sources(), CRATE_NAME);
    for full in [
        "microsoft.graph.gadget",
        "microsoft.graph.tools.gadget",
        "microsoft.graph.target",
    ] {
        let name = qualified(full);
        assert_eq!(
            before.find_type(ApiVersion::V1_0, &name),
            after.find_type(ApiVersion::V1_0, &name),
            "{full}"
        );
    }
}
