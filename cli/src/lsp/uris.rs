//! Conversion between paths and `file` URIs.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The characters that are escaped in a path.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Returns the path of a `file` URI. `None` for other URIs, and for hosts and escapes that this system has no paths for.
pub(super) fn to_path(uri: &str) -> Option<PathBuf> {
    let text = if cfg!(windows) {
        windows_path(uri)
    } else {
        unix_path(uri)
    };
    text.map(PathBuf::from)
}

/// Returns the `file` URI of an absolute path.
pub(super) fn from_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) {
        from_windows_path(&text)
    } else {
        from_unix_path(&text)
    }
}

/// Splits a `file` URI into host and decoded path.
fn parse(uri: &str) -> Option<(&str, String)> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/')?),
        None => ("", rest),
    };
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    let is_local = host.eq_ignore_ascii_case("localhost");
    (path.starts_with('/') && !path.contains('\0'))
        .then_some((if is_local { "" } else { host }, path))
}

fn unix_path(uri: &str) -> Option<String> {
    parse(uri)
        .filter(|(host, _)| host.is_empty())
        .map(|(_, path)| path)
}

/// Returns the path of `file:///c%3A/docs`, `file:///C:/docs` or `file://server/share`.
fn windows_path(uri: &str) -> Option<String> {
    let (host, path) = parse(uri)?;
    if !host.is_empty() {
        return Some(format!("//{host}{path}").replace('/', "\\"));
    }
    let path = path.trim_start_matches('/');
    let bytes = path.as_bytes();
    let has_drive = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.get(1) == Some(&b':')
        && matches!(bytes.get(2), None | Some(b'/' | b'\\'));
    has_drive.then(|| {
        let (drive, rest) = path.split_at(1);
        let root = if rest.len() == 1 { "\\" } else { "" };
        format!("{}{rest}{root}", drive.to_ascii_uppercase()).replace('/', "\\")
    })
}

fn from_unix_path(path: &str) -> String {
    format!("file://{}", utf8_percent_encode(path, ESCAPED))
}

fn from_windows_path(path: &str) -> String {
    let path = path.replace('\\', "/");
    // `\\?\C:\docs` and `\\?\UNC\server\share` are what canonical paths look like.
    let path = match path.strip_prefix("//?/UNC/") {
        Some(share) => format!("//{share}"),
        None => path.strip_prefix("//?/").unwrap_or(&path).to_owned(),
    };
    match path.strip_prefix("//") {
        Some(share) => format!("file://{}", utf8_percent_encode(share, ESCAPED)),
        None => format!("file:///{}", utf8_percent_encode(&path, ESCAPED)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unix_paths() {
        let check = |uri: &str, path: &str| {
            assert_eq!(unix_path(uri).as_deref(), Some(path), "{uri}");
        };
        check("file:///docs/a%20b/%E5%AE%BD%25.md", "/docs/a b/宽%.md");
        check("FILE://localhost/docs/a.md?x#L1", "/docs/a.md");
        check("file:/docs/a.md", "/docs/a.md");
        for path in ["/docs/a b.md", "/docs/宽/100%/a#b?c.md", "/docs/(x)'\".md"] {
            check(&from_unix_path(path), path);
        }
        assert_eq!(from_unix_path("/a b"), "file:///a%20b");
        for uri in [
            "untitled:Untitled-1",
            "https://example.com/a.md",
            "file://server/a.md",
            "file:///a%00.md",
            "file:///a%FF.md",
            "file://",
            "file:a.md",
            "a.md",
            "",
        ] {
            assert_eq!(unix_path(uri), None, "{uri}");
        }
    }

    #[test]
    fn windows_paths() {
        let check = |uri: &str, path: &str| {
            assert_eq!(windows_path(uri).as_deref(), Some(path), "{uri}");
        };
        check("file:///c%3A/docs/a%20b.md", "C:\\docs\\a b.md");
        check("file:///C:/docs", "C:\\docs");
        check("file:///d:", "D:\\");
        check("file://server/share/a.md", "\\\\server\\share\\a.md");
        for uri in [
            "file:///docs/a.md",
            "file:///c",
            "file:///cc:/a",
            "file:///c:a",
        ] {
            assert_eq!(windows_path(uri), None, "{uri}");
        }
        let check = |path: &str, uri: &str| assert_eq!(from_windows_path(path), uri);
        check("C:\\docs\\a b.md", "file:///C%3A/docs/a%20b.md");
        check("\\\\?\\C:\\docs", "file:///C%3A/docs");
        check("\\\\?\\UNC\\server\\share", "file://server/share");
        check("\\\\server\\share", "file://server/share");
    }
}
