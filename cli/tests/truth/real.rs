//! What `diff` says of a part of the real documentation at two dates, held against programs that use all that the earlier
//! library offers: each that compiles no more must be told of, and each change that is called breaking must break one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use graphwright_tests::real_documentation;
use serde_json::Value;

use crate::crates::{compiling, diff, graphwright, scratch};
use crate::library::Library;
use crate::uses::{self, Key, Use, Way, key};

/// What a change breaks.
struct Break {
    of: Key,
    way: Way,
    /// Only with one of these features, if any are named.
    features: BTreeSet<String>,
    /// The sort of item, and what happened to it.
    kind: String,
    text: String,
}

impl Break {
    fn of(change: &Value) -> Option<Self> {
        if change["class"] != "breaking" {
            return None;
        }
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let shown = text(&change["before"]["shown"]);
        let kind = change["change"].as_str();
        let brought = |side: &Value| -> BTreeSet<String> {
            text(&side["shown"])
                .split(", ")
                .map(str::to_owned)
                .collect()
        };
        let mut features = BTreeSet::new();
        if change["item"] == "feature" {
            features.insert(shown.clone());
        } else if kind == Some("features") {
            features = &brought(&change["before"]) - &brought(&change["after"]);
        }
        // What goes by another name is used by the earlier.
        let name = match &change["was"] {
            Value::Null => text(&change["name"]),
            was => text(was),
        };
        let item = text(&change["item"]);
        // A request moves to another path, everything else to another module.
        let is_module = kind == Some("moved") && item != "operation";
        Some(Self {
            of: key(&item, name),
            way: if is_module { Way::Module } else { Way::Name },
            features,
            kind: format!("{item} {}", kind.unwrap_or_default()),
            text: format!("{change:#}"),
        })
    }

    fn is_of(&self, one: &Use) -> bool {
        // With a feature goes all that it brought.
        if self.of.0 == "feature" {
            return true;
        }
        self.of == one.of && (self.way == Way::Name || one.way == Way::Module)
    }
}

/// Lines that compiled before and do so no more, and changes that are to blame.
struct Outcome<'a> {
    gone: Vec<&'a Use>,
    breaks: Vec<&'a Break>,
}

impl Outcome<'_> {
    /// Lines that nobody spoke of.
    fn untold(&self) -> Vec<String> {
        let by_name = self.breaks.iter().filter(|one| one.way == Way::Name);
        let mut named: BTreeSet<Key> = by_name.map(|one| one.of.clone()).collect();
        named.extend(self.without_derived(&named));
        let is_told = |one: &&&Use| {
            self.breaks.iter().any(|change| change.is_of(one))
                || one.needs.iter().any(|key| named.contains(key))
        };
        let untold = self.gone.iter().filter(|one| !is_told(one));
        untold
            .map(|one| format!("{:?} is said to stay, but not: {}", one.of, one.line))
            .collect()
    }

    /// Bases that all derived types left, and with them the enums over them.
    fn without_derived(&self, named: &BTreeSet<Key>) -> Vec<Key> {
        let variants = self.gone.iter().filter(|one| one.of.0 == "derivation");
        let bases = variants.filter(|one| named.contains(&one.of));
        let bases = bases.filter_map(|one| one.of.1.split_once(" < "));
        bases.map(|(_, base)| key("any", base)).collect()
    }

    /// Changes that break no line.
    fn harmless(&self) -> Vec<String> {
        let breaks = |change: &&&Break| self.gone.iter().any(|one| change.is_of(one));
        let harmless = self.breaks.iter().filter(|change| !breaks(change));
        harmless
            .map(|change| format!("this is said to break: {}", change.text))
            .collect()
    }
}

/// A library at two dates, with what is said of them.
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
            uses: uses::of(&Library::read(&scratch.join(LIBRARIES[0]))),
            breaks: changes.iter().filter_map(Break::of).collect(),
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

    /// What compiles before and after, with some features.
    fn compiling(&self, features: &[&str]) -> [BTreeSet<usize>; 2] {
        LIBRARIES.map(|library| compiling(&self.scratch, library, features, &self.uses))
    }

    /// What is gone, and what of it the changes that hold with some features say.
    fn outcome(
        &self,
        [before, after]: &[BTreeSet<usize>; 2],
        feature: Option<&str>,
    ) -> Outcome<'_> {
        let holds = |one: &&Break| {
            one.features.is_empty() || feature.is_some_and(|with| one.features.contains(with))
        };
        Outcome {
            gone: before
                .difference(after)
                .map(|index| &self.uses[*index])
                .collect(),
            breaks: self.breaks.iter().filter(holds).collect(),
        }
    }

    /// With all features: all is used, and all changes show but those of features.
    fn hold(&self) {
        let compiling = self.compiling(&["v1_0"]);
        assert_eq!(
            compiling[0].len(),
            self.uses.len(),
            "all uses are of what is there"
        );
        let outcome = self.outcome(&compiling, None);
        println!("{} uses compile no more", outcome.gone.len());
        let lies = [outcome.untold(), outcome.harmless()].concat();
        assert!(lies.is_empty(), "{}", lies.join("\n"));
    }

    /// With one feature only.
    fn hold_with(&self, feature: &str) {
        let compiling = self.compiling(&[feature]);
        let mut outcome = self.outcome(&compiling, Some(feature));
        println!("{feature}: {} uses compile no more", outcome.gone.len());
        let mut lies = outcome.untold();
        // Of the others, some are there with other features only.
        outcome.breaks.retain(|one| !one.features.is_empty());
        lies.extend(outcome.harmless());
        assert!(lies.is_empty(), "{feature}: {}", lies.join("\n"));
    }
}

const LIBRARIES: [&str; 2] = ["before", "after"];

/// The pages of a date, pulled once.
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

/// What happens to what, among the changes that break.
fn kinds(pair: &Pair) -> BTreeSet<&str> {
    pair.breaks.iter().map(|one| one.kind.as_str()).collect()
}

#[test]
#[cfg_attr(not(real_docs), ignore = "needs GRAPHWRIGHT_DOCS")]
fn what_is_said_of_a_month_is_true() {
    // The pages of one area are written anew, a type of the other changes the case of its name.
    let parts = ["/education/**", "/identityProviders/**"];
    let pair = Pair::new(["2021-04", "2021-05"], &parts);
    pair.hold();
    pair.hold_with("v1_0-groups");
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
fn what_is_said_of_a_winter_is_true() {
    // An area becomes several, with all that stands in it; requests go by other paths.
    let parts = ["/applications/**", "/teams/**", "/me/drive/**"];
    let pair = Pair::new(["2021-01", "2021-03"], &parts);
    pair.hold();
    pair.hold_with("v1_0-microsoft_identity_platform");
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
