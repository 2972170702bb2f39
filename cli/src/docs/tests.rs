//! Lock files round-trip, and invalid revisions are rejected.

use super::{Lock, git};

#[test]
fn lock_round_trips() {
    let folder = tempfile::tempdir().expect("a folder can be created");
    let mut lock = Lock::new("some \"where\"", "2021-07");
    lock.pages
        .insert("v1.0/api/a b.md".to_owned(), "00ff".to_owned());
    lock.write(folder.path()).expect("a lock can be written");
    let path = folder.path().join(super::LOCK);
    assert_eq!(Lock::read(&path).expect("a lock can be read"), lock);
    assert!(!lock.complete);
}

#[test]
fn file_without_mark_is_rejected() {
    let folder = tempfile::tempdir().expect("a folder can be created");
    let path = folder.path().join(super::LOCK);
    std::fs::write(&path, "source = 1").expect("a file can be written");
    let error = Lock::read(&path).expect_err("the mark is missing");
    assert!(error.to_string().contains("not a lock file"), "{error:#}");
}

#[test]
fn validates_revisions() {
    for valid in ["HEAD", "2021-07", "feature/x", "4766df73d32d6a2f"] {
        assert!(git::validate(valid).is_ok(), "{valid}");
    }
    for invalid in ["", "--upload-pack=x", "a b", "a:b", "+x", "refs/heads/*"] {
        assert!(git::validate(invalid).is_err(), "{invalid}");
    }
}
