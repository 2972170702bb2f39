//! Decides which conditions of permission tables a path fulfils: `group event` for `/groups/{id}/events/{id}`, `acting on self`
//! for `/me`.

use crate::facts::{ConditionFact, SegmentFact};
use crate::model::{HttpMethod, Segment, StructuredTypeId};
use crate::resolve::operations::contribution::Contribution;
use crate::resolve::paths::walk::TypedPath;
use crate::resolve::type_phrases::TypeResolver;

/// Whether a condition holds for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Applicability {
    /// The path fulfils the condition.
    Holds,
    /// The path fulfils another condition of the page.
    Fails,
    /// The path does not tell.
    Unknown,
}

/// The path that conditions are compared with.
pub(crate) struct ConditionContext<'a> {
    pub(crate) contribution: &'a Contribution<'a>,
    pub(crate) typed: &'a TypedPath,
    pub(crate) method: HttpMethod,
    pub(crate) types: &'a TypeResolver<'a>,
}

/// Decides the conditions of one page, in their order.
pub(crate) fn decide_conditions(
    conditions: &[&ConditionFact],
    context: &ConditionContext,
) -> Vec<Applicability> {
    let matches: Vec<Option<ConditionMatch>> = conditions
        .iter()
        .map(|condition| context.match_condition(condition))
        .collect();
    let best = matches.iter().flatten().map(|found| found.key).max();
    let decide = |(condition, found): (&&ConditionFact, &Option<ConditionMatch>)| {
        if let Some(person) = Person::of(&condition.text) {
            return person.applies(context.typed);
        }
        match (found, best) {
            (Some(found), best) if best == Some(found.key) => match condition.text.contains('(') {
                true => Applicability::Unknown,
                false => Applicability::Holds,
            },
            (_, Some(_)) if context.names_type(condition) => Applicability::Fails,
            _ => Applicability::Unknown,
        }
    };
    conditions.iter().zip(&matches).map(decide).collect()
}

/// Whether a condition about the signed-in user or other users holds for a path, if the words are about either.
pub(crate) fn decide_person(words: &str, typed: &TypedPath) -> Option<Applicability> {
    Person::of(words).map(|person| person.applies(typed))
}

/// Whom a request acts on.
#[derive(Clone, Copy)]
enum Person {
    /// The signed-in user.
    Oneself,
    /// Any other user.
    Others,
}

impl Person {
    fn of(words: &str) -> Option<Self> {
        let words = words.to_ascii_lowercase();
        if !words.contains("acting on") && !words.contains("signed-in user") {
            return None;
        }
        match words.contains("other") {
            true => Some(Self::Others),
            false => (words.contains("self") || words.contains("signed-in user"))
                .then_some(Self::Oneself),
        }
    }

    fn applies(self, typed: &TypedPath) -> Applicability {
        let root = match typed.path.segments.first() {
            Some(Segment::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        match (root, self) {
            (Some("me"), Self::Oneself) | (Some("users"), Self::Others) => Applicability::Holds,
            (Some("me"), Self::Others) => Applicability::Fails,
            _ => Applicability::Unknown,
        }
    }
}

/// Where a path mentions the resource of a condition. The match further right is the better one, then that of more words.
struct ConditionMatch {
    key: (usize, usize),
}

impl ConditionContext<'_> {
    /// Matches a condition, which may list alternatives, with the path.
    fn match_condition(&self, condition: &ConditionFact) -> Option<ConditionMatch> {
        let alternatives = condition
            .text
            .split(" or ")
            .take(8)
            .map(|text| ConditionFact {
                text: text.to_owned(),
                targets: condition.targets.clone(),
            });
        alternatives
            .filter_map(|alternative| self.match_alternative(&alternative))
            .max_by_key(|found| found.key)
    }

    /// Matches all words of a condition that are types with the path.
    fn match_alternative(&self, condition: &ConditionFact) -> Option<ConditionMatch> {
        let is_reference = self.method != HttpMethod::Get
            && matches!(self.contribution.line.segments.last(), Some(SegmentFact::Name(name)) if name == "$ref");
        if is_reference {
            // What is added or removed decides, not the resource that holds it.
            return None;
        }
        let words = condition_words(&condition.text);
        let named: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .filter(|word| self.type_of(word).is_some() || self.find(word).is_some())
            .collect();
        let subject = self.subject(condition, &named)?;
        // Types that derive from the type of the path are told apart by the object, not by the path.
        let end = self.typed.types.iter().rev().copied().flatten().next();
        let is_derived = |end: StructuredTypeId| {
            subject
                .ty
                .is_some_and(|ty| ty != end && self.types.bases.is_or_inherits(ty, end))
        };
        if end.is_some_and(is_derived) {
            return None;
        }
        let mut place = subject.place;
        for word in &named {
            if subject.is_linked && Some(*word) == named.last().copied() {
                continue;
            }
            place = place.max(self.find(word)?);
        }
        Some(ConditionMatch {
            key: (place, named.len()),
        })
    }

    /// Returns the resource that a condition is about: the target of its link, else its last word that is a type.
    fn subject(&self, condition: &ConditionFact, named: &[&str]) -> Option<ConditionSubject> {
        let linked = condition.targets.last().map(|target| {
            let name = target.rsplit('-').next().unwrap_or(target);
            (name, self.type_of(name))
        });
        if let Some((name, ty)) = linked {
            let by_type =
                ty.and_then(|ty| self.typed.types.iter().rposition(|step| *step == Some(ty)));
            let last = named.last().copied();
            let by_name = || {
                self.find(name)
                    .or_else(|| last.and_then(|word| self.find(word)))
            };
            return Some(ConditionSubject {
                ty,
                place: by_type.or_else(by_name)?,
                is_linked: true,
            });
        }
        let word = named.last()?;
        Some(ConditionSubject {
            ty: self.type_of(word),
            place: self.find(word)?,
            is_linked: false,
        })
    }

    /// Whether a condition names a type, so that another type in the path rules it out.
    fn names_type(&self, condition: &ConditionFact) -> bool {
        !condition.targets.is_empty()
            || condition_words(&condition.text)
                .iter()
                .any(|word| self.type_of(word).is_some())
    }

    fn type_of(&self, word: &str) -> Option<StructuredTypeId> {
        let page = self.contribution.operation.page;
        let look_up = |word: &str| {
            self.types
                .symbols
                .look_up_text(word, page)
                .resolved
                .structured()
        };
        look_up(word).or_else(|| look_up(word.strip_suffix('s')?))
    }

    /// Returns the last segment that a word denotes: its name, its plural, or the name of its type.
    fn find(&self, word: &str) -> Option<usize> {
        let singular = word.strip_suffix('s').unwrap_or(word);
        let segments = self.contribution.line.segments.iter();
        let is_named = |segment: &SegmentFact| match segment {
            SegmentFact::Name(name)
            | SegmentFact::Call { name, .. }
            | SegmentFact::ItemPath(name) => {
                let name = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
                name == word
                    || name.strip_suffix('s') == Some(singular)
                    || (name == "me" && singular == "user")
            }
            SegmentFact::Key(_) | SegmentFact::AlternateKey { .. } => false,
        };
        segments
            .collect::<Vec<_>>()
            .iter()
            .rposition(|segment| is_named(segment))
    }
}

/// The resource that a condition is about, and its place in the path.
struct ConditionSubject {
    ty: Option<StructuredTypeId>,
    place: usize,
    is_linked: bool,
}

/// Returns the words of a condition in lower case, without those in parentheses.
fn condition_words(text: &str) -> Vec<String> {
    const FILLERS: [&str; 14] = [
        "for",
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "resource",
        "resources",
        "permission",
        "permissions",
        "type",
        "to",
        "and",
    ];
    let outside = text.split('(').next().unwrap_or_default();
    outside
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase)
        .filter(|word| !word.is_empty() && !FILLERS.contains(&word.as_str()))
        .take(12)
        .collect()
}
