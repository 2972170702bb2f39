//! Finding a property by its name among many.

use std::sync::OnceLock;

/// The names of a type, and a hash table from them to their places.
struct Index {
    names: &'static [&'static str],
    places: Box<[u16]>,
}

/// Those made so far. They are made when keys come in another order than the names for the first time, and stand here
/// instead of at their types, so that declaring a type is to write down text.
static INDICES: [OnceLock<Index>; 2048] = [const { OnceLock::new() }; 2048];

/// So many neighbours are tried before an index is done without.
const TRIES: usize = 8;

/// Among so few, looking at each is faster.
const FEW: usize = 4;

/// No name has this hash.
const EMPTY: u16 = u16::MAX;

/// The place of `name` in `names`.
pub(crate) fn find(names: &'static [&'static str], name: &str) -> Option<usize> {
    let index = if names.len() > FEW && names.len() < usize::from(EMPTY) {
        index(names)
    } else {
        None
    };
    match index {
        Some(index) => index.find(name),
        None => names.iter().position(|known| *known == name),
    }
}

/// The index of `names`: at the place that their address tells, or behind it. None if all these are taken.
fn index(names: &'static [&'static str]) -> Option<&'static Index> {
    let start = (names.as_ptr().addr() as u64).wrapping_mul(MIXER) >> 48;
    (0..TRIES).find_map(|step| {
        let index = INDICES[(start as usize + step) % INDICES.len()].get_or_init(|| Index {
            names,
            places: places(names),
        });
        std::ptr::eq(index.names, names).then_some(index)
    })
}

impl Index {
    fn find(&self, name: &str) -> Option<usize> {
        let mask = self.places.len() - 1;
        let mut place = hash(name.as_bytes());
        loop {
            let index = self.places[place & mask];
            if index == EMPTY {
                return None;
            }
            if self.names[usize::from(index)] == name {
                return Some(usize::from(index));
            }
            place = place.wrapping_add(1);
        }
    }
}

/// The size is a power of two, and at least every other place stays empty, so that looking for a name ends soon.
fn places(names: &[&str]) -> Box<[u16]> {
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

/// A number whose bits look like chance.
const MIXER: u64 = 0x517c_c1b7_2722_0a95;

/// Mixes the length with eight bytes from each end and the middle: names of one type nearly always differ there.
fn hash(name: &[u8]) -> usize {
    let mix = |mixed: u64, word: [u8; 8]| {
        (mixed.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(MIXER)
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
