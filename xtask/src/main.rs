//! `cargo xtask`: see `cargo xtask --help`.

use std::process::ExitCode;

/// Reading pages makes many small strings, a third of the time with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    xtask::run(std::env::args_os())
}
