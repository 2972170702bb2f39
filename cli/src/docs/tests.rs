//! What a lock file says survives writing and reading, and what is no revision is refused.

use super::{Lock, git};

#[test]
fn a_lock_reads_as_it_was_written() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut lock = Lock::started("some \"where\"", "2021-07");
    lock.pages
        .insert("v1.0/api/a b.md".to_owned(), "00ff".to_owned());
    lock.write(folder.path()).expect("a lock can be written");
    let path = folder.path().join(super::LOCK);
    assert_eq!(Lock::read(&path).expect("a lock can be read"), lock);
    assert!(!lock.complete);
}

#[test]
fn another_file_is_no_lock() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join(super::LOCK);
    std::fs::write(&path, "source = 1").expect("a file can be written");
    let error = Lock::read(&path).expect_err("the mark is missing");
    assert!(error.to_string().contains("not a lock file"), "{error:#}");
}

#[test]
fn revisions_are_names() {
    for fine in ["HEAD", "2021-07", "feature/x", "4766df73d32d6a2f"] {
        assert!(git::validate(fine).is_ok(), "{fine}");
    }
    for odd in ["", "--upload-pack=x", "a b", "a:b", "+x", "refs/heads/*"] {
        assert!(git::validate(odd).is_err(), "{odd}");
    }
}
