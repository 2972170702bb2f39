//! A place for the tests of the whole, which are in `tests/`. The README's code is one of them.
#![doc = include_str!("../../README.md")]
