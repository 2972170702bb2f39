//! Stamps of files: as long as the stamp of a file is the same, so are its bytes.

use std::ffi::OsStr;
use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// The time after which another change of a file gets another time, unless the clock of the disk is coarse.
pub const TICK: Duration = Duration::from_millis(50);

/// What the system records about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// The time of the last change of the file or of its metadata, its inode and its device. No program can set this time.
    changed: (i64, i64, u64, u64),
}

/// A digest of the stamps of some files, in any order; none if one of them was changed so shortly before `now` that another
/// change might leave the stamp as it is.
pub fn digest(mut files: Vec<(&OsStr, Stamp)>, now: SystemTime) -> Option<String> {
    files.sort_unstable_by_key(|(path, _)| *path);
    let mut hasher = blake3::Hasher::new();
    for (path, stamp) in files {
        if !stamp.is_settled(now) {
            return None;
        }
        let path = path.as_encoded_bytes();
        hasher.update(&(path.len() as u64).to_le_bytes());
        hasher.update(path);
        hasher.update(format!("{stamp:?}\n").as_bytes());
    }
    Some(hasher.finalize().to_hex().to_string())
}

impl Stamp {
    /// The stamp of a file.
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            changed: changed(metadata),
        }
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
fn changed(metadata: &Metadata) -> (i64, i64, u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (
        metadata.ctime(),
        metadata.ctime_nsec(),
        metadata.ino(),
        metadata.dev(),
    )
}

#[cfg(not(unix))]
fn changed(_metadata: &Metadata) -> (i64, i64, u64, u64) {
    (0, 0, 0, 0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_digest_depends_on_paths_and_stamps_and_not_on_their_order() {
        let stamp = |length| Stamp {
            length,
            modified: Some(SystemTime::UNIX_EPOCH + Duration::new(1, 7)),
            changed: (1, 2, 3, 4),
        };
        let digest = |files: &[(&str, u64)]| {
            let files = files
                .iter()
                .map(|(path, length)| (OsStr::new(*path), stamp(*length)));
            digest(files.collect(), SystemTime::now())
        };
        let first = digest(&[("a", 1), ("b/c", 2)]);
        assert!(first.is_some());
        assert_eq!(first, digest(&[("b/c", 2), ("a", 1)]));
        assert_ne!(first, digest(&[("a", 2), ("b/c", 2)]));
        assert_ne!(first, digest(&[("a", 1), ("b", 2)]));
        assert_ne!(first, digest(&[("a", 1)]));
    }

    #[test]
    fn a_file_changed_just_now_has_no_digest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "one").unwrap();
        let metadata = fs::metadata(&path).unwrap();
        let written = metadata.modified().unwrap();
        let stamp = Stamp::of(&metadata);
        let digest = |now| digest(vec![(path.as_os_str(), stamp)], now);
        assert_eq!(digest(written), None);
        assert_eq!(digest(written - Duration::from_secs(9)), None);
        assert!(digest(written + Duration::from_secs(9)).is_some());
        // Another file of the same length, with the same time of modification.
        fs::write(folder.path().join("b"), "two").unwrap();
        fs::rename(folder.path().join("b"), &path).unwrap();
        let file = fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(written).unwrap();
        if cfg!(unix) {
            assert_ne!(stamp, Stamp::of(&fs::metadata(&path).unwrap()));
        }
    }
}
