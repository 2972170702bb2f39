//! Tables of what functions gave for what they were given. A run that follows another looks there before it asks again.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

/// What a function gave, by all that it was given. What a run did not ask for is forgotten at the next one.
#[derive(Debug)]
pub(crate) struct Table<V> {
    earlier: BTreeMap<Vec<u8>, V>,
    now: BTreeMap<Vec<u8>, V>,
    is_kept: bool,
    /// Room for the key that is looked for.
    key: Bytes,
}

impl<V> Default for Table<V> {
    /// A table that keeps nothing, as a run needs that none follows.
    fn default() -> Self {
        Self {
            earlier: BTreeMap::new(),
            now: BTreeMap::new(),
            is_kept: false,
            key: Bytes(Vec::new()),
        }
    }
}

impl<V: Clone> Table<V> {
    /// Starts a run: what the one before asked for is what can be known.
    pub(crate) fn turn(&mut self) {
        self.is_kept = true;
        self.earlier = std::mem::take(&mut self.now);
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.earlier.clear();
        self.now.clear();
    }

    /// What a function gives. It is a plain function: what it is given is all that it can see, and all of that is compared.
    pub(crate) fn get<K: Hash>(&mut self, given: &K, function: fn(&K) -> V) -> V {
        if !self.is_kept {
            return function(given);
        }
        self.key.0.clear();
        given.hash(&mut self.key);
        let key = self.key.0.as_slice();
        let (key, value) = match self.earlier.remove_entry(key) {
            Some(known) => known,
            None => match self.now.get(key) {
                Some(known) => return known.clone(),
                None => (key.to_owned(), function(given)),
            },
        };
        self.now.insert(key, value.clone());
        value
    }
}

/// Something that is the same for all that a table holds: whoever keeps the table clears it when this changes.
#[derive(Debug)]
pub(crate) struct Same<'a, T>(pub(crate) &'a T);

impl<T> Hash for Same<'_, T> {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}

/// All that a value holds: values with the same bytes are the same.
pub(crate) fn bytes(value: &impl Hash) -> Vec<u8> {
    let mut bytes = Bytes(Vec::with_capacity(USUAL));
    value.hash(&mut bytes);
    bytes.0
}

/// So many bytes most values take.
const USUAL: usize = 16 << 10;

/// What is hashed, in its order.
#[derive(Debug)]
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_has_other_bytes() {
        let check = |left: &[&str], right: &[&str]| {
            assert_eq!(
                bytes(&left) == bytes(&right),
                left == right,
                "{left:?} {right:?}"
            );
        };
        check(&["a", "b"], &["a", "b"]);
        check(&["a", "b"], &["ab"]);
        check(&["a", "b"], &["a", "b", ""]);
        check(&["a", "b"], &["", "ab"]);
        assert_ne!(bytes(&Some(0u8)), bytes(&None::<u8>));
    }

    #[test]
    fn a_table_knows_what_the_last_run_asked_for() {
        let mut table = Table::default();
        let long: fn(&&str) -> usize = |word| word.len();
        let never: fn(&&str) -> usize = |word| panic!("{word} is known");
        assert_eq!(table.get(&"one", long), 3);
        assert_eq!(table.get(&"one", |_| 7), 7, "nothing is kept");
        table.turn();
        assert_eq!(table.get(&"one", long), 3);
        assert_eq!(table.get(&"one", never), 3);
        table.turn();
        assert_eq!(table.get(&"one", never), 3);
        table.turn();
        table.turn();
        assert_eq!(table.get(&"one", |_| 7), 7, "nobody asked for it");
        table.clear();
        assert_eq!(table.get(&"one", long), 3);
    }
}
