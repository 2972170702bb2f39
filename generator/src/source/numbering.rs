//! Files in what is written down. An id holds for one run; what is to outlive it counts the files that it names by itself.

use std::cell::{Cell, RefCell};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::FileId;

thread_local! {
    /// The files that what is being written or read names, each once.
    static NAMED: RefCell<Vec<FileId>> = const { RefCell::new(Vec::new()) };
    /// The file that was written last: that of the place whose line is written next.
    static LAST: Cell<Option<FileId>> = const { Cell::new(None) };
    /// The lines that were left out, if lines are.
    static LINES: RefCell<Option<Vec<Line>>> = const { RefCell::new(None) };
}

/// A line of a file.
pub(crate) type Line = (FileId, u32);

/// Does work in which places are written without their lines; these come back with the result, in the order of writing.
pub(crate) fn lineless<T>(work: impl FnOnce() -> T) -> (Vec<Line>, T) {
    let outer = LINES.replace(Some(Vec::new()));
    let result = work();
    (LINES.replace(outer).unwrap_or_default(), result)
}

/// Writes the line of a place, behind its file.
pub(super) fn line<S: Serializer>(line: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    let is_left_out = LINES.with_borrow_mut(|lines| {
        let entry = LAST.get().map(|file| (file, *line));
        lines.as_mut().map(|lines| lines.extend(entry)).is_some()
    });
    serializer.serialize_u32(if is_left_out { 0 } else { *line })
}

/// Does work in which an id is written as its place in a list of files, and read back from there. What is written adds
/// files to the list; the list comes back with the result.
///
/// Serialisation hands nothing of ours down to the values in it, so the list waits for them in the thread.
pub(crate) fn numbered<T>(files: Vec<FileId>, work: impl FnOnce() -> T) -> (Vec<FileId>, T) {
    let outer = NAMED.replace(files);
    let result = work();
    (NAMED.replace(outer), result)
}

impl Serialize for FileId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        LAST.set(Some(*self));
        let place = NAMED.with_borrow_mut(|named| {
            let known = named.iter().position(|file| file == self);
            known.unwrap_or_else(|| {
                named.push(*self);
                named.len() - 1
            })
        });
        serializer.serialize_u64(place as u64)
    }
}

impl<'de> Deserialize<'de> for FileId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let place = usize::deserialize(deserializer)?;
        let file = NAMED.with_borrow(|named| named.get(place).copied());
        file.ok_or_else(|| D::Error::custom("no such file in the list"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Location;

    #[test]
    fn lines_may_be_left_out() {
        let place = |file, line| Location {
            file: FileId(file),
            line,
            column: 3,
        };
        let write = |places: &[Location]| serde_json::to_string(places).unwrap();
        let (lines, text) = lineless(|| write(&[place(7, 5), place(8, 6)]));
        assert_eq!(lines, [(FileId(7), 5), (FileId(8), 6)]);
        assert_eq!(text, write(&[place(7, 0), place(8, 0)]));
        assert_ne!(text, write(&[place(7, 5), place(8, 6)]));
    }

    #[test]
    fn what_is_written_of_files_holds_when_they_have_other_ids() {
        let said = vec![FileId(7), FileId(3), FileId(7)];
        let (named, text) = numbered(Vec::new(), || serde_json::to_string(&said).unwrap());
        assert_eq!(named, [FileId(7), FileId(3)]);
        let read = |files| numbered(files, || serde_json::from_str::<Vec<FileId>>(&text)).1;
        assert_eq!(
            read(vec![FileId(8), FileId(4)]).unwrap(),
            [FileId(8), FileId(4), FileId(8)]
        );
        assert!(read(vec![FileId(8)]).is_err());
    }
}
