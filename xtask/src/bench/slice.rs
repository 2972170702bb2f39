//! The measured slices of the API, and the lowering of a slice to its library.

use anyhow::{Context, Result};
use clap::ValueEnum;
use generator::Selection;
use generator::model::{Api, Model};
use generator::rust::{self, Crate};
use generator::source::Sources;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A slice of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slice {
    /// Two entity types of Intune.
    Two,
    /// All of Intune.
    Intune,
    /// The whole API.
    All,
}

/// A selection of slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SliceChoice {
    /// Two entity types: `mobileThreatDefenseConnectors` and `complianceManagementPartners`.
    #[value(name = "S1")]
    S1,
    /// All of `/deviceManagement` and `/deviceAppManagement`.
    #[value(name = "S2")]
    S2,
    /// The whole API.
    #[value(name = "S3")]
    S3,
    /// All three slices.
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
    /// Returns the short name, which is also the name of the folder.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Two => "S1",
            Self::Intune => "S2",
            Self::All => "S3",
        }
    }

    /// Returns a description.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Two => "two entity types of /deviceManagement and their dependencies",
            Self::Intune => "all of /deviceManagement and /deviceAppManagement",
            Self::All => "the whole API",
        }
    }

    /// Returns globs for the paths of the operations.
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

    /// Lowers the slice to its library.
    pub(crate) fn library(self, api: &Api, sources: &Sources) -> Result<Crate> {
        match self {
            Self::All => Ok(lower(api.clone(), sources)),
            Self::Two | Self::Intune => library(api, sources, self.paths()),
        }
    }
}

/// Lowers all items that match any of the globs to a library.
pub(crate) fn library(api: &Api, sources: &Sources, patterns: &[&str]) -> Result<Crate> {
    let globs = globs(patterns).context("a built-in glob is invalid")?;
    let matches = |name: &str| globs.is_match(name);
    let selection = Selection {
        include: Some(&matches),
        exclude: None,
    };
    Ok(lower(generator::select(api, selection, sources), sources))
}

fn lower(api: Api, sources: &Sources) -> Crate {
    // Problems are reported by `gen`.
    let (library, _) = rust::lower(&Model { apis: vec![api] }, sources, rust::CRATE_NAME);
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
    fn slices_match_their_paths() {
        let check = |slice: Slice, path: &str, expected: bool| {
            let globs = globs(slice.paths()).expect("the globs of slices are valid");
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
