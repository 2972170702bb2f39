//! The source of the bytes of an upload.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use bytes::Bytes;

use crate::request::BoxFuture;

/// A source with random access: a session may request the same slice twice.
pub trait UploadSource: Send {
    /// The number of bytes.
    fn length(&self) -> u64;

    /// Reads `length` bytes from the offset `start` on.
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

/// A file. Each slice is read when it is sent; reading blocks the thread.
#[derive(Debug)]
pub struct FileSource {
    file: File,
    length: u64,
}

impl FileSource {
    /// Opens the file at a path.
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
