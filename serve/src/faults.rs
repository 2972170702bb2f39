//! Fault injection: which requests fail, and how.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;

use crate::answer::Answer;

/// The faults that a server injects, parsed from a comma-separated list. Each fault is a name with an optional value, followed
/// by the requests it applies to.
///
/// | fault | effect |
/// |---|---|
/// | `429`, `503` or another status | answers with this status; the request has no effect |
/// | `429=2`, `429=0.25` | also sends `Retry-After` in seconds |
/// | `429=date+2` | also sends `Retry-After` as the date two seconds from now |
/// | `cut` | closes the connection without an answer; the request has no effect |
/// | `cut=answer` | performs the request, then closes the connection without an answer |
/// | `cut=body` | closes the connection in the middle of the body |
/// | `slow=5` | sends the body in chunks of 64 bytes, 5 milliseconds apart |
/// | `type=text/plain` | replaces the content type |
/// | `html` | answers with an HTML page |
/// | `loop` | makes the next link point to the same page |
/// | `foreign=http://elsewhere` | replaces the origin of every URL in the answer |
/// | `redirect=http://elsewhere` | redirects to this origin |
///
/// | position | requests, counted from 1 |
/// |---|---|
/// | (none) | all |
/// | `at 3` | the third |
/// | `every 5` | the fifth, tenth and so on |
/// | `every 5 from 2` | the second, seventh and so on |
///
/// With the prefix `part`, a fault applies to the requests inside batches, which are counted separately.
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
    effect: Effect,
    from: u64,
    /// `None` applies once.
    every: Option<u64>,
}

/// The effect of a fault on one request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
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

/// The error of parsing [`Faults`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultsError(String);

impl fmt::Display for FaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown fault `{}`; see the documentation of `Faults`",
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
            let parsed =
                parse_fault(own.unwrap_or(fault)).ok_or_else(|| FaultsError(fault.to_owned()))?;
            match own {
                Some(_) if parsed.effect.clone().in_place().is_none() => {
                    return Err(FaultsError(fault.to_owned()));
                }
                Some(_) => inner.part.push(parsed),
                None => inner.whole.push(parsed),
            }
        }
        Ok(Self(Arc::new(inner)))
    }
}

impl Faults {
    /// Returns the effects on the next request.
    pub(crate) fn next(&self) -> Vec<Effect> {
        next_effects(&self.0.whole, &self.0.requests)
    }

    /// Returns the effects on the next request inside a batch.
    pub(crate) fn next_part(&self) -> Vec<Effect> {
        next_effects(&self.0.part, &self.0.parts)
    }
}

fn next_effects(faults: &[Fault], count: &AtomicU64) -> Vec<Effect> {
    let number = count.fetch_add(1, Ordering::Relaxed) + 1;
    let matching = faults.iter().filter(|fault| fault.applies_to(number));
    matching.map(|fault| fault.effect.clone()).collect()
}

impl Fault {
    fn applies_to(&self, number: u64) -> bool {
        match self.every {
            None => number == self.from,
            Some(every) => number >= self.from && (number - self.from).is_multiple_of(every),
        }
    }
}

fn parse_fault(text: &str) -> Option<Fault> {
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
        effect: parse_effect(name, value)?,
        from,
        every,
    })
}

fn parse_effect(name: &str, value: Option<&str>) -> Option<Effect> {
    Some(match (name, value) {
        ("cut", None) => Effect::Cut,
        ("cut", Some("answer")) => Effect::CutAnswer,
        ("cut", Some("body")) => Effect::CutBody,
        ("slow", Some(pause)) => Effect::Slow(Duration::from_millis(pause.parse().ok()?)),
        ("type", Some(kind)) => Effect::ContentType(kind.to_owned()),
        ("html", None) => Effect::Html,
        ("loop", None) => Effect::Loop,
        ("foreign", Some(origin)) => Effect::Foreign(origin.trim_end_matches('/').to_owned()),
        ("redirect", Some(origin)) => Effect::Redirect(origin.trim_end_matches('/').to_owned()),
        (status, wait) => {
            let status = status
                .parse()
                .ok()
                .filter(|status| (400..600).contains(status))?;
            Effect::Status(status, wait.map(parse_retry_after).transpose().ok()?)
        }
    })
}

/// `2`, `0.25`, `date+2`.
fn parse_retry_after(text: &str) -> Result<RetryAfter, ()> {
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

impl Effect {
    /// Returns the answer that replaces the real one, or `None` if the request is performed.
    pub(crate) fn in_place(self) -> Option<Answer> {
        match self {
            Self::Status(status, wait) => {
                let code = if status == 429 {
                    "TooManyRequests"
                } else {
                    "ServiceNotAvailable"
                };
                let answer = Answer::error(status, code, "Injected fault.");
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
