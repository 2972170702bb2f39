//! The ledger of a page: one entry for each piece of matter, settled once by whoever reads it. What nobody settles
//! stands there as unaccounted for, so that nothing is lost by forgetting.

use crate::markdown::{Matter, MatterId, MatterKind};
use crate::report::Code;
use crate::source::Location;

/// What became of a piece of matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// What it is.
    pub kind: LedgerKind,
    /// Where it starts.
    pub at: Location,
    /// What became of it.
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
}

/// What became of a piece of matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It became a fact.
    Fact,
    /// It could not be read; a problem says so.
    Problem(Code),
    /// It belongs to a class that says nothing about the API.
    NoMeaning(NoMeaning),
    /// Nobody has looked at it.
    Unaccounted,
}

macro_rules! no_meaning {
    ($($variant:ident $name:literal)*) => {
        /// The classes of matter that say nothing about the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum NoMeaning {
            $(#[doc = $name] $variant,)*
        }

        impl NoMeaning {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The class in words.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

no_meaning! {
    ConceptualPage "matter of a page that explains"
    LanguageTab "the same request in a programming language"
    OtherLanguage "code in a programming language"
    SampleText "a sample that is neither a request, a response nor a representation"
    IgnoredAnnotation "an annotation that says that its block is ignored"
    PageAnnotation "an annotation of the page as a whole"
    SampleAnnotation "an annotation of a sample"
    GroupRow "a row that is a heading for the rows below it"
    JoiningWord "a word between request lines"
    SeeAlso "a table of further reading"
    ErrorCodes "a table of errors"
    DerivedTypes "a table of the types derived from the page's type"
    Explanation "a table that explains"
    EmptyValue "a row for the absence of a value"
    ResponseHeader "a header of a response, which responses keep as it comes"
    NationalClouds "a row that says which national clouds have an operation"
    RepeatedRow "a row that says once more what another row of the page says"
}

impl LedgerKind {
    /// The kind as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Annotation => "annotation",
            Self::CodeBlock => "code block",
            Self::RequestLine => "request line",
            Self::EnumSection => "enum section",
        }
    }
}

/// Keeps the entries of a page while it is read.
pub(in crate::facts) struct Ledger {
    entries: Vec<LedgerEntry>,
}

impl Ledger {
    /// Opens the ledger with everything that the reader of markdown has seen.
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

    /// Says what became of a piece of matter. A fact stays a fact, whoever comes later.
    pub(in crate::facts) fn settle(&mut self, matter: MatterId, outcome: Outcome) {
        let entry = &mut self.entries[matter.0 as usize];
        if entry.outcome != Outcome::Fact {
            entry.outcome = outcome;
        }
    }

    /// Whether something has been said about a piece of matter.
    pub(in crate::facts) fn is_settled(&self, matter: MatterId) -> bool {
        self.entries[matter.0 as usize].outcome != Outcome::Unaccounted
    }

    /// Adds matter that only the reader of facts can see.
    pub(in crate::facts) fn add(&mut self, kind: LedgerKind, at: Location, outcome: Outcome) {
        self.entries.push(LedgerEntry { kind, at, outcome });
    }

    /// Settles everything that is left in the same way.
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
