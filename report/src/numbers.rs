//! The numbers of a state of the documentation.

use std::collections::BTreeSet;

use generator::Analysis;
use generator::model::{Api, Operation};
use generator::source::{Location, Sources};

/// The numbers of a state of the documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The name of the state.
    pub(crate) label: String,
    pub(crate) pages: usize,
    /// Structured types and enum types.
    pub(crate) types: usize,
    pub(crate) properties: usize,
    pub(crate) operations: usize,
    /// The requests and responses of examples.
    pub(crate) messages: Messages,
    pub(crate) problems: usize,
}

/// The numbers of example messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Messages {
    /// Messages that agree with the rest of the documentation.
    pub(crate) passed: usize,
    /// Messages that contradict it.
    pub(crate) failed: usize,
}

impl Messages {
    /// Counts the messages of operations. `contradicted` are the places of the messages that contradict the documentation.
    pub(crate) fn count<'a>(
        operations: impl IntoIterator<Item = &'a Operation>,
        contradicted: &BTreeSet<Location>,
    ) -> Self {
        let mut count = Self::default();
        let examples = operations
            .into_iter()
            .flat_map(|operation| &operation.examples);
        for message in
            examples.flat_map(|example| std::iter::once(&example.request).chain(&example.response))
        {
            match contradicted.contains(&message.at) {
                true => count.failed += 1,
                false => count.passed += 1,
            }
        }
        count
    }

    pub(crate) fn total(self) -> usize {
        self.passed + self.failed
    }
}

impl Numbers {
    /// Counts the items and problems of a state. `label` names the state on the site.
    pub fn new(label: impl Into<String>, sources: &Sources, analysis: &Analysis) -> Self {
        let apis = &analysis.model.apis;
        let sum = |count: fn(&Api) -> usize| apis.iter().map(count).sum();
        let pages = sources.iter().filter(|(_, source)| source.is_page());
        Self {
            label: label.into(),
            pages: pages.count(),
            types: sum(|api| api.structured_types.len() + api.enums.len()),
            properties: sum(|api| {
                let properties = api.structured_types.iter().map(|ty| ty.properties.len());
                properties.sum()
            }),
            operations: sum(|api| api.operations.len()),
            messages: Messages::count(
                apis.iter().flat_map(|api| &api.operations),
                &contradicted(analysis),
            ),
            problems: analysis.report.problems().len(),
        }
    }
}

/// Returns the places of the example messages that contradict the rest of the documentation.
pub(crate) fn contradicted(analysis: &Analysis) -> BTreeSet<Location> {
    let contradictions = analysis.contradictions.iter();
    contradictions.map(|finding| finding.message_at).collect()
}
