//! Lookup of a property by its name.

use std::sync::OnceLock;

/// A hash table from the property names of one type to their indices.
struct NameIndex {
    names: &'static [&'static str],
    /// Open addressing with linear probing; [`EMPTY`] marks a free cell.
    cells: Box<[u16]>,
}

/// The indices built so far, hashed by the address of the names. An index is built when the keys of an object first deviate
/// from declaration order. A global table keeps the declaration of a type free of statics, which would cost compile time.
static INDICES: [OnceLock<NameIndex>; 2048] = [const { OnceLock::new() }; 2048];

/// The number of neighbouring cells of [`INDICES`] tried before falling back to a linear search.
const MAX_PROBES: usize = 8;

/// Up to this number of names, a linear search is faster.
const LINEAR_SEARCH_LIMIT: usize = 4;

/// A free cell.
const EMPTY: u16 = u16::MAX;

/// Returns the position of `name` in `names`.
pub(crate) fn find(names: &'static [&'static str], name: &str) -> Option<usize> {
    let index = if names.len() > LINEAR_SEARCH_LIMIT && names.len() < usize::from(EMPTY) {
        get_or_build(names)
    } else {
        None
    };
    match index {
        Some(index) => index.find(name),
        None => names.iter().position(|candidate| *candidate == name),
    }
}

/// Returns the index of `names`, or `None` if all cells it could occupy are taken by other types.
fn get_or_build(names: &'static [&'static str]) -> Option<&'static NameIndex> {
    let start = (names.as_ptr().addr() as u64).wrapping_mul(MULTIPLIER) >> 48;
    (0..MAX_PROBES).find_map(|step| {
        let index = INDICES[(start as usize + step) % INDICES.len()].get_or_init(|| NameIndex {
            names,
            cells: build_cells(names),
        });
        std::ptr::eq(index.names, names).then_some(index)
    })
}

impl NameIndex {
    fn find(&self, name: &str) -> Option<usize> {
        let mask = self.cells.len() - 1;
        let mut cell = hash(name.as_bytes());
        loop {
            let index = self.cells[cell & mask];
            if index == EMPTY {
                return None;
            }
            if self.names[usize::from(index)] == name {
                return Some(usize::from(index));
            }
            cell = cell.wrapping_add(1);
        }
    }
}

/// Builds a table whose size is a power of two and which is at most half full, so that probe sequences stay short.
fn build_cells(names: &[&str]) -> Box<[u16]> {
    let size = (names.len() * 2).next_power_of_two();
    let mut cells = vec![EMPTY; size].into_boxed_slice();
    for (index, name) in names.iter().enumerate() {
        let mut cell = hash(name.as_bytes());
        while cells[cell & (size - 1)] != EMPTY {
            cell = cell.wrapping_add(1);
        }
        cells[cell & (size - 1)] = index as u16;
    }
    cells
}

/// The multiplier of FxHash.
const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

/// Hashes the length and eight bytes each from the start, the middle and the end: the property names of one type nearly
/// always differ there.
fn hash(name: &[u8]) -> usize {
    let mix = |state: u64, word: [u8; 8]| {
        (state.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(MULTIPLIER)
    };
    let mut state = name.len() as u64;
    if let (Some(first), Some(last)) = (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        state = mix(mix(state, *first), *last);
        if let Some(middle) = name[(name.len() - 8) / 2..].first_chunk::<8>() {
            state = mix(state, *middle);
        }
    } else {
        let mut word = [0; 8];
        word[..name.len()].copy_from_slice(name);
        state = mix(state, word);
    }
    (state >> 32) as usize
}
