//! Files that differ in a few of their parts: the same parts are found in files that have more besides, and replaced there.

use std::collections::BTreeMap;

/// Parts of a file with what stands in their place now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The file, below the output folder.
    pub path: String,
    parts: BTreeMap<String, Replacement>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Replacement {
    text: String,
    /// How often it takes place.
    count: usize,
}

/// A part of a file.
#[derive(Debug, Default)]
struct Part<'a> {
    lines: Vec<&'a str>,
    /// With which features lines are there: that follows from more than is looked at here. Each stands before a line.
    conditions: Vec<(usize, &'a str)>,
}

impl Patch {
    /// What leads from one state of a file to another; none if that takes more than other parts at the same places.
    pub(super) fn between(path: &str, before: &str, now: &str) -> Option<Self> {
        let (before, now) = (parts(before), parts(now));
        if before.len() != now.len() {
            return None;
        }
        let mut found: BTreeMap<String, Replacement> = BTreeMap::new();
        for (before, now) in before.into_iter().zip(now) {
            let now = now.lines.concat();
            let replacement = found
                .entry(before.lines.concat())
                .or_insert_with(|| Replacement {
                    text: now.clone(),
                    count: 0,
                });
            if replacement.text != now {
                return None;
            }
            replacement.count += 1;
        }
        found.retain(|before, replacement| *before != replacement.text);
        Some(Self {
            path: path.to_owned(),
            parts: found,
        })
    }

    /// Files with the parts replaced; none unless each is there just as often as known. A file of a few requests may stand for
    /// several of many.
    pub fn apply(&self, files: &[String]) -> Option<Vec<String>> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut replace = |text: &String| {
            let mut written = String::with_capacity(text.len());
            for part in parts(text) {
                let known = self.parts.get_key_value(&part.lines.concat());
                match known {
                    Some((known, replacement)) => {
                        *counts.entry(known).or_default() += 1;
                        let lines: Vec<&str> = replacement.text.split_inclusive('\n').collect();
                        part.with(&lines)?.write(&mut written);
                    }
                    None => part.write(&mut written),
                }
            }
            Some(written)
        };
        let written = files.iter().map(&mut replace);
        let written = written.collect::<Option<_>>()?;
        let is_complete = |(part, replacement): (&String, &Replacement)| {
            counts.get(part.as_str()) == Some(&replacement.count)
        };
        self.parts.iter().all(is_complete).then_some(written)
    }
}

impl<'a> Part<'a> {
    /// The part with other lines, each condition before the line that it stood before; none if that is not there any more.
    fn with<'n>(&self, lines: &[&'n str]) -> Option<Part<'n>>
    where
        'a: 'n,
    {
        let same = |(left, right): &(&&str, &&str)| left == right;
        let start = self.lines.iter().zip(lines).take_while(same).count();
        let rest = self.lines[start..].iter().rev();
        let end = rest.zip(lines[start..].iter().rev());
        let end = end.take_while(same).count();
        let (old_end, new_end) = (self.lines.len() - end, lines.len() - end);
        let mut conditions: Vec<(usize, &str)> = Vec::new();
        for (line, condition) in &self.conditions {
            let place = match *line {
                0 => 0,
                line if line < start => line,
                line if line >= old_end => line - old_end + new_end,
                line => {
                    let own = &self.lines[line];
                    let is_own = |line: &&str| line == own;
                    let mut found = lines[start..new_end].iter();
                    let place = start + found.position(is_own)?;
                    if found.any(is_own) {
                        return None;
                    }
                    place
                }
            };
            if conditions.last().is_some_and(|(last, _)| *last >= place) {
                return None;
            }
            conditions.push((place, condition));
        }
        Some(Part {
            lines: lines.to_vec(),
            conditions,
        })
    }

    fn write(&self, text: &mut String) {
        let mut conditions = self.conditions.iter().peekable();
        for (place, line) in self.lines.iter().enumerate() {
            if let Some((_, condition)) = conditions.next_if(|(before, _)| *before == place) {
                text.push_str(condition);
            }
            text.push_str(line);
        }
    }
}

/// A text in parts: what stands between empty lines, and between lines that open or close what others stand in. Where each
/// line is an object of JSON, those are a part that are about the same, without the comma behind them.
fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut parts, mut part) = (Vec::new(), Part::default());
    // Where a condition starts, and whether it goes on.
    let (mut condition, mut in_condition) = (None, false);
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let (start, bare) = (end, line.trim());
        end += line.len();
        if in_condition || bare.starts_with("#[cfg(") {
            condition.get_or_insert(start);
            in_condition = !bare.ends_with(")]");
            continue;
        }
        let is_object = bare.starts_with('{') && bare.trim_end_matches(',').ends_with('}');
        let is_frame = bare.is_empty() || line.trim_end() == "}" || line.starts_with("impl");
        let is_alone = is_object || is_frame;
        if is_alone && !part.lines.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if let Some(from) = condition.take() {
            let place = part.lines.len();
            part.conditions.push((place, &text[from..start]));
        }
        let own = if is_object {
            line.trim_end().trim_end_matches(',').len()
        } else {
            line.len()
        };
        if is_object && joins(&parts, line) {
            // The comma between them, and the objects before it.
            part = parts.pop().unwrap_or_default();
            let comma = std::mem::replace(&mut part, parts.pop().unwrap_or_default());
            part.lines.extend(comma.lines);
        }
        for line in [&line[..own], &line[own..]] {
            if !line.is_empty() {
                part.lines.push(line);
            }
            if is_alone && !part.lines.is_empty() {
                parts.push(std::mem::take(&mut part));
            }
        }
    }
    if !part.lines.is_empty() {
        parts.push(part);
    }
    parts
}

/// Whether an object of JSON is about the same as those in the last part but one: it starts with the same members, up to the
/// first that is an object itself.
fn joins(parts: &[Part<'_>], line: &str) -> bool {
    let start = |line: &str| line.find("\":{").map(|end| line[..end].to_owned());
    let last = parts.iter().rev().nth(1);
    let last = last.and_then(|part| part.lines.last());
    last.is_some_and(|last| {
        last.starts_with('{') && start(last).is_some() && start(last) == start(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of files by a patch between two states of another; none if there is no such patch, or it does not fit.
    #[track_caller]
    fn check(before: &str, now: &str, files: &[&str], expected: Option<&[&str]>) {
        let files: Vec<String> = files.iter().map(|text| (*text).to_owned()).collect();
        let patch = Patch::between("a.rs", before, now);
        let found = patch.and_then(|patch| patch.apply(&files));
        let expected = expected.map(|texts| texts.iter().map(|text| (*text).to_owned()).collect());
        assert_eq!(found, expected, "{before} > {now}");
    }

    #[test]
    fn parts_are_replaced_among_others() {
        let before = "impl A {\n    /// One.\n    fn one() {}\n}\n";
        let now = "impl A {\n    /// Another.\n    fn one() {}\n}\n";
        let more =
            "impl A {\n    fn none() {}\n\n    /// One.\n    fn one() {}\n\n    fn two() {}\n}\n";
        let then = more.replace("One.", "Another.");
        check(before, now, &[more], Some(&[&then]));
        check(before, now, &["", more], Some(&["", &then]));
        // It is not there, not alone, or not as it was.
        check(before, now, &[""], None);
        check(before, now, &[more, more], None);
        check(before, now, &[&more.replace("one()", "one(x)")], None);
        check(before, before, &[""], Some(&[""]));
        check(
            "a\n\na\n",
            "b\n\nb\n",
            &["a\n\nc\n\na\n"],
            Some(&["b\n\nc\n\nb\n"]),
        );
        // What is the same becomes something else twice, or one part more.
        check("a\n\na\n", "b\n\nc\n", &["a\n\na\n"], None);
        check("a\n", "a\n\nb\n", &["a\n"], None);
    }

    #[test]
    fn conditions_stay_before_their_lines() {
        let before = "struct A {\n    a: u8,\n    b: u8,\n}\n";
        let now = "struct A {\n    a: u8,\n    /// New.\n    n: u8,\n    b: u8,\n}\n";
        let condition = "    #[cfg(\n        any(x, y)\n    )]\n";
        let with = |text: &str| text.replace("    b:", &format!("{condition}    b:"));
        check(before, now, &[&with(before)], Some(&[&with(now)]));
        let first = format!("#[cfg(x)]\n{before}");
        let other = now.replace("struct A", "struct B");
        check(
            before,
            &other,
            &[&first],
            Some(&[&format!("#[cfg(x)]\n{other}")]),
        );
        // The line is not there any more, or it is there twice.
        let without = before.replace("b: u8", "c: u8");
        check(before, &without, &[&with(before)], None);
        let twice = "struct A {\n    b: u8,\n    x: u8,\n    b: u8,\n    c: u8,\n}\n";
        let [start, end] = ["struct A {\n    a: u8,\n", "    d: u8,\n}\n"];
        let between = format!("{start}    b: u8,\n{end}");
        check(&between, twice, &[&with(&between)], None);
    }

    #[test]
    fn examples_of_one_operation_are_one_part() {
        let line = |key: &str, body: &str| {
            format!("{{\"operation\":\"{key}\",\"page\":\"p\",\"request\":{{\"line\":{body}}}}}")
        };
        let file = |lines: &[String]| format!("{{\"examples\":[\n{}\n]}}\n", lines.join(",\n"));
        let (a, b, c) = (line("A", "1"), line("B", "2"), line("C", "3"));
        let (more, other) = (line("B", "4"), line("B", "5"));
        let all = [a.clone(), b.clone(), c.clone()];
        let check = |before: &[&String], now: &[&String], expected: Option<&[&String]>| {
            let file_of = |lines: &[&String]| {
                file(&lines.iter().map(|line| (*line).clone()).collect::<Vec<_>>())
            };
            let expected = expected.map(file_of);
            let expected = expected.as_ref().map(|text| [text.as_str()]);
            let expected = expected.as_ref().map(<[&str; 1]>::as_slice);
            check(&file_of(before), &file_of(now), &[&file(&all)], expected);
        };
        check(&[&b], &[&other], Some(&[&a, &other, &c]));
        check(&[&b], &[&b, &more], Some(&[&a, &b, &more, &c]));
        check(&[&a, &b], &[&a, &more, &b], Some(&[&a, &more, &b, &c]));
        check(&[&b], &[&b, &line("D", "6")], None);
        check(&[&more], &[&b], None);
    }
}
