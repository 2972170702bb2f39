//! A list item by item.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use futures_core::Stream;

use super::Pages;
use crate::request::{Element, Error, Page, ResponseBody};

/// The items of a list, as a stream. Pages are requested as needed.
///
/// ```
/// # use graphwright_runtime::{Element, Error, Page, Request};
/// async fn print<T: Element + std::fmt::Debug>(list: Request<Page<T>>) -> Result<(), Error> {
///     let mut items = list.items();
///     while let Some(item) = items.next_item().await {
///         println!("{:?}", item?);
///     }
///     Ok(())
/// }
/// ```
pub struct Items<T> {
    pages: Pages<T>,
    page: vec::IntoIter<T>,
    count: Option<i64>,
}

impl<T: Element> Items<T>
where
    Page<T>: ResponseBody,
{
    pub(super) fn new(pages: Pages<T>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
            count: None,
        }
    }

    /// Returns the next item, or `None` at the end of the list and after an error.
    pub async fn next_item(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next item, or `None` at the end of the list and after an error; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn next_item_blocking(&mut self) -> Option<Result<T, Error>> {
        crate::blocking::wait(self.next_item())
    }

    /// The number of items on all pages, if the request set `$count` and a page contained it.
    pub fn count(&self) -> Option<i64> {
        self.count
    }

    /// Returns the remaining pages. Items of the current page that were not returned yet are dropped.
    pub fn into_pages(self) -> Pages<T> {
        self.pages
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match self.pages.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                // An empty page is not necessarily the last one.
                Poll::Ready(Some(Ok(page))) => {
                    self.count = page.count.or(self.count);
                    self.page = page.value.into_iter();
                }
            }
        }
    }
}

impl<T: Element + Unpin> Stream for Items<T>
where
    Page<T>: ResponseBody,
{
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
