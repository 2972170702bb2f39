//! What tells without reading that a file is the one that it was: as long as its stamp is the same, so are its bytes.

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

/// What tells that many files are the ones that they were.
#[derive(Debug, Default)]
pub(crate) struct Stamps(Vec<u8>);

impl Stamps {
    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// All of them in a word.
    pub(crate) fn word(&self) -> String {
        blake3::hash(&self.0).to_hex().to_string()
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
        stamps.number(path.len() as u64);
        stamps.0.extend_from_slice(path);
        stamps.number(self.length);
        let modified = self.modified.map(|time| {
            let since = time.duration_since(SystemTime::UNIX_EPOCH);
            since.map_or_else(|before| (before.duration(), 1), |since| (since, 0))
        });
        let (since, is_before) = modified.unwrap_or((Duration::ZERO, 2));
        stamps.number(since.as_secs());
        stamps.number(u64::from(since.subsec_nanos()) << 2 | is_before);
        let (seconds, nanoseconds, file, disk) = self.changed;
        stamps.number(seconds.cast_unsigned());
        stamps.number(nanoseconds.cast_unsigned());
        stamps.number(file);
        stamps.number(disk);
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
