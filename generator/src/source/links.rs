//! Resolves links between pages.

/// The path that a link of the page at `from` leads to, in lower case, and the anchor in it. None for links that leave the
/// documentation.
pub fn follow(from: &str, target: &str) -> Option<(String, Option<String>)> {
    let (file, anchor) = match target.split_once('#') {
        Some((file, anchor)) => (file, Some(anchor.to_lowercase())),
        None => (target, None),
    };
    let file = file.split('?').next().unwrap_or(file).trim();
    if file.is_empty() {
        return Some((from.to_lowercase(), anchor));
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    if let Some((_, published)) = file.split_once("/graph/api/") {
        return Some((published_page(folder, published), anchor));
    }
    if file.contains("://") || file.starts_with('/') {
        return None;
    }
    Some((join(folder, file), anchor))
}

/// Returns the file of a published address such as `resources/user`.
fn published_page(folder: &str, address: &str) -> String {
    let version_folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    let section = if address.contains('/') { "" } else { "api/" };
    let path = format!("{version_folder}/{section}{address}.md").to_lowercase();
    path.trim_start_matches('/').to_owned()
}

/// Joins a folder and a relative link, and converts the result to lower case.
fn join(folder: &str, link: &str) -> String {
    let mut path = String::with_capacity(folder.len() + 1 + link.len());
    for part in folder.split('/').chain(link.split('/')) {
        match part {
            "" | "." => {}
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            part => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    path.make_ascii_lowercase();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_from_the_page() {
        let check = |target: &str, expected: Option<(&str, Option<&str>)>| {
            let found = follow("v1.0/api/lamp-get.md", target);
            let found = found
                .as_ref()
                .map(|(path, anchor)| (path.as_str(), anchor.as_deref()));
            assert_eq!(found, expected, "{target}");
        };
        check(
            "../resources/Lamp.md",
            Some(("v1.0/resources/lamp.md", None)),
        );
        check(
            "lamp-list.md#Example",
            Some(("v1.0/api/lamp-list.md", Some("example"))),
        );
        check("#members", Some(("v1.0/api/lamp-get.md", Some("members"))));
        check(
            "https://learn.microsoft.com/graph/api/resources/lamp?view=x",
            Some(("v1.0/resources/lamp.md", None)),
        );
        check(
            "https://learn.microsoft.com/graph/api/lamp-get",
            Some(("v1.0/api/lamp-get.md", None)),
        );
        check("/graph/auth", None);
        check("https://example.com/", None);
    }
}
