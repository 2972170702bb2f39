//! The pages of structured types and enum types.

use generator::emit;
use generator::model::{
    Body, Content, EnumId, EnumType, OperationId, PageLink, Property, PropertyKind, PropertyUsage,
    QueryOption, QuerySupport, ResponseContent, Returned, StructuredKind, StructuredType,
    StructuredTypeId, Type,
};
use generator::rust;
use maud::{Markup, html};

use crate::frame::{Frame, file_name};
use crate::names::slug;
use crate::routes::{Route, part, part_of, parts};
use crate::site::Site;
use crate::state::{Item, Use};
use crate::text::{count, inline, prose, shorten};
use crate::{areas, operations, problems};

/// The number of uses and examples that a page lists.
const MAX_USES: usize = 200;

/// The maximum length of a description in a table, in characters.
const MAX_DESCRIPTION: usize = 2_000;

/// The maximum size of a shown example in bytes.
const MAX_EXAMPLE: usize = 8_000;

/// Returns the kind of a structured type in words.
pub(crate) fn kind(ty: &StructuredType) -> &'static str {
    match (ty.kind, ty.is_abstract) {
        (StructuredKind::Entity, false) => "entity type",
        (StructuredKind::Entity, true) => "abstract entity type",
        (StructuredKind::Complex, false) => "complex type",
        (StructuredKind::Complex, true) => "abstract complex type",
    }
}

/// Renders the page of a structured type.
pub(crate) fn render_structured(
    frame: Frame<'_>,
    version: usize,
    id: StructuredTypeId,
    current: usize,
) -> String {
    let state = &frame.site.state;
    let (api, index) = (state.api(version), &state.versions[version]);
    let ty = api.structured_type(id);
    let item = index.structs[id.0 as usize].map(|[area, module, place]| {
        &state.library.versions[version].areas[area].modules[module].structs[place]
    });
    let derived = &index.derived[id.0 as usize];
    let link = |id: StructuredTypeId| {
        let name = &api.structured_type(id).name.name;
        html! { a href=(frame.href(Route::Structured(version, id, 0))) { code { (name) } } }
    };
    let body = html! {
        h1 { (ty.name.name) }
        (deprecation(ty.docs.deprecated.as_deref()))
        (prose(&ty.docs.description))
        dl.facts {
            dt { "Name" } dd { code { (ty.name.full()) } }
            dt { "Kind" } dd { (kind(ty)) @if ty.is_open { ", open" } }
            @if ty.base.is_some() {
                dt { "Base types" }
                dd { @for (place, base) in api.ancestors(id).skip(1).enumerate() { @if place > 0 { " → " } (link(base)) } }
            }
            @if !derived.is_empty() {
                dt { "Derived types" }
                dd { ul.inline { @for id in derived { li { (link(*id)) } } } }
            }
            @if !ty.key.is_empty() { dt { "Key" } dd { code { (ty.key.join(", ")) } } }
            @if let Some(item) = item {
                dt { "Rust" }
                dd {
                    code { (rust_path(frame, version, item.ident.as_str())) }
                    @if let Some(any) = &item.any {
                        "; with its derived types " code { (rust_path(frame, version, any.ident.as_str())) }
                    }
                }
            }
            (areas::other_versions(frame, Item::Structured(version, id)))
            (page_facts(frame, &ty.pages))
        }
        (property_table(frame, version, id, item, current))
        @for base in api.ancestors(id).skip(1) {
            @let base_type = api.structured_type(base);
            @if !base_type.properties.is_empty() {
                details {
                    summary { "Inherited from " code { (base_type.name.name) } ", " (count(base_type.properties.len(), "property")) }
                    ul.inline {
                        @for (place, property) in base_type.properties.iter().enumerate() {
                            li {
                                a href=(property_href(frame, version, base, place)) {
                                    code { (property.name) }
                                }
                            }
                        }
                    }
                }
            }
        }
        (uses(frame, version, &index.uses_of_structured[id.0 as usize]))
        (examples(frame, version, id))
        (problems::section(frame, &ty.pages))
    };
    let area = &index.areas.structured_types[id.0 as usize];
    type_page(frame, version, area, &ty.name.name, body)
}

/// Renders the page of an enum type.
pub(crate) fn render_enum(frame: Frame<'_>, version: usize, id: EnumId, current: usize) -> String {
    let state = &frame.site.state;
    let (api, index) = (state.api(version), &state.versions[version]);
    let ty: &EnumType = api.enum_type(id);
    let item = index.enums[id.0 as usize].map(|[area, module, place]| {
        &state.library.versions[version].areas[area].modules[module].enums[place]
    });
    let variant = |name: &str| {
        let variants = item
            .map(|item| item.variants.as_slice())
            .unwrap_or_default();
        variants
            .iter()
            .find(|variant| variant.wire == name)
            .map(|variant| variant.ident.as_str())
    };
    let body = html! {
        h1 { (ty.name.name) }
        (deprecation(ty.docs.deprecated.as_deref()))
        (prose(&ty.docs.description))
        dl.facts {
            dt { "Name" } dd { code { (ty.name.full()) } }
            dt { "Kind" } dd { @if ty.is_flags { "flags enum type" } @else { "enum type" } }
            @if let Some(item) = item { dt { "Rust" } dd { code { (rust_path(frame, version, item.ident.as_str())) } } }
            (areas::other_versions(frame, Item::Enum(version, id)))
            (page_facts(frame, &ty.pages))
        }
        section aria-labelledby="members" {
            h2 #members { "Members" }
            (frame.part_links(parts(ty.members.len()), current, |part| Route::Enum(version, id, part)))
            div.scroll {
                table.sortable {
                    thead { tr {
                        th scope="col" { "Member" } th scope="col" data-sort="number" { "Value" } th scope="col" { "Rust" }
                        th scope="col" { "Description" } th scope="col" { "Source" }
                    } }
                    tbody {
                        @for member in part(&ty.members, current) {
                            tr id=(anchor(&member.name)) {
                                th scope="row" { code { (member.name) } }
                                td.number { @if let Some(value) = member.value { (value) } }
                                td { @if let Some(name) = variant(&member.name) { code { (name) } } }
                                td {
                                    (deprecation(member.docs.deprecated.as_deref()))
                                    (inline(&shorten(&member.docs.description, MAX_DESCRIPTION)))
                                    @if member.requires_prefer {
                                        p.note { "Returned only to requests with " code { "Prefer: include-unknown-enum-members" } "." }
                                    }
                                }
                                td { (frame.row_source_link(member.origin)) }
                            }
                        }
                    }
                }
            }
        }
        (uses(frame, version, &index.uses_of_enums[id.0 as usize]))
        (problems::section(frame, &ty.pages))
    };
    type_page(
        frame,
        version,
        &index.areas.enums[id.0 as usize],
        &ty.name.name,
        body,
    )
}

fn type_page(frame: Frame<'_>, version: usize, area: &str, name: &str, body: Markup) -> String {
    let state = &frame.site.state;
    let index = &state.versions[version];
    let place = index.area_names.iter().position(|other| other == area);
    let version_name = state.api(version).version.name();
    let title = area.replace('_', " ");
    let mut trail = vec![(Route::Version(version), version_name)];
    trail.extend(place.map(|place| (Route::Area(version, place, 0), title.as_str())));
    frame.page(&format!("{name}, {version_name}"), &trail, body)
}

fn property_table(
    frame: Frame<'_>,
    version: usize,
    id: StructuredTypeId,
    item: Option<&rust::Struct>,
    current: usize,
) -> Markup {
    let ty = frame.site.state.api(version).structured_type(id);
    let field = |name: &str| {
        let fields = item.map(|item| item.fields.as_slice()).unwrap_or_default();
        fields.iter().find(|field| field.wire == name)
    };
    html! {
        section aria-labelledby="properties" {
            h2 #properties { "Properties" }
            (frame.part_links(parts(ty.properties.len()), current, |part| Route::Structured(version, id, part)))
            @if ty.properties.is_empty() { p { "The type declares no properties." } } @else {
                @if ty.properties.len() > 20 {
                    p { input.filter type="search" data-filter="property-table" aria-label="Filter the properties" placeholder="Filter"; }
                }
                div.scroll {
                    table.sortable #property-table {
                        thead { tr {
                            th scope="col" { "Property" } th scope="col" { "Type" }
                            th scope="col" { "Description" } th scope="col" { "Source" }
                        } }
                        tbody {
                            @for property in part(&ty.properties, current) {
                                tr id=(anchor(&property.name)) {
                                    th scope="row" { code { (property.name) } }
                                    td {
                                        (frame.type_link(version, &property.ty))
                                        @if let Some(field) = field(&property.name) {
                                            p.note { "Rust " code { (field.ident) ": " (emit::type_text(&field.ty).replace("types::", "")) } }
                                        }
                                    }
                                    td { (property_facts(property, ty.key.contains(&property.name))) }
                                    td { (frame.row_source_link(property.origin)) }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if !ty.redescribed.is_empty() {
            section aria-labelledby="redescribed" {
                h2 #redescribed { "Inherited properties with a description of their own" }
                dl {
                    @for property in &ty.redescribed {
                        dt { code { (property.name) } " " (frame.source_link(property.origin)) }
                        dd { (inline(&property.description)) (tag_list(&usage_tags(&property.usage))) }
                    }
                }
            }
        }
    }
}

/// Renders the description of a property, its attributes and how it is used in requests.
pub(crate) fn property_facts(property: &Property, is_key: bool) -> Markup {
    let mut tags = Vec::new();
    tags.extend(is_key.then(|| html! { "key" }));
    tags.extend(
        (property.kind == PropertyKind::Navigation).then(|| html! { "navigation property" }),
    );
    tags.extend(property.required.then(|| html! { "required" }));
    tags.extend(property.read_only.then(|| html! { "read-only" }));
    tags.extend(property.nullable.map(|nullable| match nullable {
        true => html! { "nullable" },
        false => html! { "not nullable" },
    }));
    tags.extend(
        property
            .default
            .as_ref()
            .map(|default| html! { "default " code { (shorten(default, 80)) } }),
    );
    tags.extend(usage_tags(&property.usage));
    html! {
        (deprecation(property.docs.deprecated.as_deref()))
        (inline(&shorten(&property.docs.description, MAX_DESCRIPTION)))
        @if !property.listed_values.is_empty() {
            p.note {
                "Listed values: "
                @for (place, value) in property.listed_values.iter().enumerate() { @if place > 0 { ", " } code { (value) } }
            }
        }
        (tag_list(&tags))
    }
}

/// Renders short facts as a list; nothing if there are none.
pub(crate) fn tag_list(tags: &[Markup]) -> Markup {
    html! {
        @if !tags.is_empty() { ul.tags { @for tag in tags { li { (tag) } } } }
    }
}

fn usage_tags(usage: &PropertyUsage) -> Vec<Markup> {
    let returned = match usage.returned {
        None => None,
        Some(Returned::ByDefault) => Some("returned by default"),
        Some(Returned::NotByDefault) => Some("not returned by default"),
        Some(Returned::OnSelect) => Some("returned only on $select"),
        Some(Returned::OnExpand) => Some("returned only on $expand"),
    };
    let mut tags: Vec<Markup> = returned
        .into_iter()
        .map(|words| html! { (words) })
        .collect();
    tags.extend(usage.immutable.then(|| html! { "immutable" }));
    tags.extend(query_tags(&usage.query));
    tags
}

/// Renders which query options are supported.
pub(crate) fn query_tags(query: &QuerySupport) -> Vec<Markup> {
    let option = |(option, supported): (&QueryOption, &bool)| {
        let has_operators =
            *option == QueryOption::Filter && *supported && !query.filter_operators.is_empty();
        html! {
            @if !supported { "no " }
            code { (option.name()) }
            @if has_operators { " (" (query.filter_operators.join(", ")) ")" }
        }
    };
    let mut tags: Vec<Markup> = query.options.iter().map(option).collect();
    tags.extend(query.others.map(|supported| match supported {
        true => html! { "all other query options" },
        false => html! { "no other query options" },
    }));
    tags
}

/// Renders the notice of a deprecation.
pub(crate) fn deprecation(reason: Option<&str>) -> Markup {
    html! {
        @if let Some(reason) = reason {
            p.deprecated { strong { "Deprecated. " } (inline(reason)) }
        }
    }
}

/// Renders the pages of an item as rows of a list of facts.
pub(crate) fn page_facts(frame: Frame<'_>, pages: &[PageLink]) -> Markup {
    let has_repeated_title = |page: &PageLink| {
        pages
            .iter()
            .filter(|other| other.title == page.title)
            .count()
            > 1
    };
    html! {
        @if !pages.is_empty() {
            dt { @if pages.len() == 1 { "Page" } @else { "Pages" } }
            dd {
                ul {
                    @for page in pages {
                        li {
                            a href=(frame.href(Route::Source(page.file, 0))) { (page.title) }
                            @if has_repeated_title(page) {
                                ", " code { (file_name(&frame.site.state.sources.get(page.file).path)) }
                            }
                            @if page.url.starts_with("https://") {
                                ", " a rel="noreferrer" href=(page.url) { "published page" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the link to a property of a type, by its index.
pub(crate) fn property_href(
    frame: Frame<'_>,
    version: usize,
    id: StructuredTypeId,
    property: usize,
) -> String {
    frame.root() + &property_path(frame.site, version, id, property)
}

/// Returns the path of a property below the site, with its anchor.
pub(crate) fn property_path(
    site: &Site,
    version: usize,
    id: StructuredTypeId,
    property: usize,
) -> String {
    let name = &site.state.api(version).structured_type(id).properties[property].name;
    let route = Route::Structured(version, id, part_of(property));
    format!("{}#{}", site.routes.path(route), anchor(name))
}

/// The anchor of a property or member.
pub(crate) fn anchor(name: &str) -> String {
    format!("p-{}", slug(name))
}

fn rust_path(frame: Frame<'_>, version: usize, ident: &str) -> String {
    let library = &frame.site.state.library;
    format!(
        "{}::{}::types::{ident}",
        library.name, library.versions[version].ident
    )
}

fn uses(frame: Frame<'_>, version: usize, uses: &[Use]) -> Markup {
    let api = frame.site.state.api(version);
    html! {
        @if !uses.is_empty() {
            section aria-labelledby="uses" {
                h2 #uses { "Used by" }
                ul {
                    @for place in uses.iter().take(MAX_USES) {
                        li {
                            @match place {
                                Use::Property(id, property) => {
                                    @let ty = api.structured_type(*id);
                                    @let name = &ty.properties[*property].name;
                                    a href=(property_href(frame, version, *id, *property)) {
                                        code { (ty.name.name) "." (name) }
                                    }
                                }
                                Use::Body(id) => { "body of " (operations::link(frame, version, *id)) }
                                Use::Response(id) => { "response of " (operations::link(frame, version, *id)) }
                            }
                        }
                    }
                    @if uses.len() > MAX_USES { li { "and " (uses.len() - MAX_USES) " more" } }
                }
            }
        }
    }
}

/// Renders the first documented response or request that contains an instance of the type.
fn examples(frame: Frame<'_>, version: usize, id: StructuredTypeId) -> Markup {
    let state = &frame.site.state;
    let api = state.api(version);
    let is_this = |ty: &Type| *ty == Type::Structured(id);
    let uses = &state.versions[version].uses_of_structured[id.0 as usize];
    let mut contents = uses.iter().filter_map(|place| match place {
        Use::Property(..) => None,
        Use::Response(operation) => Some((*operation, true)),
        Use::Body(operation) => Some((*operation, false)),
    });
    let found = contents.find_map(|(operation, is_response): (OperationId, bool)| {
        let item = api.operation(operation);
        let has_type = match is_response {
            true => matches!(&item.response, ResponseContent::Value(ty) if is_this(&ty.ty)),
            false => matches!(&item.body, Body::Value(ty) if is_this(&ty.ty)),
        };
        let mut examples = item.examples.iter().filter(|_| has_type);
        examples.find_map(|example| {
            let message = match is_response {
                true => example.response.as_ref()?,
                false => &example.request,
            };
            match &message.content {
                Content::Json(json)
                    if !message.disputed && json.text.value.len() <= MAX_EXAMPLE =>
                {
                    Some((operation, &json.text.value, message.at))
                }
                Content::Json(_) | Content::Empty | Content::Other(_) => None,
            }
        })
    });
    html! {
        @if let Some((operation, text, at)) = found {
            section aria-labelledby="example" {
                h2 #example { "Example" }
                p { "From " (operations::link(frame, version, operation)) ", " (frame.source_link(at)) "." }
                pre.scroll tabindex="0" { code { (text) } }
            }
        }
    }
}
