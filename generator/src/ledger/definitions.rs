//! Traces the rows, annotations and code blocks of type and enum definitions to the model.

use super::model_index::ModelIndex;
use super::page_trace::PageTrace;
use super::{OperationPages, Status};
use crate::facts::{EnumFacts, MethodFact, NoMeaning, PageFacts, PropertyFact, ResourceFacts};
use crate::report::{Code, NameKind, Report};

/// Traces the definitions of one page.
pub(super) struct DefinitionTracer<'a> {
    pub(super) page: &'a PageFacts,
    pub(super) index: &'a ModelIndex<'a>,
    pub(super) operation_pages: &'a OperationPages<'a>,
}

impl DefinitionTracer<'_> {
    pub(super) fn run(&self, trace: &mut PageTrace, report: &mut Report) {
        for facts in &self.page.resources {
            self.resource(facts, trace, report);
            for method in &facts.methods {
                self.method(method, trace, report);
            }
        }
        for facts in &self.page.enums {
            self.enum_type(facts, trace);
        }
    }

    fn resource(&self, facts: &ResourceFacts, trace: &mut PageTrace, report: &mut Report) {
        let annotation = facts.annotation.as_ref();
        let annotated = annotation.and_then(|annotation| annotation.type_name.as_deref());
        let names = [annotated, Some(facts.name.value.as_str())];
        let found = self.index.find_type(self.page.file, names);
        // If the type is omitted, so are its rows.
        let omission = trace.omission(facts.name.at);
        let status = match (found, omission) {
            (Some(_), _) => Status::InModel,
            (None, Some(code)) => Status::Problem(code),
            (None, None) => Status::Unaccounted,
        };
        if let Some(annotation) = annotation {
            trace.record_part(annotation.at, status);
        }
        if let Some(representation) = &facts.representation {
            trace.record_part(representation.at, status);
        }
        for row in facts.properties.iter().chain(&facts.relationships) {
            match found {
                Some(id) => {
                    let is_in_model = self.index.has_property(id, row.name.value.trim());
                    trace.record_line_if(row.name.at, is_in_model);
                }
                None => trace.record_line(row.name.at, status),
            }
        }
        for name in &facts.derived {
            let derived = name.value.text.as_str();
            let is_in_model = found.is_some_and(|base| self.index.inherits(derived, base));
            trace.record_line(
                name.at,
                match is_in_model {
                    true => Status::InModel,
                    false => Status::NoMeaning(NoMeaning::DerivedTypes),
                },
            );
        }
        for row in &facts.instance_annotations {
            annotation_row(row, trace, report);
        }
    }

    fn method(&self, method: &MethodFact, trace: &mut PageTrace, report: &mut Report) {
        let target = method.target.as_deref();
        let page =
            target.and_then(|target| self.operation_pages.resolve_link(self.page.file, target));
        let status = if page.is_some_and(|page| !self.index.operations(page).is_empty()) {
            Status::InModel
        } else {
            let message = match target {
                Some(target) => {
                    format!("`{target}` is not a page with a usable request line")
                }
                None => "the row of the methods table has no link".to_owned(),
            };
            let code = Code::MethodWithoutOperation;
            let width = method.title.value.chars().count();
            report.push(code, method.title.at, width, message, "the row is ignored");
            match target {
                Some(target) => report.set_unknown_name(target, NameKind::File),
                None => report.set_subject(&method.title.value),
            }
            Status::Problem(code)
        };
        trace.record_line(method.title.at, status);
    }

    fn enum_type(&self, facts: &EnumFacts, trace: &mut PageTrace) {
        let name = facts.name.value.trim();
        let Some(found) = self.index.find_enum(self.page.file, name) else {
            // The section may list the values of a String property, which then has them in `listed_values`.
            trace.record_line_if(facts.name.at, false);
            let omission = trace
                .omission(facts.name.at)
                .map_or(Status::Unaccounted, Status::Problem);
            for member in &facts.members {
                let is_listed = self.index.lists_value(self.page.file, &member.name.value);
                trace.record_line(
                    member.name.at,
                    if is_listed { Status::InModel } else { omission },
                );
            }
            return;
        };
        trace.record_line(facts.name.at, Status::InModel);
        for fact in &facts.members {
            let wanted = fact.name.value.trim();
            let is_in_model = found.members.iter().any(|member| member.name == wanted);
            trace.record_line_if(fact.name.at, is_in_model);
        }
    }
}

/// Reports a row that describes an instance annotation.
fn annotation_row(row: &PropertyFact, trace: &mut PageTrace, report: &mut Report) {
    let (code, name) = (Code::AnnotationOfInstances, row.name.value.trim());
    let message = format!("`{name}` is an annotation, not a property");
    let action = "no property is generated; responses keep the annotation";
    report.push(code, row.name.at, name.chars().count(), message, action);
    trace.record_line(row.name.at, Status::Problem(code));
}
