//! The parts of the API that are measured. A model in, the decisions about the part's library out.

use anyhow::{Context, Result};
use clap::ValueEnum;
use generator::Selection;
use generator::model::{Api, Model};
use generator::rust::{self, Crate};
use generator::source::Sources;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A part of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slice {
    /// Two entities of Intune.
    Two,
    /// All of Intune.
    Intune,
    /// Everything.
    All,
}

/// Which slices are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SliceChoice {
    /// Two entities: `mobileThreatDefenseConnectors` and `complianceManagementPartners`.
    #[value(name = "S1")]
    S1,
    /// All of `/deviceManagement` and `/deviceAppManagement`.
    #[value(name = "S2")]
    S2,
    /// Everything.
    #[value(name = "S3")]
    S3,
    /// All three.
    #[value(name = "all")]
    All,
}

impl SliceChoice {
    pub(crate) fn slices(self) -> &'static [Slice] {
        match self {
            Self::S1 => &[Slice::Two],
            Self::S2 => &[Slice::Intune],
            Self::S3 => &[Slice::All],
            Self::All => &[Slice::Two, Slice::Intune, Slice::All],
        }
    }
}

impl Slice {
    /// The short name, which is that of its folder too.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Two => "S1",
            Self::Intune => "S2",
            Self::All => "S3",
        }
    }

    /// What it holds.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Two => "two entities of /deviceManagement, with what they need",
            Self::Intune => "all of /deviceManagement and /deviceAppManagement",
            Self::All => "everything",
        }
    }

    /// The paths of its operations, as globs.
    fn paths(self) -> &'static [&'static str] {
        match self {
            Self::Two => &[
                "/deviceManagement/mobileThreatDefenseConnectors{,/**}",
                "/deviceManagement/complianceManagementPartners{,/**}",
            ],
            Self::Intune => &["/deviceManagement{,/**}", "/deviceAppManagement{,/**}"],
            Self::All => &["**"],
        }
    }

    /// The decisions about its library.
    pub(crate) fn library(self, api: &Api, sources: &Sources) -> Result<Crate> {
        match self {
            Self::All => Ok(lower(api.clone(), sources)),
            Self::Two | Self::Intune => library(api, sources, self.paths()),
        }
    }
}

/// The decisions about the library of all that matches one of some globs.
pub(crate) fn library(api: &Api, sources: &Sources, patterns: &[&str]) -> Result<Crate> {
    let globs = globs(patterns).context("the bench's own globs cannot be read")?;
    let matches = |name: &str| globs.is_match(name);
    let selection = Selection {
        include: Some(&matches),
        exclude: None,
    };
    Ok(lower(generator::select(api, selection, sources), sources))
}

fn lower(api: Api, sources: &Sources) -> Crate {
    // Problems are the matter of `gen`.
    let (library, _) = rust::lower(&Model { apis: vec![api] }, sources);
    library
}

fn globs(patterns: &[&str]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(
            GlobBuilder::new(pattern)
                .literal_separator(true)
                .empty_alternates(true)
                .build()?,
        );
    }
    Ok(set.build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_hold_their_paths() {
        let check = |slice: Slice, path: &str, expected: bool| {
            let globs = globs(slice.paths()).expect("the globs of slices are globs");
            assert_eq!(globs.is_match(path), expected, "{slice:?} {path}");
        };
        check(
            Slice::Two,
            "/deviceManagement/mobileThreatDefenseConnectors",
            true,
        );
        check(
            Slice::Two,
            "/deviceManagement/complianceManagementPartners/{id}",
            true,
        );
        check(Slice::Two, "/deviceManagement/managedDevices", false);
        check(Slice::Intune, "/deviceManagement", true);
        check(
            Slice::Intune,
            "/deviceAppManagement/mobileApps/{id}/assign",
            true,
        );
        check(Slice::Intune, "/deviceManagementScripts", false);
        check(Slice::Intune, "microsoft.graph.user", false);
    }
}
