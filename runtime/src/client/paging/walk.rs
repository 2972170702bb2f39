//! The state machine of a list: determines the request for the next page, and detects loops. It performs no I/O.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use http::HeaderMap;
use serde_json::value::RawValue;

use super::Cursor;
use crate::hosts::{Address, Hosts, Reach};
use crate::pipeline::Call;
use crate::request::{Error, Operation, without_bom};

/// The number of times in a row that a page may repeat the items of the page before: a single repetition may be a coincidence.
const REPEATS: u32 = 2;

/// The position in a list.
#[derive(Debug)]
pub(super) struct Walk {
    operation: &'static Operation,
    headers: HeaderMap,
    /// The URL of the last page, or of the first one before it is read.
    address: Address,
    next: Next,
    seen: BTreeSet<String>,
    /// A hash of the items of the last page.
    items: Option<u64>,
    repeats: u32,
}

#[derive(Debug)]
enum Next {
    First(Box<Call>),
    Link(String),
    End,
}

impl Walk {
    /// Starts at the first page.
    pub(super) fn new(call: Call, operation: &'static Operation) -> Self {
        Self {
            operation,
            headers: call.headers.clone(),
            address: call.address.clone(),
            next: Next::First(Box::new(call)),
            seen: BTreeSet::new(),
            items: None,
            repeats: 0,
        }
    }

    /// Starts at a cursor.
    pub(super) fn resume(
        operation: &'static Operation,
        cursor: &Cursor,
        hosts: &Hosts,
    ) -> Result<Self, Error> {
        let address = Address::parse(cursor.link());
        let address = address.map_err(|error| Error::invalid_address("stored link", &error))?;
        check_host(hosts, &address, "stored link")?;
        let mut call = Call::get(address, Some(operation));
        call.headers = cursor.headers();
        Ok(Self::new(call, operation))
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The position of the next page, or `None` at the end.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        let link = match &self.next {
            Next::First(call) => call.address.to_text(),
            // A link that cannot be parsed is returned as it is; resuming from it returns the error.
            Next::Link(link) => match self.address.join(link) {
                Ok(address) => address.to_text(),
                Err(_) => link.clone(),
            },
            Next::End => return None,
        };
        Some(Cursor::new(link, &self.headers))
    }

    /// A cursor for another link, with the same headers.
    pub(super) fn cursor_at(&self, link: &str) -> Cursor {
        let address = self.address.join(link);
        let link = address.map_or_else(|_| link.to_owned(), |address| address.to_text());
        Cursor::new(link, &self.headers)
    }

    /// The request for the next page, or `None` at the end.
    pub(super) fn call(&self, hosts: &Hosts) -> Option<Result<Call, Error>> {
        let link = match &self.next {
            Next::First(call) => return Some(Ok(Call::clone(call))),
            Next::Link(link) => link,
            Next::End => return None,
        };
        Some(self.follow(link, hosts))
    }

    fn follow(&self, link: &str, hosts: &Hosts) -> Result<Call, Error> {
        let address = self.address.join(link);
        let address = address.map_err(|error| Error::invalid_address("next link", &error))?;
        check_host(hosts, &address, "next link")?;
        if self.seen.contains(&address.to_text()) {
            return Err(Error::loop_detected(
                "the next link is the URL of a page that was already read",
            ));
        }
        let mut call = Call::get(address, Some(self.operation));
        call.headers = self.headers.clone();
        Ok(call)
    }

    /// Records a page: its URL, its content, and its next link.
    pub(super) fn record_page(
        &mut self,
        address: Address,
        body: &[u8],
        next_link: Option<&str>,
    ) -> Result<(), Error> {
        let (items, is_empty) = hash_items(body);
        let is_same = items.is_some() && items == self.items;
        self.repeats = if is_same { self.repeats + 1 } else { 0 };
        if self.repeats >= REPEATS {
            return Err(Error::loop_detected(
                "pages with different URLs contain the same items",
            ));
        }
        self.items = items;
        self.seen.insert(address.to_text());
        self.address = address;
        // Some services send an empty link on the last page, or an empty last page that links to itself.
        let is_end = |link: &&str| {
            link.is_empty() || is_empty && self.address.join(link).as_ref() == Ok(&self.address)
        };
        self.next = match next_link.filter(|link| !is_end(link)) {
            Some(link) => Next::Link(link.to_owned()),
            None => Next::End,
        };
        Ok(())
    }
}

/// Requests for links carry the token, so their host must be allowed to receive it.
fn check_host(hosts: &Hosts, address: &Address, what: &str) -> Result<(), Error> {
    match hosts.reach(address) {
        Ok(Reach::WithToken) => Ok(()),
        Ok(Reach::WithoutToken) => Err(Error::disallowed_host(what, address.to_disallowed_host())),
        Err(error) => Err(Error::disallowed_host(what, error)),
    }
}

/// A hash of the items of a page, and whether there are none. Only items with an id have a hash: different pages may contain the
/// same values, but not the same entities.
fn hash_items(body: &[u8]) -> (Option<u64>, bool) {
    let members: BTreeMap<Cow<'_, str>, &RawValue> =
        serde_json::from_slice(without_bom(body)).unwrap_or_default();
    let value = members.get("value").map_or("", |value| value.get());
    let is_empty = value == "null"
        || value
            .bytes()
            .all(|b| b.is_ascii_whitespace() || matches!(b, b'[' | b']'));
    if !value.contains("\"id\"") {
        return (None, is_empty);
    }
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    (Some(hasher.finish()), is_empty)
}
