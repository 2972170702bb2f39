//! What a page says in words that nobody judges by: they are shown as they are, or nearly so.

use crate::source::Location;

use super::PageFacts;

impl PageFacts {
    /// Takes away what is said aside: nothing is made of it.
    pub(crate) fn drop_asides(&mut self) {
        self.callouts.clear();
        let methods = self.resources.iter_mut();
        for method in methods.flat_map(|resource| &mut resource.methods) {
            method.title.value.clear();
            method.description.clear();
        }
        let Some(operation) = &mut self.operation else {
            return;
        };
        operation.request_body.text = None;
        operation.response.text = None;
        for example in &mut operation.examples {
            let request = example.request.iter_mut();
            let annotations = request.filter_map(|request| request.annotation.as_mut());
            let response = example.response.iter_mut();
            let others = response.filter_map(|response| response.annotation.as_mut());
            for annotation in annotations.chain(others) {
                annotation.truncated = false;
                annotation.is_composable = false;
                annotation.sample_keys.clear();
            }
        }
    }

    /// The words, each with the place where the page says it. What follows from them stands in facts of its own.
    pub(crate) fn words(&mut self) -> Vec<(Location, &mut String)> {
        let summary = self.summary.iter_mut();
        let rows = self.resources.iter_mut().flat_map(|resource| {
            let rows = resource.properties.iter_mut();
            rows.chain(&mut resource.relationships)
        });
        let operation = self.operation.iter_mut();
        let parameters = operation.flat_map(|operation| &mut operation.request_body.properties);
        let rows = rows.chain(parameters).map(|row| &mut row.description);
        let mut words = Vec::new();
        for described in &mut self.enums {
            let description = described.description.iter_mut();
            words.extend(description.map(|text| (text.at, &mut text.value)));
            let members = described.members.iter_mut();
            words.extend(members.map(|member| (member.name.at, &mut member.description)));
        }
        words.extend(summary.chain(rows).map(|text| (text.at, &mut text.value)));
        words
    }
}
