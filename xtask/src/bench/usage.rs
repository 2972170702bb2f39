//! What processes cost. Cargo runs this program instead of rustc while a crate is measured; it runs rustc, and notes the
//! CPU time and memory that the system counts for it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

/// The environment variable that names the file where calls of rustc are noted.
pub(crate) const RECORD: &str = "GRAPHWRIGHT_BENCH_RECORD";

/// One call of rustc.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Usage {
    /// The crate.
    pub(crate) name: String,
    /// Seconds that it and its children ran, in programs and in the system.
    pub(crate) cpu: f64,
    /// The most bytes of memory that one of them had.
    pub(crate) peak: u64,
    /// Bytes of the library that came out.
    pub(crate) library: u64,
}

/// Stands in for rustc, if cargo was told so: runs the command line, notes what it cost, and gives its exit code.
pub(crate) fn stand_in(arguments: &[OsString]) -> Option<ExitCode> {
    let record = std::env::var_os(RECORD)?;
    let (rustc, rest) = arguments.get(1..)?.split_first()?;
    let run = || -> Result<ExitCode> {
        let status = Command::new(rustc)
            .args(rest)
            .status()
            .context("rustc cannot be run")?;
        if let Some(name) = value_of(rest, "--crate-name") {
            let (cpu, peak) = children()?;
            let usage = Usage {
                name: name.to_string_lossy().into_owned(),
                cpu,
                peak,
                library: library(rest),
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

/// Reads what was noted; nothing if rustc was not called.
pub(crate) fn read(record: &Path) -> Result<Vec<Usage>> {
    let Ok(text) = fs::read_to_string(record) else {
        return Ok(Vec::new());
    };
    text.lines()
        .map(|line| {
            parse(line)
                .with_context(|| format!("{}: {line}: not as it was written", record.display()))
        })
        .collect()
}

fn append(record: &Path, usage: &Usage) -> Result<()> {
    let line = format!(
        "{} {} {} {}\n",
        usage.name, usage.cpu, usage.peak, usage.library
    );
    // One write for the whole line: other calls may write at the same time.
    let mut file = fs::File::options()
        .create(true)
        .append(true)
        .open(record)
        .context("the record cannot be opened")?;
    file.write_all(line.as_bytes())
        .context("the record cannot be written")
}

fn parse(line: &str) -> Option<Usage> {
    let mut words = line.split(' ');
    Some(Usage {
        name: words.next()?.to_owned(),
        cpu: words.next()?.parse().ok()?,
        peak: words.next()?.parse().ok()?,
        library: words.next()?.parse().ok()?,
    })
}

fn value_of<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a OsStr> {
    let place = arguments.iter().position(|argument| argument == option)?;
    arguments.get(place + 1).map(OsString::as_os_str)
}

/// The size of the library that a call of rustc wrote; zero if it wrote none.
fn library(arguments: &[OsString]) -> u64 {
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

/// CPU seconds of this process, all threads together, and the most bytes of memory that it had.
pub(crate) fn own() -> Result<(f64, u64)> {
    system::own()
}

/// CPU seconds of all children that have ended, and the most bytes of memory that one of them had.
fn children() -> Result<(f64, u64)> {
    system::children()
}

#[cfg(unix)]
mod system {
    use anyhow::{Context, Result};
    use nix::sys::resource::{Usage, UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    pub(super) fn own() -> Result<(f64, u64)> {
        of(UsageWho::RUSAGE_SELF)
    }

    pub(super) fn children() -> Result<(f64, u64)> {
        of(UsageWho::RUSAGE_CHILDREN)
    }

    fn of(who: UsageWho) -> Result<(f64, u64)> {
        let usage: Usage = getrusage(who).context("the system does not say what processes cost")?;
        let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
        // Apple counts bytes, others kibibytes.
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

    pub(super) fn own() -> Result<(f64, u64)> {
        bail!("the bench asks the system in a way that only Unix knows")
    }

    pub(super) fn children() -> Result<(f64, u64)> {
        own()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_as_written() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("record");
        assert_eq!(read(&record).unwrap(), []);
        let usage = |name: &str| Usage {
            name: name.to_owned(),
            cpu: 1.25,
            peak: 4096,
            library: 7,
        };
        append(&record, &usage("one")).unwrap();
        append(&record, &usage("two")).unwrap();
        assert_eq!(read(&record).unwrap(), [usage("one"), usage("two")]);
    }

    #[test]
    fn size_of_the_library_is_found_by_the_arguments() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("libthing-1a.rlib"), "12345").unwrap();
        let out = folder.path().to_str().unwrap();
        let check = |words: &[&str], expected: u64| {
            let arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
            assert_eq!(library(&arguments), expected, "{words:?}");
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
