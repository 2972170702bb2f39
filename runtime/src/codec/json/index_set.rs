//! A set of property indices.

/// A set of property indices that does not allocate for indices below 256.
#[derive(Default)]
pub(crate) struct IndexSet {
    bits: [u64; 4],
    others: Vec<usize>,
}

impl IndexSet {
    pub(crate) fn insert(&mut self, index: usize) {
        match self.bits.get_mut(index / 64) {
            Some(word) => *word |= 1 << (index % 64),
            None => self.others.push(index),
        }
    }

    pub(crate) fn contains(&self, index: usize) -> bool {
        match self.bits.get(index / 64) {
            Some(word) => word & (1 << (index % 64)) != 0,
            None => self.others.contains(&index),
        }
    }
}
