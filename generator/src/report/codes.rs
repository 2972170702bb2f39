//! The codes: every kind of problem there is, with its level and its explanation. A code never changes its meaning.

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is lost; a page is odd.
    Note,
    /// Something of the page could not be taken over as it stands; the rest was.
    Warning,
    /// The run's result cannot be relied on.
    Error,
}

impl Level {
    /// The level as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $id:literal $level:ident $title:literal $explanation:literal)*) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code, in the order of ids.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable id: `GW` and four digits. The first digit is the stage that sees the problem.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// How bad it is.
            pub fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }

            /// What is wrong, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What it means, what the generator does about it, and what a docs writer can do.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }
        }
    };
}

codes! {
    // 1xxx: markdown, how a page is written.
    UnclosedFence "GW1001" Warning "a code fence is never closed"
        "A code block that starts with a fence must end with one. The block is read to the end of the page. Close the fence."

    UnclosedComment "GW1002" Note "a comment is never closed"
        "A comment that starts with `<!--` must end with `-->`. The comment is read to the end of the page, so whatever follows it is not part of the page. Close the comment if something should follow."
    TableWithoutSeparator "GW1003" Warning "a table has no line of dashes"
        "Below the header of a table stands a line of dashes, one group for each column. Without it there is no table in published pages. The first row is taken for the header. Add the line."
    BrokenRow "GW1004" Note "a row of a table goes on on the next line"
        "A row of a table must stand on one line. A line that has fewer cells than the header and does not start with a pipe is taken as the rest of the last cell above it. Join the lines, or write `<br>`."
    SurplusCells "GW1005" Note "a row has more cells than the table's header"
        "A pipe inside a cell has to be written as `\\|`. The surplus cells are joined into the last one, with the pipes between them. Escape the pipes."
    MissingInclude "GW1006" Note "an included file is not at hand"
        "The page includes a file that is not among the pages read. Notes and other boiler-plate are included in this way, and the page is read without them. Put the file into the documentation folder to have it read."
    MissingPermissionsInclude "GW1007" Warning "an included permissions table is not at hand"
        "The page includes its table of permissions from a file that is not among the pages read, so the operation has no permissions. Put the file into the documentation folder."
    EndlessInclude "GW1008" Warning "an include leads back to itself"
        "A file includes itself, or one that includes it, or the includes of a page together are larger than any page should be. The include is left out. Remove it."

    // 2xxx: facts, what a page says.
    BrokenAnnotation "GW2001" Note "an annotation is not JSON"
        "The comment above a code block starts like a JSON object, but cannot be read as one. Trailing commas, bare keys and raw line ends are read with good will. The page is read without it. Correct the JSON."
    UnreadTable "GW2002" Warning "a table is not known"
        "The words of the table's header, and the section in which it stands, do not say what its rows are. The rows are left out. Use the header that other pages use for such rows."
    UnreadName "GW2003" Warning "a row has no name that could be one"
        "The first cell of a row should hold the name of a property or parameter: letters, digits and underscores. The row is left out."
    PathAsName "GW2004" Note "a row has a path for a name"
        "The first cell of a row should hold the name of one property. A path says how to reach a property of another type. The row is left out."
    UnreadType "GW2005" Warning "a type cell names no type"
        "The type cell holds neither a primitive nor a link nor a name, or words around it that make its meaning unsure. The property is kept, and its value is read as any JSON."
    SentenceInTypeCell "GW2006" Note "a type cell holds a sentence"
        "Beside a type, the type cell holds words that belong into the description. The type is taken, and the words go to the description or are left."
    UnclosedLink "GW2007" Note "a link is not closed"
        "The parenthesis around the target of a link is open to the end of the cell. The link's text is taken. Close the parenthesis."
    UnreadPermissionRow "GW2008" Warning "a row of a permission table names no kind of account"
        "The first cell of a permission table's row says `Delegated (work or school account)`, `Delegated (personal Microsoft account)` or `Application`, or it limits such a row above it. This row does neither and is left out."
    WordsAmongPermissions "GW2009" Note "words stand among permissions"
        "A cell of a permission table should hold names of permissions with commas between them. The names are taken and the words are left."
    RepairedJson "GW2010" Note "JSON is not strict"
        "The JSON has a trailing or missing comma, a comment, a bare key, curly quotes or a raw line end. It is read as it is meant. Correct it, so that it can be copied."
    BrokenJson "GW2011" Warning "JSON cannot be read"
        "The text starts like JSON but cannot be read as such, not even with good will. An example's body is kept as text, a representation is left out. Correct the JSON."
    UnreadStatusLine "GW2012" Warning "a status line has no number"
        "A response starts with `HTTP/1.1` and a number of three digits. The response is left out."
    TemplateMissing "GW2013" Warning "a request line has no URL"
        "Behind the method there is no path, or words that say that none was found. The line is left out."
    ForeignHost "GW2014" Note "a request line leads to another host"
        "The request is not sent to the service that the pages describe. The line is left out."
    EllipsisInTemplate "GW2015" Note "a request line has a gap"
        "Dots stand for segments that the reader should fill in, so the path cannot be called. The line is left out."
    UnbalancedTemplate "GW2016" Warning "a request line has brackets that do not match"
        "A brace, a parenthesis or a quote of the path is not closed. The line is left out."
    UnreadRequestLine "GW2017" Note "a line of a request block is no request"
        "A block of request lines holds a line that is neither a request nor a header nor a joining word. The line is left out."
    NoRequestLine "GW2018" Warning "an api page has no request"
        "The page stands among those that describe requests, but has no request line that could be called. No operation comes from it."
    EnumWithoutMembers "GW2019" Note "a heading announces members that no table lists"
        "A heading of the form `x values` or `Members` is followed by no table of members."
    MemberValueNotNumber "GW2020" Note "the value of an enum's member is not a number"
        "The value column of a members table holds whole numbers. The member is taken without a value."
    FlattenedMethods "GW2021" Warning "a methods table has lost its columns"
        "In plain text the cells of a methods table run together, and titles have blanks in them, so nothing tells them apart. The row is left out. Use the page's markdown."
    CloudTicksLost "GW2022" Note "the table of national clouds has lost its ticks"
        "In plain text the row of ticks is gone, so it is not known which clouds have the operation. Use the page's markdown."
    LinkTargetsLost "GW2023" Note "links have no targets"
        "The page is rendered text. Where two types of different namespaces have one name, their links would tell them apart. Types are known by their names only. Use the page's markdown."

    // 3xxx: resolve, how pages fit together.
    UnknownVersion "GW3001" Warning "a page belongs to no version"
        "Neither the folder of the page nor its examples tell whether it is about v1.0 or beta. The page is left out of the model. Put it below a folder named `v1.0` or `beta`."
    InvalidTypeName "GW3002" Warning "a name cannot be the name of a type"
        "The heading or annotation that names a type holds something other than a name in OData's sense, or a name that is taken. The definition is left out. Give the annotation an `@odata.type`."
    ConflictingProperty "GW3003" Warning "a property is listed twice with different types"
        "A type is described by several rows, on one page or on several, and they disagree about a property's type. The first row counts; the page that has the type's name comes first. Make the rows agree."
    UndefinedType "GW3004" Warning "a type is used that no page defines"
        "A type cell, a sentence or an annotation names a type that no page of this version defines. The value stays opaque: any JSON is read and written. Link the type to its page, or write the page."
    AmbiguousTypeName "GW3005" Warning "a name fits several types"
        "A bare name is defined in several namespaces, and neither the page's namespace nor the main one has it. It stays undefined. Link it, or write its namespace."
    LinkAndTextDisagree "GW3006" Note "a link's text names one type and its target another"
        "Both are known types. The text is believed, since it is what a reader sees; a text that names no type gives way to the target. Mend the link."
    UndefinedBase "GW3007" Warning "a base type is unknown"
        "A sentence or an annotation names a base that is no entity or complex type of this version. The type is left without that base. Mend the name, or write the page."
    BasesDisagree "GW3008" Note "sentence and annotation name different bases"
        "The sentence `Inherits from` is believed, as it links to a page. Make the annotation's `baseType` agree."
    BaseCycle "GW3009" Warning "a type inherits from itself"
        "The stated bases lead back to the type. The first type of the cycle, in the order of names, is left without a base. Mend one of the statements."
    BaseFromRows "GW3010" Note "rows tell a nearer base than the page states"
        "Rows say that they are inherited from a type which is not the stated base but leads to it, or no base is stated. That type is taken as the base. State it on the page."
    InheritedFromStranger "GW3011" Note "a row is inherited from a type that is no base"
        "A row says where it is inherited from, but the type does not inherit from there. The row is kept as the type's own. State the base, or mend the row."
    InheritedRowMoved "GW3012" Note "a base lacks a property that is inherited from it"
        "A row says that it is inherited from a base, whose own pages do not list it. The base gets the property. Add the row to the base's page."
    RedeclaredProperty "GW3013" Note "a row differs from the base's property"
        "The type lists a property that its base has with another type. OData allows no such thing; the base's property is kept. Make the rows agree."
    NotAProperty "GW3014" Note "a row of a property table names no property"
        "The first cell is an annotation, a path, a group's title or something else that cannot be a property's name. The row is left out."
    PropertyFromRepresentation "GW3015" Note "a property is only in the JSON representation"
        "No table lists it. Its type is taken from the sample value, which tells less than a row would. Add a row."
    RepresentationValue "GW3016" Note "a sample value tells no type"
        "A property that only the JSON representation shows has `null`, an empty list or an object without `@odata.type` as its value. The value stays opaque. Add a row to the table."
    UnionOfTypes "GW3017" Note "a type cell offers several types"
        "The nearest type that all of them inherit from is taken; if there is none, any JSON value is allowed."
    RowInOtherTable "GW3018" Note "a row stands in the table of the other kind"
        "Properties with an entity type are navigation properties, all others are structural, whichever table lists them. Move the row."
    EnumDefinitionsDiffer "GW3019" Note "an enum is defined twice, with other members"
        "Several pages or sections define the enum. Their members are united; numbers are those of the first. Keep one definition."
    ValuesOfString "GW3020" Note "a section lists values of a String property"
        "A section looks like an enum, but no type cell refers to it, or it lists `null` as a value. No enum is made; the values are listed with the property."
    EnumFromList "GW3021" Note "an enum is known only from a list in a row"
        "A row has a type that no page defines, and lists its possible values. An enum is made of them. Write a page or a section for it."
    InvalidMember "GW3022" Note "a value cannot be an enum member"
        "The name holds blanks or other characters that OData does not allow. The member is left out; as a value it is read and kept like any unlisted one."
    NavigationFromPath "GW3023" Note "a navigation property is only in request paths"
        "A request line leads over a name that the type before it does not list. A navigation property is added, with the type that the request returns. Add a row to the relationships."
    UnknownSegment "GW3024" Note "nothing explains a segment of a path"
        "The type before the segment has no such property, no page calls it as an action or function, and no request shows what it leads to. The operation is kept; its path is typed up to here."
    PathSpelling "GW3025" Note "a path is spelled in two ways"
        "Two pages write the same request with other capitals. They are one operation; the first spelling is kept, or the property's."
    UndefinedBody "GW3026" Note "a page does not say what is sent"
        "Neither the request body section nor the path tells the type of the body. Any JSON value can be sent. State the type or list the parameters."
    UndefinedResponse "GW3027" Note "a page does not say what comes back"
        "Neither the response section, nor a methods table, nor an example's annotation names a type. Any JSON value is read. State the type."
    PermissionWords "GW3028" Note "a permission cell names no permission"
        "The cell holds words that are neither permissions nor `Not supported`. The row adds nothing to the result."
    ExampleWithoutOperation "GW3029" Note "an example fits no operation"
        "No request line of any page has the example's method and path. The example is left out. Mend its URL, or add the request line."
    ExampleOfOtherVersion "GW3030" Note "an example goes to another version"
        "The URL of the example names another version than the page is about. It is read as a request to the page's version."
    ExampleElsewhere "GW3031" Note "an example goes to another service"
        "The request of the example goes to a host that is not the API: a callback, a download. It is left out."
    SampleKey "GW3032" Note "a key of an open type is only in the JSON representation"
        "An open type takes any property, and its JSON representation shows some as a sample. They are not properties of the type. Add a row if one is."
    BodyRowUnknown "GW3033" Note "a row of the request body is no property of what is sent"
        "The request body's table lists something that the type which the request sends does not have, or the request sends nothing at all. The row adds nothing to the result. Add the property to the type's page, or mend the row."
    MethodWithoutOperation "GW3034" Note "a row of a methods table leads to no operation"
        "The row has no link, or its link leads to no page that describes a request. What is called is known from api pages alone, so the row adds nothing. Mend the link, or write the page."
    UrlParameterUnknown "GW3035" Note "a row describes a parameter that no URL has"
        "The table lists parameters of a path or of a function, but no request line of the page has one of that name. The row adds nothing. Make the names agree."
    ResponseAlone "GW3036" Note "an example has a response, but no request"
        "Nothing tells which operation the response belongs to. The example is left out. Put the request in front of it."
    AnnotationOfInstances "GW3037" Note "a row describes an annotation"
        "The name starts with `@`: it is an annotation that instances may carry, and no property of the type. Values read keep it beside their properties."
    BaseFromBasePage "GW3038" Note "only the page of a base names a derived type"
        "The type's own page does not say what it inherits from, but another page names it as derived from its type. That type is taken as the base. State it on the type's own page."
    EmptyDefinition "GW3039" Note "a page that looks like a type defines nothing"
        "The heading is that of a type, but the page has neither an annotation nor a property nor a JSON representation. No type is made of it. Describe the type, or call the page something else."
    StaleCorrection "GW3040" Error "a correction no longer bites"
        "The list of corrections expects something on a page that is not there any more. Look at the page, and take the correction out or renew it."
    UnreadableCorrections "GW3041" Error "the corrections cannot be read"
        "`generator/corrections.toml` is a list of [[correction]] with `page`, `subject`, `expected`, `becomes` and `reason`. Nothing is corrected until it can be read."
    PageCorrected "GW3042" Note "a page was corrected"
        "The list of corrections puts this place right; it says why. Once the page is mended, the correction has to go."
    OperationFromExample "GW3043" Note "an operation is only in an example"
        "No request line has the method and path of an example, but the types explain the path, and it leads to what the page is about: `/me` for `/users/{id}`, a cast or a count behind a collection. The operation is made as the page describes it. Add the request line."
    ResponseFromExample "GW3044" Note "a page says that nothing comes back, and shows content"
        "The page promises `204 No Content`, and its example has a response with an object, which some pages make depend on a `Prefer` header. The operation returns the object; it is empty where nothing comes. Describe both answers on the page."
    JsonSpelling "GW3045" Note "a table and the JSON representation spell a property in two ways"
        "The two differ in capitals only. The JSON representation shows what the service writes, so its spelling is taken. Correct the table."
    EnumTwice "GW3046" Note "an enum says again what another one says"
        "No type cell names the enum, and all its members are those of another enum with nearly the same name. No type is made of it. Take the section out, or name the enum where it is used."
    RelationshipMisnamed "GW3047" Note "no path has the name of a relationship"
        "Request lines have nearly the same name and lead to the same type, so both are one navigation property. It gets the name that requests have. Correct the table."
    CollectionFromPath "GW3048" Note "a relationship to one instance is a collection in paths"
        "A key follows the name in a request line, or a request reads all that is there, so there are many instances. Write `collection` behind the type in the table."
    EnumContradicted "GW3049" Note "rows list other values than the enum they name"
        "Every row that has the enum and lists values lists none of its members, so the section has the members of something else. The enum is made of the listed values. Correct the section."
    TypeFromPath "GW3050" Note "a type is only in request paths"
        "Requests go on behind a name, but no page defines what stands there. It is an entity type with what paths show behind it; its name is that in a heading, a title or a file name, else that in the path. Write its page."

    // 4xxx: rust, names and files of the output.
    NameNotPlain "GW4001" Warning "a name cannot be shown in Rust"
        "A name has characters that no identifier can have, or is longer than any name should be. The JSON name stays as it is; in Rust, each odd character parts two words."
    NamesMeet "GW4002" Note "two names give one identifier"
        "Two names differ only in case or in characters that identifiers lack. The later one gets the number that the page states, or the next free one, behind its name."
    AnnotationAsProperty "GW4003" Note "a table lists an annotation as a property"
        "`@odata.type` says what an object is and is part of every object. It gets no field."
    ParameterTypesDiffer "GW4004" Warning "a parameter of one action has two types"
        "An action can be called at several paths, and all of them share one struct for its parameters. Where two pages give a parameter different types, the first is used."

    // 5xxx: examples, held against what else the pages say.
    ExampleNotJson "GW5001" Note "the body of an example cannot be read as JSON"
        "The operation sends or returns JSON, and the example shows something else, or JSON that is broken beyond repair. It is tried as text, and is not expected to come out. Correct the example."
    ValueNotInEnum "GW5002" Note "an example has a value that its enum does not list"
        "The value is read and kept all the same. Add the member to the enum, or correct the example."
    UnlistedProperty "GW5003" Note "an example has a property that no table lists"
        "Neither the type of the object nor one that it inherits from has the property, and the type is not open. The value is kept all the same. Add a row to the table, or an `@odata.type` to the example if the property belongs to a derived type."
    ValueOfOtherType "GW5004" Note "an example has a value of another type than documented"
        "The value cannot be one of the property's type: a text where a number is documented, a placeholder where a date is. It is kept all the same. Correct the example, or the type in the table."
    UnknownInstanceType "GW5005" Note "an example names a type that no page defines"
        "The object is read as one of the declared type, and its `@odata.type` is kept. Correct the name, or write the page."
    UnfittingInstanceType "GW5006" Note "an example names a type that cannot stand there"
        "The `@odata.type` names a type that does not inherit from the declared one. The object is read as one of the declared type. Correct the name, or state the base on the type's page."
    WrappedEntity "GW5007" Note "an example has a single instance under `value`"
        "Only collections and single primitive values stand under `value`; an instance is the response itself. What is there is kept, but no property is filled. Correct the example."
    EnvelopeMissing "GW5008" Note "an example lacks the list under `value`"
        "The operation returns a collection or a single primitive value, which stands under the key `value`. What is there is kept all the same. Correct the example, or what the page says about the response."
    UnexpectedCollection "GW5009" Note "an example has a collection where one instance is documented"
        "The operation is documented to return one instance. What is there is kept, but no property is filled. Correct the example, or what the page says about the response."
    UnexpectedResponse "GW5010" Note "an example has a response where none is documented"
        "The page says that nothing comes back, and the example shows content. It is not read. Correct one of them."
    UnexpectedBody "GW5011" Note "an example sends a body where none is documented"
        "The page says that nothing is sent, or the method sends nothing, and the example has a body. The builder sends none. Correct one of them."
    MissingBody "GW5012" Note "an example sends no body where one is documented"
        "The page describes a body, and the example has none. The builder sends an empty object. Show the body."
    ArgumentOfOtherType "GW5013" Note "an example has an argument of another type than documented"
        "The argument of a function in the path is no value of the parameter's type, often a placeholder. The builder takes values of the type only. Show a value that could be sent."
    PathSpelledOtherwise "GW5014" Note "an example spells its path in another way than the request line"
        "Capitals, quotes, the order of arguments, or the arguments themselves differ. The builder writes the path as the request line has it. Make the two agree."
    RepeatedQueryOption "GW5015" Note "an example has a query option twice"
        "Each option can be given once. The last one counts. Join them, or take one out."
    InvalidHeader "GW5016" Note "an example has a header that HTTP does not allow"
        "The name or the value has characters that no header can have. The header is refused. Correct the example."
    OtherContentKind "GW5017" Note "an example sends another kind of content than documented"
        "The operation takes JSON, and the example has a `Content-Type` of another kind. The builder sends JSON. Describe the other kind on the page, or correct the example."
    MissingLink "GW5018" Note "an example of a link holds none"
        "The body of a request to `$ref` is a link: an object with `@odata.id`. Correct the example."
    ContentOfOtherKind "GW5019" Note "the body of an example is no object"
        "The operation sends or returns an object, and the example shows a list or a bare value. It cannot be read. Correct the example."
}
