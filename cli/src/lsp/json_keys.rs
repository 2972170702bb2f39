//! The path of the JSON key at an offset, in text that need not be valid JSON.

use std::ops::Range;

/// A key with the keys around it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct KeyPath<'t> {
    /// The keys from the outermost to the one at the offset.
    pub(super) steps: Vec<Step<'t>>,
    /// The place of the key at the offset, without quotes.
    pub(super) range: Range<usize>,
}

/// A key of an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step<'t> {
    pub(super) key: &'t str,
    /// The `@odata.type` of the object that contains the key.
    pub(super) instance_type: Option<&'t str>,
}

/// An object or an array that has not ended.
struct Frame<'t> {
    is_object: bool,
    /// The current key of an object.
    key: Option<&'t str>,
    instance_type: Option<&'t str>,
}

/// Returns the path of the key at an offset. `None` if there is no key.
pub(super) fn find_key(text: &str, offset: usize) -> Option<KeyPath<'_>> {
    let bytes = text.as_bytes();
    let mut frames: Vec<Frame<'_>> = Vec::new();
    let mut found: Option<KeyPath<'_>> = None;
    // The number of objects and arrays around the key that have not ended.
    let mut around = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            open @ (b'{' | b'[') => frames.push(Frame {
                is_object: open == b'{',
                key: None,
                instance_type: None,
            }),
            b'}' | b']' => {
                let ended = frames.pop();
                if let (Some(found), Some(frame)) = (&mut found, ended)
                    && frames.len() < around
                {
                    around = frames.len();
                    set_type(
                        found,
                        frames.iter().filter(|frame| frame.is_object).count(),
                        &frame,
                    );
                    if around == 0 {
                        break;
                    }
                }
            }
            b'"' => {
                let end = string_end(bytes, at);
                let inner = &text[at + 1..end];
                let is_key = text[(end + 1).min(text.len())..]
                    .trim_start()
                    .starts_with(':');
                if let Some(frame) = frames.last_mut().filter(|frame| frame.is_object) {
                    if is_key {
                        frame.key = Some(inner);
                    } else if frame.key == Some("@odata.type") {
                        frame.instance_type = Some(inner);
                    }
                    if is_key && (at..=end).contains(&offset) && found.is_none() {
                        around = frames.len();
                        found = Some(KeyPath {
                            steps: steps(&frames),
                            range: at + 1..end,
                        });
                    }
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    // Text that ends early leaves objects open.
    if let Some(found) = &mut found {
        let open: Vec<&Frame<'_>> = frames[..around.min(frames.len())]
            .iter()
            .filter(|frame| frame.is_object)
            .collect();
        for (index, frame) in open.iter().enumerate() {
            set_type(found, index, frame);
        }
    }
    found
}

fn steps<'t>(frames: &[Frame<'t>]) -> Vec<Step<'t>> {
    let objects = frames.iter().filter(|frame| frame.is_object);
    let steps = objects.filter_map(|frame| {
        Some(Step {
            key: frame.key?,
            instance_type: None,
        })
    });
    steps.collect()
}

fn set_type<'t>(found: &mut KeyPath<'t>, index: usize, frame: &Frame<'t>) {
    if let Some(step) = found.steps.get_mut(index).filter(|_| frame.is_object) {
        step.instance_type = frame.instance_type;
    }
}

/// Returns the offset of the quote that ends a string, or of the end of its line.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' | b'\n' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the path of the key at `^`: `key` or `key:type` for each object.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let offset = text.find('^').expect("the offset is marked");
        let text = text.replacen('^', "", 1);
        let path = find_key(&text, offset).map(|path| {
            let steps = path.steps.iter().map(|step| match step.instance_type {
                Some(ty) => format!("{}:{ty}", step.key),
                None => step.key.to_owned(),
            });
            assert_eq!(&text[path.range], path.steps.last().unwrap().key);
            steps.collect::<Vec<_>>().join("/")
        });
        assert_eq!(path.unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn finds_the_path_of_keys() {
        check("HTTP/1.1 200 OK\n\n{ \"a^b\": 1 }", "ab");
        check(
            "{ \"a\": { \"x\": {} }, \"b\": [ { \"c\": [ {\"^d\": 1} ] } ] }",
            "b/c/d",
        );
        check("{ \"a\": \"^b\", \"c\": 1 }", "");
        check("{ \"a\": 1, ^ \"c\": 1 }", "");
        check("{ \"a\\\": {\": 1, \"c^\": 1 }", "c");
    }

    #[test]
    fn the_type_of_an_object_may_follow_the_key() {
        check(
            "{ \"@odata.type\": \"#x\", \"a\": { \"b^\": { \"@odata.type\": \"#z\" }, \"@odata.type\": \"#y\" } }",
            "a:#x/b:#y",
        );
        check(
            "{ \"a\": [ { \"b^\": 1, \"@odata.type\": \"#y\" } ], \"@odata.type\": \"#x\" }",
            "a:#x/b:#y",
        );
        check(
            "{ \"a\": [ { \"@odata.type\": \"#y\" }, { \"b^\": 1 } ] }",
            "a/b",
        );
    }

    #[test]
    fn text_need_not_be_valid() {
        check("{ \"@odata.type\": \"#x\", \"a^\": [ \"unfinished", "a:#x");
        check("]}{ \"a^\": ...", "a");
        check("{ \"a\": \"no end\n \"b^\": 1 }", "b");
        check("^", "");
        check("\"^\\", "");
        check("{\"宽^\": 1", "宽");
    }
}
