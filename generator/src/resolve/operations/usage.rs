//! Collects how an operation is used from its pages.

use crate::model::{Cloud, OperationUsage};
use crate::resolve::operations::contribution::Contribution;
use crate::resolve::pages::{collect_callouts, extend_distinct};

/// Collects the usage that all pages of an operation state. The first page takes precedence.
pub(crate) fn collect_usage(contributions: &[Contribution]) -> OperationUsage {
    let mut usage = OperationUsage::default();
    for contribution in contributions {
        let facts = contribution.operation.facts;
        for text in &facts.query_texts {
            usage.query.merge(text.support.clone());
            extend_distinct(&mut usage.query_notes, text.notes.iter().cloned());
        }
        usage.page_size.merge(facts.page_size);
        let sentences = facts.throttling.iter();
        extend_distinct(
            &mut usage.throttling,
            sentences.map(|sentence| sentence.value.clone()),
        );
        if usage.clouds.is_empty() {
            let clouds = contribution.operation.page.facts.clouds.iter();
            usage.clouds = clouds
                .map(|cloud| Cloud {
                    name: cloud.name.clone(),
                    supported: cloud.supported,
                })
                .collect();
        }
    }
    let pages = contributions
        .iter()
        .map(|contribution| contribution.operation.page);
    usage.callouts = collect_callouts(pages);
    usage
}
