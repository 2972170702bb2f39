//! What one page says, unjudged: each thing in a type of its own, with its place. Nothing here knows another page.

mod page;
mod annotation;
mod deprecation;
mod cells;
mod enums;
mod resource;
mod operation;
mod extract;
mod single_page;
mod view;
#[cfg(test)]
mod tests;

pub use crate::markdown::Rendition;
pub use annotation::{ExampleAnnotation, ResourceAnnotation};
pub use cells::property::PropertyFact;
pub use cells::type_phrase::{TypeName, TypePhrase};
pub use enums::{EnumFacts, MemberFact};
pub use operation::examples::{ExampleFact, ExampleRequestFact, ExampleResponseFact};
pub use operation::message::BodyFact;
pub use operation::permissions::{Account, GrantFact, PermissionFact};
pub use operation::request_line::{RequestLineFact, SegmentFact};
pub use operation::{HeaderFact, OperationFacts, RequestBodyFact, ResponseFact, UrlParameterFact};
pub use page::headings::UrlPlace;
pub use page::ledger::{LedgerEntry, LedgerKind, NoMeaning, Outcome};
pub use resource::{MethodFact, ResourceFacts};
pub use view::{json, text};

use crate::markdown::{self, Page};
use crate::model::ApiVersion;
use crate::report::Report;
use crate::source::{At, FileId, Location, Sources};

/// Everything one page says.
#[derive(Clone, Debug, PartialEq)]
pub struct PageFacts {
    /// The page.
    pub file: FileId,
    /// How the page is written.
    pub rendition: Rendition,
    /// What sort of page it is.
    pub kind: PageKind,
    /// The version it is about: from its folder, else from the hosts of its examples.
    pub version: Option<ApiVersion>,
    /// The text of the first heading.
    pub title: Option<At<String>>,
    /// The `Namespace:` line.
    pub namespace: Option<At<String>>,
    /// The workload of the front matter (`ms.prod`, `ms.subservice`).
    pub workload: Option<At<String>>,
    /// The first paragraph that describes the page's subject; links are reduced to their text.
    pub summary: Option<At<String>>,
    /// Notes and warnings set off from the text.
    pub callouts: Vec<CalloutFact>,
    /// The national clouds that have it.
    pub clouds: Vec<CloudFact>,
    /// Entity and complex types that the page defines.
    pub resources: Vec<ResourceFacts>,
    /// Enum types that the page defines.
    pub enums: Vec<EnumFacts>,
    /// What an api page describes.
    pub operation: Option<OperationFacts>,
    /// What became of every row, annotation, code block, request line and enum section of the page.
    pub ledger: Vec<LedgerEntry>,
}

/// What sort of page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKind {
    /// Describes requests.
    Operation,
    /// Defines structured types.
    Resource,
    /// Defines enum types.
    Enum,
    /// Explains; defines nothing.
    Conceptual,
}

impl PageKind {
    /// The kind as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Resource => "resource",
            Self::Enum => "enum",
            Self::Conceptual => "conceptual",
        }
    }
}

/// A note or a warning set off from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalloutFact {
    /// The word in front: `Note`, `Important`.
    pub label: String,
    /// The text behind it.
    pub text: At<String>,
}

/// One national cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudFact {
    /// The name in the table's header.
    pub name: String,
    /// Whether the cell below is ticked.
    pub supported: bool,
    /// The cell.
    pub at: Location,
}

/// Reads a page and says what it says. Includes are looked up among `sources`.
pub fn read(sources: &Sources, file: FileId) -> (PageFacts, Report) {
    let (page, mut report) = markdown::parse(sources, file);
    let (facts, problems) = extract(sources, &page);
    report.append(problems);
    (facts, report)
}

/// Says what a page says.
pub fn extract(sources: &Sources, page: &Page<'_>) -> (PageFacts, Report) {
    extract::extract(&sources.get(page.file).path, page)
}
