//! What tells without reading that a file is the one that it was: as long as its stamp is the same, so are its bytes.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// So long after a change any other change gets another time, unless the clock of the disk is coarse.
pub(crate) const TICK: Duration = Duration::from_millis(50);

/// What the system notes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// When anything about the file changed last, and which file of which disk it is. Nobody can set this time.
    changed: (i64, i64, u64, u64),
}

/// The bytes of a stamp: seven numbers.
const BYTES: usize = 56;

/// What tells that many files are the ones that they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stamps(Vec<u8>);

/// Stamps by the paths of their files.
#[derive(Debug)]
pub(crate) struct ByPath<'a>(BTreeMap<&'a [u8], &'a [u8]>);

impl Stamps {
    /// All of them in a word.
    pub(crate) fn word(&self) -> String {
        blake3::hash(&self.0).to_hex().to_string()
    }

    /// All of them as bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Takes back what [`bytes`](Self::bytes) gave, if it has the word that they had.
    pub(crate) fn of_bytes(bytes: Vec<u8>, word: &str) -> Option<Self> {
        let stamps = Self(bytes);
        (stamps.word() == word).then_some(stamps)
    }

    /// Each of them; none if they are no stamps.
    pub(crate) fn by_path(&self) -> Option<ByPath<'_>> {
        let mut stamps = BTreeMap::new();
        let mut rest = self.0.as_slice();
        while let Some((length, more)) = rest.split_first_chunk() {
            let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
            let (path, more) = more.split_at_checked(length)?;
            let (stamp, more) = more.split_at_checked(BYTES)?;
            stamps.insert(path, stamp);
            rest = more;
        }
        rest.is_empty().then_some(ByPath(stamps))
    }
}

impl ByPath<'_> {
    /// Whether the file at a path has this stamp.
    pub(crate) fn has(&self, path: &OsStr, stamp: &Stamp) -> bool {
        self.0.get(path.as_encoded_bytes()) == Some(&stamp.bytes().as_slice())
    }
}

impl Stamp {
    /// The stamp of a file; none if it was changed just now, so that another change might leave no trace.
    pub(crate) fn of(found: &Metadata, now: SystemTime) -> Option<Self> {
        Self::unsettled(found).settled(now)
    }

    /// The stamp, unless its file was changed just before some time.
    pub(crate) fn settled(self, now: SystemTime) -> Option<Self> {
        self.is_settled(now).then_some(self)
    }

    /// The stamp of a file, to be held against an earlier one.
    pub(crate) fn unsettled(found: &Metadata) -> Self {
        Self {
            length: found.len(),
            modified: found.modified().ok(),
            changed: changed(found),
        }
    }

    /// Adds the file at a path to what is known of many.
    pub(crate) fn add_to(&self, path: &OsStr, stamps: &mut Stamps) {
        let path = path.as_encoded_bytes();
        let length = path.len() as u64;
        stamps.0.extend_from_slice(&length.to_le_bytes());
        stamps.0.extend_from_slice(path);
        stamps.0.extend_from_slice(&self.bytes());
    }

    fn bytes(&self) -> [u8; BYTES] {
        let modified = self.modified.map(|time| {
            let since = time.duration_since(SystemTime::UNIX_EPOCH);
            since.map_or_else(|before| (before.duration(), 1), |since| (since, 0))
        });
        let (since, is_before) = modified.unwrap_or((Duration::ZERO, 2));
        let (seconds, nanoseconds, file, disk) = self.changed;
        let numbers = [
            self.length,
            since.as_secs(),
            u64::from(since.subsec_nanos()) << 2 | is_before,
            seconds.cast_unsigned(),
            nanoseconds.cast_unsigned(),
            file,
            disk,
        ];
        let mut bytes = [0; BYTES];
        for (place, number) in bytes.chunks_exact_mut(8).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// Whether any later change gets another time, however coarse the clock of the disk is.
    fn is_settled(&self, now: SystemTime) -> bool {
        let (seconds, nanoseconds, ..) = self.changed;
        let changed = u64::try_from(seconds)
            .ok()
            .zip(u32::try_from(nanoseconds).ok());
        let changed =
            changed
                .filter(|(seconds, _)| *seconds > 0)
                .and_then(|(seconds, nanoseconds)| {
                    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanoseconds))
                });
        let Some(last) = changed.max(self.modified) else {
            return false;
        };
        let is_coarse = last
            .duration_since(SystemTime::UNIX_EPOCH)
            .is_ok_and(|since| since.subsec_nanos() == 0);
        let tick = if is_coarse { TICK * 40 } else { TICK };
        now.duration_since(last).is_ok_and(|age| age > tick)
    }
}

#[cfg(unix)]
fn changed(found: &Metadata) -> (i64, i64, u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.ctime(), found.ctime_nsec(), found.ino(), found.dev())
}

#[cfg(not(unix))]
fn changed(_found: &Metadata) -> (i64, i64, u64, u64) {
    (0, 0, 0, 0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn stamps_are_known_again() {
        let stamp = |length| Stamp {
            length,
            modified: Some(SystemTime::UNIX_EPOCH - Duration::new(1, 7)),
            changed: (-1, 2, 3, 4),
        };
        let mut stamps = Stamps::default();
        stamp(1).add_to(OsStr::new("a"), &mut stamps);
        stamp(2).add_to(OsStr::new("b/c"), &mut stamps);
        let bytes = stamps.bytes().to_owned();
        let again = Stamps::of_bytes(bytes.clone(), &stamps.word()).unwrap();
        let by_path = again.by_path().unwrap();
        let has = |path: &str, length| by_path.has(OsStr::new(path), &stamp(length));
        assert!(has("a", 1) && has("b/c", 2));
        assert!(!has("a", 2) && !has("b", 2));
        for end in 0..bytes.len() {
            let cut = bytes[..end].to_owned();
            assert_eq!(Stamps::of_bytes(cut, &stamps.word()), None, "cut at {end}");
        }
        assert!(Stamps(bytes[..9].to_owned()).by_path().is_none());
    }

    #[test]
    fn what_was_changed_just_now_is_not_relied_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "one").unwrap();
        let found = fs::metadata(&path).unwrap();
        let written = found.modified().unwrap();
        assert_eq!(Stamp::of(&found, written), None);
        assert_eq!(Stamp::of(&found, written - Duration::from_secs(9)), None);
        let stamp = Stamp::of(&found, written + Duration::from_secs(9));
        assert_eq!(stamp, Some(Stamp::unsettled(&found)));
        // As long, and said to be as old.
        fs::write(folder.path().join("b"), "two").unwrap();
        fs::rename(folder.path().join("b"), &path).unwrap();
        let file = fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(written).unwrap();
        let other = Stamp::unsettled(&fs::metadata(&path).unwrap());
        if cfg!(unix) {
            assert_ne!(stamp, Some(other));
        }
    }
}
