//! Small pages with one change each, and the expected change and class.

use crate::model::Model;
use crate::source::{Source, Sources};
use crate::{Progress, Selection, rust};

use super::{
    Aspect, Change, ChangeKind, Class, Diff, ItemKind, Side, Stated, compare, compare_versions,
    to_markdown, to_text,
};

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

const SHELF: &str = "|height|Int32|How high the board hangs, in centimetres.|\n\
                     |wood|wood|What the board is made of.|\n";
const WOOD: &str = "|oak|1|Hard.|\n|pine|2|Soft.|\n";
const UPDATE: &str = "PATCH /shelves/{id}";

fn pages(shelf: &str, wood: &str, request: &str, permission: &str) -> Sources {
    let shelf = format!(
        "# shelf resource type\n\nNamespace: microsoft.graph\n\nA board on a wall.\n\n## Properties\n\
         |Property|Type|Description|\n|:---|:---|:---|\n{shelf}"
    );
    let wood = format!(
        "# wood enum type\n\nNamespace: microsoft.graph\n\n## Members\n\
         |Member|Value|Description|\n|:---|:---|:---|\n{wood}"
    );
    let update = format!(
        "# Update shelf\n\nNamespace: microsoft.graph\n\nHang it on another wall of the house.\n\n## Permissions\n\
         |Permission type|Permissions|\n|:---|:---|\n|Application|{permission}|\n\n## HTTP Request\n``` http\n{request}\n```\n\n\
         ## Request body\nIn the request body, supply a JSON representation of a [shelf](../resources/shelf.md) object.\n\n\
         ## Response\nIf successful, this method returns a `200 OK` response code and a [shelf](../resources/shelf.md) \
         object in the response body.\n"
    );
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    Sources::new(vec![
        source("v1.0/resources/shelf.md", shelf),
        source("v1.0/resources/wood.md", wood),
        source("v1.0/api/shelf-update.md", update),
    ])
}

fn diff(before: &Sources, after: &Sources) -> Diff {
    let lowered = |sources: &Sources| {
        let analysis = crate::analyze(sources, &Default::default(), &Silent);
        let apis = analysis.model.apis.iter();
        let model = Model {
            apis: apis
                .map(|api| crate::select(api, Selection::default(), sources))
                .collect(),
        };
        let (library, _) = rust::lower(&model, sources, rust::CRATE_NAME);
        (model, library)
    };
    let [(old_model, old), (new_model, new)] = [before, after].map(lowered);
    let side = |sources, model, library| Side {
        sources,
        model,
        library,
    };
    compare(
        &side(before, &old_model, &old),
        &side(after, &new_model, &new),
    )
}

/// The only change, or the one of the greatest weight among those that come together.
#[track_caller]
fn check(after: &Sources, item: ItemKind, name: &str, kind: ChangeKind, class: Class) -> Change {
    let before = pages(SHELF, WOOD, UPDATE, "Shelf.Write");
    let diff = diff(&before, after);
    let found = diff
        .changes
        .iter()
        .find(|change| change.key.kind == item && change.kind == kind && change.name() == name);
    let Some(found) = found else {
        panic!("there is no such change:\n{}", to_text(&diff));
    };
    assert_eq!(found.class, class, "{}", to_text(&diff));
    assert_eq!(diff.class(), Some(class), "{}", to_text(&diff));
    found.clone()
}

fn shelf(rows: &str) -> Sources {
    pages(rows, WOOD, UPDATE, "Shelf.Write")
}

#[test]
fn equal_pages_have_no_changes() {
    let before = shelf(SHELF);
    assert_eq!(diff(&before, &before).changes, []);
}

#[test]
fn added_property_is_compatible() {
    let after = shelf(&format!("{SHELF}|depth|Int32|How far it reaches.|\n"));
    let change = check(
        &after,
        ItemKind::Property,
        "microsoft.graph.shelf.depth",
        ChangeKind::Added,
        Class::Compatible,
    );
    let seen = change.after.expect("it is there now");
    assert_eq!(seen.page.as_deref(), Some("v1.0/resources/shelf.md"));
    assert_eq!(seen.line, 12);
}

#[test]
fn removed_or_retyped_property_is_breaking() {
    use ChangeKind::{Removed, Renamed, Retyped};
    let height = "microsoft.graph.shelf.height";
    let gone = SHELF.lines().skip(1).collect::<String>();
    check(
        &shelf(&gone),
        ItemKind::Property,
        height,
        Removed,
        Class::Breaking,
    );
    let retyped = SHELF.replace("Int32", "Int64");
    let change = check(
        &shelf(&retyped),
        ItemKind::Property,
        height,
        Retyped,
        Class::Breaking,
    );
    assert_eq!(change.before.expect("it was there").shown, "Int32");
    let renamed = SHELF.replace("height", "elevation");
    let name = "microsoft.graph.shelf.elevation";
    check(
        &shelf(&renamed),
        ItemKind::Property,
        name,
        Renamed,
        Class::Breaking,
    );
}

#[test]
fn required_property_changes_the_constructor() {
    let before = shelf(&SHELF.replace("in centimetres.", "in centimetres. Required."));
    let after = shelf(
        &SHELF
            .replace("in centimetres.", "in centimetres. Required.")
            .replace("made of.", "made of. Required."),
    );
    let diff = diff(&before, &after);
    let found = diff.changes.iter().any(|change| {
        change.key.kind == ItemKind::Constructor
            && change.kind == ChangeKind::Retyped
            && change.class == Class::Breaking
    });
    assert!(found, "{}", to_text(&diff));
}

#[test]
fn changed_description_is_documentation_only() {
    let after = shelf(&SHELF.replace("centimetres", "inches"));
    check(
        &after,
        ItemKind::Property,
        "microsoft.graph.shelf.height",
        ChangeKind::Redescribed,
        Class::Documentation,
    );
}

#[test]
fn added_and_removed_members_are_reported() {
    let more = pages(
        SHELF,
        &format!("{WOOD}|ash|3|Light.|\n"),
        UPDATE,
        "Shelf.Write",
    );
    let member = ItemKind::Member;
    let ash = "microsoft.graph.wood.ash";
    check(&more, member, ash, ChangeKind::Added, Class::Compatible);
    let less = pages(SHELF, "|oak|1|Hard.|\n", UPDATE, "Shelf.Write");
    let pine = "microsoft.graph.wood.pine";
    check(&less, member, pine, ChangeKind::Removed, Class::Breaking);
}

#[test]
fn changed_paths_and_permissions_are_reported() {
    let moved = pages(SHELF, WOOD, "PATCH /walls/{id}", "Shelf.Write");
    let operation = ItemKind::Operation;
    let name = "PATCH /walls/{}";
    let change = check(&moved, operation, name, ChangeKind::Moved, Class::Breaking);
    assert_eq!(
        change.before.expect("it was there").shown,
        "PATCH /shelves/{}"
    );
    let asked = pages(SHELF, WOOD, UPDATE, "Shelf.Hang");
    let name = "PATCH /shelves/{}";
    let change = check(
        &asked,
        operation,
        name,
        ChangeKind::Permissions,
        Class::Compatible,
    );
    assert_eq!(
        change.after.expect("it is there").shown,
        "application: Shelf.Hang"
    );
}

#[test]
fn changelog_entry_names_step_and_locations() {
    let before = shelf(SHELF);
    let after = shelf(&SHELF.replace("Int32", "Int64"));
    let text = to_markdown(&diff(&before, &after));
    assert!(text.starts_with("## Version step: major\n"), "{text}");
    let line = "- v1.0 property `microsoft.graph.shelf.height`: retyped, `Int32` → `Int64` \
                (`v1.0/resources/shelf.md:10` → `v1.0/resources/shelf.md:10`)";
    assert!(text.contains(line), "{text}");
}

#[test]
fn members_of_a_renamed_type_are_kept() {
    let rows = "|oak|1|Hard.|\n|pine|2|Soft.|\n|ash|3|Light.|\n";
    let renamed = |text: &str| text.replace("# wood enum", "# timber enum");
    let with = |wood: &str| {
        pages(
            &SHELF.replace("wood|wood", "wood|timber"),
            wood,
            UPDATE,
            "A",
        )
    };
    let after = with(rows);
    let files = after.iter().map(|(_, source)| Source {
        path: source.path.clone(),
        text: renamed(&source.text),
    });
    let before = pages(SHELF, rows, UPDATE, "A");
    let diff = diff(&before, &Sources::new(files.collect()));
    let change = &diff.changes[0];
    let what = (change.key.kind, change.kind, change.class);
    let renamed = (ItemKind::Type, ChangeKind::Renamed, Class::Breaking);
    assert_eq!(what, renamed, "{}", to_text(&diff));
    assert_eq!(
        change.earlier_name().as_deref(),
        Some("microsoft.graph.wood")
    );
    assert_eq!(change.name(), "microsoft.graph.timber");
    // The property that is of it follows in the documentation, the members stay what they are.
    assert_eq!(diff.changes.len(), 2, "{}", to_text(&diff));
    assert_eq!(diff.changes[1].class, Class::Documentation);
}

#[test]
fn changed_case_of_a_name_is_compatible() {
    let after = shelf(&SHELF.replace("|height|", "|Height|"));
    let change = check(
        &after,
        ItemKind::Property,
        "microsoft.graph.shelf.Height",
        ChangeKind::Renamed,
        Class::Compatible,
    );
    assert_eq!(
        change.earlier_name().as_deref(),
        Some("microsoft.graph.shelf.height")
    );
}

#[test]
fn changed_http_method_of_the_same_call_is_compatible() {
    let asked = |method: &str| {
        let sources = pages(
            SHELF,
            WOOD,
            &format!("{method} /shelves/{{id}}/next()"),
            "A",
        );
        let without_body = |text: &str| {
            let (start, end) = (text.find("## Request body"), text.find("## Response"));
            match start.zip(end) {
                Some((start, end)) => format!("{}{}", &text[..start], &text[end..]),
                None => text.to_owned(),
            }
        };
        let files = sources.iter().map(|(_, source)| Source {
            path: source.path.clone(),
            text: without_body(&source.text),
        });
        Sources::new(files.collect())
    };
    let found = diff(&asked("POST"), &asked("GET"));
    let text = to_text(&found);
    assert_eq!(found.class(), Some(Class::Compatible), "{text}");
    let [change] = found.changes.as_slice() else {
        panic!("one request is made in another way:\n{text}");
    };
    assert_eq!(
        change.earlier_name().as_deref(),
        Some("POST /shelves/{}/next")
    );
}

/// The pages of the two types in two workloads.
fn in_workloads(shelf: &str, wood: &str) -> Sources {
    let pages = pages(SHELF, WOOD, UPDATE, "Shelf.Write");
    let files = pages.iter().map(|(_, source)| {
        let is_of_wood = source.path.ends_with("wood.md");
        let workload = if is_of_wood { wood } else { shelf };
        Source {
            path: source.path.clone(),
            text: format!("---\nms.prod: \"{workload}\"\n---\n\n{}", source.text),
        }
    });
    Sources::new(files.collect())
}

#[test]
fn only_features_of_one_state_are_shown() {
    let found = diff(
        &in_workloads("walls", "walls"),
        &in_workloads("trees", "walls"),
    );
    let text = to_text(&found);
    let lines = "breaking: v1.0 type microsoft.graph.shelf features\n  \
                 - v1.0/resources/shelf.md:5: every feature\n  \
                 + v1.0/resources/shelf.md:5: v1_0-core, v1_0-trees\n";
    assert!(text.contains(lines), "{text}");
    let side = |features: &str| {
        let shown = features.to_owned();
        Some(super::Seen {
            shown,
            page: None,
            line: 0,
        })
    };
    let mut change = found.changes[1].clone();
    (change.before, change.after) = (side("walls, trees, roofs"), side("trees"));
    let changes = vec![change];
    let text = to_text(&Diff { changes });
    let lines = "features\n  - no page: walls, roofs\n  + no page: no other\n";
    assert!(text.contains(lines), "{text}");
}

/// What is said of features and modules: class, item, name, what happened, both sides.
fn check_places(before: &Sources, after: &Sources, expected: &[&str]) {
    let found = diff(before, after);
    let lines = found.changes.iter().map(|change| {
        let side = |seen: &Option<super::Seen>| match seen {
            Some(seen) => seen.shown.clone(),
            None => "nothing".to_owned(),
        };
        let (before, after) = (side(&change.before), side(&change.after));
        let (class, item) = (change.class.name(), change.key.kind.name());
        let (name, kind) = (change.name(), change.kind.name());
        let unstable = if change.is_unstable { " unstable" } else { "" };
        format!("{class} {item} {name} {kind}{unstable}: {before} > {after}")
    });
    assert_eq!(lines.collect::<Vec<String>>(), expected);
}

#[test]
fn type_that_leaves_a_feature_is_reported_with_its_features() {
    check_places(
        &in_workloads("walls", "walls"),
        &in_workloads("trees", "walls"),
        &[
            "breaking type microsoft.graph.shelf moved unstable: v1_0::walls::shelf > v1_0::trees::shelf",
            "breaking type microsoft.graph.shelf features: every feature > v1_0-core, v1_0-trees",
            "compatible feature v1_0-trees added: nothing > v1_0-trees",
        ],
    );
}

#[test]
fn removed_feature_is_reported_once() {
    check_places(
        &in_workloads("walls", "trees"),
        &in_workloads("trees", "trees"),
        &[
            "breaking feature v1_0-walls removed: v1_0-walls > nothing",
            "breaking type microsoft.graph.shelf moved unstable: v1_0::walls::shelf > v1_0::trees::shelf",
        ],
    );
}

const PLUG: &str = "\
# plug resource type

Namespace: microsoft.graph

## Properties
|Property|Type|Description|
|:---|:---|:---|
|volts|Int32|The voltage.|
|shape|plugShape|The shape. Nullable.|
|fuse|String|The fuse.|

### plugShape values
|Member|Value|Description|
|:---|:---|:---|
|flat|0|Flat.|
|round|1|Round.|
";

const GET_PLUG: &str = "\
# Get plug

Namespace: microsoft.graph

## Permissions
|Permission type|Permissions|
|:---|:---|
|Application|Plug.Read|

## HTTP request
``` http
GET /plugs/{id}
```

## Response
If successful, this method returns a `200 OK` response code and a [plug](../resources/plug.md) object in the response body.
";

/// Checks the disparities of a version from [`PLUG`] and [`GET_PLUG`], each as `item name aspect: left → right`.
#[track_caller]
fn check_versions(plug: &str, get: &str, expected: &[&str]) {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let sources = Sources::new(vec![
        source("v1.0/resources/plug.md", PLUG),
        source("v1.0/api/plug-get.md", GET_PLUG),
        source("beta/resources/plug.md", plug),
        source("beta/api/plug-get.md", get),
    ]);
    let analysis = crate::analyze(&sources, &Default::default(), &Silent);
    let [left, right] = analysis.model.apis.as_slice() else {
        panic!("both versions have pages");
    };
    let disparities = compare_versions(left, right);
    let disparities: Vec<String> = disparities
        .iter()
        .map(|one| {
            let shown = |side: &Option<Stated>| match side {
                Some(side) => side.shown.clone(),
                None => "-".to_owned(),
            };
            let (item, aspect) = (one.item.name(), one.aspect.name());
            let (left, right) = (shown(&one.left), shown(&one.right));
            format!("{item} {} {aspect}: {left} → {right}", one.name)
        })
        .collect();
    assert_eq!(disparities, expected);
}

#[test]
fn equal_versions_have_no_disparities() {
    check_versions(PLUG, GET_PLUG, &[]);
}

#[test]
fn versions_differ_in_properties_and_members() {
    let plug = PLUG
        .replace(
            "|volts|Int32|The voltage.|",
            "|volts|Double|The voltage. Read-only.|",
        )
        .replace(" Nullable.", "")
        .replace("|fuse|String|The fuse.|", "|amps|String|The current.|")
        .replace("|round|1|Round.|", "|round|2|Round.|\n|angled|3|Angled.|");
    let expected = [
        "property microsoft.graph.plug.amps presence: - → ",
        "property microsoft.graph.plug.fuse presence:  → -",
        "property microsoft.graph.plug.shape nullable: yes → not stated",
        "property microsoft.graph.plug.volts type: Edm.Int32 → Edm.Double",
        "property microsoft.graph.plug.volts read-only: no → yes",
        "member microsoft.graph.plugShape.angled presence: - → ",
        "member microsoft.graph.plugShape.round value: 1 → 2",
    ];
    check_versions(&plug, GET_PLUG, &expected);
}

#[test]
fn versions_differ_in_types_and_operations() {
    let get = GET_PLUG
        .replace("Plug.Read", "Plug.Read.All")
        .replace("```\n\n", "POST /plugs/{id}/pull\n```\n\n");
    check_versions(
        &PLUG.replace("plugShape", "shape"),
        &get.replace("GET /plugs/{id}", "GET /plugs/{plugId}"),
        &[
            "type microsoft.graph.plugShape presence:  → -",
            "type microsoft.graph.shape presence: - → ",
            "property microsoft.graph.plug.shape type: microsoft.graph.plugShape → microsoft.graph.shape",
            "operation GET /plugs/{} permissions: application: Plug.Read → application: Plug.Read.All",
            "operation POST /plugs/{}/pull presence: - → ",
        ],
    );
}

#[test]
fn declared_and_inherited_properties_are_no_disparity() {
    let base = "\n# device resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\
                |Property|Type|Description|\n|:---|:---|:---|\n|fuse|String|The fuse.|\n";
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let derived = PLUG.replace(
        "## Properties",
        "Inherits from [device](device.md).\n\n## Properties",
    );
    let sources = Sources::new(vec![
        source("v1.0/resources/plug.md", PLUG),
        source("v1.0/resources/device.md", base),
        source(
            "beta/resources/plug.md",
            &derived.replace("|fuse|String|The fuse.|\n", ""),
        ),
        source("beta/resources/device.md", base),
    ]);
    let analysis = crate::analyze(&sources, &Default::default(), &Silent);
    let apis = &analysis.model.apis;
    let disparities = compare_versions(&apis[0], &apis[1]);
    let aspects: Vec<Aspect> = disparities.iter().map(|one| one.aspect).collect();
    assert_eq!(aspects, [Aspect::BaseType]);
}
