//! Hovers: what a type, property, permission or rule is.

use generator::model::view::type_text;
use generator::model::{
    Account, Api, Docs, EnumId, Property, PropertyKind, StructuredKind, StructuredTypeId,
};
use generator::report::Code;
use generator::source::{FileId, Location};

use super::markup::Markup;
use super::snapshot::{Snapshot, TypeId};
use super::subject::{Found, Subject, permissions};
use crate::lint::Levels;

/// The maximum number of properties or members in a hover.
const MAX_ROWS: usize = 25;

/// The maximum length of a description in a row, in characters.
const MAX_DESCRIPTION: usize = 120;

/// Returns the description of a subject; `None` for a file without a title.
pub(super) fn describe(
    snapshot: &Snapshot,
    levels: &Levels,
    found: &Found<'_>,
    markup: Markup,
) -> Option<String> {
    let mut hover = Hover { snapshot, markup };
    match (&found.subject, found.api) {
        (Subject::Rule(code), _) => hover.rule(*code, levels),
        (Subject::File(file, _), _) => hover.file(*file)?,
        (Subject::Type(TypeId::Structured(id)), Some(api)) => hover.structured_type(api, *id),
        (Subject::Type(TypeId::Enum(id)), Some(api)) => hover.enum_type(api, *id),
        (Subject::Property(owner, property), Some(api)) => hover.property(api, *owner, property),
        (Subject::Member(id, index), Some(api)) => hover.member(api, *id, *index),
        (Subject::Permission(name), Some(api)) => hover.permission(api, name),
        (
            Subject::Type(_) | Subject::Property(..) | Subject::Member(..) | Subject::Permission(_),
            None,
        ) => return None,
    }
    Some(hover.markup.finish())
}

struct Hover<'s> {
    snapshot: &'s Snapshot,
    markup: Markup,
}

impl Hover<'_> {
    /// Writes the kind and the name, and what applies of some notes.
    fn title(&mut self, kind: &str, name: &str, notes: &[(bool, String)]) {
        self.markup.words(kind).words(" ").code(name);
        let notes = notes.iter().filter(|(applies, _)| *applies);
        for (_, note) in notes {
            self.markup.words(", ").words(note);
        }
        self.markup.paragraph();
    }

    fn docs(&mut self, docs: &Docs) {
        if !docs.description.trim().is_empty() {
            self.markup.page_text(&docs.description).paragraph();
        }
        if let Some(reason) = &docs.deprecated {
            self.markup
                .words("Deprecated: ")
                .page_text(reason)
                .paragraph();
        }
    }

    fn origin(&mut self, verb: &str, origin: Option<Location>) {
        let Some(origin) = origin else {
            return;
        };
        let path = &self.snapshot.docs.sources.get(origin.file).path;
        let uri = self.snapshot.uri(origin.file);
        self.markup.words(verb).words(" in ").link(
            &format!("{path}:{}", origin.line),
            &uri,
            origin.line,
        );
        self.markup.paragraph();
    }

    fn structured_type(&mut self, api: &Api, id: StructuredTypeId) {
        let ty = api.structured_type(id);
        let kind = match ty.kind {
            StructuredKind::Entity => "entity type",
            StructuredKind::Complex => "complex type",
        };
        let notes = [
            (ty.is_abstract, "abstract".to_owned()),
            (ty.is_open, "open".to_owned()),
        ];
        self.title(kind, &ty.name.full(), &notes);
        if let Some(base) = ty.base {
            let base = api.structured_type(base).name.full();
            self.markup.words("Base type: ").code(&base).paragraph();
        }
        if !ty.key.is_empty() {
            self.markup
                .words("Key: ")
                .code(&ty.key.join(", "))
                .paragraph();
        }
        self.docs(&ty.docs);
        if !ty.properties.is_empty() {
            self.markup.table(&["Property", "Type", "Description"]);
            for property in ty.properties.iter().take(MAX_ROWS) {
                let ty = type_text(api, &property.ty);
                self.markup
                    .row()
                    .code(&property.name)
                    .cell()
                    .code(&ty)
                    .cell();
                let description = shorten(&property.docs.description);
                self.markup.page_text(&description).cell().end_row();
            }
            self.rest(ty.properties.len());
        }
        self.origin("Defined", ty.origin);
    }

    /// Ends a table, with the number of rows that it does not show.
    fn rest(&mut self, rows: usize) {
        if rows > MAX_ROWS {
            let rest = format!("\n… and {} more", rows - MAX_ROWS);
            self.markup.words(&rest);
        }
        self.markup.paragraph();
    }

    fn enum_type(&mut self, api: &Api, id: EnumId) {
        let ty = api.enum_type(id);
        let notes = [(ty.is_flags, "flags".to_owned())];
        self.title("enum", &ty.name.full(), &notes);
        self.docs(&ty.docs);
        if !ty.members.is_empty() {
            self.markup.table(&["Member", "Value", "Description"]);
            for member in ty.members.iter().take(MAX_ROWS) {
                let value = member
                    .value
                    .map_or(String::new(), |value| value.to_string());
                self.markup
                    .row()
                    .code(&member.name)
                    .cell()
                    .words(&value)
                    .cell();
                let description = shorten(&member.docs.description);
                self.markup.page_text(&description).cell().end_row();
            }
            self.rest(ty.members.len());
        }
        self.origin("Defined", Some(ty.origin));
    }

    fn property(&mut self, api: &Api, owner: Option<StructuredTypeId>, property: &Property) {
        let kind = match (owner, property.kind) {
            (None, _) => "parameter",
            (Some(_), PropertyKind::Structural) => "property",
            (Some(_), PropertyKind::Navigation) => "navigation property",
        };
        let default = property.default.clone().unwrap_or_default();
        let notes = [
            (property.read_only, "read-only".to_owned()),
            (property.required, "required".to_owned()),
            (property.nullable == Some(true), "nullable".to_owned()),
            (property.nullable == Some(false), "not nullable".to_owned()),
        ];
        self.title(kind, &property.name, &notes);
        let ty = type_text(api, &property.ty);
        self.markup.words("Type: ").code(&ty).paragraph();
        if property.default.is_some() {
            self.markup.words("Default: ").code(&default).paragraph();
        }
        self.docs(&property.docs);
        if !property.listed_values.is_empty() {
            let values = property.listed_values.join(", ");
            self.markup.words("Values: ").page_text(&values).paragraph();
        }
        if let Some(owner) = owner {
            let name = api.structured_type(owner).name.full();
            self.markup.words("Declared by ").code(&name).paragraph();
        }
        self.origin("Described", Some(property.origin));
    }

    fn member(&mut self, api: &Api, id: EnumId, index: usize) {
        let ty = api.enum_type(id);
        let member = &ty.members[index];
        let value = member.value.unwrap_or_default();
        let notes = [(member.value.is_some(), format!("value {value}"))];
        self.title("enum member", &member.name, &notes);
        self.docs(&member.docs);
        self.markup.words("Member of ").code(&ty.name.full());
    }

    fn permission(&mut self, api: &Api, name: &str) {
        let using = api
            .operations
            .iter()
            .filter(|operation| permissions(operation).any(|permission| permission == name));
        let count = using.count();
        self.title("permission", name, &[]);
        let operations = count_of(count, "operation");
        let version = api.version.name();
        self.markup
            .words(&format!("Opens {operations} of {version}."))
            .paragraph();
        for account in Account::ALL {
            let mut all = 0;
            let mut least = 0;
            for operation in &api.operations {
                let contains = |set: &Vec<String>| set.iter().any(|permission| permission == name);
                let is_used = operation.permissions.all_sets(account).any(contains);
                all += usize::from(is_used);
                let first = operation.permissions.grant(account).sets().first();
                least += usize::from(first.is_some_and(contains));
            }
            if all > 0 {
                let line = format!(
                    "- {}: {}, the least privileged of {least}\n",
                    account.name(),
                    count_of(all, "operation")
                );
                self.markup.words(&line);
            }
        }
    }

    fn rule(&mut self, code: Code, levels: &Levels) {
        let level = format!("level `{}`", levels.level(code).name());
        let notes = [(true, code.id().to_owned()), (true, level)];
        self.title("rule", code.rule(), &notes);
        self.markup
            .words("Reports a ")
            .words(code.title())
            .words(".")
            .paragraph();
        self.markup.words(code.explanation());
    }

    fn file(&mut self, file: FileId) -> Option<()> {
        let facts = self.snapshot.facts(file)?;
        let title = facts.title.as_ref()?;
        self.markup
            .words("page ")
            .page_text(&title.value)
            .paragraph();
        if let Some(summary) = &facts.summary {
            self.markup.page_text(&summary.value).paragraph();
        }
        self.origin("Located", Some(title.at));
        Some(())
    }
}

fn count_of(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Returns the start of a long description.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_DESCRIPTION) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
