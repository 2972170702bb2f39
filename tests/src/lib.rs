//! What the tests of several packages share. The tests themselves are in `tests/`; the README's code is compiled as one of them.
#![doc = include_str!("../../README.md")]

pub mod real_documentation;
