//! The ledger of a page: one entry for each piece of matter, with its outcome. An entry without an outcome is reported
//! as unaccounted for, so that nothing is lost silently.

use crate::markdown::{Matter, MatterId, MatterKind};
use crate::report::Code;
use crate::source::Location;

/// The outcome of a piece of matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// What it is.
    pub kind: LedgerKind,
    /// Where it starts.
    pub at: Location,
    /// Its outcome.
    pub outcome: Outcome,
}

/// The kinds of matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerKind {
    /// A row of a table.
    Row,
    /// An annotation.
    Annotation,
    /// A code block: JSON, a request, a response, or a sample.
    CodeBlock,
    /// A line of a block of request lines.
    RequestLine,
    /// A heading that announces the members of an enum.
    EnumSection,
    /// A callout.
    Callout,
    /// A paragraph or list item on query options.
    QueryText,
}

/// The outcome of a piece of matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It became a fact.
    Fact,
    /// It could not be parsed, and a problem is reported.
    Problem(Code),
    /// It belongs to a class without meaning for the API.
    NoMeaning(NoMeaning),
    /// It has not been processed.
    Unaccounted,
}

macro_rules! no_meaning {
    ($($variant:ident $name:literal)*) => {
        /// The classes of matter without meaning for the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum NoMeaning {
            $(#[doc = $name] $variant,)*
        }

        impl NoMeaning {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns a description of the class.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

no_meaning! {
    ConceptualPage "matter of a conceptual page"
    LanguageTab "the same request in a programming language"
    OtherLanguage "code in a programming language"
    SampleText "a sample that is neither a request, a response nor a representation"
    IgnoredAnnotation "an annotation that marks its block as ignored"
    PageAnnotation "an annotation of the page as a whole"
    SampleAnnotation "an annotation of a sample"
    GroupRow "a row that is a heading for the rows below it"
    JoiningWord "a word between request lines"
    SeeAlso "a table of further reading"
    ErrorCodes "a table of errors"
    DerivedTypes "a table of the types derived from the page's type"
    Explanation "an explanatory table"
    EmptyValue "a row for the absence of a value"
    ResponseHeader "a response header, which responses keep as received"
    ExampleCallout "a callout about an example"
    RepeatedRow "a row that repeats another row of the page"
}

impl LedgerKind {
    /// Returns the name of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Annotation => "annotation",
            Self::CodeBlock => "code block",
            Self::RequestLine => "request line",
            Self::EnumSection => "enum section",
            Self::Callout => "callout",
            Self::QueryText => "text on query options",
        }
    }
}

/// The entries of a page during extraction.
pub(in crate::facts) struct Ledger {
    entries: Vec<LedgerEntry>,
}

impl Ledger {
    /// Creates a ledger with the matter that the markdown parser has found.
    pub(in crate::facts) fn open(matter: &[Matter]) -> Self {
        let entries = matter.iter().map(|matter| LedgerEntry {
            kind: match matter.kind {
                MatterKind::Row => LedgerKind::Row,
                MatterKind::Annotation => LedgerKind::Annotation,
                MatterKind::Code | MatterKind::CodeInLanguageTab => LedgerKind::CodeBlock,
            },
            at: matter.at,
            outcome: match matter.kind {
                MatterKind::CodeInLanguageTab => Outcome::NoMeaning(NoMeaning::LanguageTab),
                _ => Outcome::Unaccounted,
            },
        });
        Self {
            entries: entries.collect(),
        }
    }

    /// Records the outcome of a piece of matter. The outcome `fact` is never replaced.
    pub(in crate::facts) fn record_outcome(&mut self, matter: MatterId, outcome: Outcome) {
        let entry = &mut self.entries[matter.0 as usize];
        if entry.outcome != Outcome::Fact {
            entry.outcome = outcome;
        }
    }

    /// Whether a piece of matter has an outcome.
    pub(in crate::facts) fn is_settled(&self, matter: MatterId) -> bool {
        self.entries[matter.0 as usize].outcome != Outcome::Unaccounted
    }

    /// Adds matter that the markdown parser cannot recognise.
    pub(in crate::facts) fn add(&mut self, kind: LedgerKind, at: Location, outcome: Outcome) {
        self.entries.push(LedgerEntry { kind, at, outcome });
    }

    /// Records the same outcome for all remaining matter.
    pub(in crate::facts) fn settle_rest(&mut self, outcome: Outcome) {
        for entry in &mut self.entries {
            if entry.outcome == Outcome::Unaccounted {
                entry.outcome = outcome;
            }
        }
    }

    pub(in crate::facts) fn close(self) -> Vec<LedgerEntry> {
        self.entries
    }
}
