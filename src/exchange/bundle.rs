//! A bundle: entries of one stream of one logbook, sealed to those who may read it. Reads what comes
//! from outside within fixed bounds; never follows a chain.

use std::io::Read;

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use crate::domain::LogbookId;
use crate::journal::{Entry, Stream};
use crate::keys::{KeyRing, Reader, seal_to};

/// The version that this program writes, and the newest that it reads.
const VERSION: u32 = 1;
/// No sealed bundle is longer; a longer one is not read.
pub const MOST_BYTES: u64 = 9 << 20;
/// No content is longer.
const MOST_CONTENT: u64 = 8 << 20;
/// No bundle holds more entries.
const MOST_ENTRIES: usize = 10_000;

const HEAD: u8 = 1;
const ENTRY: u8 = 2;
const END: u8 = 3;

/// The content of a bundle.
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle {
    pub logbook: LogbookId,
    pub stream: Stream,
    pub entries: Vec<Entry>,
    /// Where reading stopped before the end: nothing after it was looked at.
    pub cut: bool,
}

/// Why bytes are no bundle for this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// It is sealed to others.
    #[error("the bundle is sealed to others")]
    NotForUs,
    /// Its seal is broken.
    #[error("the bundle is damaged")]
    Damaged,
    /// It is whole and says nothing that this program understands.
    #[error("the bundle holds no entries")]
    Malformed,
    #[error("the bundle has version {0}, which is newer than this program")]
    Newer(u32),
    #[error("the bundle is too large")]
    TooLarge,
}

#[derive(Decode)]
#[cbor(map)]
struct Kind {
    #[n(0)]
    kind: u8,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Head {
    #[n(0)]
    kind: u8,
    #[n(1)]
    version: u32,
    #[n(2)]
    logbook: ByteArray<16>,
    #[n(3)]
    stream: u8,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Line {
    #[n(0)]
    kind: u8,
    #[n(1)]
    entry: ByteVec,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct End {
    #[n(0)]
    kind: u8,
    #[n(1)]
    entries: u64,
}

fn put(out: &mut Vec<u8>, item: &impl Encode<()>) {
    let bytes = minicbor::to_vec(item).expect("a Vec takes every write");
    out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
    out.extend_from_slice(&bytes);
}

/// Seals entries to readers; `None` where there is no reader.
pub fn seal(
    logbook: LogbookId,
    stream: Stream,
    entries: &[Entry],
    readers: &[Reader],
) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    put(
        &mut content,
        &Head {
            kind: HEAD,
            version: VERSION,
            logbook: logbook.0.into(),
            stream: stream.number(),
        },
    );
    for entry in entries {
        let entry = ByteVec::from(entry.to_bytes());
        put(&mut content, &Line { kind: ENTRY, entry });
    }
    let entries = entries.len() as u64;
    put(&mut content, &End { kind: END, entries });
    seal_to(readers, &content)
}

/// Opens a bundle. An entry that cannot be read ends it there; those before it are whole.
pub fn open(sealed: &[u8], ring: &KeyRing) -> Result<Bundle, BundleError> {
    if sealed.len() as u64 > MOST_BYTES {
        return Err(BundleError::TooLarge);
    }
    let reader = ring.unseal(sealed).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => BundleError::NotForUs,
        _ => BundleError::Damaged,
    })?;
    let mut content = Vec::new();
    let read = reader.take(MOST_CONTENT + 1).read_to_end(&mut content);
    read.map_err(|_| BundleError::Damaged)?;
    if content.len() as u64 > MOST_CONTENT {
        return Err(BundleError::TooLarge);
    }
    read_content(&content)
}

fn read_content(mut content: &[u8]) -> Result<Bundle, BundleError> {
    let first = frame(&mut content).ok_or(BundleError::Malformed)?;
    let head: Head = minicbor::decode(first).map_err(|_| BundleError::Malformed)?;
    if head.kind != HEAD {
        return Err(BundleError::Malformed);
    }
    if head.version > VERSION {
        return Err(BundleError::Newer(head.version));
    }
    let mut bundle = Bundle {
        logbook: LogbookId(head.logbook.into()),
        stream: Stream::from_number(head.stream),
        entries: Vec::new(),
        cut: true,
    };
    while let Some(item) = frame(&mut content) {
        let Ok(Kind { kind }) = minicbor::decode(item) else {
            break;
        };
        match kind {
            ENTRY if bundle.entries.len() < MOST_ENTRIES => {
                let line: Result<Line, _> = minicbor::decode(item);
                let entry = line.ok().and_then(|l| Entry::from_bytes(&l.entry).ok());
                let Some(entry) = entry else {
                    break;
                };
                bundle.entries.push(entry);
            }
            END => {
                let end: Result<End, _> = minicbor::decode(item);
                let whole = |end: End| end.entries == bundle.entries.len() as u64;
                bundle.cut = !(end.is_ok_and(whole) && content.is_empty());
                break;
            }
            // Of a later release: what it means is not known, so nothing after it is either.
            _ => break,
        }
    }
    Ok(bundle)
}

/// Takes the next item off; `None` at the end and where a length leads past it.
fn frame<'c>(content: &mut &'c [u8]) -> Option<&'c [u8]> {
    let (length, rest) = content.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (item, rest) = rest.split_at_checked(length)?;
    *content = rest;
    Some(item)
}
