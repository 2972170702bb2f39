//! `graphwright`: see `graphwright --help`.

use std::process::ExitCode;

/// Reading pages makes many small strings, a third of the time with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    graphwright_cli::run(std::env::args_os())
}
