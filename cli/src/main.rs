//! `graphwright`: see `graphwright --help`.

use std::process::ExitCode;

/// Parsing pages allocates many small strings, which takes a third of the run time with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    graphwright_cli::run(std::env::args_os())
}
