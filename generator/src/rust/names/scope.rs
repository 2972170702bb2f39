//! A scope in which identifiers are unique.

use std::collections::{BTreeMap, BTreeSet};

use super::Ident;

/// The identifiers that are taken in one struct, enum, module or crate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<Ident>,
    /// The number that was last appended to an identifier.
    numbers: BTreeMap<Ident, u32>,
}

impl Scope {
    /// Claims an identifier. If it is taken, a number is appended.
    pub(crate) fn claim(&mut self, preferred: Ident) -> Ident {
        self.claim_with(preferred, None)
    }

    /// Claims an identifier unless it is taken.
    pub(crate) fn claim_if_free(&mut self, ident: Ident) -> Option<Ident> {
        self.taken.insert(ident.clone()).then_some(ident)
    }

    /// Claims an identifier, or another one if it is taken.
    pub(crate) fn claim_or(&mut self, preferred: Ident, other: impl FnOnce() -> Ident) -> Ident {
        if self.taken.insert(preferred.clone()) {
            return preferred;
        }
        self.claim(other())
    }

    /// Claims an identifier. If it is taken, the given number is appended, else the next free number from 2 on.
    pub(crate) fn claim_with(&mut self, preferred: Ident, number: Option<i64>) -> Ident {
        if self.taken.insert(preferred.clone()) {
            return preferred;
        }
        let documented = number.filter(|number| *number >= 0);
        if let Some(number) = documented {
            let ident = preferred.numbered(&number.to_string());
            if self.taken.insert(ident.clone()) {
                return ident;
            }
        }
        let last = self.numbers.entry(preferred.clone()).or_insert(1);
        for number in *last + 1.. {
            let ident = preferred.numbered(&number.to_string());
            if self.taken.insert(ident.clone()) {
                *last = number;
                return ident;
            }
        }
        unreachable!("numbers do not run out before identifiers do")
    }
}
