//! Timers that work under any executor: a single thread wakes all waiting futures.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// The longest wait, which keeps `Instant` arithmetic from overflowing.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The waiting futures, ordered by the time at which they are woken.
static WAITING: Mutex<BTreeMap<(Instant, u64), Waker>> = Mutex::new(BTreeMap::new());
static CHANGED: Condvar = Condvar::new();

/// A future that completes at a point in time.
pub(super) struct Sleep {
    until: Instant,
    number: u64,
}

impl Sleep {
    pub(super) fn new(duration: Duration) -> Self {
        static NUMBERS: AtomicU64 = AtomicU64::new(0);
        Self {
            until: Instant::now() + duration.min(LONGEST),
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.until {
            return Poll::Ready(());
        }
        start();
        // Dropping a waker may run arbitrary code, so it happens outside of the lock.
        let old = waiting().insert((self.until, self.number), context.waker().clone());
        drop(old);
        CHANGED.notify_one();
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let old = waiting().remove(&(self.until, self.number));
        drop(old);
    }
}

fn waiting() -> MutexGuard<'static, BTreeMap<(Instant, u64), Waker>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the thread on first use.
fn start() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let thread = std::thread::Builder::new().name("graphwright-timer".to_owned());
        thread
            .spawn(wake_all)
            .expect("a machine that has no thread left can do nothing");
    });
}

fn wake_all() {
    let mut waiting = waiting();
    loop {
        let now = Instant::now();
        let mut due = Vec::new();
        while let Some(first) = waiting.first_entry().filter(|first| first.key().0 <= now) {
            due.push(first.remove());
        }
        if !due.is_empty() {
            // Waking may run arbitrary code as well.
            drop(waiting);
            due.into_iter().for_each(Waker::wake);
            waiting = self::waiting();
            continue;
        }
        let next = waiting.first_key_value().map(|((until, _), _)| *until);
        waiting = match next {
            None => CHANGED
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner),
            Some(until) => {
                let woken = CHANGED.wait_timeout(waiting, until - now);
                woken.unwrap_or_else(PoisonError::into_inner).0
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::mpsc::{Sender, channel};
    use std::sync::{Arc, Mutex};
    use std::task::Wake;

    use super::*;

    /// A waker that records that it was woken.
    struct Bell(Mutex<Sender<()>>);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            let _ = self.0.lock().unwrap().send(());
        }
    }

    #[test]
    fn wakes_due_futures_and_forgets_dropped_ones() {
        let (sender, bells) = channel();
        let waker = Waker::from(Arc::new(Bell(Mutex::new(sender))));
        let mut context = Context::from_waker(&waker);
        let mut now = pin!(Sleep::new(Duration::ZERO));
        assert!(now.as_mut().poll(&mut context).is_ready());
        let mut gone = Box::pin(Sleep::new(Duration::MAX));
        assert!(gone.as_mut().poll(&mut context).is_pending());
        let key = (gone.until, gone.number);
        assert!(waiting().contains_key(&key));
        drop(gone);
        assert!(!waiting().contains_key(&key));
        let mut sleeps: Vec<_> = (1..9_u64)
            .map(|n| Box::pin(Sleep::new(Duration::from_millis(9 - n))))
            .collect();
        while !sleeps.is_empty() {
            let before = sleeps.len();
            sleeps.retain_mut(|sleep| sleep.as_mut().poll(&mut context).is_pending());
            if sleeps.len() == before {
                bells.recv().unwrap();
            }
        }
    }
}
