//! Sets of properties, by their places.

/// A set of places of properties, without memory of its own for the first 256.
#[derive(Default)]
pub(crate) struct Places {
    first: [u64; 4],
    more: Vec<usize>,
}

impl Places {
    pub(crate) fn insert(&mut self, index: usize) {
        match self.first.get_mut(index / 64) {
            Some(word) => *word |= 1 << (index % 64),
            None => self.more.push(index),
        }
    }

    pub(crate) fn contains(&self, index: usize) -> bool {
        match self.first.get(index / 64) {
            Some(word) => word & (1 << (index % 64)) != 0,
            None => self.more.contains(&index),
        }
    }
}
