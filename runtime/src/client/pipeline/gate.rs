//! The gate that the requests of a client share: when the service throttles one of them, all of them wait.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Open, or closed until a point in time.
#[derive(Debug, Default)]
pub(crate) struct Gate(Mutex<Option<Closed>>);

#[derive(Clone, Copy, Debug)]
struct Closed {
    since: SystemTime,
    until: SystemTime,
}

impl Gate {
    /// Closes the gate for `duration` from `now` on, unless it is already closed for longer.
    pub(crate) fn close(&self, now: SystemTime, duration: Duration) {
        let Some(until) = now.checked_add(duration) else {
            return;
        };
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if closed.is_none_or(|closed| closed.until < until) {
            *closed = Some(Closed { since: now, until });
        }
    }

    /// Returns how long the gate stays closed and until when, or `None` if it is open.
    pub(crate) fn closed_for(&self, now: SystemTime) -> Option<(Duration, SystemTime)> {
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Closed { since, until } = (*closed)?;
        let left = until.duration_since(now).unwrap_or_default();
        // A clock that was set back does not keep the gate closed.
        if left.is_zero() || now < since {
            *closed = None;
            return None;
        }
        Some((left, until))
    }
}

#[test]
fn stays_closed_for_the_longest_wait() {
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let left = |gate: &Gate, now| gate.closed_for(at(now)).map(|(left, _)| left.as_secs());
    let gate = Gate::default();
    assert_eq!(left(&gate, 100), None);
    gate.close(at(100), Duration::from_secs(10));
    gate.close(at(101), Duration::from_secs(5));
    assert_eq!(left(&gate, 102), Some(8));
    gate.close(at(102), Duration::from_secs(20));
    assert_eq!(left(&gate, 103), Some(19));
    assert_eq!(left(&gate, 122), None);
    gate.close(at(200), Duration::from_secs(20));
    assert_eq!(left(&gate, 150), None);
}
