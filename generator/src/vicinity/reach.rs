//! The pages that have to be looked at together where one of them changed: those around it, and those that define the types
//! that it names or that its examples hold.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::surroundings::Surroundings;
use crate::facts::{BodyFact, PageFacts, TypePhrase};
use crate::memory::{Changed, Memory, Page};
use crate::source::{FileId, Sources, follow};

/// More pages than this are no vicinity any more.
const MANY: usize = 400;

/// So many pages may have a name that changed.
const MANY_OTHERS: usize = 60;

/// Pages that have to be looked at together.
pub(super) struct Reached {
    /// What those say that did not change.
    pub(super) pages: BTreeMap<FileId, Page>,
    /// Those that changed, and those that have the names of which something else is said.
    pub(super) looked_at: BTreeSet<FileId>,
}

/// Gathers pages.
struct Reach<'a> {
    surroundings: &'a Surroundings,
    sources: &'a Sources,
    memory: &'a Memory,
    pages: BTreeMap<FileId, Page>,
    /// The names of properties whose types matter.
    names: BTreeSet<String>,
    /// The pages that show the types of all their rows.
    whole: BTreeSet<FileId>,
    /// The files that are still to be looked at.
    pending: Vec<FileId>,
}

/// The pages to be looked at besides those that changed, with what they say; none if they are too many, or if too little is
/// known of them.
pub(super) fn reach(
    changed: &[Changed],
    surroundings: &Surroundings,
    memory: &Memory,
    sources: &Sources,
) -> Option<Reached> {
    let mut reach = Reach {
        surroundings,
        sources,
        memory,
        pages: BTreeMap::new(),
        names: BTreeSet::new(),
        whole: BTreeSet::new(),
        pending: Vec::new(),
    };
    let names: BTreeSet<String> = changed.iter().flat_map(|page| page.names.clone()).collect();
    let others = memory.mentioning(&names);
    if others.len() > MANY_OTHERS {
        return None;
    }
    let files = others.into_iter().map(|path| sources.find(path));
    let files: Vec<FileId> = files.collect::<Option<_>>()?;
    for file in &files {
        // What paths lead over is settled by all types that they could be about.
        let (said, _) = memory.page(*file, sources)?;
        if names.iter().any(|name| said.has_in_path(name)) {
            return None;
        }
    }
    let looked_at = changed.iter().map(|page| page.file).chain(files);
    let looked_at: BTreeSet<FileId> = looked_at.collect();
    for file in &looked_at {
        let path = &sources.get(*file).path;
        for path in surroundings.near(path)? {
            reach.add(path);
            reach.whole.extend(sources.find(path));
        }
        reach.add(path);
        reach.whole.insert(*file);
    }
    for page in changed {
        let path = &sources.get(page.file).path;
        reach.add_named(path, &page.now.0);
        reach.add_rows(page.file, path, &page.now.0);
        // A section of members may say again what another says, under a name that is alike.
        for name in page.now.0.enums.iter().map(|own| &own.name.value) {
            let alike = surroundings.called_alike(name);
            alike.for_each(|path| reach.add(path));
        }
    }
    reach.follow()?;
    for page in changed {
        reach.pages.remove(&page.file);
    }
    Some(Reached {
        pages: reach.pages,
        looked_at,
    })
}

impl Reach<'_> {
    fn add(&mut self, path: &str) {
        if let Some(file) = self.sources.find(path) {
            self.pending.push(file);
        }
    }

    /// Adds what an api page names, and notes what its examples hold.
    fn add_named(&mut self, path: &str, said: &PageFacts) {
        let Some(operation) = &said.operation else {
            return;
        };
        let body = &operation.request_body;
        let represented = body.represents.iter().chain(&operation.response.content);
        for phrase in represented {
            self.add_types(path, &phrase.value);
        }
        let rows = operation
            .url_parameters
            .iter()
            .map(|parameter| &parameter.row);
        for row in rows.chain(&body.properties) {
            self.add_types(path, &row.type_phrase.value);
        }
        for example in &operation.examples {
            let request = example.request.iter();
            let bodies = request.filter_map(|request| request.body.as_ref());
            let response = example.response.iter();
            let bodies = bodies.chain(response.filter_map(|response| response.body.as_ref()));
            for body in bodies {
                self.add_body(body);
            }
            let annotations = example.request.iter().map(|request| &request.annotation);
            let responses = example.response.iter().map(|response| &response.annotation);
            for annotation in annotations.chain(responses).flatten() {
                let name = annotation.type_name.as_deref();
                name.iter().for_each(|name| self.add_type(name));
            }
        }
    }

    fn add_types(&mut self, path: &str, phrase: &TypePhrase) {
        for name in &phrase.names {
            self.add_type(&name.text);
            let target = name.target.as_deref();
            let led_to = target.and_then(|target| follow(path, target));
            let led_to = led_to.and_then(|(path, _)| self.surroundings.path_of(&path));
            let led_to = led_to.map(str::to_owned);
            led_to.iter().for_each(|path| self.add(path));
        }
    }

    /// Adds the pages that define a type.
    fn add_type(&mut self, name: &str) {
        let name = name.trim().trim_start_matches('#');
        let name = name.trim_start_matches("Collection(").trim_end_matches(')');
        let last = name.rsplit('.').next().unwrap_or(name);
        let pages: Vec<FileId> = self
            .surroundings
            .defining(last)
            .filter_map(|path| self.sources.find(path))
            .collect();
        self.pending.extend(pages);
    }

    fn add_body(&mut self, body: &BodyFact) {
        if let Ok(value) = serde_json::from_str::<Value>(&body.text.value) {
            self.add_value(&value);
        }
    }

    fn add_value(&mut self, value: &Value) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.add_value(value)),
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::String(ty) if name.ends_with("@odata.type") => self.add_type(ty),
                        _ => {
                            self.names.insert(name.to_lowercase());
                        }
                    }
                    self.add_value(value);
                }
            }
            _ => {}
        }
    }

    /// Adds the types of the properties that examples hold, until there are no more; and the bases of all of them.
    fn follow(&mut self) -> Option<()> {
        while let Some(file) = self.pending.pop() {
            if self.pages.contains_key(&file) {
                continue;
            }
            if self.pages.len() >= MANY {
                return None;
            }
            let page = self.memory.page(file, self.sources)?;
            let path = &self.sources.get(file).path;
            self.add_named(path, &page.0);
            self.add_rows(file, path, &page.0);
            self.pages.insert(file, page);
        }
        Some(())
    }

    /// Adds what the rows of a page name, as far as that is shown, and the bases of its types.
    fn add_rows(&mut self, file: FileId, path: &str, said: &PageFacts) {
        let is_whole = self.whole.contains(&file);
        for resource in &said.resources {
            for row in resource.properties.iter().chain(&resource.relationships) {
                let name = row.name.value.trim().to_lowercase();
                if is_whole || row.required || self.names.contains(&name) {
                    self.add_types(path, &row.type_phrase.value);
                }
            }
            let annotation = resource.annotation.as_ref();
            let base = annotation.and_then(|annotation| annotation.base_type.as_deref());
            let stated = resource.inherits.as_ref();
            let stated = stated.map(|name| name.value.text.as_str());
            for name in base.into_iter().chain(stated) {
                self.add_type(name);
            }
        }
    }
}
