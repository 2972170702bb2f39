//! What tells without reading that a file is the one that it was: as long as its stamp is the same, so are its bytes.

use std::fmt::Write;
use std::fs::Metadata;
use std::path::Path;
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

impl Stamp {
    /// The stamp of a file; none if it was changed just now, so that another change might leave no trace.
    pub(crate) fn of(found: &Metadata, now: SystemTime) -> Option<Self> {
        let stamp = Self::unsettled(found);
        stamp.is_settled(now).then_some(stamp)
    }

    /// The stamp of a file, to be held against an earlier one.
    pub(crate) fn unsettled(found: &Metadata) -> Self {
        Self {
            length: found.len(),
            modified: found.modified().ok(),
            changed: changed(found),
        }
    }

    /// Writes a line about the file at a path.
    pub(crate) fn line(&self, path: &Path, lines: &mut String) {
        writeln!(lines, "{path:?} {self:?}").expect("a String takes all that is written to it");
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
