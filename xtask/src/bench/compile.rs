//! Builds the crates of a slice and gathers what rustc used for each. Only the crate itself and its readers count: every
//! call of rustc is noted by the crate's name, and dependencies are built before.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::crates::{Crates, Measured};
use super::scratch::{Profile, Scratch};

/// The CPU seconds up to which a build is worth repeating.
const CHEAP: f64 = 30.0;

/// Which builds are measured, and how often the cheap ones are repeated. Other work on the machine makes a build dearer
/// and never cheaper, so the least of all rounds counts.
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

    /// What tells most for the least time.
    pub(crate) fn quick() -> Self {
        Self {
            profiles: &[Profile::Check, Profile::Dev],
            rounds: 1,
        }
    }
}

/// What one build costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    /// CPU seconds.
    pub(crate) cpu: f64,
    /// Bytes of memory.
    pub(crate) peak: u64,
    /// Bytes of the libraries.
    pub(crate) library: u64,
}

/// What one crate costs.
#[derive(Debug)]
pub(crate) struct Row {
    /// The crate.
    pub(crate) name: &'static str,
    /// Lines of code.
    pub(crate) lines: usize,
    /// Its builds.
    pub(crate) costs: BTreeMap<Profile, Cost>,
}

/// Builds each crate in each profile; rows come as [`Crates::all`] has the crates.
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
        // Dependencies are built with the empty crate, before anything is measured.
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
    // A check builds nothing, so the readers have no part in it.
    let counts = |name: &str| name == item.name || (name == "readers" && profile != Profile::Check);
    let counted: Vec<_> = usages.iter().filter(|usage| counts(&usage.name)).collect();
    let peak = counted.iter().map(|usage| usage.peak).max();
    Ok(Cost {
        cpu: counted.iter().map(|usage| usage.cpu).sum(),
        peak: peak.with_context(|| format!("{}: cargo did not build it", item.name))?,
        library: counted.iter().map(|usage| usage.library).sum(),
    })
}
