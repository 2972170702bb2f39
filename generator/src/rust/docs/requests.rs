//! Doc comments of methods: the description, request line and permissions of the operation.

use crate::model::{Grant, Operation, Permissions};

use super::{Docs, code, facts, usage};

/// The doc comment of a method.
pub(crate) fn method(operation: &Operation) -> Docs {
    let line = code(&format!(
        "{} {}",
        operation.method.name(),
        operation.path.template()
    ));
    let mut docs = Docs::describe(&operation.docs.description, || format!("Sends {line}."));
    if !operation.docs.description.is_empty() {
        docs.paragraph(line);
    }
    if let Some(permissions) = permissions(&operation.permissions) {
        docs.paragraph(permissions);
    }
    let sentences = usage::operation_sentences(operation);
    if !sentences.is_empty() {
        docs.paragraph(sentences.join(" "));
    }
    for callout in usage::callouts(&operation.usage.callouts) {
        docs.paragraph(callout);
    }
    facts::add_pages(&mut docs, &operation.pages);
    docs
}

fn permissions(permissions: &Permissions) -> Option<String> {
    let kinds = [
        (
            "delegated (work or school account)",
            &permissions.delegated_work,
        ),
        (
            "delegated (personal account)",
            &permissions.delegated_personal,
        ),
        ("application", &permissions.application),
    ];
    let stated: Vec<String> = kinds
        .into_iter()
        .filter_map(|(kind, grant)| Some(format!("{kind} {}", grant_words(grant)?)))
        .collect();
    (!stated.is_empty()).then(|| format!("Permissions: {}.", stated.join("; ")))
}

fn grant_words(grant: &Grant) -> Option<String> {
    match grant {
        Grant::Unstated => None,
        Grant::NotSupported => Some("not supported".to_owned()),
        Grant::AnyOf(sets) => {
            let sets: Vec<String> = sets
                .iter()
                .map(|set| {
                    set.iter()
                        .map(|name| code(name))
                        .collect::<Vec<_>>()
                        .join(" and ")
                })
                .collect();
            Some(sets.join(", "))
        }
    }
}
