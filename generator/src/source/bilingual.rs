//! Bilingual pages, as some translations of the documentation are published: each piece of translated text is followed by the
//! original.

use memchr::memmem;

const TRANSLATION: &str = "<span data-ttu-id=";
const LOOKUP: &str = "<span class=\"sxs-lookup\">";
const ORIGINAL: &str = "<span data-stu-id=";
const END: &str = "</span>";

/// Replaces each pair of a translation and its original by the original. Text without such pairs is unchanged.
pub(super) fn keep_original(text: &mut String) {
    if memmem::find(text.as_bytes(), LOOKUP.as_bytes()).is_none() {
        return;
    }
    let mut original = String::with_capacity(text.len() / 2);
    let mut rest = text.as_str();
    while let Some(start) = rest.find(TRANSLATION) {
        original.push_str(&rest[..start]);
        match parse_pair(&rest[start..]) {
            Some((words, after)) => {
                original.push_str(words);
                rest = after;
            }
            None => {
                original.push_str(TRANSLATION);
                rest = &rest[start + TRANSLATION.len()..];
            }
        }
    }
    original.push_str(rest);
    *text = original;
}

/// Parses a pair at the start of a text. Returns the original and the text after the pair.
fn parse_pair(text: &str) -> Option<(&str, &str)> {
    let translation = &text[TRANSLATION.len()..];
    let (_, translation) = translation.split_once('>')?;
    let (_, after) = translation.split_once(END)?;
    let lookup = after.strip_prefix(LOOKUP)?;
    let (_, original) = lookup.strip_prefix(ORIGINAL)?.split_once('>')?;
    let (words, after) = original.split_once(END)?;
    Some((words, after.strip_prefix(END)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_original_of_each_pair() {
        let check = |text: &str, expected: &str| {
            let mut text = text.to_owned();
            keep_original(&mut text);
            assert_eq!(text, expected);
        };
        check(
            "## <a name=\"x\"></a><span data-ttu-id=\"a-1\">属性</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-1\">Properties</span></span>\n\
             |[<span data-ttu-id=\"a-2\">部分</span><span class=\"sxs-lookup\"><span data-stu-id=\"a-2\">part</span></span>](part.md)|",
            "## <a name=\"x\"></a>Properties\n|[part](part.md)|",
        );
        check(
            "<span class=\"sxs-lookup\"> alone",
            "<span class=\"sxs-lookup\"> alone",
        );
        check(
            "<span data-ttu-id=\"a\">no pair</span>",
            "<span data-ttu-id=\"a\">no pair</span>",
        );
    }
}
