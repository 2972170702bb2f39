//! What goes wrong, and when: read from a text, counted by request.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;

use crate::answer::Answer;

/// What goes wrong, and when. Read from a text: faults with commas between them, each a name, perhaps with a value, and a
/// time.
///
/// | fault | what happens |
/// |---|---|
/// | `429`, `503` or another status | this answer, and nothing is done |
/// | `429=2`, `429=0.25` | with so many seconds in `Retry-After` |
/// | `429=date+2` | with the date two seconds from now in it |
/// | `cut` | the connection ends without an answer, and nothing is done |
/// | `cut=answer` | the request is done, and the connection ends without an answer |
/// | `cut=body` | the connection ends in the middle of the body |
/// | `slow=5` | the body comes in pieces of 64 bytes, with 5 milliseconds between them |
/// | `type=text/plain` | another content type |
/// | `html` | a page for browsers in place of the answer |
/// | `loop` | the next link leads to the same page |
/// | `foreign=http://elsewhere` | every address that the answer names is there |
/// | `redirect=http://elsewhere` | the request is sent there |
///
/// | time | which requests, counted from 1 |
/// |---|---|
/// | (none) | all |
/// | `at 3` | the third |
/// | `every 5` | the fifth, tenth and so on |
/// | `every 5 from 2` | the second, seventh and so on |
///
/// With `part` in front, a fault strikes the requests of batches, which have a count of their own.
///
/// ```
/// use graphwright_serve::Faults;
///
/// let faults: Faults = "429=0.001 every 10 from 5, cut=body every 10, part 503=0 at 2".parse().unwrap();
/// assert!("429=soon".parse::<Faults>().is_err());
/// assert!("rain every 5".parse::<Faults>().unwrap_err().to_string().contains("rain"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    whole: Vec<Fault>,
    part: Vec<Fault>,
    requests: AtomicU64,
    parts: AtomicU64,
}

#[derive(Clone, Debug, PartialEq)]
struct Fault {
    doing: Doing,
    from: u64,
    /// None strikes once.
    every: Option<u64>,
}

/// What goes wrong with one request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Doing {
    Status(u16, Option<RetryAfter>),
    Cut,
    CutAnswer,
    CutBody,
    Slow(Duration),
    ContentType(String),
    Html,
    Loop,
    Foreign(String),
    Redirect(String),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RetryAfter {
    Seconds(String),
    Date(Duration),
}

/// What cannot be read of a description of faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultsError(String);

impl fmt::Display for FaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no fault: see the documentation of `Faults`",
            self.0
        )
    }
}

impl std::error::Error for FaultsError {}

impl FromStr for Faults {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let mut inner = Inner::default();
        for fault in text
            .split(',')
            .map(str::trim)
            .filter(|fault| !fault.is_empty())
        {
            let own = fault.strip_prefix("part ");
            let read = read(own.unwrap_or(fault)).ok_or_else(|| FaultsError(fault.to_owned()))?;
            match own {
                Some(_) if read.doing.clone().in_place().is_none() => {
                    return Err(FaultsError(fault.to_owned()));
                }
                Some(_) => inner.part.push(read),
                None => inner.whole.push(read),
            }
        }
        Ok(Self(Arc::new(inner)))
    }
}

impl Faults {
    /// What goes wrong with the next request.
    pub(crate) fn next(&self) -> Vec<Doing> {
        strike(&self.0.whole, &self.0.requests)
    }

    /// What goes wrong with the next request of a batch.
    pub(crate) fn next_part(&self) -> Vec<Doing> {
        strike(&self.0.part, &self.0.parts)
    }
}

fn strike(faults: &[Fault], count: &AtomicU64) -> Vec<Doing> {
    let number = count.fetch_add(1, Ordering::Relaxed) + 1;
    let struck = faults.iter().filter(|fault| fault.strikes(number));
    struck.map(|fault| fault.doing.clone()).collect()
}

impl Fault {
    fn strikes(&self, number: u64) -> bool {
        match self.every {
            None => number == self.from,
            Some(every) => number >= self.from && (number - self.from).is_multiple_of(every),
        }
    }
}

fn read(text: &str) -> Option<Fault> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (what, time) = words.split_first()?;
    let number = |word: &str| word.parse::<u64>().ok().filter(|number| *number > 0);
    let (from, every) = match time {
        [] => (1, Some(1)),
        ["at", at] => (number(at)?, None),
        ["every", every] => (number(every)?, Some(number(every)?)),
        ["every", every, "from", from] => (number(from)?, Some(number(every)?)),
        _ => return None,
    };
    let (name, value) = match what.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (*what, None),
    };
    Some(Fault {
        doing: doing(name, value)?,
        from,
        every,
    })
}

fn doing(name: &str, value: Option<&str>) -> Option<Doing> {
    Some(match (name, value) {
        ("cut", None) => Doing::Cut,
        ("cut", Some("answer")) => Doing::CutAnswer,
        ("cut", Some("body")) => Doing::CutBody,
        ("slow", Some(pause)) => Doing::Slow(Duration::from_millis(pause.parse().ok()?)),
        ("type", Some(kind)) => Doing::ContentType(kind.to_owned()),
        ("html", None) => Doing::Html,
        ("loop", None) => Doing::Loop,
        ("foreign", Some(origin)) => Doing::Foreign(origin.trim_end_matches('/').to_owned()),
        ("redirect", Some(origin)) => Doing::Redirect(origin.trim_end_matches('/').to_owned()),
        (status, wait) => {
            let status = status
                .parse()
                .ok()
                .filter(|status| (400..600).contains(status))?;
            Doing::Status(status, wait.map(retry_after).transpose().ok()?)
        }
    })
}

/// `2`, `0.25`, `date+2`.
fn retry_after(text: &str) -> Result<RetryAfter, ()> {
    if let Some(seconds) = text.strip_prefix("date") {
        let seconds = seconds.strip_prefix('+').unwrap_or("0").parse();
        return seconds
            .map(|seconds| RetryAfter::Date(Duration::from_secs(seconds)))
            .map_err(drop);
    }
    let seconds: f64 = text.parse().map_err(drop)?;
    if seconds < 0.0 || !seconds.is_finite() {
        return Err(());
    }
    Ok(RetryAfter::Seconds(text.to_owned()))
}

impl Doing {
    /// The answer that is given in place of the real one; none if the request is done.
    pub(crate) fn in_place(self) -> Option<Answer> {
        match self {
            Self::Status(status, wait) => {
                let code = if status == 429 {
                    "TooManyRequests"
                } else {
                    "ServiceNotAvailable"
                };
                let answer = Answer::error(status, code, "A fault that was asked for.");
                Some(match wait {
                    None => answer,
                    Some(RetryAfter::Seconds(text)) => answer.with_header("retry-after", text),
                    Some(RetryAfter::Date(later)) => {
                        let date = httpdate::fmt_http_date(SystemTime::now() + later);
                        answer.with_header("retry-after", date)
                    }
                })
            }
            Self::Html => {
                let page =
                    Bytes::from_static(b"<!doctype html><title>Sign in to the network</title>");
                Some(Answer::bytes(200, "text/html", page))
            }
            _ => None,
        }
    }
}
