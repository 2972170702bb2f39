//! In: the api pages of one version. Out: each with the types that it sends and returns.

use std::collections::BTreeMap;

use serde_json::Value;

use super::pages::Page;
use super::scope::Scope;
use crate::facts::{ExampleResponseFact, OperationFacts, TypeName, TypePhrase};
use crate::model::{HttpMethod, Type, TypeRef};
use crate::report::Report;
use crate::source::At;

/// An api page, linked to types.
pub(super) struct OperationPage<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) facts: &'a OperationFacts,
    /// What the response holds: as the response section says, else a methods table, else an example's annotation.
    pub(super) content: Option<TypeRef>,
    /// What the request body represents.
    pub(super) represents: Option<TypeRef>,
    /// The status of success.
    pub(super) status: Option<u16>,
    /// Whether what its examples read are collections; none if they show neither, or both.
    pub(super) shows_collection: Option<bool>,
}

/// Reads all api pages.
pub(super) fn read<'a>(
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
                shows_collection: shows_collection(facts),
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

/// Whether the answers in a page's examples of reading have a list under `value`.
fn shows_collection(facts: &OperationFacts) -> Option<bool> {
    let reading = facts.examples.iter().filter(|example| {
        let request = example.request.as_ref();
        request.is_none_or(|request| request.method == HttpMethod::Get)
    });
    let answers = reading.filter_map(|example| example.response.as_ref());
    let bodies = answers
        .filter(|response| response.status == 200)
        .filter_map(|response| response.body.as_ref().filter(|body| body.is_json));
    let mut shown = bodies.filter_map(|body| {
        let value: Value = serde_json::from_str(&body.text.value).ok()?;
        Some(value.as_object()?.get("value").is_some_and(Value::is_array))
    });
    let first = shown.next()?;
    shown.all(|next| next == first).then_some(first)
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
pub(super) fn says_create(page: &Page) -> bool {
    page.facts.title.as_ref().is_some_and(|title| {
        let title = title.value.trim().to_lowercase();
        ["create ", "add ", "post "]
            .iter()
            .any(|verb| title.starts_with(verb))
    })
}
