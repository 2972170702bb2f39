//! Tests the classes of `diff` with the compiler: compatible changes compile, breaking changes do not. The tests are one
//! program, which is linked once.

mod crates;
mod library;
mod real;
#[path = "../running/mod.rs"]
mod running;
mod small;
mod uses;
