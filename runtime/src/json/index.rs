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
        let mask = table.len() - 1;
        let mut place = hash(name.as_bytes());
        loop {
            let index = table[place & mask];
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

/// The size is a power of two, and at least every other place stays empty, so that looking for a name ends soon.
fn build(names: &[&str]) -> Box<[u16]> {
    let size = (names.len() * 2).next_power_of_two();
    let mut table = vec![EMPTY; size].into_boxed_slice();
    for (index, name) in names.iter().enumerate() {
        let mut place = hash(name.as_bytes());
        while table[place & (size - 1)] != EMPTY {
            place = place.wrapping_add(1);
        }
        table[place & (size - 1)] = index as u16;
    }
    table
}

/// Mixes the length with eight bytes from each end and the middle: names of one type nearly always differ there.
fn hash(name: &[u8]) -> usize {
    let mix = |mixed: u64, word: [u8; 8]| {
        (mixed.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95)
    };
    let mut mixed = name.len() as u64;
    if let (Some(first), Some(last)) = (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        mixed = mix(mix(mixed, *first), *last);
        if let Some(middle) = name[(name.len() - 8) / 2..].first_chunk::<8>() {
            mixed = mix(mixed, *middle);
        }
    } else {
        let mut word = [0; 8];
        word[..name.len()].copy_from_slice(name);
        mixed = mix(mixed, word);
    }
    (mixed >> 32) as usize
}
