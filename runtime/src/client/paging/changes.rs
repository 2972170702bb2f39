//! What has changed in a list since it was last read.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use super::{Cursor, Pages};
use crate::json::{Object, SlotRef};
use crate::request::{Client, Element, Error, Operation, Page, Request, ResponseBody};

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<T> {
    /// The item is new, or other than it was: it holds at least what has changed.
    Set(T),
    /// The item is gone.
    Removed(Removed<T>),
}

/// An item that is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct Removed<T> {
    /// Its id.
    pub id: Option<String>,
    /// Why: `changed` if it can come back, `deleted` if not.
    pub reason: Option<String>,
    /// All that came.
    pub item: T,
}

/// Where the reading of changes stands: to be stored, and taken up later. It is written as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangesState {
    /// There are more pages of this round.
    More(Cursor),
    /// All changes until now were read; the next round begins here.
    UpToDate(Cursor),
}

impl ChangesState {
    /// The place to go on from.
    pub fn cursor(&self) -> &Cursor {
        match self {
            Self::More(cursor) | Self::UpToDate(cursor) => cursor,
        }
    }
}

/// The changes of a list, page by page until all are read. Then [`state`](Self::state) is where the next round begins. If
/// the service has forgotten so old a state, it answers with the status `410`: begin anew.
///
/// ```
/// # use graphwright_runtime::{AnyEntity, Change, ChangesState, Client, Error, Operation, Page, Request};
/// async fn sync(list: Request<Page<AnyEntity>>) -> Result<Option<ChangesState>, Error> {
///     let mut changes = list.changes();
///     while let Some(page) = changes.next_page().await {
///         for change in page? {
///             match change {
///                 Change::Set(item) => println!("{item:?}"),
///                 Change::Removed(removed) => println!("{:?} is gone", removed.id),
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
    /// The changes of a list: for a request of a `delta` function.
    pub fn changes(self) -> Changes<T> {
        let pages = self.pages();
        let state = pages.cursor().cloned().map(ChangesState::More);
        Changes { pages, state }
    }
}

impl<T: Element + Object> Changes<T>
where
    Page<T>: ResponseBody,
{
    /// From a stored state on: the rest of a round, or the next one.
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

    /// The next changes; none when all are read.
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

    /// The next changes, without `async`.
    #[cfg(feature = "blocking")]
    pub fn next_page_blocking(&mut self) -> Option<Result<Vec<Change<T>>, Error>> {
        crate::blocking::wait(self.next_page())
    }

    /// Where the reading stands, after the last page that came. None if that page was the last and named no next round.
    pub fn state(&self) -> Option<&ChangesState> {
        self.state.as_ref()
    }
}

fn change<T: Object>(item: T) -> Change<T> {
    let Some(removed) = item.additional_properties().get("@removed") else {
        return Change::Set(item);
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

impl Serialize for ChangesState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::More(_) => MORE,
            Self::UpToDate(_) => UP_TO_DATE,
        };
        serializer.collect_str(&format_args!("{word}{}", self.cursor()))
    }
}

impl<'de> Deserialize<'de> for ChangesState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (make, cursor): (fn(Cursor) -> Self, _) = match text.strip_prefix(MORE) {
            Some(cursor) => (Self::More, cursor),
            None => match text.strip_prefix(UP_TO_DATE) {
                Some(cursor) => (Self::UpToDate, cursor),
                None => return Err(de::Error::custom("the text is no state of changes")),
            },
        };
        cursor.parse().map(make).map_err(de::Error::custom)
    }
}

impl<T> fmt::Debug for Changes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
