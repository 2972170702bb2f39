//! Determines the kind of a page from its content, and extracts its facts.

use crate::facts::annotation::{self, BlockType};
use crate::facts::operation;
use crate::facts::page::context::Reading;
use crate::facts::page::headings::{self, Meaning};
use crate::facts::page::outline::Outline;
use crate::facts::page::table_columns::{self, Header};
use crate::facts::{
    CalloutFact, CloudFact, LedgerKind, NoMeaning, Outcome, PageFacts, PageKind, Rendition, enums,
    localization, resource,
};
use crate::markdown::{Block, Callout, Page, Table, Text};
use crate::model::ApiVersion;
use crate::report::{Code, Report};
use crate::source::{At, Location};

/// Extracts the facts of a page; `path` is its path.
pub(in crate::facts) fn extract(path: &str, page: &Page<'_>) -> (PageFacts, Report) {
    let outline = Outline::new(page);
    let mut reading = Reading::new(page);
    let kind = kind(&mut reading, &outline, path);
    let title = title(&outline);
    let mut facts = PageFacts {
        file: page.file,
        locale: localization::stated_locale(page),
        rendition: page.rendition,
        kind,
        version: path.split('/').find_map(ApiVersion::parse),
        title: title.clone(),
        namespace: namespace(&outline),
        workload: page
            .front_matter(&["ms.prod", "ms.subservice"])
            .map(|entry| At::new(entry.value.to_owned(), entry.at)),
        summary: None,
        callouts: Vec::new(),
        clouds: Vec::new(),
        resources: Vec::new(),
        enums: Vec::new(),
        operation: None,
        ledger: Vec::new(),
    };
    let title = title.unwrap_or_else(|| At::new(String::new(), start(page)));
    if kind == PageKind::Conceptual {
        reading
            .ledger
            .settle_rest(Outcome::NoMeaning(NoMeaning::ConceptualPage));
    } else {
        intro(&mut reading, &outline, &mut facts);
    }
    match kind {
        PageKind::Conceptual => {}
        PageKind::Operation => {
            facts.operation = Some(operation::extract(&mut reading, &outline, &title));
            facts.enums = enums::extract(&mut reading, &outline, None);
        }
        PageKind::Resource => {
            facts.resources = resource::extract(&mut reading, &outline, &title);
            facts.enums = enums::extract(&mut reading, &outline, None);
        }
        PageKind::Enum => {
            let name = enums::name_in(&title.value).or_else(|| resource::name_in(&title.value));
            let is_single = outline.has(Meaning::Members) || enums::name_in(&title.value).is_some();
            let name = name
                .filter(|_| is_single)
                .map(|name| At::new(name.to_owned(), title.at));
            facts.enums = enums::extract(&mut reading, &outline, name.as_ref());
            rest_of_enum_page(&mut reading, &outline);
        }
    }
    facts.version = facts.version.or_else(|| version_of_examples(&facts));
    lost_in_rendering(&mut reading, &facts);
    facts.ledger = reading.ledger.close();
    (facts, reading.report)
}

fn start(page: &Page<'_>) -> Location {
    Location {
        file: page.file,
        line: 1,
        column: 1,
    }
}

fn kind(reading: &mut Reading<'_, '_>, outline: &Outline<'_, '_>, path: &str) -> PageKind {
    let in_resources = path.split('/').any(|folder| folder == "resources");
    let has_resource = has_resource_annotation(reading, outline);
    let is_rendered = reading.page.rendition != Rendition::Markdown;
    let names_api = outline.has(Meaning::HttpRequest)
        || path.split('/').any(|folder| folder == "api")
        || (is_rendered && !has_resource);
    if !in_resources && names_api && operation::has_request(outline) {
        return PageKind::Operation;
    }
    let heading = outline
        .parts
        .iter()
        .find(|part| part.section.level == 1)
        .map_or("", |part| &part.heading);
    if enums::name_in(heading).is_some() || (outline.has(Meaning::Members) && !has_resource) {
        return PageKind::Enum;
    }
    let has_enum_sections =
        outline.parts.iter().any(|part| {
            headings::enum_name(&part.heading).is_some()
                && part.section.blocks.iter().any(
                    |block| matches!(block, Block::Table(table) if enums::announces(part, table)),
                )
        });
    let lower = heading.to_ascii_lowercase();
    if has_enum_sections && !has_resource && (lower.contains("values") || lower.contains("enum")) {
        return PageKind::Enum;
    }
    let is_definition =
        has_resource || (resource::name_in(heading).is_some() && resource::has_definition(outline));
    if is_definition {
        PageKind::Resource
    } else {
        PageKind::Conceptual
    }
}

fn has_resource_annotation(reading: &mut Reading<'_, '_>, outline: &Outline<'_, '_>) -> bool {
    let blocks = outline.parts.iter().flat_map(|part| &part.section.blocks);
    let mut annotations = blocks.filter_map(|block| match block {
        Block::Code(code) => code.annotation.as_ref(),
        Block::Annotation(annotation) => Some(annotation),
        _ => None,
    });
    // Checking the words first avoids parsing most annotations twice.
    annotations.any(|found| {
        found.text.raw.contains("\"resource\"")
            && annotation::parse_annotation(reading, found)
                .is_some_and(|read| read.block_type == BlockType::Resource)
    })
}

fn title(outline: &Outline<'_, '_>) -> Option<At<String>> {
    let part = outline.parts.iter().find(|part| part.section.level == 1)?;
    let heading = part.section.heading.as_ref()?;
    Some(At::new(part.heading.clone(), heading.at))
}

/// The `Namespace:` line, without the trailing period of some pages.
fn namespace(outline: &Outline<'_, '_>) -> Option<At<String>> {
    let blocks = outline
        .with(Meaning::Intro)
        .flat_map(|part| &part.section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Paragraph(text) => Some(text),
            _ => None,
        })
        .find_map(|text| {
            let rest = text.raw.strip_prefix("Namespace:")?;
            let blanks = rest.len() - rest.trim_start().len();
            let name = rest.split_whitespace().next()?.trim_end_matches('.');
            let at = text.location_of("Namespace:".len() + blanks);
            Some(At::new(name.to_owned(), at))
        })
}

/// Reports a table in HTML, whose rows are not read.
fn html_table(reading: &mut Reading<'_, '_>, text: &Text<'_>) {
    let mut lines = text.raw.split('\n');
    let Some(line) = lines.position(|line| line.trim_start().starts_with("<table")) else {
        return;
    };
    let at = Location {
        line: text.at.line + line as u32,
        column: if line == 0 { text.at.column } else { 1 },
        ..text.at
    };
    let message = "the table is written in HTML";
    reading.problem(Code::HtmlTable, at, 0, message, "the table is ignored");
}

/// Summary, callouts and national clouds; tables in HTML are reported.
fn intro(reading: &mut Reading<'_, '_>, outline: &Outline<'_, '_>, facts: &mut PageFacts) {
    for part in &outline.parts {
        for block in &part.section.blocks {
            if let Block::Paragraph(text) = block {
                html_table(reading, text);
            }
            match block {
                Block::Callout(found) => {
                    let in_example = part.meaning == Meaning::Example;
                    callout(reading, found, in_example, facts);
                }
                Block::Paragraph(text)
                    if part.meaning == Meaning::Intro && facts.summary.is_none() =>
                {
                    let is_matter =
                        text.raw.starts_with("Namespace:") || text.raw.starts_with("[!");
                    if !is_matter && !is_cloud_introduction(&text.raw) {
                        facts.summary = Some(reading.plain_at(text));
                    }
                }
                Block::Table(table) if table_columns::is_clouds(table) => {
                    clouds(reading, table, facts);
                }
                _ => {}
            }
        }
    }
}

/// Whether a paragraph introduces the table of national clouds.
fn is_cloud_introduction(text: &str) -> bool {
    text.starts_with("This API is ") && text.contains("national cloud")
}

fn callout(
    reading: &mut Reading<'_, '_>,
    callout: &Callout<'_>,
    in_example: bool,
    facts: &mut PageFacts,
) {
    let outcome = match in_example {
        true => Outcome::NoMeaning(NoMeaning::ExampleCallout),
        false => Outcome::Fact,
    };
    if matches!(facts.kind, PageKind::Operation | PageKind::Resource) {
        let at = callout.text.at;
        reading.ledger.add(LedgerKind::Callout, at, outcome);
    }
    facts.callouts.push(CalloutFact {
        label: callout.label.to_string(),
        text: reading.plain_at(&callout.text),
        in_example,
    });
}

fn clouds(reading: &mut Reading<'_, '_>, table: &Table<'_>, facts: &mut PageFacts) {
    let Some(row) = table.rows.first() else {
        let message = "the table of national clouds has lost its tick marks";
        reading.problem(
            Code::CloudTicksLost,
            table.at,
            0,
            message,
            "the table is ignored",
        );
        return;
    };
    for (name, cell) in table.header.iter().zip(&row.cells) {
        facts.clouds.push(CloudFact {
            name: reading.plain(&name.raw).into_owned(),
            supported: is_check_mark(&cell.raw),
            at: cell.at,
        });
    }
    reading.fact(row);
}

/// Whether a cell contains a check mark, as a character or by its name.
fn is_check_mark(cell: &str) -> bool {
    const NAMES: [&str; 4] = [
        ":white_check_mark:",
        ":heavy_check_mark:",
        ":ballot_box_with_check:",
        "yes",
    ];
    let cell = cell.trim();
    cell.contains(['✅', '✔', '☑']) || NAMES.iter().any(|name| cell.eq_ignore_ascii_case(name))
}

/// Tables and code of an enum page that belong to no enum.
fn rest_of_enum_page(reading: &mut Reading<'_, '_>, outline: &Outline<'_, '_>) {
    for part in &outline.parts {
        for block in &part.section.blocks {
            match block {
                Block::Table(table)
                    if table
                        .rows
                        .iter()
                        .any(|row| !reading.ledger.is_settled(row.matter)) =>
                {
                    let header = Header::new(table);
                    let role = table_columns::role(part.meaning, &header);
                    table_columns::settle_unread_table(reading, table, &header, role);
                }
                Block::Code(code) => {
                    if let Some(found) = &code.annotation {
                        annotation::parse_annotation(reading, found);
                    }
                    reading
                        .ledger
                        .record_outcome(code.matter, Outcome::NoMeaning(NoMeaning::SampleText));
                }
                Block::Annotation(found) => drop(annotation::parse_annotation(reading, found)),
                _ => {}
            }
        }
    }
}

/// The version in the URLs of the examples.
fn version_of_examples(facts: &PageFacts) -> Option<ApiVersion> {
    let examples = facts
        .operation
        .iter()
        .flat_map(|operation| &operation.examples);
    examples
        .filter_map(|example| example.request.as_ref())
        .find_map(|request| {
            let (_, rest) = request.url.split_once("graph.microsoft.com/")?;
            ApiVersion::parse(rest.split('/').next()?)
        })
}

/// Links have no targets in rendered text, so types are known by name only.
fn lost_in_rendering(reading: &mut Reading<'_, '_>, facts: &PageFacts) {
    let Some(title) = facts
        .title
        .as_ref()
        .filter(|_| facts.rendition != Rendition::Markdown)
    else {
        return;
    };
    if facts.kind == PageKind::Operation || facts.kind == PageKind::Resource {
        let message = "the page is rendered text, whose links have no targets";
        reading.problem(
            Code::LinkTargetsLost,
            title.at,
            0,
            message,
            "types are identified by name only",
        );
    }
}
