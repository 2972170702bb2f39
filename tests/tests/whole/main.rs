//! Tests of the whole: pages in, library out. One program, so that it is linked once.

mod documentation;
mod harmless;
#[path = "../../../report/src/tests/links.rs"]
mod links;
mod rust_text;
mod tree;

mod balance;
mod csdl;
mod csdl_reader;
mod determinism;
mod features;
mod freshness;
mod guide;
mod hard_cases;
mod hostile;
mod layers;
mod least_permissions;
mod library;
mod mutations;
mod part;
mod real_pages;
mod places;
mod seeds;
mod site;
mod snapshots;
mod stability;
mod tidy;
