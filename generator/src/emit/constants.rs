//! What the pages say about operations: a constant of the builder for each.

use crate::rust::{Builder, Grant, HttpMethod, Method};

use super::attributes::of_row;
use super::values::literal;

/// The constants of a builder, with a blank line between them.
pub(super) fn constants(item: &Builder) -> String {
    let mut rows = String::new();
    for method in &item.methods {
        if !rows.is_empty() {
            rows.push('\n');
        }
        of_row(&item.methods_when, &item.when, None, &mut rows);
        constant(method, &mut rows);
    }
    rows
}

fn constant(method: &Method, rows: &mut String) {
    let operation = &method.operation;
    let permissions = &operation.permissions;
    let http = match operation.method {
        HttpMethod::Get => "Get",
        HttpMethod::Post => "Post",
        HttpMethod::Put => "Put",
        HttpMethod::Patch => "Patch",
        HttpMethod::Delete => "Delete",
    };
    rows.push_str(&format!(
        "/// What the documentation says about [`{0}`](Self::{0}).\n\
         pub const {1}: runtime::Operation = runtime::Operation::new(\n    runtime::Method::{http},\n",
        method.ident, operation.ident
    ));
    let texts = [
        &operation.template,
        &operation.page,
        &grant(&permissions.delegated_work),
        &grant(&permissions.delegated_personal),
        &grant(&permissions.application),
    ];
    for text in texts {
        for part in ["    ", &literal(text), ",\n"] {
            rows.push_str(part);
        }
    }
    rows.push_str(");\n");
}

/// The text that the runtime reads: no name holds a space or a comma.
fn grant(grant: &Grant) -> String {
    match grant {
        Grant::Unstated => String::new(),
        Grant::NotSupported => "not supported".to_owned(),
        Grant::AnyOf(sets) => {
            let sets: Vec<String> = sets.iter().map(|set| set.join(" and ")).collect();
            sets.join(", ")
        }
    }
}
