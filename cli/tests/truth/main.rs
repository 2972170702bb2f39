//! What `diff` calls compatible compiles, and what it calls breaking does not. One program, so that it is linked once.

mod crates;
mod library;
mod real;
#[path = "../running/mod.rs"]
mod running;
mod small;
mod uses;
