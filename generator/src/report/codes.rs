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

    // 2xxx: facts, what a page says.

    // 3xxx: resolve, how pages fit together.

    // 4xxx: rust, names and files of the output.
}
