//! Measures processes. While a crate is measured, cargo runs this program instead of rustc; it runs rustc and records the CPU
//! time and the memory that the operating system reports.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

/// The environment variable with the path of the file in which calls of rustc are recorded.
pub(crate) const RECORD: &str = "GRAPHWRIGHT_BENCH_RECORD";

/// The cost of a call of rustc.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Usage {
    /// The name of the crate.
    pub(crate) name: String,
    /// User and system time of the process and its children, in seconds.
    pub(crate) cpu: f64,
    /// Peak memory of any of these processes, in bytes.
    pub(crate) peak: u64,
    /// Size of the library in bytes.
    pub(crate) library: u64,
}

/// Runs and records rustc if this program is cargo's rustc wrapper; returns the exit code of rustc.
pub(crate) fn run_rustc(arguments: &[OsString]) -> Option<ExitCode> {
    let record = std::env::var_os(RECORD)?;
    let (rustc, rest) = arguments.get(1..)?.split_first()?;
    let run = || -> Result<ExitCode> {
        let status = Command::new(rustc)
            .args(rest)
            .status()
            .context("cannot run rustc")?;
        if let Some(name) = value_of(rest, "--crate-name") {
            let (cpu, peak) = children()?;
            let usage = Usage {
                name: name.to_string_lossy().into_owned(),
                cpu,
                peak,
                library: library_size(rest),
            };
            append(Path::new(&record), &usage)?;
        }
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        Ok(ExitCode::from(code.unwrap_or(1)))
    };
    Some(run().unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    }))
}

/// Reads the recorded calls; empty if rustc was not called.
pub(crate) fn read_records(record: &Path) -> Result<Vec<Usage>> {
    let Ok(text) = fs::read_to_string(record) else {
        return Ok(Vec::new());
    };
    text.lines()
        .map(|line| {
            parse(line).with_context(|| format!("{}: invalid line {line:?}", record.display()))
        })
        .collect()
}

fn append(record: &Path, usage: &Usage) -> Result<()> {
    let line = format!(
        "{} {} {} {}\n",
        usage.name, usage.cpu, usage.peak, usage.library
    );
    // The line is written at once, as other processes can append at the same time.
    let mut file = fs::File::options()
        .create(true)
        .append(true)
        .open(record)
        .context("the record cannot be opened")?;
    file.write_all(line.as_bytes())
        .context("the record cannot be written")
}

fn parse(line: &str) -> Option<Usage> {
    let mut fields = line.split(' ');
    Some(Usage {
        name: fields.next()?.to_owned(),
        cpu: fields.next()?.parse().ok()?,
        peak: fields.next()?.parse().ok()?,
        library: fields.next()?.parse().ok()?,
    })
}

fn value_of<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a OsStr> {
    let place = arguments.iter().position(|argument| argument == option)?;
    arguments.get(place + 1).map(OsString::as_os_str)
}

/// Returns the size of the library that a call of rustc wrote, in bytes; zero if there is none.
fn library_size(arguments: &[OsString]) -> u64 {
    let suffix = arguments
        .iter()
        .find_map(|argument| argument.to_str()?.strip_prefix("extra-filename="));
    let (Some(name), Some(folder)) = (
        value_of(arguments, "--crate-name"),
        value_of(arguments, "--out-dir"),
    ) else {
        return 0;
    };
    let file = format!(
        "lib{}{}.rlib",
        name.to_string_lossy(),
        suffix.unwrap_or_default()
    );
    fs::metadata(Path::new(folder).join(file)).map_or(0, |file| file.len())
}

/// Returns the CPU time of all threads of this process in seconds, and its peak memory in bytes.
pub(crate) fn current_process() -> Result<(f64, u64)> {
    system::current_process()
}

/// Returns the CPU time of all completed child processes in seconds, and the peak memory of any of them in bytes.
fn children() -> Result<(f64, u64)> {
    system::children()
}

#[cfg(unix)]
mod system {
    use anyhow::{Context, Result};
    use nix::sys::resource::{Usage, UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    pub(super) fn current_process() -> Result<(f64, u64)> {
        usage(UsageWho::RUSAGE_SELF)
    }

    pub(super) fn children() -> Result<(f64, u64)> {
        usage(UsageWho::RUSAGE_CHILDREN)
    }

    fn usage(who: UsageWho) -> Result<(f64, u64)> {
        let usage: Usage = getrusage(who)
            .context("the operating system does not report the usage of processes")?;
        let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
        // Apple systems report bytes, others kibibytes.
        let unit = if cfg!(target_vendor = "apple") {
            1
        } else {
            1024
        };
        Ok((
            cpu,
            u64::try_from(usage.max_rss()).unwrap_or_default() * unit,
        ))
    }

    fn seconds(time: TimeVal) -> f64 {
        time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6
    }
}

#[cfg(not(unix))]
mod system {
    use anyhow::{Result, bail};

    pub(super) fn current_process() -> Result<(f64, u64)> {
        bail!("the benchmark requires a Unix system")
    }

    pub(super) fn children() -> Result<(f64, u64)> {
        current_process()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_round_trip() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("record");
        assert_eq!(read_records(&record).unwrap(), []);
        let usage = |name: &str| Usage {
            name: name.to_owned(),
            cpu: 1.25,
            peak: 4096,
            library: 7,
        };
        append(&record, &usage("one")).unwrap();
        append(&record, &usage("two")).unwrap();
        assert_eq!(read_records(&record).unwrap(), [usage("one"), usage("two")]);
    }

    #[test]
    fn library_size_is_found_from_the_arguments() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("libthing-1a.rlib"), "12345").unwrap();
        let out = folder.path().to_str().unwrap();
        let check = |words: &[&str], expected: u64| {
            let arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
            assert_eq!(library_size(&arguments), expected, "{words:?}");
        };
        check(
            &[
                "--crate-name",
                "thing",
                "-C",
                "extra-filename=-1a",
                "--out-dir",
                out,
            ],
            5,
        );
        check(
            &[
                "--crate-name",
                "other",
                "-C",
                "extra-filename=-1a",
                "--out-dir",
                out,
            ],
            0,
        );
        check(&["-vV"], 0);
    }
}
