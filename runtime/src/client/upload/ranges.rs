//! The byte ranges that an upload session still expects. Performs no I/O.

use serde_json::Value;

/// The expected ranges in ascending order, each half-open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ranges {
    needed: Vec<(u64, u64)>,
    total: u64,
}

impl Ranges {
    /// The range of the whole file.
    pub(super) fn whole(total: u64) -> Self {
        Self {
            needed: vec![(0, total)],
            total,
        }
    }

    /// No bytes are expected.
    pub(super) fn none(total: u64) -> Self {
        Self {
            needed: Vec::new(),
            total,
        }
    }

    /// Parses `nextExpectedRanges`: `"12345-"`, `"0-99"`, or only the start (`"12345"`), in an array or alone. Returns `None` if
    /// it is absent or invalid.
    pub(super) fn parse(body: &Value, total: u64) -> Option<Self> {
        let members = body.as_object()?.iter();
        let mut named = members.filter(|(name, _)| name.eq_ignore_ascii_case("nextExpectedRanges"));
        let listed = match named.next()?.1 {
            Value::Array(ranges) => ranges.clone(),
            Value::Null => return None,
            range => vec![range.clone()],
        };
        let mut needed = Vec::new();
        for range in listed {
            let range = match range {
                Value::Number(start) => start.to_string(),
                other => other.as_str()?.to_owned(),
            };
            let (start, end) = range.trim().split_once('-').unwrap_or((range.trim(), ""));
            let start = start.parse::<u64>().ok()?;
            let end = match end {
                "" => total,
                last => last.parse::<u64>().ok()?.checked_add(1)?.min(total),
            };
            if start > total || start > end {
                return None;
            }
            if start < end {
                needed.push((start, end));
            }
        }
        needed.sort_unstable();
        Some(Self { needed, total })
    }

    /// Returns the offset and length of the next slice, or `None` if no bytes are expected.
    pub(super) fn next(&self, slice: u64) -> Option<(u64, u64)> {
        let (start, end) = *self.needed.first()?;
        Some((start, slice.min(end - start)))
    }

    /// Records a slice that was accepted by a response without ranges.
    pub(super) fn mark_received(&mut self, start: u64, length: u64) {
        let Some(first) = self.needed.first_mut() else {
            return;
        };
        if first.0 == start {
            first.0 += length;
            if first.0 >= first.1 {
                self.needed.remove(0);
            }
        }
    }

    /// The number of bytes received by the service.
    pub(super) fn sent(&self) -> u64 {
        let needed: u64 = self.needed.iter().map(|(start, end)| end - start).sum();
        self.total.saturating_sub(needed)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Ranges;

    fn check(listed: serde_json::Value, expected: Option<&[(u64, u64)]>) {
        let read = Ranges::parse(&json!({"nextExpectedRanges": listed}), 100);
        assert_eq!(
            read.map(|read| read.needed),
            expected.map(<[_]>::to_vec),
            "{listed}"
        );
    }

    #[test]
    fn parses_expected_ranges() {
        check(json!(["26-"]), Some(&[(26, 100)]));
        check(json!(["50-99", "0-9"]), Some(&[(0, 10), (50, 100)]));
        check(json!(["99-"]), Some(&[(99, 100)]));
        check(json!(["100-"]), Some(&[]));
        check(json!([]), Some(&[]));
        check(json!(["0-200"]), Some(&[(0, 100)]));
        // Outlook sends only the start.
        check(json!(["26"]), Some(&[(26, 100)]));
        check(json!([26]), Some(&[(26, 100)]));
        check(json!("26-"), Some(&[(26, 100)]));
        for odd in [
            json!(["x"]),
            json!(["-5"]),
            json!([true]),
            json!([-5]),
            json!(["101-"]),
            json!(["9-3"]),
            json!(["0-18446744073709551615"]),
        ] {
            check(odd, None);
        }
        assert_eq!(Ranges::parse(&json!({}), 100), None);
    }

    #[test]
    fn slices_fill_the_expected_ranges() {
        let mut ranges =
            Ranges::parse(&json!({"nextExpectedRanges": ["10-24", "90-"]}), 100).unwrap();
        let mut slices = Vec::new();
        while let Some((start, length)) = ranges.next(10) {
            slices.push((start, length));
            ranges.mark_received(start, length);
        }
        assert_eq!(slices, [(10, 10), (20, 5), (90, 10)]);
        assert_eq!(ranges.sent(), 100);
    }
}
