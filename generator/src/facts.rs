//! What one page says, unjudged: each thing in a type of its own, with its place. Nothing here knows another page.

use crate::model::{ApiVersion, HttpMethod};
use crate::source::{At, FileId, Location};

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
}

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rendition {
    /// The documentation's own markdown.
    Markdown,
    /// Rendered text whose tables have pipes, but none at the start of a row.
    PipedText,
    /// Rendered text whose tables are words with blanks between them.
    PlainText,
}

/// What sort of page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// An entity or complex type, as one page defines it.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceFacts {
    /// The name in the heading.
    pub name: At<String>,
    /// The annotation of its JSON representation.
    pub annotation: Option<ResourceAnnotation>,
    /// The type it inherits from, as a sentence of the page says.
    pub inherits: Option<At<TypeName>>,
    /// A sentence that says that the type is abstract.
    pub is_abstract: Option<Location>,
    /// A sentence or heading that says that the type is open.
    pub is_open: Option<Location>,
    /// A sentence, heading or callout that says that the type is deprecated, with its reason.
    pub deprecated: Option<At<String>>,
    /// Rows of property tables.
    pub properties: Vec<PropertyFact>,
    /// Rows of relationship tables.
    pub relationships: Vec<PropertyFact>,
    /// Rows of methods tables.
    pub methods: Vec<MethodFact>,
    /// The JSON representation: strict JSON text, repaired where the page's was not.
    pub representation: Option<At<String>>,
}

/// The annotation of a JSON representation.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceAnnotation {
    /// `@odata.type` or `@type`, without a `#`.
    pub type_name: Option<String>,
    /// `keyProperty`; empty strings are none.
    pub key_property: Option<String>,
    /// `baseType`; JSON's null is none.
    pub base_type: Option<String>,
    /// `openType`
    pub open_type: Option<bool>,
    /// `abstract` or `isAbstract`
    pub is_abstract: Option<bool>,
    /// `isMediaEntity`
    pub is_media_entity: bool,
    /// `optionalProperties`
    pub optional_properties: Vec<String>,
    /// Where the annotation starts.
    pub at: Location,
}

/// A row that describes a property, a relationship or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyFact {
    /// The name, without emphasis and `(deprecated)`.
    pub name: At<String>,
    /// The type cell, read.
    pub type_phrase: At<TypePhrase>,
    /// The description cell as plain text: links are reduced to their text, code spans keep their ticks.
    pub description: At<String>,
    /// The values that the description lists as possible.
    pub values: Vec<String>,
    /// Whether the description says that it is read-only.
    pub read_only: bool,
    /// Whether the row says that it is required.
    pub required: bool,
    /// Whether the row says that it is optional.
    pub optional: bool,
    /// Whether the description says that it is the key of the entity.
    pub key: bool,
    /// Whether the description says that it can or cannot be null.
    pub nullable: Option<bool>,
    /// The default value that the description states, as written.
    pub default: Option<String>,
    /// The type that the row is inherited from.
    pub inherited_from: Option<TypeName>,
    /// Whether it is deprecated, with the reason if there is one, else empty.
    pub deprecated: Option<String>,
}

/// The name of a type where a page uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// The words: the text of the link, or the bare name.
    pub text: String,
    /// Where the link leads, as written: `../resources/user.md#x-values`. None for bare names.
    pub target: Option<String>,
}

/// A type cell, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypePhrase {
    /// The cell as plain text.
    pub written: String,
    /// The names: one, or several in a union. Empty if none could be read.
    pub names: Vec<TypeName>,
    /// Whether it is a collection.
    pub collection: bool,
    /// Words behind the type that say more: `optional`, `maximum size 20`, `readonly`.
    pub qualifier: Option<String>,
}

/// A row of a methods table.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodFact {
    /// The text of the first cell.
    pub title: At<String>,
    /// Where its link leads, as written.
    pub target: Option<String>,
    /// The return type, if the cell names one.
    pub return_type: Option<At<TypePhrase>>,
    /// The description as plain text.
    pub description: String,
}

/// An enum type, as one page defines it.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumFacts {
    /// The name in the heading.
    pub name: At<String>,
    /// A sentence that says that values combine.
    pub is_flags: Option<Location>,
    /// What the page says about it in words.
    pub description: Option<At<String>>,
    /// Rows of the members table.
    pub members: Vec<MemberFact>,
}

/// A row of a members table.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberFact {
    /// The name.
    pub name: At<String>,
    /// The number behind it.
    pub value: Option<At<i64>>,
    /// The description as plain text; empty if there is none.
    pub description: String,
    /// Whether it is deprecated, with the reason if there is one, else empty.
    pub deprecated: Option<String>,
}

/// What an api page describes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationFacts {
    /// Rows of the permission tables, in the page's order.
    pub permissions: Vec<PermissionFact>,
    /// Request lines above the examples.
    pub request_lines: Vec<RequestLineFact>,
    /// Rows of the request headers table.
    pub request_headers: Vec<HeaderFact>,
    /// Rows of tables of response headers.
    pub response_headers: Vec<HeaderFact>,
    /// Rows of tables of parameters in the URL.
    pub url_parameters: Vec<UrlParameterFact>,
    /// What the request body section says.
    pub request_body: RequestBodyFact,
    /// What the response section says.
    pub response: ResponseFact,
    /// The examples, in the page's order.
    pub examples: Vec<ExampleFact>,
    /// A sentence or callout that says that the operation is deprecated, with its reason.
    pub deprecated: Option<At<String>>,
    /// `isComposable` or a title that ends in `function`: the page is about a function.
    pub says_function: bool,
    /// A title that ends in `action`, or of the form `x: y`: the page is about an action.
    pub says_action: bool,
}

/// A row of a permission table.
#[derive(Clone, Debug, PartialEq)]
pub struct PermissionFact {
    /// Which kind of account the row is about.
    pub account: Account,
    /// The first cell as plain text.
    pub label: At<String>,
    /// What limits the row: a group inside the main label (`Policy Set`), a column's words (`acting on self`), or the
    /// heading above the table where there are several tables.
    pub condition: Option<String>,
    /// What the row grants.
    pub grant: GrantFact,
}

/// A kind of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Delegated, with a work or school account.
    DelegatedWork,
    /// Delegated, with a personal Microsoft account.
    DelegatedPersonal,
    /// An application without a user.
    Application,
}

/// What a permission cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantFact {
    /// `Not supported.` and its spellings.
    NotSupported,
    /// Permissions of which one is enough, the least privileged first whatever the table's order; `A and B` is one set.
    AnyOf(Vec<Vec<At<String>>>),
    /// Words that name no permission (`None`, a sentence); empty for an empty cell.
    Words(String),
}

/// A request line: a method and a template.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestLineFact {
    /// The method.
    pub method: HttpMethod,
    /// The template as written, without host, version and query; starts with `/`.
    pub template: String,
    /// The template, split into segments.
    pub segments: Vec<SegmentFact>,
    /// What stands behind the `?`.
    pub query: Option<String>,
    /// Where the line starts.
    pub at: Location,
}

/// A segment of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SegmentFact {
    /// A plain word: `deviceManagement`, `$ref`, or `microsoft.graph.group`.
    Name(String),
    /// A key: `{id}`, `<id>`, `(id)`, a GUID; the words between the braces.
    Key(String),
    /// `roleTemplateId={roleTemplateId}`
    AlternateKey {
        /// Before the `=`.
        property: String,
        /// Behind it, without braces.
        value: String,
    },
    /// A name with parentheses.
    Call {
        /// Before the parenthesis.
        name: String,
        /// `name=value` pairs; a value keeps its quotes and braces.
        arguments: Vec<(String, String)>,
    },
    /// `root:`, `{item-path}:`
    ItemPath(String),
}

/// A row of a headers table.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderFact {
    /// The header's name.
    pub name: At<String>,
    /// The value or description as plain text.
    pub text: String,
    /// Whether the row says that it is required.
    pub required: bool,
}

/// A row of a table of parameters in the URL.
#[derive(Clone, Debug, PartialEq)]
pub struct UrlParameterFact {
    /// Where the table's heading says that it belongs.
    pub place: UrlPlace,
    /// The row.
    pub row: PropertyFact,
}

/// Where a parameter in the URL belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlPlace {
    /// In the path.
    Path,
    /// Behind the `?`.
    Query,
    /// In a function's parentheses.
    Function,
    /// The heading does not say.
    Unsaid,
}

/// What the request body section says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestBodyFact {
    /// A sentence that says that there is none.
    pub none: Option<Location>,
    /// The type of which a JSON representation is asked.
    pub represents: Option<At<TypePhrase>>,
    /// Whether the section speaks of parameters rather than of properties.
    pub says_parameters: bool,
    /// Rows of its property or parameter tables.
    pub properties: Vec<PropertyFact>,
    /// The first sentence of the section as plain text.
    pub text: Option<At<String>>,
}

/// What the response section says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResponseFact {
    /// Status codes in the order of the text.
    pub statuses: Vec<At<u16>>,
    /// The type of the body.
    pub content: Option<At<TypePhrase>>,
    /// The section's text as plain text.
    pub text: Option<At<String>>,
}

/// A documented request, and the response that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleFact {
    /// The heading above it, if the page has several.
    pub title: Option<At<String>>,
    /// The request; a page may show a response alone.
    pub request: Option<ExampleRequestFact>,
    /// The response.
    pub response: Option<ExampleResponseFact>,
}

/// The request of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleRequestFact {
    /// The method.
    pub method: HttpMethod,
    /// The URL as written.
    pub url: String,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<BodyFact>,
    /// The annotation above the block.
    pub annotation: Option<ExampleAnnotation>,
    /// The request line.
    pub at: Location,
}

/// The response of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleResponseFact {
    /// The number of the status line.
    pub status: u16,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<BodyFact>,
    /// The annotation above the block.
    pub annotation: Option<ExampleAnnotation>,
    /// The status line.
    pub at: Location,
}

/// The body of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyFact {
    /// The text: for JSON strict JSON text with the page's key order, else as written.
    pub text: At<String>,
    /// Whether the text is JSON.
    pub is_json: bool,
}

/// The annotation above an example's block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleAnnotation {
    /// `name`
    pub name: Option<String>,
    /// `@odata.type` or `@type`, without `Collection()` and `#`.
    pub type_name: Option<String>,
    /// `isCollection`, or a type in `Collection()`.
    pub is_collection: bool,
    /// `truncated`
    pub truncated: bool,
    /// `sampleKeys`
    pub sample_keys: Vec<String>,
}
