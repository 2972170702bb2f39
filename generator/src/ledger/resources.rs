//! In: the types and enums that a page defines. Out: whether their rows, annotations and blocks are in the model.

use super::reached::Reached;
use super::traces::Traces;
use super::{Fate, Files};
use crate::facts::{EnumFacts, MethodFact, NoMeaning, PageFacts, PropertyFact, ResourceFacts};
use crate::report::{Code, Report};

/// A page with definitions.
pub(super) struct ResourceRows<'a> {
    pub(super) page: &'a PageFacts,
    pub(super) reached: &'a Reached<'a>,
    pub(super) files: &'a Files<'a>,
}

impl ResourceRows<'_> {
    pub(super) fn trace(&self, traces: &mut Traces, report: &mut Report) {
        for facts in &self.page.resources {
            self.resource(facts, traces, report);
            for method in &facts.methods {
                self.method(method, traces, report);
            }
        }
        for facts in &self.page.enums {
            self.enum_type(facts, traces);
        }
    }

    fn resource(&self, facts: &ResourceFacts, traces: &mut Traces, report: &mut Report) {
        let annotation = facts.annotation.as_ref();
        let annotated = annotation.and_then(|annotation| annotation.type_name.as_deref());
        let names = [annotated, Some(facts.name.value.as_str())];
        let found = self.reached.type_of(self.page.file, names);
        // Where the type itself was left out, so was all that is its own.
        let lost = traces.loss(facts.name.at);
        let fate = match (found, lost) {
            (Some(_), _) => Fate::Reached,
            (None, Some(code)) => Fate::Problem(code),
            (None, None) => Fate::Unaccounted,
        };
        if let Some(annotation) = annotation {
            traces.part(annotation.at, fate);
        }
        if let Some(representation) = &facts.representation {
            traces.part(representation.at, fate);
        }
        for row in facts.properties.iter().chain(&facts.relationships) {
            match found {
                Some(id) => {
                    let is_reached = self.reached.has_property(id, row.name.value.trim());
                    traces.line_or_loss(row.name.at, is_reached);
                }
                None => traces.line(row.name.at, fate),
            }
        }
        for name in &facts.derived {
            let derived = name.value.text.as_str();
            let is_reached = found.is_some_and(|base| self.reached.inherits(derived, base));
            traces.line(
                name.at,
                match is_reached {
                    true => Fate::Reached,
                    false => Fate::NoMeaning(NoMeaning::DerivedTypes),
                },
            );
        }
        for row in &facts.instance_annotations {
            annotation_row(row, traces, report);
        }
    }

    fn method(&self, method: &MethodFact, traces: &mut Traces, report: &mut Report) {
        let target = method.target.as_deref();
        let page = target.and_then(|target| self.files.follow(self.page.file, target));
        let fate = if page.is_some_and(|page| !self.reached.operations(page).is_empty()) {
            Fate::Reached
        } else {
            let message = match target {
                Some(target) => {
                    format!("`{target}` leads to no page with requests that can be called")
                }
                None => "the row has no link".to_owned(),
            };
            let code = Code::MethodWithoutOperation;
            let width = method.title.value.chars().count();
            report.push(
                code,
                method.title.at,
                width,
                message,
                "the row adds nothing",
            );
            Fate::Problem(code)
        };
        traces.line(method.title.at, fate);
    }

    fn enum_type(&self, facts: &EnumFacts, traces: &mut Traces) {
        let name = facts.name.value.trim();
        let Some(found) = self.reached.enum_of(self.page.file, name) else {
            // The section may list values of a String property: then they stand there.
            traces.line_or_loss(facts.name.at, false);
            let loss = traces
                .loss(facts.name.at)
                .map_or(Fate::Unaccounted, Fate::Problem);
            for member in &facts.members {
                let is_listed = self.reached.lists_value(self.page.file, &member.name.value);
                traces.line(member.name.at, if is_listed { Fate::Reached } else { loss });
            }
            return;
        };
        traces.line(facts.name.at, Fate::Reached);
        for fact in &facts.members {
            let wanted = fact.name.value.trim();
            let is_reached = found.members.iter().any(|member| member.name == wanted);
            traces.line_or_loss(fact.name.at, is_reached);
        }
    }
}

/// A row that describes what instances carry beside their properties.
fn annotation_row(row: &PropertyFact, traces: &mut Traces, report: &mut Report) {
    let (code, name) = (Code::AnnotationOfInstances, row.name.value.trim());
    let message = format!("`{name}` is an annotation, and no property");
    let action = "values keep it beside their properties";
    report.push(code, row.name.at, name.chars().count(), message, action);
    traces.line(row.name.at, Fate::Problem(code));
}
