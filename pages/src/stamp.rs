//! Stamps of files: a file with an unchanged stamp has unchanged contents.

use std::ffi::OsStr;
use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// The resolution of file times: changes further apart than this get different times, unless the file system records whole
/// seconds.
pub const TICK: Duration = Duration::from_millis(50);

/// Length, times and identity of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// The seconds and nanoseconds of the last status change, the inode and the device. Programs cannot set this time.
    changed: (i64, i64, u64, u64),
}

/// Returns a digest of the stamps of some files, in any order, or `None` if a file changed so shortly before `now` that another
/// change could leave its stamp the same.
pub fn digest(mut files: Vec<(&OsStr, Stamp)>, now: SystemTime) -> Option<String> {
    files.sort_unstable_by_key(|(path, _)| *path);
    let mut hasher = blake3::Hasher::new();
    for (path, stamp) in files {
        if !stamp.is_reliable(now) {
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
    /// Returns the stamp of a file.
    pub fn new(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            changed: changed(metadata),
        }
    }

    /// Returns whether any later change will get a different time.
    fn is_reliable(&self, now: SystemTime) -> bool {
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
    fn digest_depends_on_paths_and_stamps_but_not_on_order() {
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
    fn recently_changed_file_has_no_digest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "one").unwrap();
        let metadata = fs::metadata(&path).unwrap();
        let written = metadata.modified().unwrap();
        let stamp = Stamp::new(&metadata);
        let digest = |now| digest(vec![(path.as_os_str(), stamp)], now);
        assert_eq!(digest(written), None);
        assert_eq!(digest(written - Duration::from_secs(9)), None);
        assert!(digest(written + Duration::from_secs(9)).is_some());
        // Another file of the same length and with the same modification time.
        fs::write(folder.path().join("b"), "two").unwrap();
        fs::rename(folder.path().join("b"), &path).unwrap();
        let file = fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(written).unwrap();
        if cfg!(unix) {
            assert_ne!(stamp, Stamp::new(&fs::metadata(&path).unwrap()));
        }
    }
}
