//! The base type that pages state for each structured type.
//!
//! A sentence of the type's own page comes first, then its annotation, then the page of the base type, which names derived
//! types. Rows that are inherited from a type between the two make that one the base.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use crate::facts::TypeName;
use crate::model::StructuredTypeId;
use crate::report::{Code, NameKind, Report};
use crate::resolve::inheritance::base_graph::BaseGraph;
use crate::resolve::symbols::definitions::{Definitions, ResourcePart, StructuredDefinition};
use crate::resolve::symbols::symbol_table::SymbolTable;
use crate::source::Location;

/// The stated base types, without cycles. Types whose pages state no base have none here.
#[derive(Clone, Debug)]
pub(crate) struct StatedBases(BaseGraph);

impl StatedBases {
    /// Resolves the stated base of each type.
    pub(crate) fn resolve(
        definitions: &Definitions,
        symbols: &SymbolTable,
        report: &mut Report,
    ) -> Self {
        let stated = definitions
            .structured_with_ids()
            .map(|(id, definition)| base_on_own_page(id, definition, symbols, report));
        let mut bases = BaseGraph::new(stated.collect());
        add_bases_from_base_pages(&mut bases, definitions, symbols, report);
        remove_cycles(&mut bases, definitions, report);
        let refined = definitions
            .structured_with_ids()
            .map(|(id, definition)| base_from_rows(id, definition, &bases, symbols, report));
        let mut bases = BaseGraph::new(refined.collect());
        remove_cycles(&mut bases, definitions, report);
        Self(bases)
    }
}

impl Deref for StatedBases {
    type Target = BaseGraph;

    fn deref(&self) -> &BaseGraph {
        &self.0
    }
}

/// Returns the base that the pages of the type state: in a sentence, else in the annotation.
fn base_on_own_page(
    id: StructuredTypeId,
    definition: &StructuredDefinition,
    symbols: &SymbolTable,
    report: &mut Report,
) -> Option<StructuredTypeId> {
    let in_sentence = definition
        .parts
        .iter()
        .find_map(|part| base_in_sentence(id, part, symbols, report));
    let in_annotation = definition
        .parts
        .iter()
        .find_map(|part| base_in_annotation(id, part, symbols, report));
    if let (Some(sentence), Some(annotation)) = (&in_sentence, &in_annotation)
        && sentence.base != annotation.base
    {
        report.push(
            Code::BasesDisagree,
            sentence.at,
            0,
            format!(
                "the base of `{}` is `{}` according to the sentence, `{}` according to the annotation",
                definition.name.name,
                symbols.structured_name(sentence.base).full(),
                symbols.structured_name(annotation.base).full()
            ),
            "the base in the sentence is used",
        );
    }
    in_sentence.or(in_annotation).map(|stated| stated.base)
}

/// A base type, and the location that states it.
#[derive(Clone, Copy)]
struct StatedBase {
    base: StructuredTypeId,
    at: Location,
}

fn base_in_sentence(
    id: StructuredTypeId,
    part: &ResourcePart,
    symbols: &SymbolTable,
    report: &mut Report,
) -> Option<StatedBase> {
    let inherits = part.facts.inherits.as_ref()?;
    look_up_base(id, &inherits.value, inherits.at, part, symbols, report)
}

fn base_in_annotation(
    id: StructuredTypeId,
    part: &ResourcePart,
    symbols: &SymbolTable,
    report: &mut Report,
) -> Option<StatedBase> {
    let annotation = part.facts.annotation.as_ref()?;
    let name = TypeName {
        text: annotation
            .base_type
            .as_ref()?
            .trim_start_matches('#')
            .to_owned(),
        target: None,
    };
    look_up_base(id, &name, annotation.at, part, symbols, report)
}

fn look_up_base(
    id: StructuredTypeId,
    name: &TypeName,
    at: Location,
    part: &ResourcePart,
    symbols: &SymbolTable,
    report: &mut Report,
) -> Option<StatedBase> {
    let lookup = symbols.look_up(name, part.page);
    symbols.report_conflict(&lookup, name, at, report);
    match lookup.resolved.structured() {
        Some(base) => (base != id).then_some(StatedBase { base, at }),
        None => {
            report.push(
                Code::UndefinedBase,
                at,
                0,
                format!(
                    "the base `{}` is not a structured type of this version",
                    name.text.trim()
                ),
                "the statement is ignored",
            );
            report.set_unknown_name(name.text.trim(), NameKind::Type);
            None
        }
    }
}

/// Gives types whose pages state no base the type whose page names them as derived.
fn add_bases_from_base_pages(
    bases: &mut BaseGraph,
    definitions: &Definitions,
    symbols: &SymbolTable,
    report: &mut Report,
) {
    let mut candidates_by_type: BTreeMap<StructuredTypeId, Vec<StatedBase>> = BTreeMap::new();
    for (base, definition) in definitions.structured_with_ids() {
        for part in &definition.parts {
            for name in &part.facts.derived {
                let lookup = symbols.look_up(&name.value, part.page);
                if let Some(derived) = lookup.resolved.structured()
                    && derived != base
                {
                    let candidates = candidates_by_type.entry(derived).or_default();
                    candidates.push(StatedBase { base, at: name.at });
                }
            }
        }
    }
    let root = symbols.root_entity();
    for (derived, candidates) in candidates_by_type {
        let stated = bases.base(derived);
        if stated.is_some() && stated != root {
            continue;
        }
        // A page may also name indirectly derived types; the nearest base is the direct one.
        let nearest = candidates.iter().find(|candidate| {
            candidates
                .iter()
                .all(|other| bases.is_or_inherits(candidate.base, other.base))
        });
        let Some(nearest) = nearest else { continue };
        report.push(
            Code::BaseFromBasePage,
            nearest.at,
            0,
            format!(
                "the page of `{}` does not state its base, but this page names it as derived",
                symbols.structured_name(derived).full()
            ),
            format!(
                "`{}` is used as its base",
                symbols.structured_name(nearest.base).full()
            ),
        );
        bases.set_base(derived, Some(nearest.base));
    }
}

/// Returns the base of a type after its rows are taken into account: a type between the stated base and this one, named by rows
/// as the type they are inherited from; without a stated base, the nearest type that rows name.
fn base_from_rows(
    id: StructuredTypeId,
    definition: &StructuredDefinition,
    bases: &BaseGraph,
    symbols: &SymbolTable,
    report: &mut Report,
) -> Option<StructuredTypeId> {
    let stated = bases.base(id);
    let in_rows = bases_in_rows(id, definition, bases, symbols);
    let first_at = in_rows.first().map(|row| row.at);
    let in_rows: BTreeSet<StructuredTypeId> = in_rows.into_iter().map(|row| row.base).collect();
    let candidates: Vec<StructuredTypeId> = in_rows.into_iter().chain(stated).collect();
    let nearest = candidates.iter().find(|candidate| {
        candidates
            .iter()
            .all(|other| bases.is_or_inherits(**candidate, *other))
    });
    let base = nearest.copied().or(stated);
    if let (true, Some(base), Some(at)) = (base != stated, base, first_at) {
        let name = symbols.structured_name(base).full();
        report.push(
            Code::BaseFromRows,
            at,
            0,
            format!(
                "rows of `{}` are inherited from `{name}`, which is not its stated base",
                definition.name.name
            ),
            format!("`{name}` is used as its base"),
        );
    }
    base
}

/// Returns the types that rows are inherited from, with the locations of the rows.
fn bases_in_rows(
    id: StructuredTypeId,
    definition: &StructuredDefinition,
    bases: &BaseGraph,
    symbols: &SymbolTable,
) -> Vec<StatedBase> {
    let rows = definition.parts.iter().flat_map(|part| {
        let tables = [&part.facts.properties, &part.facts.relationships];
        tables.into_iter().flatten().map(move |row| (part, row))
    });
    rows.filter_map(|(part, row)| {
        let name = row.inherited_from.as_ref()?;
        let base = symbols.look_up(name, part.page).resolved.structured()?;
        let at = row.description.at;
        (!bases.is_or_inherits(base, id)).then_some(StatedBase { base, at })
    })
    .collect()
}

/// Removes the base of one type in each cycle, the first by name.
fn remove_cycles(bases: &mut BaseGraph, definitions: &Definitions, report: &mut Report) {
    for (id, definition) in definitions.structured_with_ids() {
        if !bases.chain(id).skip(1).any(|ancestor| ancestor == id) {
            continue;
        }
        bases.set_base(id, None);
        if let Some(part) = definition.parts.first() {
            report.push(
                Code::BaseCycle,
                part.facts.name.at,
                0,
                format!("`{}` inherits from itself", definition.name.full()),
                "it is generated without a base type",
            );
        }
    }
}
