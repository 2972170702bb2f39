//! `cargo xtask`: see `cargo xtask --help`.

use std::process::ExitCode;

/// Parsing pages allocates many small strings, which takes a third of the run time with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    xtask::run(std::env::args_os())
}
