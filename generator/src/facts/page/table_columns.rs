//! Determines the meaning of tables from their headers, or else from their sections.

use crate::facts::page::context::Reading;
use crate::facts::page::headings::Meaning;
use crate::facts::page::ledger::{NoMeaning, Outcome};
use crate::markdown::{LinkDefinitions, Table, plain};
use crate::report::Code;

/// The meaning of the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::facts) enum Role {
    Permissions,
    /// One column for each kind of account, one row for each condition.
    PermissionMatrix,
    Headers,
    Properties,
    Relationships,
    Parameters,
    Methods,
    Members,
    Clouds,
    NoMeaning(NoMeaning),
    /// Unknown; its rows are reported as problems.
    Unknown,
}

/// The header of a table, in lower case.
pub(in crate::facts) struct Header {
    pub(in crate::facts) words: Vec<String>,
}

impl Header {
    pub(in crate::facts) fn new(table: &Table<'_>) -> Self {
        let none = LinkDefinitions::default();
        let word = |raw: &str| {
            let lower = plain(raw, &none).to_ascii_lowercase();
            lower.trim_matches(['`', ':', ' ', '?']).to_owned()
        };
        Self {
            words: table.header.iter().map(|cell| word(&cell.raw)).collect(),
        }
    }

    /// The first column whose words are among these.
    pub(in crate::facts) fn column(&self, words: &[&str]) -> Option<usize> {
        self.words
            .iter()
            .position(|word| words.contains(&word.as_str()))
    }

    pub(in crate::facts) fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    pub(in crate::facts) fn any_starts_with(&self, start: &str) -> bool {
        self.words.iter().any(|word| word.starts_with(start))
    }
}

/// The headers of columns that contain names.
pub(in crate::facts) const NAME_COLUMNS: [&str; 13] = [
    "property",
    "property name",
    "properties",
    "name",
    "relationship",
    "relationship name",
    "parameter",
    "parameter name",
    "parameters",
    "query parameter",
    "required parameter",
    "header",
    "header name",
];

/// Tables without meaning for the API, by the beginning of their header.
const EXPLANATIONS: &[(&str, NoMeaning)] = &[
    ("error code", NoMeaning::ErrorCodes),
    ("error type", NoMeaning::ErrorCodes),
    ("error", NoMeaning::ErrorCodes),
    ("code | ", NoMeaning::ErrorCodes),
    ("condition | response code", NoMeaning::ErrorCodes),
    ("scenario | method | code", NoMeaning::ErrorCodes),
    ("scenario | http status", NoMeaning::ErrorCodes),
    ("status code", NoMeaning::ErrorCodes),
    ("http status code", NoMeaning::ErrorCodes),
    ("use case", NoMeaning::SeeAlso),
    ("use cases", NoMeaning::SeeAlso),
    ("resource | methods", NoMeaning::SeeAlso),
    ("operation | url", NoMeaning::SeeAlso),
    ("path | description", NoMeaning::SeeAlso),
    ("path | resource", NoMeaning::SeeAlso),
    ("authentication method", NoMeaning::SeeAlso),
    ("policy", NoMeaning::SeeAlso),
    ("original api", NoMeaning::SeeAlso),
    ("operation | try", NoMeaning::SeeAlso),
    ("type | description", NoMeaning::DerivedTypes),
    ("data provider", NoMeaning::DerivedTypes),
    ("event type", NoMeaning::DerivedTypes),
    ("type | use case", NoMeaning::Explanation),
    ("action name", NoMeaning::Explanation),
    ("activitydomain", NoMeaning::Explanation),
    ("attendee", NoMeaning::Explanation),
    ("attribute |", NoMeaning::Explanation),
    ("attribute name", NoMeaning::Explanation),
    ("availability | activity", NoMeaning::Explanation),
    ("context of the calling app", NoMeaning::Explanation),
    ("displayas value", NoMeaning::Explanation),
    ("delta function on", NoMeaning::Explanation),
    ("emptysuggestionsreason", NoMeaning::Explanation),
    ("entitytype", NoMeaning::Explanation),
    ("filter statement", NoMeaning::Explanation),
    ("format", NoMeaning::Explanation),
    ("get scenario", NoMeaning::Explanation),
    ("how event was created", NoMeaning::Explanation),
    ("item attachment type", NoMeaning::Explanation),
    ("method | azure sentinel", NoMeaning::Explanation),
    ("name | folder id", NoMeaning::Explanation),
    ("name | resolution", NoMeaning::Explanation),
    ("name | type | use case", NoMeaning::Explanation),
    ("odata cast", NoMeaning::Explanation),
    ("operation", NoMeaning::Explanation),
    ("page | from", NoMeaning::Explanation),
    (
        "permission type | supported resource types",
        NoMeaning::Explanation,
    ),
    ("places api", NoMeaning::Explanation),
    ("planner resource type", NoMeaning::Explanation),
    ("pre-set constant", NoMeaning::Explanation),
    (
        "properties | description and example",
        NoMeaning::Explanation,
    ),
    ("property type", NoMeaning::Explanation),
    ("resource type", NoMeaning::Explanation),
    ("resource", NoMeaning::Explanation),
    ("scenario", NoMeaning::Explanation),
    ("security provider", NoMeaning::Explanation),
    ("speed | syntax", NoMeaning::Explanation),
    ("target resource", NoMeaning::Explanation),
    ("tasks are shown as", NoMeaning::Explanation),
    ("thumbnail identifier", NoMeaning::Explanation),
    ("type of group", NoMeaning::Explanation),
    ("type of recurrence pattern", NoMeaning::Explanation),
    ("type property", NoMeaning::Explanation),
    ("type value", NoMeaning::Explanation),
    ("value", NoMeaning::Explanation),
    ("vendor name", NoMeaning::Explanation),
    ("role", NoMeaning::Explanation),
    ("well-known folder name", NoMeaning::Explanation),
    ("who can request", NoMeaning::Explanation),
];

/// Whether a table lists the national clouds of an operation.
pub(in crate::facts) fn is_clouds(table: &Table<'_>) -> bool {
    const FIRST: &str = "global service";
    table.header.iter().any(|cell| {
        let start = cell.raw.trim_start_matches('*').get(..FIRST.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(FIRST))
    })
}

/// The meaning of the rows of a table.
pub(in crate::facts) fn role(meaning: Meaning, header: &Header) -> Role {
    let first = header.first();
    if header.any_starts_with("global service") {
        return Role::Clouds;
    }
    let describes_properties =
        header.column(&NAME_COLUMNS).is_some() && header.column(&["type"]).is_some();
    if first.starts_with("permission type")
        && !describes_properties
        && !header.any_starts_with("supported resource")
    {
        return Role::Permissions;
    }
    if header.any_starts_with("delegated (") {
        return Role::PermissionMatrix;
    }
    match first {
        "member" => return Role::Members,
        "method" | "function" | "common task" => {
            let misnamed = meaning == Meaning::Properties;
            let foreign = header.any_starts_with("azure sentinel");
            return match (misnamed, foreign) {
                (_, true) => explanation(header),
                (true, _) => Role::Properties,
                _ => Role::Methods,
            };
        }
        _ => {}
    }
    if header.column(&NAME_COLUMNS) == Some(0) || describes_properties {
        return named(meaning, header);
    }
    explanation(header)
}

/// The role of a table whose rows have names, by section.
fn named(meaning: Meaning, header: &Header) -> Role {
    let first = header.first();
    let has_type = header.column(&["type", "value"]).is_some();
    match meaning {
        Meaning::SeeAlso => Role::NoMeaning(NoMeaning::SeeAlso),
        Meaning::Errors => Role::NoMeaning(NoMeaning::ErrorCodes),
        _ if first.starts_with("header") => Role::Headers,
        Meaning::RequestHeaders | Meaning::ResponseHeaders => Role::Headers,
        Meaning::Properties => Role::Properties,
        _ if first.starts_with("relationship") => Role::Relationships,
        Meaning::UrlParameters(_) => Role::Parameters,
        _ if first.starts_with("query parameter") => Role::Parameters,
        Meaning::HttpRequest if first.starts_with("param") => Role::Parameters,
        _ if !has_type
            && header
                .column(&["example", "folder id", "resolution"])
                .is_some() =>
        {
            explanation(header)
        }
        Meaning::Relationships => Role::Relationships,
        Meaning::Example | Meaning::Other if !has_type => explanation(header),
        _ => Role::Properties,
    }
}

fn explanation(header: &Header) -> Role {
    let words = header.words.join(" | ");
    EXPLANATIONS
        .iter()
        .find(|(start, _)| words.starts_with(start))
        .map_or(Role::Unknown, |(_, class)| Role::NoMeaning(*class))
}

/// Records the outcome of the rows of a table that is unknown or has no meaning for the API.
pub(in crate::facts) fn settle_unread_table(
    reading: &mut Reading<'_, '_>,
    table: &Table<'_>,
    header: &Header,
    role: Role,
) {
    let outcome = match role {
        Role::NoMeaning(class) => Outcome::NoMeaning(class),
        // Its first row is a fact by now; there should be no other.
        Role::Clouds => Outcome::NoMeaning(NoMeaning::RepeatedRow),
        _ => {
            let words = header.words.join(" | ");
            let message = format!("unknown table with the columns `{words}`");
            reading.problem(
                Code::UnreadTable,
                table.at,
                0,
                message,
                "the table is ignored",
            );
            Outcome::Problem(Code::UnreadTable)
        }
    };
    for row in &table.rows {
        reading.ledger.record_outcome(row.matter, outcome);
    }
}
