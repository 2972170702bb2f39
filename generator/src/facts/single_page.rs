//! Analyzes a page without other pages, which would define the types that it uses.

use crate::source::At;

use crate::facts::{PageFacts, PageKind, ResourceFacts};

impl PageFacts {
    /// The rows of the request's body as a resource, as the page of the type would list them. None where the page says of no
    /// type that it is sent.
    fn implied_resource(&self) -> Option<ResourceFacts> {
        let operation = self.operation.as_ref()?;
        let body = &operation.request_body;
        if self.kind != PageKind::Operation || body.says_parameters || body.properties.is_empty() {
            return None;
        }
        let phrase = body
            .represents
            .as_ref()
            .or(operation.response.content.as_ref())?;
        let name = phrase.value.names.first()?.text.clone();
        let mut resource = ResourceFacts::new(At::new(name, phrase.at));
        resource.properties = body.properties.clone();
        Some(resource)
    }

    /// Takes what the page implies of a type for its definition. Its workload goes: not every rendition has it, and where an
    /// item is placed is for all pages together to say.
    pub fn stand_alone(&mut self) {
        self.workload = None;
        if self.resources.is_empty() {
            self.resources.extend(self.implied_resource());
        }
    }
}
