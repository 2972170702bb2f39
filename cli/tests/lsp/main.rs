//! `lsp` as an editor runs it: a client that speaks the protocol with the program over its standard input and output.

mod client;
mod pages;

mod actions;
mod diagnostics;
mod names;
mod paths;
mod protocol;
