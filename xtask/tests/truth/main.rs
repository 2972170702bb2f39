//! What `diff` calls compatible compiles, and what it calls breaking does not. One program, so that it is linked once.

mod crates;
mod library;
mod real;
mod small;
mod uses;
