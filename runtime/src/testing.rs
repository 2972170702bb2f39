//! Support for tests of generated code.

pub mod conformance;
