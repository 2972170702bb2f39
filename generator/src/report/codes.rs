//! The problem codes: each kind of problem with its id, rule name, level, title and explanation. A code never changes its
//! meaning.

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The page is unusual, and no information is lost.
    Note,
    /// Part of the page is ignored or generated with a less specific type.
    Warning,
    /// The result of the run is unreliable.
    Error,
}

impl Level {
    /// Returns the level in lower case, as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $id:literal $rule:literal $level:ident $title:literal $explanation:literal)*) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code, sorted by id.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the stable id: `GW` and four digits, of which the first is the stage that reports the problem.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// Returns the stable name in kebab case, such as `undefined-type`.
            pub fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule,)* }
            }

            /// Returns the severity.
            pub fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }

            /// Returns whether the linter shows the problems only if the configuration sets a level for the rule: what it reports is
            /// frequent and a matter of style, or often right as it is.
            pub fn is_optional(self) -> bool {
                OPTIONAL.contains(&self)
            }

            /// Returns a short description of what was found.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Returns what was expected, what the generator does instead, and how to correct the page.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }
        }
    };
}

/// The rules that the linter applies only on demand.
const OPTIONAL: &[Code] = &[
    Code::PlaceholderInExample,
    Code::PlaceholderValue,
    Code::PrimitiveCase,
    Code::FormattedName,
    Code::SkippedHeadingLevel,
    Code::AbsoluteLink,
    Code::EnumAsString,
    Code::MisspelledWord,
];

codes! {
    // 1xxx: markdown, the syntax of a page.
    UnclosedFence "GW1001" "unclosed-fence" Warning "code fence without an end"
        "A code block that starts with a fence must end with a fence. The block is read up to the end of the page. Close the fence."
    UnclosedComment "GW1002" "unclosed-comment" Note "comment without an end"
        "A comment that starts with `<!--` must end with `-->`. The rest of the page is read as part of the comment and ignored. Close the comment."
    TableWithoutSeparator "GW1003" "missing-table-separator" Warning "table without a separator line"
        "A line of dashes, with one group for each column, must follow the header of a table; without it, the published page shows no table. The first row is read as the header. Add the separator line."
    BrokenRow "GW1004" "row-spans-lines" Note "table row that continues on the next line"
        "A table row must be on one line. A line that has fewer cells than the header and does not start with a pipe is appended to the last cell of the row above. Join the lines, or use `<br>`."
    SurplusCells "GW1005" "surplus-cells" Note "table row with more cells than the header"
        "A pipe inside a cell must be escaped as `\\|`. The surplus cells are joined into the last column, with pipes between them. Escape the pipes."
    MissingInclude "GW1006" "missing-include" Note "included file not found"
        "The page includes a file that is not part of the input. The page is read without it. Add the file to the documentation folder."
    MissingPermissionsInclude "GW1007" "missing-permissions-include" Warning "included permissions table not found"
        "The page includes its permissions table from a file that is not part of the input. The operations of the page are generated without permissions. Add the file to the documentation folder."
    EndlessInclude "GW1008" "recursive-include" Warning "recursive or oversized include"
        "A file includes itself, directly or through other files, or the included text exceeds the size limit of a page. The include is ignored. Remove it."
    BlankLineInTable "GW1009" "blank-line-in-table" Note "blank line between the rows of a table"
        "A blank line ends a table on the published page. The rows below it that have as many cells as the header are read as rows of the same table. Remove the blank line."
    SkippedFile "GW1010" "skipped-file" Warning "file that is not read"
        "The documentation folder may contain regular files, and symbolic links to regular files in the folder. Links to other places, links to folders, devices and pipes are not read, and of two files whose names decode to the same text only one is. Replace the link by the file, or rename the file."
    SeparatorWidth "GW1011" "separator-width" Note "table separator of another width than the header"
        "The line of dashes must have one group for each column of the header; otherwise, the published page may show no table. The columns of the header are used. Correct the line."
    UnevenPipes "GW1012" "uneven-pipes" Note "table row with a missing or surplus pipe at its edge"
        "A row starts and ends with a pipe if the header does, and has no empty cells beyond the header. The row is read as if it were. Add or remove the pipe."

    // 2xxx: facts, the content of a single page.
    BrokenAnnotation "GW2001" "invalid-annotation" Note "annotation that is not valid JSON"
        "The comment above a code block starts like a JSON object, but cannot be parsed, although trailing commas, unquoted keys and line breaks in strings are accepted. The annotation is ignored. Correct the JSON."
    UnreadTable "GW2002" "unrecognized-table" Warning "table with an unrecognized header"
        "Neither the column names nor the section of a table tell what its rows describe. The rows are ignored. Use the header that other pages use for this kind of table."
    UnreadName "GW2003" "invalid-row-name" Warning "table row without a valid name"
        "The first cell of a row must contain the name of a property or parameter: letters, digits and underscores. The row is ignored. Correct the name."
    PathAsName "GW2004" "path-as-name" Note "table row with a path as its name"
        "The first cell of a row must contain the name of a single property, not a path to a property of another type. The row is ignored. Describe the property on the page of its type."
    UnreadType "GW2005" "unrecognized-type" Warning "type cell without a recognizable type"
        "A type cell must contain a primitive type, a link to a type or the name of a type. The property is generated as JSON. Write the name of the type, and move other text to the description."
    SentenceInTypeCell "GW2006" "text-in-type-cell" Note "type cell with additional text"
        "A type cell must contain only a type. The type is used; the additional text is treated as part of the description or ignored. Move the text to the description."
    UnclosedLink "GW2007" "unclosed-link" Note "link without a closing parenthesis"
        "The target of a link must end with a closing parenthesis in the same cell. The text of the link is used. Close the parenthesis."
    UnreadPermissionRow "GW2008" "unrecognized-permission-row" Warning "permissions row without an account type"
        "The first cell of a permissions row must be `Delegated (work or school account)`, `Delegated (personal Microsoft account)` or `Application`, or qualify such a row above it. The row is ignored. Correct the first cell."
    WordsAmongPermissions "GW2009" "text-among-permissions" Note "permissions cell with additional text"
        "A permissions cell must contain permission names separated by commas. The names are used; the additional text is ignored. Remove the text."
    RepairedJson "GW2010" "lenient-json" Note "JSON that is not strictly valid"
        "The JSON has a trailing or missing comma, a comment, an unquoted key, curly quotes or a line break in a string. It is read as it was probably intended. Correct the JSON, so that readers can copy it."
    BrokenJson "GW2011" "invalid-json" Warning "JSON that cannot be parsed"
        "The text starts like JSON, but cannot be parsed, even leniently. The body of an example is kept as text; the JSON representation of a type is ignored. Correct the JSON."
    UnreadStatusLine "GW2012" "invalid-status-line" Warning "response without a status code"
        "A response must start with `HTTP/1.1` and a status code of three digits. The response is ignored. Correct the status line."
    TemplateMissing "GW2013" "missing-url" Warning "request line without a URL"
        "A path must follow the HTTP method of a request line. The line is ignored. Add the path."
    ForeignHost "GW2014" "request-to-other-host" Note "request line with the URL of another host"
        "The request is sent to a host other than the documented service. The line is ignored."
    EllipsisInTemplate "GW2015" "ellipsis-in-path" Note "request line with an ellipsis"
        "Three dots stand in place of path segments, so the request cannot be sent as documented. The line is ignored. Write the whole path."
    UnbalancedTemplate "GW2016" "unbalanced-brackets" Warning "request line with unbalanced brackets or quotes"
        "Every brace, parenthesis and quotation mark of a path must be closed. The line is ignored. Correct the path."
    UnreadRequestLine "GW2017" "unrecognized-request-line" Note "line of a request block that is not a request"
        "A block of request lines must contain only request lines, headers and words such as `or` between them. The line is ignored. Remove it."
    NoRequestLine "GW2018" "missing-request-line" Warning "operation page without a usable request line"
        "The page is in the folder of operation pages, but has no request line that can be parsed. No operation is generated from it. Add a request line."
    EnumWithoutMembers "GW2019" "enum-without-members" Note "enum heading without a table of members"
        "A table of members must follow a heading such as `x values` or `Members`. No enum is generated. Add the table."
    MemberValueNotNumber "GW2020" "non-numeric-member-value" Note "enum member with a value that is not an integer"
        "The value column of a table of members must contain integers. The member is generated without a numeric value. Correct the value."
    FlattenedMethods "GW2021" "flattened-methods-table" Warning "methods table without column separators"
        "In a plain-text rendition, the cells of a methods table are joined, and titles contain spaces, so the columns cannot be told apart. The row is ignored. Use the markdown source of the page."
    CloudTicksLost "GW2022" "missing-cloud-marks" Note "table of national clouds without check marks"
        "A plain-text rendition lacks the check marks of this table, so the availability per national cloud is unknown. Use the markdown source of the page."
    LinkTargetsLost "GW2023" "missing-link-targets" Note "page without link targets"
        "A plain-text rendition has no link targets. Types are resolved by name only, which is ambiguous if two namespaces define the same name. Use the markdown source of the page."
    HeaderOutsideRequest "GW2040" "header-outside-request" Note "request header outside the HTTP request section"
        "A code block that starts with a header stands in another section than the request lines. The headers are read as headers of the operation. Move the block to the HTTP request section, or list the headers in the table of request headers."
    UnreadableDocumentation "GW2041" "unreadable-documentation" Error "documentation that is mostly unreadable"
        "Most table rows or pages of the documentation cannot be read, since the pages are in an unsupported language or have an unknown layout. The result of the run would lack most of the API. Use the English documentation, or a translation whose language is supported."
    MissingSlash "GW2045" "missing-slash" Note "path without a slash"
        "A path starts with a slash, and a slash must stand after the version and between a placeholder and the names beside it. The slash is put in. Add it to the request line."
    PathTooLong "GW2046" "path-too-long" Warning "path with more than 100 segments"
        "No request of the service has a path of this length. The line is ignored. Correct the path."
    HtmlTable "GW2050" "html-table" Warning "table written in HTML"
        "Tables are read in markdown only, with pipes between the cells. The table is ignored. Write it in markdown."
    AmbiguousPermissions "GW2052" "ambiguous-permissions" Warning "permissions cell of the form `A, B and C`"
        "The cell can mean that all three permissions are required, or `A` or else `B` together with `C`. All of them are required together, which is sufficient in both cases. Write `A and B and C`, or `A` and the pair in columns of their own."
    PermissionOrder "GW2053" "permission-order" Warning "permissions in the opposite order of the header"
        "The header states the order of the permissions, and the names in the cell follow the opposite order. The permissions are ordered by their names, the least privileged first. Correct the header or the cell."

    CollectionSpelling "GW2054" "collection-spelling" Note "unusual spelling of a collection in a type cell"
        "The type of a collection is written `user collection` or `Collection(user)`. Other spellings, such as `collection(user)`, `Collection (user)`, `collection of user` and `user[]`, are read as a collection as well. Correct the spelling."

    // 3xxx: resolve, the pages of a version together.
    UnknownVersion "GW3001" "unknown-version" Warning "page of an unknown API version"
        "Neither the folder of the page nor its examples tell whether it describes v1.0 or beta. The page is ignored. Put it into a folder named `v1.0` or `beta`."
    InvalidTypeName "GW3002" "invalid-type-name" Warning "invalid or duplicate type name"
        "The heading or annotation that names a type must contain a valid OData identifier that no other definition uses. The definition is ignored. Add an `@odata.type` to the annotation."
    ConflictingProperty "GW3003" "conflicting-property" Warning "property with two different types"
        "Several rows describe the property and state different types. The first row is used; rows of the page named after the type come first. Correct the rows."
    UndefinedType "GW3004" "undefined-type" Warning "reference to an undefined type"
        "A type cell, a sentence or an annotation names a type that no page of this version defines. The value is generated as JSON. Link the type to its page, or add the page."
    AmbiguousTypeName "GW3005" "ambiguous-type-name" Warning "type name that matches several types"
        "Several namespaces define the name, and neither the namespace of the page nor `microsoft.graph` does. The value is generated as JSON. Link to the type, or write the namespace."
    LinkAndTextDisagree "GW3006" "conflicting-link" Note "link with text and target that name different types"
        "The text of the link names one defined type, the target another. The text is used. Correct the link."
    UndefinedBase "GW3007" "undefined-base" Warning "reference to an undefined base type"
        "A sentence or an annotation names a base type that is not an entity type or complex type of this version. The base is ignored. Correct the name, or add the page."
    BasesDisagree "GW3008" "conflicting-base" Note "different base types in text and annotation"
        "The sentence `Inherits from` and the `baseType` of the annotation name different types. The sentence is used. Correct the annotation."
    BaseCycle "GW3009" "base-cycle" Warning "type that inherits from itself"
        "The stated base types form a cycle. The base of one type of the cycle is ignored: the first in alphabetical order. Correct one of the pages."
    BaseFromRows "GW3010" "base-from-rows" Note "base type stated in rows only"
        "Property rows say that they are inherited from a type, and the page states either no base type or a more distant ancestor. The type named by the rows is used as the base. State it on the page."
    InheritedFromStranger "GW3011" "inherited-from-unrelated-type" Note "row inherited from a type that is not an ancestor"
        "The row says that the property is inherited from a type, but that type is not among the ancestors. The property is generated as declared here. State the base type, or correct the row."
    InheritedRowMoved "GW3012" "missing-inherited-property" Note "inherited property that the base type does not list"
        "The row says that the property is inherited from a base type, but the page of the base type does not list it. The property is added to the base type. Add a row to the page of the base type."
    RedeclaredProperty "GW3013" "redeclared-property" Note "redeclared property with a different type"
        "OData does not allow a derived type to change the type of an inherited property. The declaration of the base type is used. Correct the rows."
    NotAProperty "GW3014" "invalid-property-name" Note "row of a property table that is not a property"
        "The first cell contains an annotation, a path, a group title or other text that is not a valid property name. The row is ignored."
    PropertyFromRepresentation "GW3015" "property-from-representation" Note "property in the JSON representation only"
        "No table lists the property. Its type is derived from the sample value. Add a row to the properties table."
    RepresentationValue "GW3016" "untyped-sample-value" Note "sample value without a type"
        "A property that only the JSON representation shows has the value `null`, an empty array or an object without `@odata.type`. The property is generated as JSON. Add a row to the properties table."
    UnionOfTypes "GW3017" "union-of-types" Note "type cell with several types"
        "A property has one type. The nearest common ancestor of the listed types is used or, if there is none, JSON. Name the common ancestor."
    RowInOtherTable "GW3018" "row-in-wrong-table" Note "row in the table of the other kind of property"
        "A property with an entity type is a navigation property, and any other property is structural, independent of the table that lists it. Move the row."
    EnumDefinitionsDiffer "GW3019" "conflicting-enum" Note "enum with several different definitions"
        "Several pages or sections define the enum with different members. The enum is generated with the members of all of them, and with the numeric values of the first. Keep one definition."
    ValuesOfString "GW3020" "values-of-string" Note "section with values of a String property"
        "A section looks like an enum, but no type cell refers to it, or it lists `null` as a value. No enum is generated; the documentation of the property lists the values. Use the name of the enum in the type cell."
    EnumFromList "GW3021" "enum-from-row" Note "enum defined in a property row only"
        "A row states a type that no page defines, and lists its possible values. An enum with these values is generated. Add a page or a section for the enum."
    InvalidMember "GW3022" "invalid-member-name" Note "enum member with an invalid name"
        "The name contains spaces or other characters that OData does not allow. The member is not generated; the value is still read and written as an unlisted value. Correct the name."
    NavigationFromPath "GW3023" "navigation-from-path" Note "navigation property in request lines only"
        "A request line contains a segment that the preceding type does not list as a property. A navigation property with the type of the response is generated. Add a row to the relationships table."
    UnknownSegment "GW3024" "unknown-segment" Note "unresolved path segment"
        "The preceding type has no such property, no page documents such an action or function, and no request shows the type of the segment. The operation is generated; the segments from here on have no type."
    PathSpelling "GW3025" "conflicting-path-case" Note "paths that differ in case only"
        "Two pages write the same request with different capitalization. One operation is generated, spelled like the property or else like the first page. Correct the request line."
    UndefinedBody "GW3026" "undefined-request-body" Note "request body without a type"
        "Neither the request body section nor the path states the type of the body. The operation is generated with a JSON body. State the type, or list the parameters."
    UndefinedResponse "GW3027" "undefined-response" Note "response without a type"
        "Neither the response section, nor a methods table, nor the annotation of an example states a type. The operation is generated with a JSON response. State the type."
    PermissionWords "GW3028" "no-permission-in-cell" Note "permissions cell without a permission"
        "The cell contains neither permission names nor `Not supported`. The row is ignored. Correct the cell."
    ExampleWithoutOperation "GW3029" "example-without-operation" Note "example that matches no operation"
        "No request line of any page has the method and path of the example. The example is ignored. Correct its URL, or add the request line."
    ExampleOfOtherVersion "GW3030" "example-of-other-version" Note "example with the URL of another API version"
        "The URL of the example contains another version than that of the page. The example is read as a request to the version of the page. Correct the URL."
    ExampleElsewhere "GW3031" "example-of-other-host" Note "example with the URL of another host"
        "The request is sent to a host other than the API, such as a webhook or a download server. The example is ignored."
    SampleKey "GW3032" "sample-of-open-type" Note "key of an open type in the JSON representation only"
        "Instances of an open type can have any property, and the JSON representation shows some as a sample. No property is generated for the key. Add a row if the type declares it."
    BodyRowUnknown "GW3033" "unknown-body-property" Note "request body row that matches no property"
        "The request body table lists a property that the type of the body does not have, or the operation has no body. The row is ignored. Add the property to the page of the type, or correct the row."
    MethodWithoutOperation "GW3034" "method-without-operation" Note "methods table row without an operation"
        "The row has no link, or the target is not a page with a request line. The row is ignored, since operations are generated from operation pages only. Correct the link, or add the page."
    UrlParameterUnknown "GW3035" "unknown-url-parameter" Note "parameter row that matches no URL parameter"
        "The table lists parameters of a path or function, but no request line of the page has a parameter with this name. The row is ignored. Use the same name in both places."
    ResponseAlone "GW3036" "response-without-request" Note "example response without a request"
        "The operation of a response cannot be determined without a request. The example is ignored. Put the request before the response."
    AnnotationOfInstances "GW3037" "annotation-row" Note "table row that describes an annotation"
        "A name that starts with `@` denotes an instance annotation, not a property of the type. No property is generated; annotations in responses are kept with the other unlisted values."
    BaseFromBasePage "GW3038" "base-from-page-of-base" Note "base type stated on the page of the base only"
        "The page of the type states no base type, but the page of another type lists it as a derived type. That other type is used as the base. State it on the page of the derived type."
    EmptyDefinition "GW3039" "empty-type-definition" Note "type page without a definition"
        "The heading is that of a type, but the page has no annotation, no property and no JSON representation. No type is generated. Describe the type, or change the heading."
    StaleCorrection "GW3040" "stale-correction" Warning "correction that no longer applies"
        "The text that the correction expects is no longer on the page. The correction is not applied. Check the page, and remove or update the correction."
    PageCorrected "GW3042" "corrected-page" Note "page with an applied correction"
        "An entry of the corrections file replaces what the page says at this place; the entry states the reason. Remove the entry once the page is corrected."
    OperationFromExample "GW3043" "operation-from-example" Note "operation in an example only"
        "No request line has the method and path of the example, but the types allow the path, and it leads to the subject of the page: for example `/me` instead of `/users/{id}`, or a cast or `$count` after a collection. The operation is generated. Add the request line."
    ResponseFromExample "GW3044" "response-from-example" Note "example response that contradicts `204 No Content`"
        "The page promises `204 No Content`, but its example shows a response with an object, which some pages make dependent on a `Prefer` header. The operation is generated with an optional response. Describe both responses."
    JsonSpelling "GW3045" "conflicting-property-case" Note "property with different capitalization in table and JSON"
        "The spelling of the JSON representation is used, because it shows what the service sends. Correct the table."
    EnumTwice "GW3046" "duplicate-enum" Note "enum that repeats another enum"
        "No type cell names the enum, and another enum with a similar name has all its members. No type is generated from the section. Remove it, or name the enum where it is used."
    RelationshipMisnamed "GW3047" "misnamed-relationship" Note "relationship with a name that no path uses"
        "Request lines use a similar name that leads to the same type, so both denote one navigation property. It is generated with the name of the request lines. Correct the table."
    CollectionFromPath "GW3048" "collection-from-path" Note "collection documented as a single instance"
        "A key follows the name in a request line, or a request returns a list. The navigation property is generated as a collection. Write `collection` after the type in the table."
    EnumContradicted "GW3049" "contradicted-enum" Note "enum section that contradicts the rows using it"
        "Every row that has the enum as its type and lists values lists none of the members, so the section describes something else. The enum is generated with the values of the rows. Correct the section."
    TypeFromPath "GW3050" "type-from-path" Note "type in request paths only"
        "Request lines continue after a segment whose type no page defines. An entity type is generated with the navigation properties that the paths show. Its name comes from a heading, title or file name, or else from the path. Add a page for the type."
    ResponseDisputed "GW3060" "conflicting-response" Note "response whose description and example disagree"
        "The type in `@odata.context`, the annotation and the form of the body outweigh the sentence of the response section. Correct the sentence, or the example."
    BaseAndDerivedType "GW3070" "base-and-derived-type" Note "path with a base type and a derived type of it"
        "Pages about a base type and about a derived type describe the same path. Instances of both types are at the path, so the base type is used. Link the base type in the response section."
    UnknownPermission "GW3071" "unknown-permission" Warning "permission that is probably misspelled"
        "Other pages use a permission with almost the same name more often. The name is used as written. Correct the name, or add a correction."
    UnusedPermissionRow "GW3072" "unused-permission-row" Note "permissions row that applies to no request line"
        "The row is limited to a resource that no request line of the page is about, or another page leads the operation and states the same permissions. The row is ignored. Correct the row, or add the request line."

    // 4xxx: rust, the names and files of the output.
    NameNotPlain "GW4001" "unrepresentable-name" Warning "name that is not a valid identifier"
        "The name contains characters that Rust identifiers cannot contain, or exceeds the length limit. The JSON name is unchanged; in the Rust name, each such character separates two words."
    NameCollision "GW4002" "name-collision" Note "names that map to the same identifier"
        "Two names differ only in case or in characters that identifiers cannot contain. A number is appended to the later one: the number that the page states, or the next free one."
    AnnotationAsProperty "GW4003" "annotation-as-property" Note "property row for an annotation"
        "`@odata.type` is the type annotation of every object and not a property. No field is generated. Remove the row."
    ParameterTypesDiffer "GW4004" "conflicting-parameter-types" Warning "action parameter with two different types"
        "All paths of an action share one parameter struct. Two pages state different types for the parameter; the first is used. Correct one of the pages."

    // 5xxx: conformance, the documented examples checked against the model.
    ExampleNotJson "GW5001" "example-not-json" Note "example body that is not JSON"
        "The operation sends or returns JSON, but the example shows other text or JSON that cannot be parsed. The example is treated as text and not expected to round-trip. Correct the example."
    ValueNotInEnum "GW5002" "unlisted-enum-value" Note "example value that the enum does not list"
        "The value is not a member of the enum of the property. It is read and written as an unlisted value. Add the member to the enum, or correct the example."
    UnlistedProperty "GW5003" "unlisted-property" Note "example property that no table lists"
        "Neither the type of the object nor an ancestor has the property, and the type is not open. The value is kept as an unlisted property. Add a row to the table or, if the property belongs to a derived type, an `@odata.type` to the example."
    ValueOfOtherType "GW5004" "mismatched-value" Note "example value of the wrong type"
        "The value cannot be parsed as the documented type: for example, a string instead of a number, or a placeholder instead of a date. The value is kept as JSON. Correct the example, or the type in the table."
    UnknownInstanceType "GW5005" "undefined-instance-type" Note "example with an undefined `@odata.type`"
        "No page defines the type that `@odata.type` names. The object is read as the declared type, and the annotation is kept. Correct the name, or add the page."
    UnfittingInstanceType "GW5006" "unrelated-instance-type" Note "example with an `@odata.type` that is not a derived type"
        "The type that `@odata.type` names does not inherit from the declared type. The object is read as the declared type. Correct the name, or state the base type on the page of the type."
    WrappedEntity "GW5007" "wrapped-entity" Note "example with a single object in `value`"
        "Only collections and single primitive values are wrapped in `value`; a single object is the response itself. The content is kept, but no property is filled. Correct the example."
    EnvelopeMissing "GW5008" "missing-value-envelope" Note "example without the `value` envelope"
        "A collection or a single primitive value must be wrapped in an object with the key `value`. The content is kept as JSON. Correct the example, or the documented response."
    UnexpectedCollection "GW5009" "unexpected-collection" Note "example with a collection instead of a single object"
        "The operation is documented to return a single object. The content is kept, but no property is filled. Correct the example, or the documented response."
    UnexpectedResponse "GW5010" "unexpected-response-body" Note "example with an undocumented response body"
        "The page says that the response is empty, but the example shows content. The generated operation ignores the content. Correct the example or the page."
    UnexpectedBody "GW5011" "unexpected-request-body" Note "example with an undocumented request body"
        "The page says that the request has no body, or the HTTP method allows none, but the example shows one. The generated operation sends no body. Correct the example or the page."
    MissingBody "GW5012" "missing-request-body" Note "example without the documented request body"
        "The page describes a request body, but the example shows none. The generated operation sends an empty object. Add the body to the example."
    ArgumentOfOtherType "GW5013" "mismatched-argument" Note "example with a function argument of the wrong type"
        "The argument cannot be parsed as the type of the parameter; often it is a placeholder. The generated operation accepts only values of that type. Use a valid sample value."
    PathSpelledOtherwise "GW5014" "conflicting-example-path" Note "example path that differs from the request line"
        "The capitalization, the quotes, the arguments or their order differ. The generated operation uses the path of the request line. Correct the example or the request line."
    RepeatedQueryOption "GW5015" "repeated-query-option" Note "example with a repeated query option"
        "A query option can be specified only once. The last one is used. Combine them, or remove one."
    InvalidHeader "GW5016" "invalid-header" Note "example with an invalid HTTP header"
        "The name or the value contains characters that HTTP does not allow in headers. The client rejects such a header. Correct the example."
    OtherContentKind "GW5017" "mismatched-content-type" Note "example with an undocumented content type"
        "The operation takes JSON, but the example has another `Content-Type`. The generated operation sends JSON. Document the other content type, or correct the example."
    MissingLink "GW5018" "missing-reference" Note "reference request without `@odata.id`"
        "The body of a request to `$ref` must be an object with the key `@odata.id`. The body is sent as it is. Correct the example."
    ContentOfOtherKind "GW5019" "example-not-object" Note "example body that is not an object"
        "The operation sends or returns an object, but the example shows an array or a primitive value. The body cannot be read. Correct the example."

    // 6xxx: lint, pages as their writers see them.
    BrokenLink "GW6001" "broken-link" Note "relative link to a page that does not exist"
        "No page of the documentation has the path of the link. Correct the path, or remove the link."
    InvalidAllow "GW6002" "invalid-allow" Warning "comment of the linter that is invalid"
        "A comment that allows problems has the form `<!-- graphwright: allow(rule) reason -->` and names one or more rules. The comment is ignored. Correct it."
    UnusedAllow "GW6003" "unused-allow" Note "comment of the linter that allows nothing"
        "The place that the comment applies to has no problem of the rules that it names. Remove the comment."
    StaleBaseline "GW6004" "stale-baseline" Note "baseline entry without a problem"
        "The baseline accepts a problem that no longer exists. Remove the entry, or update the baseline with `lint --update-baseline`."

    // 61xx: rules of the linter on what pages say.
    UnstatedStatus "GW6101" "unstated-status" Note "example response with a status that the page does not state"
        "The response section states the status codes of a successful request, and the example shows another one. Correct the example, or the sentence."
    OtherVersionInExample "GW6102" "version-in-example" Note "URL in an example with another version"
        "A URL in a code block has another version than the page, or a placeholder for it. Write the version of the page."
    PlaceholderInExample "GW6103" "placeholder-in-example" Note "example request with a placeholder in its URL"
        "An example shows a request as it is sent, so that readers can try it. Write a sample value instead of the placeholder."
    PlaceholderValue "GW6104" "placeholder-value" Note "example with a placeholder instead of a value"
        "An example shows realistic values; `displayName-value` or the name of a type tells readers nothing. Write a sample value."
    AnnotationCase "GW6105" "annotation-case" Note "annotation of OData in the wrong letter case"
        "The names of annotations are case-sensitive: `@odata.nextLink`, not `@odata.nextlink`. Correct the name."
    ItemCount "GW6106" "item-count" Note "count that is smaller than the number of items"
        "`@odata.count` is the number of all items, and the response contains more than that. Correct the number."
    MethodOfTitle "GW6107" "method-of-title" Note "request whose method contradicts the title"
        "The title of the page starts with a verb such as `Get` or `Delete`, but every request has a method that does something else. Correct the method, or the title."
    FunctionWithPost "GW6108" "function-with-post" Note "function that is called with POST"
        "A function takes its parameters in the URL, has no request body, and is called with GET; only actions are called with POST. Correct the method."
    PathWithoutSlash "GW6109" "path-without-slash" Note "path without a slash at its start"
        "The path of a request line must start with a slash, which stands for the root of the service. Add the slash, and the segments before the first one if there are any."
    UnlinkedType "GW6110" "unlinked-type" Note "type cell without a link"
        "The type has a page or a section of its own, but the cell does not link it. Link the type."
    EnumAsString "GW6111" "enum-as-string" Note "string with the values of an enum"
        "The description lists exactly the members of an enum, but the type of the property is String. Write the enum as the type."
    TypeCase "GW6112" "type-case" Note "link to a type with other capitalization"
        "The text of the link differs from the name of the type in capitalization only. Write the name of the type."
    PrimitiveCase "GW6113" "primitive-case" Note "primitive type with other capitalization"
        "Primitive types are spelled as in OData, such as `String` and `DateTimeOffset`. Write the name of the type."
    FormattedName "GW6114" "formatted-name" Note "name of a row in backticks or bold"
        "The name of a property is written without formatting in the first cell. Remove the formatting."
    InvalidMetadata "GW6115" "invalid-metadata" Note "front matter with an invalid value"
        "`doc_type` must be one of the kinds of pages and match the content, and product names are in lower case. Correct the value."
    MissingMetadata "GW6116" "missing-metadata" Note "front matter without a required key"
        "The documentation platform requires `title`, `description`, `author`, `doc_type` and the product. Add the key."
    DuplicateExampleName "GW6117" "duplicate-example-name" Note "request annotations with the same name"
        "The names of request annotations must be unique within a version, since the files of code snippets are named after them. Change one of the names."
    SkippedHeadingLevel "GW6118" "skipped-heading-level" Note "heading that skips a level"
        "The level of a heading is at most one below that of the heading above, so that the outline of the page has no gaps. Change the number of `#` characters."
    MisspelledHeading "GW6119" "misspelled-heading" Note "heading that is probably misspelled"
        "The heading differs in one letter from one that the pages of operations and types share. Correct the heading."
    AbsoluteLink "GW6120" "absolute-link" Note "link to the documentation with its host"
        "A link within the documentation starts with a slash, so that it leads to the language and the site of the reader. Remove the host and the language."
    RepeatedWord "GW6121" "repeated-word" Note "repeated word"
        "A word such as `the` is written twice in a row. Remove one of them."
    MisspelledWord "GW6122" "misspelled-word" Note "word that is probably misspelled"
        "At most three pages contain the word, and many pages contain one that differs in a single letter. Correct the word."
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn ids_are_unique_and_sorted() {
        let ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
        assert!(ids.is_sorted_by(|left, right| left < right), "{ids:?}");
    }

    #[test]
    fn rule_names_are_unique_and_in_kebab_case() {
        let mut rules = BTreeSet::new();
        for code in Code::ALL {
            let rule = code.rule();
            assert!(rules.insert(rule), "{rule}");
            let is_word =
                |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(rule.split('-').all(is_word), "{rule}");
        }
    }
}
