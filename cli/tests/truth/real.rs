//! Compares `diff` on parts of the real documentation at two dates with the compiler. Programs use all items of the earlier
//! library: each use that no longer compiles must be reported, and each breaking change must break a use.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use graphwright_tests::real_documentation;
use serde_json::Value;

use crate::crates::{compiling, diff, graphwright, scratch};
use crate::library::Library;
use crate::uses::{self, Key, Use, Way, key};

/// A breaking change.
struct Break {
    of: Key,
    way: Way,
    /// The features with which the change breaks uses; empty for all.
    features: BTreeSet<String>,
    /// The kind of item and of change.
    kind: String,
    text: String,
}

impl Break {
    fn parse(change: &Value) -> Option<Self> {
        if change["class"] != "breaking" {
            return None;
        }
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let shown = text(&change["before"]["shown"]);
        let kind = change["change"].as_str();
        let features_of = |side: &Value| -> BTreeSet<String> {
            text(&side["shown"])
                .split(", ")
                .map(str::to_owned)
                .collect()
        };
        let mut features = BTreeSet::new();
        if change["item"] == "feature" {
            features.insert(shown.clone());
        } else if kind == Some("features") {
            features = &features_of(&change["before"]) - &features_of(&change["after"]);
        }
        // Uses refer to the earlier name of a renamed item.
        let name = match &change["was"] {
            Value::Null => text(&change["name"]),
            was => text(was),
        };
        let item = text(&change["item"]);
        // Operations move to another path, other items to another module.
        let is_module = kind == Some("moved") && item != "operation";
        Some(Self {
            of: key(&item, name),
            way: if is_module { Way::Module } else { Way::Name },
            features,
            kind: format!("{item} {}", kind.unwrap_or_default()),
            text: format!("{change:#}"),
        })
    }

    fn breaks(&self, one: &Use) -> bool {
        // Removing a feature removes all of its items.
        if self.of.0 == "feature" {
            return true;
        }
        self.of == one.of && (self.way == Way::Name || one.way == Way::Module)
    }
}

/// The uses that no longer compile, and the breaking changes.
struct Outcome<'a> {
    gone: Vec<&'a Use>,
    breaks: Vec<&'a Break>,
}

impl Outcome<'_> {
    /// Returns the broken uses without a reported change.
    fn unreported(&self) -> Vec<String> {
        let by_name = self.breaks.iter().filter(|one| one.way == Way::Name);
        let mut named: BTreeSet<Key> = by_name.map(|one| one.of.clone()).collect();
        named.extend(self.without_derived(&named));
        let is_reported = |one: &&&Use| {
            self.breaks.iter().any(|change| change.breaks(one))
                || one.needs.iter().any(|key| named.contains(key))
        };
        let unreported = self.gone.iter().filter(|one| !is_reported(one));
        unreported
            .map(|one| {
                format!(
                    "{:?} is not reported as changed, but a use no longer compiles: {}",
                    one.of, one.line
                )
            })
            .collect()
    }

    /// Returns the enums of base types that lost all derived types.
    fn without_derived(&self, named: &BTreeSet<Key>) -> Vec<Key> {
        let variants = self.gone.iter().filter(|one| one.of.0 == "derivation");
        let bases = variants.filter(|one| named.contains(&one.of));
        let bases = bases.filter_map(|one| one.of.1.split_once(" < "));
        bases.map(|(_, base)| key("any", base)).collect()
    }

    /// Returns the breaking changes that break no use.
    fn harmless(&self) -> Vec<String> {
        let breaks = |change: &&&Break| self.gone.iter().any(|one| change.breaks(one));
        let harmless = self.breaks.iter().filter(|change| !breaks(change));
        harmless
            .map(|change| {
                format!(
                    "reported as breaking, but all uses compile: {}",
                    change.text
                )
            })
            .collect()
    }
}

/// The libraries of two dates, with the uses and the breaking changes.
struct Pair {
    scratch: PathBuf,
    uses: Vec<Use>,
    breaks: Vec<Break>,
}

impl Pair {
    /// Generates both libraries.
    fn new(dates: [&str; 2], parts: &[&str]) -> Self {
        let bundle = real_documentation::bundle();
        let scratch = scratch(&format!("truth-{}", dates[0]));
        let included = parts.iter().flat_map(|part| ["--include", part]);
        let part: Vec<&str> = ["--api", "v1.0"].into_iter().chain(included).collect();
        let docs = dates.map(|date| docs(&scratch, &bundle, date));
        for (docs, library) in docs.iter().zip(LIBRARIES) {
            let generate = ["gen", "--docs", docs, "--out", library];
            graphwright(&scratch, &[&generate[..], &part].concat());
        }
        let between = ["--from", &docs[0], "--to", &docs[1]];
        let changes = diff(&scratch, &[&between[..], &part].concat());
        let pair = Self {
            uses: uses::collect(&Library::read(&scratch.join(LIBRARIES[0]))),
            breaks: changes.iter().filter_map(Break::parse).collect(),
            scratch,
        };
        println!(
            "{dates:?}, {parts:?}: {} changes, {} break; {} uses",
            changes.len(),
            pair.breaks.len(),
            pair.uses.len()
        );
        pair
    }

    /// Returns the uses that compile with each library, with the given features.
    fn compiling(&self, features: &[&str]) -> [BTreeSet<usize>; 2] {
        LIBRARIES.map(|library| compiling(&self.scratch, library, features, &self.uses))
    }

    /// Returns the uses that no longer compile, and the breaking changes that apply to a feature.
    fn outcome(
        &self,
        [before, after]: &[BTreeSet<usize>; 2],
        feature: Option<&str>,
    ) -> Outcome<'_> {
        let applies = |one: &&Break| {
            one.features.is_empty() || feature.is_some_and(|with| one.features.contains(with))
        };
        Outcome {
            gone: before
                .difference(after)
                .map(|index| &self.uses[*index])
                .collect(),
            breaks: self.breaks.iter().filter(applies).collect(),
        }
    }

    /// Checks with all features: all items are used, and all changes except those of features apply.
    fn check(&self) {
        let compiling = self.compiling(&["v1_0"]);
        assert_eq!(
            compiling[0].len(),
            self.uses.len(),
            "all uses compile with the earlier library"
        );
        let outcome = self.outcome(&compiling, None);
        println!("{} uses no longer compile", outcome.gone.len());
        let mismatches = [outcome.unreported(), outcome.harmless()].concat();
        assert!(mismatches.is_empty(), "{}", mismatches.join("\n"));
    }

    /// Checks with a single feature.
    fn check_with_feature(&self, feature: &str) {
        let compiling = self.compiling(&[feature]);
        let mut outcome = self.outcome(&compiling, Some(feature));
        println!("{feature}: {} uses no longer compile", outcome.gone.len());
        let mut mismatches = outcome.unreported();
        // The other changes can apply to other features only.
        outcome.breaks.retain(|one| !one.features.is_empty());
        mismatches.extend(outcome.harmless());
        assert!(
            mismatches.is_empty(),
            "{feature}: {}",
            mismatches.join("\n")
        );
    }
}

const LIBRARIES: [&str; 2] = ["before", "after"];

/// Pulls the pages of a date, unless they are there.
fn docs(scratch: &Path, bundle: &Path, date: &str) -> String {
    let folder = format!("docs-{date}");
    if !scratch.join(&folder).join("docs.lock").is_file() {
        let source = bundle.to_string_lossy();
        let pull = [
            "docs", "pull", "--source", &source, "--rev", date, "--into", &folder,
        ];
        graphwright(scratch, &pull);
    }
    folder
}

/// Returns the kinds of breaking changes.
fn kinds(pair: &Pair) -> BTreeSet<&str> {
    pair.breaks.iter().map(|one| one.kind.as_str()).collect()
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn changes_of_one_month_match_the_compiler() {
    // The pages of one area are rewritten, and a type of the other changes the case of its name.
    let parts = ["/education/**", "/identityProviders/**"];
    let pair = Pair::new(["2021-04", "2021-05"], &parts);
    pair.check();
    pair.check_with_feature("v1_0-groups");
    let expected = [
        "builder features",
        "derivation removed",
        "operation removed",
        "property removed",
        "property retyped",
        "type features",
        "type removed",
    ];
    assert_eq!(kinds(&pair), BTreeSet::from(expected));
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn changes_of_one_winter_match_the_compiler() {
    // An area is split into several, and operations move to other paths.
    let parts = ["/applications/**", "/teams/**", "/me/drive/**"];
    let pair = Pair::new(["2021-01", "2021-03"], &parts);
    pair.check();
    pair.check_with_feature("v1_0-microsoft_identity_platform");
    let expected = [
        "builder moved",
        "operation features",
        "operation moved",
        "operation removed",
        "parameters moved",
        "parameters renamed",
        "property removed",
        "property renamed",
        "property retyped",
        "type features",
        "type moved",
        "type removed",
    ];
    assert_eq!(kinds(&pair), BTreeSet::from(expected));
}
