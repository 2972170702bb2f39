//! Extracts the facts that a single page states, with their places. Facts are neither judged nor compared with other pages.

mod page;
mod annotation;
mod deprecation;
mod cells;
mod enums;
mod resource;
mod operation;
mod extract;
mod single_page;
mod localization;
mod usage;
mod view;
#[cfg(test)]
mod tests;

pub use crate::markdown::Rendition;
pub use crate::model::Account;
pub use annotation::{ExampleAnnotation, ResourceAnnotation};
pub use cells::property::PropertyFact;
pub use cells::type_phrase::{TypeName, TypePhrase};
pub(crate) use cells::values::parse_values_behind_prefer;
pub(crate) use enums::find_flags_statement;
pub use enums::{EnumFacts, MemberFact};
pub use localization::supported_locales;
pub use operation::examples::{ExampleFact, ExampleRequestFact, ExampleResponseFact};
pub use operation::message::BodyFact;
pub use operation::permission_texts::RoleFact;
pub use operation::permissions::{ConditionFact, GrantFact, PermissionFact, PermissionSetsFact};
pub use operation::request_line::{RequestLineFact, SegmentFact};
pub use operation::{
    HeaderFact, OperationFacts, QueryTextFact, RequestBodyFact, ResponseFact, UrlParameterFact,
};
pub use page::headings::UrlPlace;
pub use page::ledger::{LedgerEntry, LedgerKind, NoMeaning, Outcome};
pub use resource::{MethodFact, ResourceFacts};
pub use view::{json, text};

use crate::markdown::{self, Page};
use crate::model::ApiVersion;
use crate::report::Report;
use crate::source::{At, FileId, Location, Sources};

/// The facts of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageFacts {
    /// The page.
    pub file: FileId,
    /// The locale that the front matter states, in lower case (`zh-cn`); `None` for English.
    pub locale: Option<String>,
    /// How the page is written.
    pub rendition: Rendition,
    /// The kind of page.
    pub kind: PageKind,
    /// The API version: that of its folder, or else of the URLs of its examples.
    pub version: Option<ApiVersion>,
    /// The text of the first heading.
    pub title: Option<At<String>>,
    /// The `Namespace:` line.
    pub namespace: Option<At<String>>,
    /// The workload of the front matter (`ms.prod`, `ms.subservice`).
    pub workload: Option<At<String>>,
    /// The first paragraph of the introduction; links are reduced to their text.
    pub summary: Option<At<String>>,
    /// Notes and warnings in block quotes.
    pub callouts: Vec<CalloutFact>,
    /// The national clouds, and whether the operation is available in them.
    pub clouds: Vec<CloudFact>,
    /// Entity and complex types that the page defines.
    pub resources: Vec<ResourceFacts>,
    /// Enum types that the page defines.
    pub enums: Vec<EnumFacts>,
    /// The operation that an api page describes.
    pub operation: Option<OperationFacts>,
    /// The outcome of every row, annotation, code block, request line and enum section of the page.
    pub ledger: Vec<LedgerEntry>,
}

/// The kind of page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKind {
    /// Describes requests.
    Operation,
    /// Defines structured types.
    Resource,
    /// Defines enum types.
    Enum,
    /// Contains no definitions.
    Conceptual,
}

impl PageKind {
    /// Returns the name of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Resource => "resource",
            Self::Enum => "enum",
            Self::Conceptual => "conceptual",
        }
    }
}

/// A note or a warning in a block quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalloutFact {
    /// The label, such as `Note` or `Important`.
    pub label: String,
    /// The text after the label.
    pub text: At<String>,
    /// Whether it stands in a section of examples.
    pub in_example: bool,
}

/// One national cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudFact {
    /// The name in the table's header.
    pub name: String,
    /// Whether the operation is available in it.
    pub supported: bool,
    /// The cell.
    pub at: Location,
}

/// Parses a page and extracts its facts. Included files are looked up in `sources`.
pub fn extract_page(sources: &Sources, file: FileId) -> (PageFacts, Report) {
    let (page, mut report) = markdown::parse(sources, file);
    let (facts, problems) = extract(sources, &page);
    report.append(problems);
    (facts, report)
}

/// Extracts the facts of a parsed page.
pub fn extract(sources: &Sources, page: &Page<'_>) -> (PageFacts, Report) {
    let path = &sources.get(page.file).path;
    extract::extract(path, &localization::translate(page))
}
