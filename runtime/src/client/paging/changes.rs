//! Delta queries: the changes of a list since it was last read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use super::{Cursor, CursorError, Pages};
use crate::json::{Object, SlotRef};
use crate::request::{Client, Element, Error, Operation, Page, Request, ResponseBody};

/// A change of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<T> {
    /// The item was created or updated. It contains at least the properties that changed.
    Changed(T),
    /// The item was removed.
    Removed(Removed<T>),
}

/// An item that was removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Removed<T> {
    /// The id of the item.
    pub id: Option<String>,
    /// The reason: `changed` if the item can be restored, `deleted` if it cannot.
    pub reason: Option<String>,
    /// The properties that the service sent.
    pub item: T,
}

/// The state of a delta query, to be stored and resumed later. `Display` and `FromStr` convert it to and from text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangesState {
    /// More pages follow in this round.
    More(Cursor),
    /// All changes have been read; the next round starts from this delta link.
    UpToDate(Cursor),
}

impl ChangesState {
    /// Creates a state from an `@odata.nextLink` that was stored elsewhere.
    pub fn from_next_link(link: impl Into<String>) -> Self {
        Self::More(Cursor::from_link(link))
    }

    /// Creates a state from an `@odata.deltaLink` that was stored elsewhere.
    pub fn from_delta_link(link: impl Into<String>) -> Self {
        Self::UpToDate(Cursor::from_link(link))
    }

    /// The cursor to resume from.
    pub fn cursor(&self) -> &Cursor {
        match self {
            Self::More(cursor) | Self::UpToDate(cursor) => cursor,
        }
    }
}

/// The changes of a list, page by page. After the last page, [`state`](Self::state) is the start of the next round. If the
/// service no longer knows a stored state, it answers with the status `410 Gone`: start over with a full query.
///
/// ```
/// # use graphwright_runtime::{AnyEntity, Change, ChangesState, Client, Error, Operation, Page, Request};
/// async fn sync(list: Request<Page<AnyEntity>>) -> Result<Option<ChangesState>, Error> {
///     let mut changes = list.changes();
///     while let Some(page) = changes.next_page().await {
///         for change in page? {
///             match change {
///                 Change::Changed(item) => println!("{item:?}"),
///                 Change::Removed(removed) => println!("{:?} was removed", removed.id),
///             }
///         }
///     }
///     Ok(changes.state().cloned())
/// }
/// ```
pub struct Changes<T> {
    pages: Pages<T>,
    state: Option<ChangesState>,
}

impl<T: Element + Object> Request<Page<T>>
where
    Page<T>: ResponseBody,
{
    /// Reads the changes of a list. The request is one of a `delta` function.
    pub fn changes(self) -> Changes<T> {
        let pages = self.pages();
        let state = pages.cursor().cloned().map(ChangesState::More);
        Changes { pages, state }
    }

    /// Reads the changes from an `@odata.nextLink` or `@odata.deltaLink` on, which may have been stored by another program. The
    /// query of the request is replaced by that of the link; its headers are sent.
    ///
    /// ```
    /// # use graphwright_runtime::{AnyEntity, Changes, Error, Page, Request};
    /// fn resume(delta: Request<Page<AnyEntity>>, link: &str) -> Result<Changes<AnyEntity>, Error> {
    ///     delta.prefer_return_minimal().changes_from_link(link)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the request is invalid or the host of the link is not allowed for this client.
    pub fn changes_from_link(self, link: &str) -> Result<Changes<T>, Error> {
        let pages = self.pages_from_link(link)?;
        let state = pages.cursor().cloned().map(ChangesState::More);
        Ok(Changes { pages, state })
    }
}

impl<T: Element + Object> Changes<T>
where
    Page<T>: ResponseBody,
{
    /// Resumes from a stored state: the rest of a round, or the next round.
    pub fn resume(
        client: &Client,
        operation: &'static Operation,
        state: &ChangesState,
    ) -> Result<Self, Error> {
        Ok(Self {
            pages: Pages::resume(client, operation, state.cursor())?,
            state: Some(state.clone()),
        })
    }

    /// Returns the next page of changes, or `None` after the last page.
    pub async fn next_page(&mut self) -> Option<Result<Vec<Change<T>>, Error>> {
        let page = match self.pages.next_page().await? {
            Ok(page) => page,
            Err(error) => return Some(Err(error)),
        };
        let delta_link = page.delta_link.as_deref().filter(|link| !link.is_empty());
        self.state = match (self.pages.cursor(), delta_link) {
            (Some(cursor), _) => Some(ChangesState::More(cursor.clone())),
            (None, Some(link)) => self.pages.cursor_at(link).map(ChangesState::UpToDate),
            (None, None) => None,
        };
        Some(Ok(page.value.into_iter().map(change).collect()))
    }

    /// Returns the next page of changes, or `None` after the last page; blocks the thread.
    #[cfg(feature = "blocking")]
    pub fn next_page_blocking(&mut self) -> Option<Result<Vec<Change<T>>, Error>> {
        crate::blocking::wait(self.next_page())
    }

    /// The state after the page that was read last, or `None` if that page was the last and had no delta link.
    pub fn state(&self) -> Option<&ChangesState> {
        self.state.as_ref()
    }
}

fn change<T: Object>(item: T) -> Change<T> {
    let Some(removed) = item.additional_properties().get("@removed") else {
        return Change::Changed(item);
    };
    let reason = removed
        .get("reason")
        .and_then(Value::as_str)
        .map(str::to_owned);
    Change::Removed(Removed {
        id: id(&item),
        reason,
        item,
    })
}

fn id(item: &dyn Object) -> Option<String> {
    let index = item
        .descriptor()
        .properties
        .iter()
        .position(|name| *name == "id");
    match index.map(|index| item.slot(index)) {
        Some(SlotRef::String(id)) => id.clone(),
        _ => item
            .additional_properties()
            .get("id")?
            .as_str()
            .map(str::to_owned),
    }
}

const MORE: &str = "more ";
const UP_TO_DATE: &str = "up-to-date ";

impl fmt::Display for ChangesState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::More(_) => MORE,
            Self::UpToDate(_) => UP_TO_DATE,
        };
        write!(f, "{word}{}", self.cursor())
    }
}

impl FromStr for ChangesState {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        if let Some(cursor) = text.strip_prefix(MORE) {
            return cursor.parse().map(Self::More);
        }
        let cursor = text.strip_prefix(UP_TO_DATE).ok_or(CursorError)?;
        cursor.parse().map(Self::UpToDate)
    }
}

impl Serialize for ChangesState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChangesState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl<T> fmt::Debug for Changes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
