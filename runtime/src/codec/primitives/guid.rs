//! `Edm.Guid`

use super::text_primitive;
use crate::TextBuffer;

/// A GUID in lower or upper case, for example `b6f4d1c2-0000-1234-abcd-0123456789ab`. The case is preserved, and ignored by
/// comparisons.
///
/// ```
/// use graphwright_runtime::Guid;
///
/// let guid: Guid = "B6F4D1C2-0000-1234-ABCD-0123456789AB".parse().unwrap();
/// assert_eq!(guid, "b6f4d1c2-0000-1234-abcd-0123456789ab".parse().unwrap());
/// assert_eq!(guid.to_string(), "B6F4D1C2-0000-1234-ABCD-0123456789AB");
/// assert_eq!(guid.to_uuid().as_u128() >> 96, 0xb6f4d1c2);
/// ```
#[derive(Clone, Copy)]
pub struct Guid {
    uuid: uuid::Uuid,
    is_upper: bool,
}

impl Guid {
    /// Creates a GUID from its bits. The first digit of the text is the most significant one.
    pub const fn from_u128(bits: u128) -> Self {
        Self {
            uuid: uuid::Uuid::from_u128(bits),
            is_upper: false,
        }
    }

    /// Converts the GUID to a UUID.
    pub const fn to_uuid(self) -> uuid::Uuid {
        self.uuid
    }

    fn parse(text: &str) -> Option<Self> {
        let has = |test: fn(&u8) -> bool| text.as_bytes().iter().any(test);
        let is_upper = has(u8::is_ascii_uppercase);
        if is_upper && has(u8::is_ascii_lowercase) {
            return None;
        }
        let uuid = parse_hyphenated(text)?;
        Some(Self { uuid, is_upper })
    }

    /// Accepts mixed case too.
    fn parse_non_canonical(text: &str) -> Option<Self> {
        parse_hyphenated(text).map(Self::from)
    }

    fn write(&self, out: &mut TextBuffer) {
        let mut digits = [0; 36];
        let hyphenated = self.uuid.hyphenated();
        out.push_str(if self.is_upper {
            hyphenated.encode_upper(&mut digits)
        } else {
            hyphenated.encode_lower(&mut digits)
        });
    }
}

/// Parses the 36-character form with hyphens. `uuid` accepts other forms of other lengths.
fn parse_hyphenated(text: &str) -> Option<uuid::Uuid> {
    if text.len() != 36 {
        return None;
    }
    uuid::Uuid::try_parse(text).ok()
}

impl From<uuid::Uuid> for Guid {
    fn from(uuid: uuid::Uuid) -> Self {
        Self {
            uuid,
            is_upper: false,
        }
    }
}

impl From<Guid> for uuid::Uuid {
    fn from(guid: Guid) -> Self {
        guid.uuid
    }
}

impl PartialEq for Guid {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl Eq for Guid {}

impl PartialOrd for Guid {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Guid {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl std::hash::Hash for Guid {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

text_primitive!(Guid, "a GUID such as b6f4d1c2-0000-1234-abcd-0123456789ab");
