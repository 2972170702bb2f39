//! A place where every identifier may stand once.

use std::collections::BTreeSet;

use super::Ident;

/// The identifiers that are taken in one struct, enum, module or crate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<Ident>,
}

impl Scope {
    /// Takes an identifier. The first to ask gets it; a later one gets a number behind it.
    pub(crate) fn claim(&mut self, wanted: Ident) -> Ident {
        self.claim_with(wanted, None)
    }

    /// Takes an identifier; if it is gone, another one.
    pub(crate) fn claim_or(&mut self, wanted: Ident, other: impl FnOnce() -> Ident) -> Ident {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        self.claim(other())
    }

    /// Takes an identifier; if it is gone, one with the given number behind it, else with the next number from 2 on.
    pub(crate) fn claim_with(&mut self, wanted: Ident, number: Option<i64>) -> Ident {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let documented = number
            .filter(|number| *number >= 0)
            .map(|number| number.to_string());
        let counted = (2_u32..).map(|number| number.to_string());
        for number in documented.into_iter().chain(counted) {
            let ident = wanted.numbered(&number);
            if self.taken.insert(ident.clone()) {
                return ident;
            }
        }
        unreachable!("numbers do not run out before identifiers do")
    }
}
