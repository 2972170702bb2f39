//! The area of a type: the workload of its page, else its namespace.
//! Only the type's own pages decide, so that no other page can move it.

use crate::model::{PageLink, QualifiedName};
use crate::source::Sources;

use super::names::{self, Ident};

/// The area of types without a workload or a namespace of their own.
const CORE: &str = "core";

/// The workload of pages that belong to no single product, and the words of its area.
const NO_PRODUCT: [&str; 2] = ["non-product-specific", "cross-product"];

/// The area of a type.
pub(crate) fn area(
    name: &QualifiedName,
    workload: Option<&str>,
    pages: &[PageLink],
    sources: &Sources,
) -> Ident {
    // The root of all entities belongs to no workload, even if a page names one.
    if is_root(name) {
        return core();
    }
    let workload = workload.filter(|workload| names::is_plain(workload));
    let [no_product, cross_product] = NO_PRODUCT;
    let workload = workload.map(|workload| {
        if workload == no_product {
            cross_product
        } else {
            workload
        }
    });
    let page = pages
        .first()
        .map(|page| sources.get(page.file).path.as_str());
    let words = match (workload, page) {
        (Some(workload), Some(page)) => part_of_workload(workload, page),
        (Some(workload), None) => workload.to_owned(),
        (None, _) => namespace_tail(&name.namespace).to_owned(),
    };
    let ident = names::module(&words);
    // Modules of these names are siblings of the areas.
    if ["types", "builders"].contains(&ident.as_str()) {
        return names::module(&format!("{words}-area"));
    }
    ident
}

/// Whether a type is the root of all entities.
pub(crate) fn is_root(name: &QualifiedName) -> bool {
    name.namespace == "microsoft.graph" && name.name == "entity"
}

/// The area of paths without a known type.
pub(crate) fn core() -> Ident {
    names::module(CORE)
}

/// Pages of a large workload start with the name of a part: `intune-onboarding-vpptoken.md` belongs to `intune-onboarding`.
fn part_of_workload(workload: &str, page: &str) -> String {
    let file = page.rsplit('/').next().unwrap_or(page);
    let part = file
        .strip_prefix(workload)
        .and_then(|rest| rest.strip_prefix('-'))
        .and_then(|rest| rest.split_once('-'))
        .map(|(part, _)| part);
    match part {
        Some(part) if names::is_plain(part) => format!("{workload}-{part}"),
        Some(_) | None => workload.to_owned(),
    }
}

fn namespace_tail(namespace: &str) -> &str {
    let tail = namespace
        .strip_prefix("microsoft.graph")
        .unwrap_or(namespace);
    let tail = tail.trim_start_matches('.');
    if tail.is_empty() { CORE } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Source};

    #[track_caller]
    fn check(namespace: &str, workload: Option<&str>, page: &str, expected: &str) {
        let sources = Sources::new(vec![Source {
            path: format!("v1.0/resources/{page}"),
            text: String::new(),
        }]);
        let link = PageLink {
            file: FileId(0),
            title: String::new(),
            url: String::new(),
        };
        let name = QualifiedName {
            namespace: namespace.to_owned(),
            name: "x".to_owned(),
        };
        assert_eq!(area(&name, workload, &[link], &sources).as_str(), expected);
    }

    #[test]
    fn workload_and_its_part() {
        check(
            "microsoft.graph",
            Some("intune"),
            "intune-onboarding-vpptoken.md",
            "intune_onboarding",
        );
        check("microsoft.graph", Some("outlook"), "message.md", "outlook");
        check(
            "microsoft.graph",
            Some("identity-and-sign-in"),
            "x-y.md",
            "identity_and_sign_in",
        );
    }

    #[test]
    fn namespace_without_workload() {
        check("microsoft.graph", None, "x.md", "core");
        check(
            "microsoft.graph",
            Some("non-product-specific"),
            "x.md",
            "cross_product",
        );
        check(
            "microsoft.graph.callRecords",
            None,
            "callrecords-x.md",
            "call_records",
        );
    }

    #[test]
    fn avoids_sibling_modules() {
        check("microsoft.graph", Some("types"), "x.md", "types_area");
    }
}
