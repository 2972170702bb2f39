//! Finding a property by its name among many.

use std::sync::OnceLock;

/// A hash table from names to their places. It is made on first use, so that declaring a type costs nothing.
#[derive(Debug)]
pub(crate) struct Index(OnceLock<Box<[u16]>>);

/// Among so few, looking at each is faster.
const FEW: usize = 4;

/// No name has this hash.
const EMPTY: u16 = u16::MAX;

impl Index {
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The place of `name` in `names`, which are the same at every call.
    pub(crate) fn find(&self, names: &[&str], name: &str) -> Option<usize> {
        if names.len() <= FEW || names.len() >= usize::from(EMPTY) {
            return names.iter().position(|known| *known == name);
        }
        let table = self.0.get_or_init(|| build(names));
        let mut place = hash(name);
        loop {
            let index = table[place % table.len()];
            if index == EMPTY {
                return None;
            }
            if names[usize::from(index)] == name {
                return Some(usize::from(index));
            }
            place = place.wrapping_add(1);
        }
    }
}

/// At least every other place stays empty, so that looking for a name ends soon.
fn build(names: &[&str]) -> Box<[u16]> {
    let size = (names.len() * 2).next_power_of_two();
    let mut table = vec![EMPTY; size].into_boxed_slice();
    for (index, name) in names.iter().enumerate() {
        let mut place = hash(name);
        while table[place % size] != EMPTY {
            place = place.wrapping_add(1);
        }
        table[place % size] = index as u16;
    }
    table
}

/// Mixes the length and eight bytes from each end and the middle: names of one type differ there, nearly always.
fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let word = |bytes: &[u8]| {
        let mut word = [0; 8];
        let count = bytes.len().min(8);
        word[..count].copy_from_slice(&bytes[..count]);
        u64::from_le_bytes(word)
    };
    let end = bytes.len().saturating_sub(8);
    let mut mixed = bytes.len() as u64;
    for part in [0, end / 2, end] {
        mixed = (mixed.rotate_left(5) ^ word(&bytes[part..])).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    (mixed >> 32) as usize
}
