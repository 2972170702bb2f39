//! In: the definitions and the index. Out: the base of each structured type.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::TypeName;
use crate::model::StructuredTypeId;
use crate::report::{Code, Report};
use crate::resolve::symbols::definitions::{Definitions, ResourcePart, StructuredDefinition};
use crate::resolve::symbols::symbol_table::{Definition, Index, Meaning};
use crate::source::Location;

/// The bases of all structured types, by id, without cycles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bases(pub(crate) Vec<Option<StructuredTypeId>>);

impl Bases {
    /// The base of a type.
    pub(crate) fn of(&self, id: StructuredTypeId) -> Option<StructuredTypeId> {
        self.0[id.0 as usize]
    }

    /// The type and everything it inherits from, the nearest first.
    pub(crate) fn chain(
        &self,
        id: StructuredTypeId,
    ) -> impl Iterator<Item = StructuredTypeId> + '_ {
        // Cycles are cut below; while they are looked for, the chain must end all the same.
        std::iter::successors(Some(id), |current| self.of(*current)).take(self.0.len() + 1)
    }

    /// Whether a type is another or inherits from it.
    pub(crate) fn reaches(&self, id: StructuredTypeId, ancestor: StructuredTypeId) -> bool {
        self.chain(id).any(|current| current == ancestor)
    }

    /// The nearest type that all of some types are or inherit from.
    pub(crate) fn common(&self, ids: &[StructuredTypeId]) -> Option<StructuredTypeId> {
        let (first, rest) = ids.split_first()?;
        self.chain(*first)
            .find(|ancestor| rest.iter().all(|id| self.reaches(*id, *ancestor)))
    }
}

/// Finds the bases: what a sentence says, else the annotation, else the page of the base; rows that are inherited from a type
/// between add that one.
pub(crate) fn find(definitions: &Definitions, index: &Index, report: &mut Report) -> Bases {
    let stated = definitions.structured.iter().enumerate();
    let stated = stated
        .map(|(place, definition)| {
            stated_base(StructuredTypeId(place as u32), definition, index, report)
        })
        .collect();
    let mut bases = Bases(stated);
    add_from_base_pages(&mut bases, definitions, index, report);
    cut_cycles(&mut bases, definitions, report);
    let refined = definitions.structured.iter().enumerate();
    let refined = refined
        .map(|(place, definition)| {
            refined_base(
                StructuredTypeId(place as u32),
                definition,
                &bases,
                index,
                report,
            )
        })
        .collect();
    let mut bases = Bases(refined);
    cut_cycles(&mut bases, definitions, report);
    bases
}

fn stated_base(
    own: StructuredTypeId,
    definition: &StructuredDefinition,
    index: &Index,
    report: &mut Report,
) -> Option<StructuredTypeId> {
    let by_sentence = definition
        .parts
        .iter()
        .find_map(|part| base_by_sentence(own, part, index, report));
    let by_annotation = definition
        .parts
        .iter()
        .find_map(|part| base_by_annotation(own, part, index, report));
    match (by_sentence, by_annotation) {
        (Some((sentence, at)), Some((annotation, _))) if sentence != annotation => {
            let name = |id| index.name_of(Definition::Structured(id)).full();
            report.push(
                Code::BasesDisagree,
                at,
                0,
                format!(
                    "the sentence says that `{}` inherits from `{}`, the annotation from `{}`",
                    definition.name.name,
                    name(sentence),
                    name(annotation)
                ),
                "the sentence was believed",
            );
            Some(sentence)
        }
        (Some((base, _)), _) | (None, Some((base, _))) => Some(base),
        (None, None) => None,
    }
}

/// Gives the types that are silent about their base the one whose page names them as derived.
fn add_from_base_pages(
    bases: &mut Bases,
    definitions: &Definitions,
    index: &Index,
    report: &mut Report,
) {
    let mut named: BTreeMap<StructuredTypeId, Vec<(StructuredTypeId, Location)>> = BTreeMap::new();
    for (place, definition) in definitions.structured.iter().enumerate() {
        let base = StructuredTypeId(place as u32);
        for part in &definition.parts {
            for name in &part.facts.derived {
                let mut unheard = Report::new();
                let meaning = index.meaning(&name.value, name.at, part.page, &mut unheard);
                if let Meaning::Defined(Definition::Structured(derived)) = meaning
                    && derived != base
                {
                    named.entry(derived).or_default().push((base, name.at));
                }
            }
        }
    }
    let root = index.by_full_name("microsoft.graph.entity");
    for (derived, candidates) in named {
        let stated = bases.of(derived).map(Definition::Structured);
        if stated.is_some() && stated != root {
            continue;
        }
        // A page may name the types below those derived from its own, too: the nearest base counts.
        let nearest = candidates.iter().find(|(id, _)| {
            let mut others = candidates.iter();
            others.all(|(other, _)| bases.reaches(*id, *other))
        });
        let Some((base, at)) = nearest else { continue };
        report.push(
            Code::BaseFromBasePage,
            *at,
            0,
            format!(
                "the page of `{}` does not say what it inherits from, this one does",
                index.name_of(Definition::Structured(derived)).full()
            ),
            format!(
                "`{}` was taken as its base",
                index.name_of(Definition::Structured(*base)).full()
            ),
        );
        bases.0[derived.0 as usize] = Some(*base);
    }
}

type Stated = Option<(StructuredTypeId, Location)>;

fn base_by_sentence(
    own: StructuredTypeId,
    part: &ResourcePart,
    index: &Index,
    report: &mut Report,
) -> Stated {
    let inherits = part.facts.inherits.as_ref()?;
    look_up(own, &inherits.value, inherits.at, part, index, report)
}

fn base_by_annotation(
    own: StructuredTypeId,
    part: &ResourcePart,
    index: &Index,
    report: &mut Report,
) -> Stated {
    let annotation = part.facts.annotation.as_ref()?;
    let name = TypeName {
        text: annotation
            .base_type
            .as_ref()?
            .trim_start_matches('#')
            .to_owned(),
        target: None,
    };
    look_up(own, &name, annotation.at, part, index, report)
}

fn look_up(
    own: StructuredTypeId,
    name: &TypeName,
    at: Location,
    part: &ResourcePart,
    index: &Index,
    report: &mut Report,
) -> Stated {
    match index.meaning(name, at, part.page, report) {
        Meaning::Defined(Definition::Structured(id)) if id != own => Some((id, at)),
        Meaning::Defined(Definition::Structured(_)) => None,
        _ => {
            report.push(
                Code::UndefinedBase,
                at,
                0,
                format!(
                    "the base `{}` is no structured type of this version",
                    name.text.trim()
                ),
                "the type was left without that base",
            );
            None
        }
    }
}

/// Looks at the rows that say where they are inherited from: a type that lies between the stated base and this one is the
/// real base, and where no base is stated, the type that all others lead to is.
fn refined_base(
    own: StructuredTypeId,
    definition: &StructuredDefinition,
    bases: &Bases,
    index: &Index,
    report: &mut Report,
) -> Option<StructuredTypeId> {
    let stated = bases.of(own);
    let named = named_by_rows(own, definition, bases, index);
    let first_at = named.first().map(|(_, at)| *at);
    let named: BTreeSet<StructuredTypeId> = named.into_iter().map(|(id, _)| id).collect();
    let candidates: Vec<StructuredTypeId> = named.into_iter().chain(stated).collect();
    let nearest = candidates
        .iter()
        .find(|id| candidates.iter().all(|other| bases.reaches(**id, *other)));
    let base = nearest.copied().or(stated);
    if let (true, Some(base), Some(at)) = (base != stated, base, first_at) {
        let name = index.name_of(Definition::Structured(base)).full();
        report.push(
            Code::BaseFromRows,
            at,
            0,
            format!(
                "rows of `{}` are inherited from `{name}`, which is not its stated base",
                definition.name.name
            ),
            format!("`{name}` was taken as its base"),
        );
    }
    base
}

/// The types that rows say they are inherited from, with the places of the rows.
fn named_by_rows(
    own: StructuredTypeId,
    definition: &StructuredDefinition,
    bases: &Bases,
    index: &Index,
) -> Vec<(StructuredTypeId, Location)> {
    let rows = definition.parts.iter().flat_map(|part| {
        let tables = [&part.facts.properties, &part.facts.relationships];
        tables.into_iter().flatten().map(move |row| (part, row))
    });
    rows.filter_map(|(part, row)| {
        let name = row.inherited_from.as_ref()?;
        let at = row.description.at;
        let mut unheard = Report::new();
        match index.meaning(name, at, part.page, &mut unheard) {
            Meaning::Defined(Definition::Structured(id)) if !bases.reaches(id, own) => {
                Some((id, at))
            }
            _ => None,
        }
    })
    .collect()
}

/// Takes the base away from a type of each cycle, the first in the order of names.
fn cut_cycles(bases: &mut Bases, definitions: &Definitions, report: &mut Report) {
    for place in 0..bases.0.len() {
        let own = StructuredTypeId(place as u32);
        if !bases.chain(own).skip(1).any(|ancestor| ancestor == own) {
            continue;
        }
        bases.0[place] = None;
        let definition = &definitions.structured[place];
        if let Some(part) = definition.parts.first() {
            report.push(
                Code::BaseCycle,
                part.facts.name.at,
                0,
                format!(
                    "`{}` inherits from itself over other types",
                    definition.name.full()
                ),
                "it was left without a base",
            );
        }
    }
}
