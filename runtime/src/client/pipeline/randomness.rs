//! Chance, for the length of waits and for ids: nothing secret hangs on it.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

/// A source of random numbers.
pub trait Randomness: Send + Sync + 'static {
    /// The next number: any of all.
    fn next(&self) -> u64;
}

/// Numbers that follow from the first one: the same each time.
#[derive(Debug)]
pub struct Seeded(AtomicU64);

impl Seeded {
    /// The numbers that follow from this one.
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// Numbers that follow from one that nobody knows.
    pub(crate) fn by_chance() -> Self {
        Self::new(RandomState::new().build_hasher().finish())
    }
}

impl Randomness for Seeded {
    /// SplitMix64.
    fn next(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

/// A GUID of version 4.
pub(crate) fn guid(randomness: &dyn Randomness) -> String {
    let bits = u128::from(randomness.next()) << 64 | u128::from(randomness.next());
    uuid::Builder::from_random_bytes(bits.to_be_bytes())
        .into_uuid()
        .to_string()
}
