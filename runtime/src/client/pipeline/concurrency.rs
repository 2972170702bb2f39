//! The limit on the requests that a client has in flight.

use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_core::Stream;

use crate::request::{ByteStream, TransportError};

/// The slots of a client. Each request in flight occupies one; others wait for a slot in the order of their arrival.
#[derive(Debug)]
pub(crate) struct Slots(Mutex<Queue>);

#[derive(Debug)]
struct Queue {
    free: usize,
    next_ticket: u64,
    waiting: BTreeMap<u64, Waker>,
    /// The tickets that have a slot and were not polled since.
    granted: BTreeSet<u64>,
}

/// An occupied slot, which is freed on drop.
#[derive(Debug)]
pub(crate) struct Slot(Arc<Slots>);

impl Slots {
    pub(crate) fn new(count: usize) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Queue {
            free: count.max(1),
            next_ticket: 0,
            waiting: BTreeMap::new(),
            granted: BTreeSet::new(),
        })))
    }

    /// Occupies a slot, and waits for one if none is free.
    pub(crate) async fn occupy(self: &Arc<Self>) -> Slot {
        let mut ticket = Ticket {
            slots: self,
            number: None,
        };
        poll_fn(|context| ticket.poll(context)).await;
        Slot(self.clone())
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn free(&self) {
        let mut queue = self.queue();
        let Some((number, waker)) = queue.waiting.pop_first() else {
            queue.free += 1;
            return;
        };
        queue.granted.insert(number);
        drop(queue);
        waker.wake();
    }
}

/// The place of a request in the queue.
struct Ticket<'a> {
    slots: &'a Slots,
    number: Option<u64>,
}

impl Ticket<'_> {
    fn poll(&mut self, context: &Context<'_>) -> Poll<()> {
        let mut queue = self.slots.queue();
        let number = match self.number {
            Some(number) if queue.granted.remove(&number) => {
                self.number = None;
                return Poll::Ready(());
            }
            Some(number) => number,
            None if queue.free > 0 => {
                queue.free -= 1;
                return Poll::Ready(());
            }
            None => {
                queue.next_ticket += 1;
                queue.next_ticket
            }
        };
        self.number = Some(number);
        queue.waiting.insert(number, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let Some(number) = self.number else {
            return;
        };
        let mut queue = self.slots.queue();
        queue.waiting.remove(&number);
        if queue.granted.remove(&number) {
            drop(queue);
            self.slots.free();
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.free();
    }
}

/// Returns a body that occupies a slot until its end.
pub(crate) fn occupying(body: ByteStream, slot: Option<Slot>) -> ByteStream {
    Box::pin(Occupying { body, slot })
}

struct Occupying {
    body: ByteStream,
    slot: Option<Slot>,
}

impl Stream for Occupying {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.body.as_mut().poll_next(context);
        if let Poll::Ready(None | Some(Err(_))) = polled {
            self.slot = None;
        }
        polled
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::Slots;
    use crate::pipeline::scripted::run;

    #[test]
    fn frees_slots_in_the_order_of_arrival() {
        let slots = Slots::new(1);
        let first = run(slots.occupy());
        let mut context = Context::from_waker(Waker::noop());
        let mut third = {
            let mut second = pin!(slots.occupy());
            let mut third = Box::pin(slots.occupy());
            assert!(second.as_mut().poll(&mut context).is_pending());
            assert!(third.as_mut().poll(&mut context).is_pending());
            drop(first);
            assert!(third.as_mut().poll(&mut context).is_pending());
            third
            // The second one is dropped and passes its slot on.
        };
        let Poll::Ready(slot) = third.as_mut().poll(&mut context) else {
            panic!("the slot was not passed on");
        };
        drop(slot);
        let _fourth = run(slots.occupy());
    }
}
