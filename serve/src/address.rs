//! Addresses of collections and instances.

use crate::graph::Version;
use crate::store::Store;

/// The address of a collection or instance.
#[derive(Clone, Debug)]
pub(crate) struct Address<'v> {
    pub(crate) version: &'v Version,
    /// The path with keys as `{}`: `/groups/{}/members`.
    pub(crate) template: String,
    /// The key in the store: `/v1.0/groups/1/members`. Names are in lower case, keys are as given.
    pub(crate) place: String,
}

impl<'v> Address<'v> {
    /// Returns the address of the root of a version.
    pub(crate) fn new(version: &'v Version) -> Self {
        Self {
            version,
            template: String::new(),
            place: format!("/{}", version.api.version.name()),
        }
    }

    /// Returns the address of a property, by its name in the path template and in the request.
    pub(crate) fn child(mut self, name: &str, written: &str) -> Self {
        self.template.push('/');
        self.template.push_str(name);
        self.place.push('/');
        self.place.push_str(&written.to_ascii_lowercase());
        self
    }

    /// Returns the address of an item of the collection.
    pub(crate) fn item(mut self, key: &str) -> Self {
        self.template.push_str("/{}");
        self.place.push('/');
        // A key may contain slashes.
        self.place.push_str(&key.replace('/', "\u{1}"));
        self
    }

    /// Returns whether the address is below an item that a client created.
    pub(crate) fn has_new_owner(&self, store: &Store) -> bool {
        let mut collection = String::new();
        // The first segments of a place are empty and the version.
        let templates = ["", ""].into_iter().chain(self.template.split('/').skip(1));
        for (template, text) in templates.zip(self.place.split('/')) {
            if template == "{}" {
                let owner = store.collections.get(&collection);
                let key = text.replace('\u{1}', "/");
                let is_new = owner.and_then(|owner| {
                    let position = owner.position(&key)?;
                    Some(owner.entry(position).is_new)
                });
                if is_new == Some(true) && collection.len() + text.len() + 1 < self.place.len() {
                    return true;
                }
            }
            if !(collection.is_empty() && text.is_empty()) {
                collection.push('/');
                collection.push_str(text);
            }
        }
        false
    }
}
