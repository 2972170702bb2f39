//! The codes: every kind of problem there is, with its level and its explanation. A code never changes its meaning.

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    // 3xxx: resolve, how pages fit together.

    // 4xxx: rust, names and files of the output.
    NameNotPlain "GW4001" Warning "a name cannot be shown in Rust"
        "A name has characters that no identifier can have, or is longer than any name should be. The JSON name stays as it is; in Rust, each odd character parts two words."
    NamesMeet "GW4002" Note "two names give one identifier"
        "Two names differ only in case or in characters that identifiers lack. The later one gets the number that the page states, or the next free one, behind its name."
    AnnotationAsProperty "GW4003" Note "a table lists an annotation as a property"
        "`@odata.type` says what an object is and is part of every object. It gets no field."
    ParameterTypesDiffer "GW4004" Warning "a parameter of one action has two types"
        "An action can be called at several paths, and all of them share one struct for its parameters. Where two pages give a parameter different types, the first is used."
}
