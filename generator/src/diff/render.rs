//! Formats the changes as plain text, as a changelog section in markdown, and as JSON.

use std::fmt::Write;

use serde_json::{Value, json as object};

use super::{Change, ChangeKind, Class, Diff, Seen};

/// The maximum length of a quoted description in characters.
const MAX_DESCRIPTION: usize = 100;

/// Formats the changes for a terminal: up to three lines for each change, and a summary.
pub fn to_text(diff: &Diff) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        line(
            &mut text,
            format_args!(
                "{}: {} {} {} {}{}",
                change.class.name(),
                change.key.version.name(),
                change.key.kind.name(),
                change.name(),
                change.kind.name(),
                if change.is_unstable {
                    ", unstable name"
                } else {
                    ""
                }
            ),
        );
        for (sign, seen) in [("-", &change.before), ("+", &change.after)] {
            if let Some(seen) = seen {
                let shown = shown(change, seen);
                line(&mut text, format_args!("  {sign} {}: {shown}", place(seen)));
            }
        }
    }
    text.push_str(&summary(diff));
    text
}

/// Formats the number of changes of each class and the version step.
fn summary(diff: &Diff) -> String {
    let Some(class) = diff.class() else {
        return "nothing changed\n".to_owned();
    };
    let mut text = String::new();
    for class in Class::ALL {
        line(
            &mut text,
            format_args!("{:<19} {}", class.name(), diff.count(class)),
        );
    }
    line(
        &mut text,
        format_args!("{:<19} {}", "unstable names", diff.unstable().count()),
    );
    line(
        &mut text,
        format_args!("{:<19} {}", "version step", class.step()),
    );
    text
}

/// Formats the changes as a changelog entry.
pub fn to_markdown(diff: &Diff) -> String {
    let Some(class) = diff.class() else {
        return "## Nothing changed\n".to_owned();
    };
    let mut text = format!("## Version step: {}\n", class.step());
    for class in Class::ALL {
        if diff.count(class) == 0 {
            continue;
        }
        line(
            &mut text,
            format_args!("\n### {} ({})\n", title(class), diff.count(class)),
        );
        for change in diff.changes.iter().filter(|change| change.class == class) {
            entry(&mut text, change);
        }
    }
    text
}

fn title(class: Class) -> &'static str {
    match class {
        Class::Breaking => "Breaking",
        Class::Compatible => "Compatible",
        Class::Documentation => "Documentation only",
    }
}

fn entry(text: &mut String, change: &Change) {
    let head = format!(
        "- {} {} {}: {}",
        change.key.version.name(),
        change.key.kind.name(),
        code(&change.name()),
        change.kind.name()
    );
    let side = |seen: &Option<Seen>| seen.as_ref().map(|seen| code(&shown(change, seen)));
    let what = match (change.kind, side(&change.before), side(&change.after)) {
        // The entry names the page instead of quoting the description.
        (ChangeKind::Redescribed, ..) => String::new(),
        (_, Some(before), Some(after)) => format!(", {before} → {after}"),
        (_, Some(one), None) | (_, None, Some(one)) => format!(", {one}"),
        (_, None, None) => String::new(),
    };
    let places: Vec<String> = [&change.before, &change.after]
        .into_iter()
        .flatten()
        .map(|seen| code(&place(seen)))
        .collect();
    line(text, format_args!("{head}{what} ({})", places.join(" → ")));
}

/// Converts the changes to JSON.
pub fn to_json(diff: &Diff) -> Value {
    let changes: Vec<Value> = diff.changes.iter().map(change).collect();
    let count = |class| diff.count(class);
    object!({
        "step": diff.class().map(Class::step),
        "counts": {
            "breaking": count(Class::Breaking),
            "compatible": count(Class::Compatible),
            "documentation-only": count(Class::Documentation),
            "unstable": diff.unstable().count(),
        },
        "changes": changes,
    })
}

fn change(change: &Change) -> Value {
    let side = |seen: &Option<Seen>| match seen {
        None => Value::Null,
        Some(seen) => object!({ "shown": seen.shown, "page": seen.page, "line": seen.line }),
    };
    object!({
        "class": change.class.name(),
        "step": change.class.step(),
        "api": change.key.version.name(),
        "item": change.key.kind.name(),
        "name": change.name(),
        "was": change.earlier_name(),
        "change": change.kind.name(),
        "unstable": change.is_unstable,
        "before": side(&change.before),
        "after": side(&change.after),
    })
}

fn place(seen: &Seen) -> String {
    match &seen.page {
        Some(page) => format!("{page}:{}", seen.line),
        None => "no page".to_owned(),
    }
}

/// Formats the changed attribute on one line. Only descriptions are truncated, because the end of other attributes may be what
/// differs.
fn shown(change: &Change, seen: &Seen) -> String {
    let words: Vec<&str> = seen.shown.split_whitespace().collect();
    let text = words.join(" ");
    if change.kind == ChangeKind::Features {
        return on_one_side(change, &text);
    }
    let is_prose = match change.kind {
        ChangeKind::Redescribed | ChangeKind::Deprecated | ChangeKind::Reinstated => true,
        ChangeKind::Added
        | ChangeKind::Removed
        | ChangeKind::Renamed
        | ChangeKind::Retyped
        | ChangeKind::Moved
        | ChangeKind::Features
        | ChangeKind::Permissions => false,
    };
    match text.char_indices().nth(MAX_DESCRIPTION) {
        Some((end, _)) if is_prose => format!("{}…", &text[..end]),
        Some(_) | None => text,
    }
}

/// Returns the features that the other side of a change lacks.
fn on_one_side(change: &Change, features: &str) -> String {
    let sides = [&change.before, &change.after].into_iter().flatten();
    let others: Vec<&str> = sides
        .filter(|side| side.shown != features)
        .flat_map(|side| side.shown.split(", "))
        .collect();
    let own = features.split(", ").filter(|name| !others.contains(name));
    match own.collect::<Vec<&str>>().join(", ") {
        none if none.is_empty() => "no other".to_owned(),
        some => some,
    }
}

/// Formats text as a code span.
fn code(text: &str) -> String {
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let ticks = text.split(|letter| letter != '`').map(str::len).max();
    let fence = "`".repeat(ticks.unwrap_or(0) + 1);
    let space = if text.contains('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    writeln!(text, "{arguments}").expect("writing to a String does not fail");
}
