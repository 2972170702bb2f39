//! Api pages: permissions, request lines, headers, parameters, bodies, responses, examples.

pub(super) mod request_line;
pub(super) mod permissions;
pub(super) mod permission_texts;
mod request;
mod response;
pub(super) mod message;
pub(super) mod examples;
mod usage;

use crate::facts::annotation;
use crate::facts::cells::property::{self, Columns, PropertyFact};
use crate::facts::cells::type_phrase::TypePhrase;
use crate::facts::operation::request_line::RequestLineFact;
use crate::facts::page::context::Reading;
use crate::facts::page::headings::Meaning;
use crate::facts::page::outline::{Outline, Part};
use crate::facts::page::table_columns;
use crate::facts::page::table_columns::{Header, Role};
use crate::facts::usage::preference;
use crate::facts::{NoMeaning, Outcome, UrlPlace, deprecation};
use crate::markdown::{Block, Table};
use crate::model::{PageSize, QuerySupport};
use crate::source::{At, Location};
use examples::ExampleFact;
use permission_texts::RoleFact;
use permissions::{PermissionFact, PermissionSection};

pub(super) use request::has_request;

/// The operation that an api page describes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationFacts {
    /// Rows of the permission tables, in the page's order.
    pub permissions: Vec<PermissionFact>,
    /// Microsoft Entra roles, any one of which the signed-in user needs besides the permissions.
    pub roles: Vec<RoleFact>,
    /// The sentence that excludes application permissions for paths that start with `/me`.
    pub excludes_application_for_me: bool,
    /// Request lines above the examples.
    pub request_lines: Vec<RequestLineFact>,
    /// Rows of the request headers table.
    pub request_headers: Vec<HeaderFact>,
    /// Rows of tables of response headers.
    pub response_headers: Vec<HeaderFact>,
    /// Rows of tables of parameters in the URL.
    pub url_parameters: Vec<UrlParameterFact>,
    /// Paragraphs, list items and rows on query options.
    pub query_texts: Vec<QueryTextFact>,
    /// The number of items in a page.
    pub page_size: PageSize,
    /// Sentences on throttling.
    pub throttling: Vec<At<String>>,
    /// The request body.
    pub request_body: RequestBodyFact,
    /// The response.
    pub response: ResponseFact,
    /// The examples, in the page's order.
    pub examples: Vec<ExampleFact>,
    /// The deprecation that a sentence or callout states, with its reason.
    pub deprecated: Option<At<String>>,
    /// `isComposable` or a title that ends in `function`: the page is about a function.
    pub says_function: bool,
    /// A title that ends in `action`, or of the form `x: y`: the page is about an action.
    pub says_action: bool,
}

/// A paragraph, list item or row on query options.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryTextFact {
    /// The start of the text.
    pub at: Location,
    /// The options whose support it states.
    pub support: QuerySupport,
    /// The sentences that state more than that, as plain text.
    pub notes: Vec<String>,
}

/// A row of a headers table.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderFact {
    /// The header's name.
    pub name: At<String>,
    /// The value that the row is about, such as `create-if-missing`.
    pub value: Option<String>,
    /// The value or description as plain text.
    pub text: String,
    /// Whether the row marks it as required.
    pub required: bool,
}

/// A row of a table of parameters in the URL.
#[derive(Clone, Debug, PartialEq)]
pub struct UrlParameterFact {
    /// The location that the heading of the table states.
    pub place: UrlPlace,
    /// The row.
    pub row: PropertyFact,
}

/// The request body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestBodyFact {
    /// The sentence that states that there is no body.
    pub none: Option<Location>,
    /// The type whose JSON representation the body must contain.
    pub represents: Option<At<TypePhrase>>,
    /// Whether the section describes parameters rather than properties.
    pub says_parameters: bool,
    /// Rows of its property or parameter tables.
    pub properties: Vec<PropertyFact>,
    /// The first sentence of the section as plain text.
    pub text: Option<At<String>>,
}

/// The response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResponseFact {
    /// Status codes in the order of the text.
    pub statuses: Vec<At<u16>>,
    /// The type of the body.
    pub content: Option<At<TypePhrase>>,
    /// The section's text as plain text.
    pub text: Option<At<String>>,
}

/// Extracts the facts of an api page.
pub(super) fn extract(
    reading: &mut Reading<'_, '_>,
    outline: &Outline<'_, '_>,
    title: &At<String>,
) -> OperationFacts {
    let mut facts = OperationFacts::default();
    let title = title.value.trim();
    facts.says_function = title.ends_with(" function");
    facts.says_action = title.ends_with(" action") || is_member_call(title);
    facts.deprecated = deprecation::find_page_deprecation(reading, outline);
    let has_sections = request::has_sections(outline);
    let permission_blocks = outline
        .with(Meaning::Permissions)
        .flat_map(|part| &part.section.blocks);
    let several = permission_blocks
        .filter(|block| matches!(block, Block::Table(_)))
        .nth(1)
        .is_some();
    let texts = permission_texts::read(reading, outline);
    facts.roles = texts.roles;
    facts.excludes_application_for_me = texts.excludes_application_for_me;
    let marks_resource_consent = texts.marks_resource_consent;
    let mut before_examples = true;
    for part in &outline.parts {
        before_examples &= part.meaning != Meaning::Example;
        for block in &part.section.blocks {
            match block {
                Block::Table(found) => {
                    let heading = Some(part.heading.as_str());
                    let section = PermissionSection {
                        heading: heading.filter(|_| several && part.section.level > 2),
                        marks_resource_consent,
                    };
                    table(reading, section, part, found, &mut facts);
                }
                Block::Code(code) => {
                    let has_lines = match part.meaning {
                        Meaning::HttpRequest => true,
                        _ if !has_sections => before_examples,
                        // Request lines and headers may also appear in the introduction.
                        Meaning::Intro => request::is_relative(code) || request::has_headers(code),
                        _ => false,
                    };
                    if has_lines && request::is_template(code) {
                        request::parse_lines(reading, part.meaning, code, &mut facts);
                    } else {
                        examples::extract_examples(
                            reading,
                            outline,
                            part,
                            code,
                            &mut facts.examples,
                        );
                    }
                }
                Block::Annotation(found) => drop(annotation::parse_annotation(reading, found)),
                Block::Paragraph(text) if part.meaning == Meaning::RequestBody => {
                    request::body_sentence(reading, text, &mut facts.request_body);
                }
                _ => {}
            }
            usage::extract_usage(reading, part, block, &mut facts);
        }
    }
    facts.response.text = response::text(reading, outline);
    response::extract_response(reading, outline, &mut facts.response);
    request::finish(reading, outline, &mut facts);
    facts
}

/// `message: reply`
fn is_member_call(title: &str) -> bool {
    let is_name =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    title
        .split_once(':')
        .is_some_and(|(owner, member)| is_name(owner.trim()) && is_name(member.trim()))
}

fn table(
    reading: &mut Reading<'_, '_>,
    section: PermissionSection<'_>,
    part: &Part<'_, '_>,
    table: &Table<'_>,
    facts: &mut OperationFacts,
) {
    if crate::facts::enums::announces(part, table) {
        return;
    }
    let header = Header::new(table);
    let role = table_columns::role(part.meaning, &header);
    if usage::is_option_table(part, &header, role) {
        return usage::extract_option_table(reading, table, facts);
    }
    match role {
        Role::Permissions => {
            let rows = permissions::table(reading, table, &header, section);
            facts.permissions.extend(rows);
        }
        Role::PermissionMatrix => {
            let rows = permissions::matrix(reading, table, &header, section);
            facts.permissions.extend(rows);
        }
        Role::Headers => {
            let rows = headers(reading, table, &header);
            match part.meaning {
                Meaning::Response | Meaning::ResponseHeaders => facts.response_headers.extend(rows),
                _ => facts.request_headers.extend(rows),
            }
        }
        Role::Parameters => {
            let place = match part.meaning {
                Meaning::UrlParameters(place) => place,
                _ if header.first().starts_with("query") => UrlPlace::Query,
                _ => UrlPlace::Unsaid,
            };
            let columns = Columns::new(&header);
            let rows = table
                .rows
                .iter()
                .filter_map(|row| property::parse_property_row(reading, &columns, row));
            for row in rows {
                if place == UrlPlace::Query {
                    usage::extract_option_row(&row, facts);
                }
                facts.url_parameters.push(UrlParameterFact { place, row });
            }
        }
        Role::Properties | Role::Relationships => properties(reading, part, table, &header, facts),
        other => table_columns::settle_unread_table(reading, table, &header, other),
    }
}

/// Property tables describe the request body only within its section.
fn properties(
    reading: &mut Reading<'_, '_>,
    part: &Part<'_, '_>,
    table: &Table<'_>,
    header: &Header,
    facts: &mut OperationFacts,
) {
    if part.meaning != Meaning::RequestBody {
        for row in &table.rows {
            reading
                .ledger
                .record_outcome(row.matter, Outcome::NoMeaning(NoMeaning::Explanation));
        }
        return;
    }
    facts.request_body.says_parameters |= header.first().contains("parameter");
    let columns = Columns::new(header);
    let rows = table
        .rows
        .iter()
        .filter_map(|row| property::parse_property_row(reading, &columns, row));
    facts.request_body.properties.extend(rows);
}

fn headers(reading: &mut Reading<'_, '_>, table: &Table<'_>, header: &Header) -> Vec<HeaderFact> {
    let described = header.column(&["description", "value"]);
    let text = header
        .column(&["description"])
        .or(described)
        .unwrap_or(header.words.len().saturating_sub(1));
    let read = |row: &crate::markdown::Row<'_>| {
        let name = reading.plain_at(&row.cells[0]);
        let cell = row.cells.get(text).filter(|_| text > 0);
        let text = cell.map_or(String::new(), |cell| reading.plain(&cell.raw).into_owned());
        let lower = text.to_ascii_lowercase();
        reading.fact(row);
        let words = name.value.trim_matches(['`', '*', ':']);
        let (words, value) = preference::split_header_name(words);
        let value = value.or_else(|| preference::stated_value(words, &text));
        HeaderFact {
            value: value.map(str::to_owned),
            name: At::new(words.to_owned(), name.at),
            required: crate::facts::cells::property_flags::marks(&text, &lower).required
                || lower.contains("required."),
            text,
        }
    };
    table.rows.iter().map(read).collect()
}
