//! Builds the crates of a slice and measures rustc. Only the calls of rustc for the crate itself and for its readers count;
//! dependencies are built before.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::crates::{Crates, Measured};
use super::scratch::{Profile, Scratch};

/// The CPU seconds up to which a build is repeated.
const CHEAP: f64 = 30.0;

/// The profiles to measure, and the number of rounds for cheap builds. The minimum of all rounds counts, as other load on the
/// machine can only increase the cost.
#[derive(Debug)]
pub(crate) struct Plan {
    profiles: &'static [Profile],
    rounds: usize,
}

impl Plan {
    pub(crate) fn full() -> Self {
        Self {
            profiles: &[Profile::Check, Profile::Dev, Profile::Release],
            rounds: 3,
        }
    }

    /// A plan for a quick overview.
    pub(crate) fn quick() -> Self {
        Self {
            profiles: &[Profile::Check, Profile::Dev],
            rounds: 1,
        }
    }
}

/// The cost of a build.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    /// CPU time in seconds.
    pub(crate) cpu: f64,
    /// Peak memory in bytes.
    pub(crate) peak: u64,
    /// Size of the libraries in bytes.
    pub(crate) library: u64,
}

/// The costs of a crate.
#[derive(Debug)]
pub(crate) struct Row {
    /// The name of the crate.
    pub(crate) name: &'static str,
    /// The number of lines of code.
    pub(crate) lines: usize,
    /// The costs by profile.
    pub(crate) costs: BTreeMap<Profile, Cost>,
}

/// Builds each crate in each profile. Returns rows in the order of [`Crates::all`].
pub(crate) fn measure(scratch: &Scratch, crates: &Crates, plan: &Plan) -> Result<Vec<Row>> {
    let mut rows: Vec<Row> = crates
        .all()
        .iter()
        .map(|item| Row {
            name: item.name,
            lines: item.lines,
            costs: BTreeMap::new(),
        })
        .collect();
    for profile in plan.profiles {
        // Building the empty crate builds the dependencies before anything is measured.
        build(scratch, &crates.empty, *profile)?;
        for _ in 0..plan.rounds {
            for (item, row) in crates.all().into_iter().zip(&mut rows) {
                let before = row.costs.get(profile).copied();
                if before.is_some_and(|cost| cost.cpu > CHEAP) {
                    continue;
                }
                let cost = build(scratch, item, *profile)?;
                eprintln!("{} ({profile:?}): {:.2} CPU s", item.name, cost.cpu);
                let least = before
                    .filter(|before| before.cpu <= cost.cpu)
                    .unwrap_or(cost);
                row.costs.insert(*profile, least);
            }
        }
    }
    Ok(rows)
}

fn build(scratch: &Scratch, item: &Measured, profile: Profile) -> Result<Cost> {
    item.touch()?;
    let usages = scratch.build(&item.readers, profile)?;
    // `cargo check` generates no code, so the readers do not count.
    let counts = |name: &str| name == item.name || (name == "readers" && profile != Profile::Check);
    let counted: Vec<_> = usages.iter().filter(|usage| counts(&usage.name)).collect();
    let peak = counted.iter().map(|usage| usage.peak).max();
    Ok(Cost {
        cpu: counted.iter().map(|usage| usage.cpu).sum(),
        peak: peak.with_context(|| format!("{}: cargo did not build the crate", item.name))?,
        library: counted.iter().map(|usage| usage.library).sum(),
    })
}
