//! In: the api pages of one version. Out: each with the types that it sends and returns.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::facts::{ExampleResponseFact, OperationFacts, SegmentFact, TypeName, TypePhrase};
use crate::model::{HttpMethod, Type, TypeRef};
use crate::report::Report;
use crate::resolve::pages::Page;
use crate::resolve::type_phrases::Scope;
use crate::source::At;

/// An api page, linked to types.
pub(crate) struct OperationPage<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) facts: &'a OperationFacts,
    /// What the response holds: as the response section says, else a methods table, else an example's annotation.
    pub(crate) content: Option<TypeRef>,
    /// What the request body represents.
    pub(crate) represents: Option<TypeRef>,
    /// The status of success.
    pub(crate) status: Option<u16>,
    /// What its examples read.
    shown: Vec<Shown>,
}

/// The answer in an example of reading.
struct Shown {
    /// The last segment of the path that was read, in lower case; none if the page does not show the request.
    name: Option<String>,
    /// Whether it has a list under `value`.
    is_collection: bool,
}

impl OperationPage<'_> {
    /// Whether what the examples read at a name are collections; none if they show neither, or both. A page that shows
    /// nothing but single instances is about no collection, whatever name they are read at.
    pub(crate) fn shows_collection(&self, name: &str) -> Option<bool> {
        let at_name = self.shown.iter().filter(|shown| {
            let own = shown.name.as_deref();
            own.is_none_or(|own| own.eq_ignore_ascii_case(name))
        });
        let mut at_name = at_name.map(|shown| shown.is_collection);
        match at_name.next() {
            Some(first) => at_name.all(|next| next == first).then_some(first),
            None => {
                let is_single = self.shown.iter().all(|shown| !shown.is_collection);
                (is_single && !self.shown.is_empty()).then_some(false)
            }
        }
    }

    /// Whether the words of the page about its answer are about what is read at a name: all its paths end in this name, or
    /// it is the name of many. A path that ends in no name has no other words.
    pub(crate) fn speaks_of(&self, name: &str) -> bool {
        let lines = self.facts.request_lines.iter();
        let mut ends = lines.filter_map(|line| line.segments.last());
        let is_same = |end: &SegmentFact| matches!(end, SegmentFact::Name(own) if own.eq_ignore_ascii_case(name));
        name.is_empty() || name.ends_with('s') || ends.all(is_same)
    }
}

/// Reads all api pages.
pub(crate) fn read<'a>(
    pages: &'a [Page<'a>],
    scope: &Scope,
    report: &mut Report,
) -> Vec<OperationPage<'a>> {
    let returns = method_returns(pages);
    pages
        .iter()
        .filter_map(|page| {
            let facts = page.facts.operation.as_ref()?;
            Some(OperationPage {
                page,
                facts,
                content: content(page, facts, &returns, scope, report),
                represents: facts
                    .request_body
                    .represents
                    .as_ref()
                    .and_then(|phrase| in_prose(phrase, page, scope, report)),
                status: status(facts),
                shown: shown(facts),
            })
        })
        .collect()
}

/// The return types that methods tables give, by the path of the api page their rows link to.
type Returns<'a> = BTreeMap<String, (&'a Page<'a>, &'a At<TypePhrase>)>;

fn method_returns<'a>(pages: &'a [Page<'a>]) -> Returns<'a> {
    let mut returns = Returns::new();
    for page in pages {
        let methods = page
            .facts
            .resources
            .iter()
            .flat_map(|resource| &resource.methods);
        for method in methods {
            let (Some(target), Some(phrase)) = (&method.target, &method.return_type) else {
                continue;
            };
            let followed = page.follow(target);
            if let (Some((file, _)), false) = (followed, phrase.value.names.is_empty()) {
                returns.entry(file).or_insert((page, phrase));
            }
        }
    }
    returns
}

fn content(
    page: &Page,
    facts: &OperationFacts,
    returns: &Returns,
    scope: &Scope,
    report: &mut Report,
) -> Option<TypeRef> {
    let stated = facts.response.content.as_ref();
    let stated = stated.and_then(|phrase| in_prose(phrase, page, scope, report));
    if stated.is_some() {
        return stated;
    }
    if status(facts) == Some(204) {
        return None;
    }
    if let Some((table_page, phrase)) = returns.get(&page.path.to_lowercase()) {
        let listed = in_prose(phrase, table_page, scope, &mut Report::new());
        if listed.is_some() {
            return listed;
        }
    }
    let mut annotated = facts
        .examples
        .iter()
        .filter_map(|example| example.response.as_ref())
        .filter(|response| (200..300).contains(&response.status));
    annotated.find_map(|response| annotated_content(response, page, scope, report))
}

/// The answers in a page's examples of reading.
fn shown(facts: &OperationFacts) -> Vec<Shown> {
    // The request above, which further responses belong to.
    let mut above = None;
    let shown = facts.examples.iter().filter_map(|example| {
        above = example.request.as_ref().or(above);
        let request = above;
        if request.is_some_and(|request| request.method != HttpMethod::Get) {
            return None;
        }
        let response = example.response.as_ref()?;
        let body = response.body.as_ref()?;
        if response.status != 200 || !body.is_json {
            return None;
        }
        let value: Value = serde_json::from_str(&body.text.value).ok()?;
        let name = request.map(|request| {
            let path = request.url.split('?').next().unwrap_or_default();
            let path = path.trim().trim_end_matches('/');
            path.rsplit('/').next().unwrap_or_default().to_lowercase()
        });
        Some(Shown {
            name,
            is_collection: value.as_object()?.get("value").is_some_and(Value::is_array),
        })
    });
    shown.collect()
}

/// The type that a sentence names. A word that names none is just a word; only a link to a type must lead somewhere.
fn in_prose(
    phrase: &At<TypePhrase>,
    page: &Page,
    scope: &Scope,
    report: &mut Report,
) -> Option<TypeRef> {
    let mut found = Report::new();
    let ty = scope.type_ref(phrase, page, &mut found);
    if matches!(ty.ty, Type::Undefined(_)) {
        return None;
    }
    report.append(found);
    Some(ty)
}

/// The type that the annotation of an example's response gives.
fn annotated_content(
    response: &ExampleResponseFact,
    page: &Page,
    scope: &Scope,
    report: &mut Report,
) -> Option<TypeRef> {
    let annotation = response.annotation.as_ref()?;
    let name = annotation.type_name.as_ref()?;
    let phrase = TypePhrase {
        written: name.clone(),
        names: vec![TypeName {
            text: name.clone(),
            target: None,
        }],
        collection: annotation.is_collection,
        qualifier: None,
    };
    in_prose(&At::new(phrase, response.at), page, scope, report)
}

/// The first status of success that the page names, in words or in an example.
fn status(facts: &OperationFacts) -> Option<u16> {
    let succeeds = |status: &u16| (200..400).contains(status);
    let stated = facts.response.statuses.iter().map(|status| status.value);
    let shown = facts
        .examples
        .iter()
        .filter_map(|example| example.response.as_ref())
        .map(|response| response.status);
    stated.chain(shown).find(succeeds)
}

/// Whether a title says that something is created or added.
pub(crate) fn says_create(page: &Page) -> bool {
    page.facts.title.as_ref().is_some_and(|title| {
        let title = title.value.trim().to_lowercase();
        ["create ", "add ", "post "]
            .iter()
            .any(|verb| title.starts_with(verb))
    })
}
