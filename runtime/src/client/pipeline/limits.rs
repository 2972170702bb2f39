//! Limits on responses.

use crate::request::Error;

/// The maximum size of a response body and the maximum nesting depth of its JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The maximum size in bytes of a body that is held in memory, after decompression. The default is 64 MiB. Streams are not
    /// limited.
    pub body_bytes: u64,
    /// The maximum nesting depth of objects and arrays. The default is 100; values above 120 have the effect of 120.
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
        Error::limit(format!("the body is larger than {} bytes", self.body_bytes))
    }

    /// Returns an error if the JSON is nested too deeply. Text that is not JSON is left to the deserializer.
    pub(crate) fn check_depth(&self, json: &[u8]) -> Result<(), Error> {
        let allowed = self.json_depth.min(120);
        if is_deeper(json, allowed) {
            return Err(Error::limit(format!(
                "the JSON is nested deeper than {allowed} levels"
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
fn depth_ignores_brackets_in_strings() {
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
