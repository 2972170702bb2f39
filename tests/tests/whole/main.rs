//! Tests of the whole: pages in, library out. One program, so that it is linked once.

mod documentation;
mod tree;

mod csdl;
mod csdl_reader;
mod determinism;
mod freshness;
mod hard_cases;
mod layers;
mod library;
mod mutations;
mod seeds;
mod snapshots;
mod tidy;
