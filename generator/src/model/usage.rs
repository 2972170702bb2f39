//! How pages state that properties and operations are used: query options, page sizes, national clouds and callouts.

use std::collections::BTreeMap;

/// A system query option of OData, in the order of documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryOption {
    /// `$filter`
    Filter,
    /// `$search`
    Search,
    /// `$orderby`
    OrderBy,
    /// `$select`
    Select,
    /// `$expand`
    Expand,
    /// `$count`
    Count,
    /// `$top`
    Top,
    /// `$skip`
    Skip,
    /// `$skiptoken`
    SkipToken,
    /// `$format`
    Format,
}

impl QueryOption {
    /// All options.
    pub const ALL: [Self; 10] = [
        Self::Filter,
        Self::Search,
        Self::OrderBy,
        Self::Select,
        Self::Expand,
        Self::Count,
        Self::Top,
        Self::Skip,
        Self::SkipToken,
        Self::Format,
    ];

    /// Returns the name in a URL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Filter => "$filter",
            Self::Search => "$search",
            Self::OrderBy => "$orderby",
            Self::Select => "$select",
            Self::Expand => "$expand",
            Self::Count => "$count",
            Self::Top => "$top",
            Self::Skip => "$skip",
            Self::SkipToken => "$skiptoken",
            Self::Format => "$format",
        }
    }

    /// Parses a name, in any case.
    pub fn parse(name: &str) -> Option<Self> {
        let mut options = Self::ALL.into_iter();
        options.find(|option| option.name().eq_ignore_ascii_case(name))
    }
}

/// Which query options are supported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuerySupport {
    /// Whether each option is supported. Options that no page mentions are absent.
    pub options: BTreeMap<QueryOption, bool>,
    /// Whether the options that are absent are supported; `None` if no page states it.
    pub others: Option<bool>,
    /// The operators of `$filter`, in the order of the page. `eq null` is a comparison with null, and `$count eq` one with the
    /// number of items of a collection. Empty if no page lists them.
    pub filter_operators: Vec<&'static str>,
}

impl QuerySupport {
    /// Returns whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.options.is_empty() && self.others.is_none()
    }

    /// Adds what another sentence or page states. What is already stated takes precedence.
    pub fn merge(&mut self, other: Self) {
        for (option, supported) in other.options {
            self.options.entry(option).or_insert(supported);
        }
        self.others = self.others.or(other.others);
        if self.filter_operators.is_empty() {
            self.filter_operators = other.filter_operators;
        }
    }
}

/// When a property is part of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// Unless `$select` excludes it.
    ByDefault,
    /// Not by default.
    NotByDefault,
    /// Only if `$select` lists it.
    OnSelect,
    /// Only if `$expand` lists it.
    OnExpand,
}

impl Returned {
    /// Returns a name for exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::ByDefault => "byDefault",
            Self::NotByDefault => "notByDefault",
            Self::OnSelect => "onSelect",
            Self::OnExpand => "onExpand",
        }
    }
}

/// How a property is used in requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PropertyUsage {
    /// The query options that may refer to it.
    pub query: QuerySupport,
    /// When responses contain it.
    pub returned: Option<Returned>,
    /// Whether it cannot be changed once the instance is created.
    pub immutable: bool,
    /// The sentences of the description that state the query options and responses, and nothing else, as written.
    pub sentences: Vec<String>,
}

impl PropertyUsage {
    /// Adds what another row states. What is already stated takes precedence.
    pub fn merge(&mut self, other: Self) {
        self.query.merge(other.query);
        self.returned = self.returned.or(other.returned);
        self.immutable |= other.immutable;
        self.sentences.extend(other.sentences);
    }
}

/// The number of items in a page of a collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageSize {
    /// Without `$top`.
    pub default: Option<u32>,
    /// The largest possible number.
    pub maximum: Option<u32>,
}

impl PageSize {
    /// Adds what another sentence states. What is already stated takes precedence.
    pub fn merge(&mut self, other: Self) {
        self.default = self.default.or(other.default);
        self.maximum = self.maximum.or(other.maximum);
    }
}

/// How an operation is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationUsage {
    /// The query options that it supports.
    pub query: QuerySupport,
    /// Sentences on query options that state more than [`query`](Self::query) expresses, as plain text.
    pub query_notes: Vec<String>,
    /// The number of items in a page.
    pub page_size: PageSize,
    /// Sentences on throttling, as plain text.
    pub throttling: Vec<String>,
    /// The national clouds, in the order of the page.
    pub clouds: Vec<Cloud>,
    /// The callouts of the pages, except those about examples.
    pub callouts: Vec<Callout>,
}

/// A national cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cloud {
    /// The name, such as `US Government L4`.
    pub name: String,
    /// Whether the operation is available in it.
    pub supported: bool,
}

/// A callout of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Callout {
    /// The label, such as `Note` or `Important`; empty if the page states none.
    pub label: String,
    /// The text, as plain text.
    pub text: String,
    /// Whether so many pages repeat it that it describes the service rather than an item.
    pub is_general: bool,
}
