//! A list page by page.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::walk::Walk;
use super::{CollectError, Cursor, Items};
use crate::pipeline::drive;
use crate::request::{BoxFuture, Client, Element, Error, Operation, Page, Request, ResponseBody};

/// The pages of a list, as a stream. Each page is requested when it is asked for, with the headers of the first request. The
/// stream ends after an error; [`cursor`](Self::cursor) is then the position of the page that failed.
///
/// ```
/// # use graphwright_runtime::{Element, Error, Page, Request};
/// async fn print<T: Element + std::fmt::Debug>(list: Request<Page<T>>) -> Result<(), Error> {
///     let mut pages = list.pages();
///     while let Some(page) = pages.next_page().await {
///         println!("{:?}", page?.value);
///     }
///     Ok(())
/// }
/// ```
pub struct Pages<T> {
    client: Client,
    state: State<T>,
    cursor: Option<Cursor>,
}

type Step<T> = (Walk, Option<Result<Page<T>, Error>>);

enum State<T> {
    /// No request is in flight.
    Idle(Box<Walk>),
    /// The request for the next page is in flight.
    InFlight(BoxFuture<'static, Step<T>>),
    /// The first request is invalid.
    Invalid(Option<Error>),
    Finished,
}

impl<T: Element> Request<Page<T>>
where
    Page<T>: ResponseBody,
{
    /// Returns the pages of the list.
    pub fn pages(self) -> Pages<T> {
        let raw = self.into_raw();
        let client = raw.client().clone();
        let walk = raw.to_call().map(|call| Walk::new(call, raw.operation()));
        Pages::new(client, walk)
    }

    /// Returns the pages from an `@odata.nextLink` on, which may have been stored by another program. The query of the request is
    /// replaced by that of the link; its headers are sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is invalid or the host of the link is not allowed for this client.
    pub fn pages_from_link(self, link: &str) -> Result<Pages<T>, Error> {
        let raw = self.into_raw();
        let headers = raw.to_call()?.headers;
        let cursor = Cursor::new(link.to_owned(), &headers);
        Pages::resume(raw.client(), raw.operation(), &cursor)
    }

    /// Returns the items of the list.
    pub fn items(self) -> Items<T> {
        self.pages().into_items()
    }

    /// Collects the items of all pages, at most `limit`. Requests only the pages that are needed.
    ///
    /// # Errors
    ///
    /// Returns the error of the page that failed, with the items of the pages before it.
    pub async fn collect(self, limit: usize) -> Result<Vec<T>, CollectError<T>> {
        let mut items = Vec::new();
        let mut pages = self.pages();
        while items.len() < limit {
            let Some(page) = pages.next_page().await else {
                break;
            };
            let left = limit - items.len();
            match page {
                Ok(page) => items.extend(page.value.into_iter().take(left)),
                Err(error) => return Err(CollectError { items, error }),
            }
        }
        Ok(items)
    }
}

impl<T: Element> Pages<T>
where
    Page<T>: ResponseBody,
{
    fn new(client: Client, walk: Result<Walk, Error>) -> Self {
        match walk {
            Ok(walk) => Self {
                client,
                cursor: walk.cursor(),
                state: State::Idle(Box::new(walk)),
            },
            Err(error) => Self {
                client,
                cursor: None,
                state: State::Invalid(Some(error)),
            },
        }
    }

    /// Resumes from a stored cursor.
    ///
    /// # Errors
    ///
    /// Returns an error if the host of the cursor is not allowed for this client.
    pub fn resume(
        client: &Client,
        operation: &'static Operation,
        cursor: &Cursor,
    ) -> Result<Self, Error> {
        let walk = Walk::resume(operation, cursor, &client.policies().hosts);
        let walk = walk.map_err(|error| error.with_operation(operation))?;
        Ok(Self::new(client.clone(), Ok(walk)))
    }

    /// Returns the next page, or `None` at the end of the list. The method is cancel safe: if the future is dropped, the next
    /// call returns the page.
    pub async fn next_page(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next page, or `None` at the end of the list; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn next_page_blocking(&mut self) -> Option<Result<Page<T>, Error>> {
        crate::blocking::wait(self.next_page())
    }

    /// The position of the next page, or `None` at the end of the list.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// Returns the items from the next page on.
    pub fn into_items(self) -> Items<T> {
        Items::new(self)
    }

    /// A cursor for another link of the last page.
    pub(super) fn cursor_at(&self, link: &str) -> Option<Cursor> {
        match &self.state {
            State::Idle(walk) => Some(walk.cursor_at(link)),
            _ => None,
        }
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Finished) {
                State::Finished => return Poll::Ready(None),
                State::Invalid(error) => return Poll::Ready(error.map(Err)),
                State::Idle(walk) => {
                    let step = request_next(self.client.clone(), *walk);
                    self.state = State::InFlight(Box::pin(step));
                }
                State::InFlight(mut step) => {
                    let Poll::Ready((walk, page)) = step.as_mut().poll(context) else {
                        self.state = State::InFlight(step);
                        return Poll::Pending;
                    };
                    if let Some(Ok(_)) = &page {
                        self.cursor = walk.cursor();
                        self.state = State::Idle(Box::new(walk));
                    }
                    return Poll::Ready(page);
                }
            }
        }
    }
}

/// Requests the next page.
async fn request_next<T: Element>(client: Client, mut walk: Walk) -> Step<T>
where
    Page<T>: ResponseBody,
{
    let operation = walk.operation();
    let page = match walk.call(&client.policies().hosts) {
        None => return (walk, None),
        Some(Err(error)) => Err(error),
        Some(Ok(call)) => request_page(&client, &mut walk, call).await,
    };
    (
        walk,
        Some(page.map_err(|error| error.with_operation(operation))),
    )
}

async fn request_page<T: Element>(
    client: &Client,
    walk: &mut Walk,
    call: crate::pipeline::Call,
) -> Result<Page<T>, Error>
where
    Page<T>: ResponseBody,
{
    let address = call.address.clone();
    let response = drive(client, call).await?;
    let body = response.body().clone();
    let page = Page::<T>::from_response(response)?;
    walk.record_page(address, &body, page.next_link.as_deref())?;
    Ok(page)
}

impl<T: Element> Stream for Pages<T>
where
    Page<T>: ResponseBody,
{
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}
