//! How much of a response is taken.

use crate::request::Error;

/// How large a response may be, and how deep its JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a body that is held in memory, after decompression: 64 MiB unless told. Streams have no limit.
    pub body_bytes: u64,
    /// How deep objects and arrays may stand in each other: 100 unless told, and never more than 120.
    pub json_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024 * 1024,
            json_depth: 100,
        }
    }
}

impl Limits {
    pub(crate) fn too_large(&self) -> Error {
        Error::limit(format!("its body is larger than {} bytes", self.body_bytes))
    }

    /// Fails if the JSON is deeper than it may be. What is no JSON is left to those who read it.
    pub(crate) fn check_depth(&self, json: &[u8]) -> Result<(), Error> {
        let allowed = self.json_depth.min(120);
        if is_deeper(json, allowed) {
            return Err(Error::limit(format!(
                "its JSON is nested deeper than {allowed}"
            )));
        }
        Ok(())
    }
}

fn is_deeper(json: &[u8], allowed: usize) -> bool {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => {
                depth += 1;
                if depth > allowed {
                    return true;
                }
            }
            b'}' | b']' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[test]
fn depth_counts_brackets_that_are_no_text() {
    let limits = Limits {
        json_depth: 2,
        ..Limits::default()
    };
    for (json, is_fine) in [
        ("[[1]]", true),
        ("[[[1]]]", false),
        (r#"[["[[[{{{\"[[["]]"#, true),
        (r#"[{"a":1},{"b":[]}]"#, false),
        (r#"[{"a":"\\"},{"b":2}]"#, true),
        ("]]][[", true),
        ("", true),
    ] {
        assert_eq!(
            limits.check_depth(json.as_bytes()).is_ok(),
            is_fine,
            "{json}"
        );
    }
    let deep = "[".repeat(1_000_000);
    assert!(
        Limits {
            json_depth: usize::MAX,
            ..limits
        }
        .check_depth(deep.as_bytes())
        .is_err()
    );
}
