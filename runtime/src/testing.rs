//! Support for tests.

pub mod conformance;
