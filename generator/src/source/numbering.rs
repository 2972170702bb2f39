//! Files in what is written down. An id holds for one run; what is to outlive it counts the files that it names by itself.

use std::cell::{Cell, RefCell};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FileId, Location};

thread_local! {
    /// The files that what is being written or read names, each once.
    static NAMED: RefCell<Vec<FileId>> = const { RefCell::new(Vec::new()) };
    /// The file and the line that were written last: those of the place whose column is written next.
    static LAST: Cell<(FileId, u32)> = const { Cell::new((FileId(0), 0)) };
    /// The places that were left out, if places are.
    static PLACES: RefCell<Option<Vec<Location>>> = const { RefCell::new(None) };
}

/// Does work in which places are written without their lines and columns; they come back with the result, in the order of
/// writing.
pub(crate) fn unplaced<T>(work: impl FnOnce() -> T) -> (Vec<Location>, T) {
    let outer = PLACES.replace(Some(Vec::new()));
    let result = work();
    (PLACES.replace(outer).unwrap_or_default(), result)
}

/// Writes the line of a place, behind its file.
pub(super) fn line<S: Serializer>(line: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    let (file, _) = LAST.get();
    LAST.set((file, *line));
    let is_left_out = PLACES.with_borrow(Option::is_some);
    serializer.serialize_u32(if is_left_out { 0 } else { *line })
}

/// Writes the column of a place, behind its line.
pub(super) fn column<S: Serializer>(column: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    let (file, line) = LAST.get();
    let column = *column;
    let is_left_out = PLACES.with_borrow_mut(|places| {
        let places = places.as_mut();
        places
            .map(|places| places.push(Location { file, line, column }))
            .is_some()
    });
    serializer.serialize_u32(if is_left_out { 0 } else { column })
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
        LAST.set((*self, 0));
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

    #[test]
    fn places_may_be_left_out() {
        let place = |file, line, column| Location {
            file: FileId(file),
            line,
            column,
        };
        let write = |places: &[Location]| serde_json::to_string(places).unwrap();
        let all = [place(7, 5, 1), place(8, 6, 2)];
        let (places, text) = unplaced(|| write(&all));
        assert_eq!(places, all);
        assert_eq!(text, write(&[place(7, 0, 0), place(8, 0, 0)]));
        assert_ne!(text, write(&all));
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
