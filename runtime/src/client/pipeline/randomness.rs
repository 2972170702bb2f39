//! Random numbers for retry delays and ids. They are not used for secrets.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

/// A source of random numbers.
pub trait Randomness: Send + Sync + 'static {
    /// Returns a number, uniformly distributed over all values.
    fn next(&self) -> u64;
}

/// A deterministic sequence of numbers, for tests.
#[derive(Debug)]
pub struct Seeded(AtomicU64);

impl Seeded {
    /// Creates the sequence of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// Creates the sequence of a random seed.
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

/// Returns a GUID of version 4.
pub(crate) fn guid(randomness: &dyn Randomness) -> String {
    let bits = u128::from(randomness.next()) << 64 | u128::from(randomness.next());
    uuid::Builder::from_random_bytes(bits.to_be_bytes())
        .into_uuid()
        .to_string()
}
