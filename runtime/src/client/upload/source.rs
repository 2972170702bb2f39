//! Where the bytes of an upload come from.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use bytes::Bytes;

use crate::request::BoxFuture;

/// Something that gives any of its bytes, also again: a session may ask for a slice twice.
pub trait UploadSource: Send {
    /// How many bytes there are.
    fn length(&self) -> u64;

    /// So many bytes from there on.
    fn read(&mut self, start: u64, length: usize) -> BoxFuture<'_, io::Result<Bytes>>;
}

impl UploadSource for Bytes {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read(&mut self, start: u64, length: usize) -> BoxFuture<'_, io::Result<Bytes>> {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let end = start.saturating_add(length);
        let slice = if end <= self.len() {
            Ok(self.slice(start..end))
        } else {
            Err(too_short())
        };
        Box::pin(async { slice })
    }
}

/// A file. A slice of it is read at a time, while the thread waits.
#[derive(Debug)]
pub struct FileSource {
    file: File,
    length: u64,
}

impl FileSource {
    /// The file at a path.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { file, length })
    }
}

impl UploadSource for FileSource {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&mut self, start: u64, length: usize) -> BoxFuture<'_, io::Result<Bytes>> {
        Box::pin(async move {
            self.file.seek(SeekFrom::Start(start))?;
            let mut slice = vec![0; length];
            self.file.read_exact(&mut slice)?;
            Ok(slice.into())
        })
    }
}

fn too_short() -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "the source is shorter than it said",
    )
}
