//! `Edm.Binary`

use base64::Engine;
use base64::alphabet::{self, Alphabet};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::text_primitive;
use crate::TextBuffer;

/// Bytes, which JSON represents in base64. The alphabet (standard or URL-safe) and the padding of parsed text are preserved,
/// and ignored by comparisons.
///
/// ```
/// use graphwright_runtime::Binary;
///
/// let binary: Binary = "_-8".parse().unwrap();
/// assert_eq!(binary.as_slice(), [0xff, 0xef]);
/// assert_eq!(binary.to_string(), "_-8");
/// assert_eq!(Binary::from(vec![0xff, 0xef]).to_string(), "/+8=");
/// ```
#[derive(Clone)]
pub struct Binary {
    bytes: Vec<u8>,
    encoding: Encoding,
}

/// The variant of base64.
#[derive(Clone, Copy)]
struct Encoding {
    is_url_safe: bool,
    is_padded: bool,
}

impl Encoding {
    const STANDARD: Self = Self {
        is_url_safe: false,
        is_padded: true,
    };

    fn engine(self) -> GeneralPurpose {
        let alphabet: &Alphabet = if self.is_url_safe {
            &alphabet::URL_SAFE
        } else {
            &alphabet::STANDARD
        };
        let padding = if self.is_padded {
            DecodePaddingMode::RequireCanonical
        } else {
            DecodePaddingMode::RequireNone
        };
        let config = GeneralPurposeConfig::new()
            .with_encode_padding(self.is_padded)
            .with_decode_padding_mode(padding);
        GeneralPurpose::new(alphabet, config)
    }
}

impl Binary {
    /// Returns the bytes.
    pub fn as_slice(&self) -> &[u8] {
        &self.bytes
    }

    /// Converts the value to a vector of bytes.
    pub fn into_vec(self) -> Vec<u8> {
        self.bytes
    }

    fn parse(text: &str) -> Option<Self> {
        let encoding = Encoding {
            is_url_safe: text.contains(['-', '_']),
            is_padded: text.len().is_multiple_of(4),
        };
        let bytes = encoding.engine().decode(text).ok()?;
        Some(Self { bytes, encoding })
    }

    fn parse_non_canonical(_: &str) -> Option<Self> {
        None
    }

    fn write(&self, out: &mut TextBuffer) {
        out.push_str(&self.encoding.engine().encode(&self.bytes));
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            encoding: Encoding::STANDARD,
        }
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self::from(bytes.to_vec())
    }
}

impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl PartialEq for Binary {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Binary {}

text_primitive!(Binary, "bytes in base64");
