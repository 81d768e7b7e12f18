//! Entries as they are stored and sent: header, salt, body, signature. Never judges a chain, and
//! never shows a body that does not match its hash.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use super::cbor::{self, Malformed};
use super::fields::FieldMap;
use super::header::{EntryKind, Header, HeaderError};
use crate::domain::EntryHash;

/// The most bytes of a body.
pub const MAX_BODY: usize = 1024 * 1024;
/// The most bytes of an entry with everything around the body.
const MAX_ENTRY: usize = MAX_BODY + 128 * 1024;

/// An entry of the journal. Its header's bytes are those that were received.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    header: Header,
    header_bytes: Vec<u8>,
    hash: EntryHash,
    salt: [u8; 16],
    body: Option<Vec<u8>>,
    pub(super) signature: Option<[u8; 64]>,
}

/// An entry whose header was not read yet.
pub(super) struct Parts {
    pub(super) header: Vec<u8>,
    /// The hash of the header.
    pub(super) hash: EntryHash,
    pub(super) salt: [u8; 16],
    pub(super) body: Option<Vec<u8>>,
    pub(super) signature: Option<[u8; 64]>,
}

/// What an entry of a known kind does.
#[derive(Clone, PartialEq, Eq)]
pub enum Act {
    /// Gives fields new values; null takes a field out.
    Save(FieldMap),
    /// Withdraws the record for a reason.
    Withdraw(String),
    Send,
    /// Takes back an earlier entry of the same device.
    Undo(EntryHash),
    /// Says that the record was shown to the author; changes nothing.
    Shown,
    /// Says that the author's device has the chain of this record's device up to here.
    Receipt(Mark),
    /// Says that the chain of this record's device ends here.
    Cut(Mark),
}

/// A place in a chain and the entry that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub seq: u64,
    pub hash: EntryHash,
}

/// An entry as merging and history see it.
#[derive(Clone, PartialEq, Eq)]
pub struct EntryView {
    pub hash: EntryHash,
    pub header: Header,
    /// `None` where the body was erased, is of a kind of a later release, or makes no sense.
    pub act: Option<Act>,
}

/// Why bytes are no entry, or an entry no good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error(transparent)]
    Header(#[from] HeaderError),
    #[error("the body has more than {MAX_BODY} bytes")]
    TooLarge,
    /// The header stands; only the body is to be fetched again.
    #[error("the body does not match the hash in its header")]
    BodyMismatch,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct EntryWire {
    #[n(0)]
    header: ByteVec,
    #[n(1)]
    salt: ByteArray<16>,
    #[n(2)]
    body: Option<ByteVec>,
    #[n(3)]
    signature: Option<ByteArray<64>>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct WithdrawBody {
    #[n(1)]
    reason: Option<String>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct UndoBody {
    #[n(1)]
    target: ByteArray<32>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct MarkBody {
    #[n(1)]
    seq: u64,
    #[n(2)]
    hash: ByteArray<32>,
}

impl Mark {
    fn read(body: &[u8]) -> Option<Self> {
        let MarkBody { seq, hash } = minicbor::decode(body).ok()?;
        Some(Self {
            seq,
            hash: EntryHash(hash.into()),
        })
    }
}

/// Returns the hash that a header holds of its body: BLAKE3 of salt and body.
pub(super) fn body_hash(salt: &[u8; 16], body: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(salt);
    hasher.update(body);
    hasher.finalize().into()
}

impl Entry {
    /// Puts a new entry together; the header's body hash must be that of salt and body.
    pub(super) fn new(header: Header, salt: [u8; 16], body: Vec<u8>) -> Self {
        let header_bytes = header.to_bytes();
        Self {
            hash: EntryHash(blake3::hash(&header_bytes).into()),
            header,
            header_bytes,
            salt,
            body: Some(body),
            signature: None,
        }
    }

    /// Reads a stored or received entry. The body is not looked at yet: a bad one is found by
    /// [`Entry::body`], and does not harm the chain.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EntryError> {
        if bytes.len() > MAX_ENTRY {
            return Err(EntryError::TooLarge);
        }
        cbor::check(bytes)?;
        let wire: EntryWire = minicbor::decode(bytes).map_err(Malformed::from)?;
        let header_bytes: Vec<u8> = wire.header.into();
        Ok(Self {
            header: Header::from_bytes(&header_bytes)?,
            hash: EntryHash(blake3::hash(&header_bytes).into()),
            header_bytes,
            salt: wire.salt.into(),
            body: wire.body.map(Into::into),
            signature: wire.signature.map(Into::into),
        })
    }

    /// Reads an entry that lay in parts.
    pub(super) fn from_parts(parts: &Parts) -> Result<Self, EntryError> {
        Ok(Self {
            header: Header::from_bytes(&parts.header)?,
            hash: parts.hash,
            header_bytes: parts.header.clone(),
            salt: parts.salt,
            body: parts.body.clone(),
            signature: parts.signature,
        })
    }

    /// Returns the header as it was received.
    pub(super) fn header_bytes(&self) -> &[u8] {
        &self.header_bytes
    }

    pub(super) fn salt(&self) -> &[u8; 16] {
        &self.salt
    }

    /// Returns the body as it was received, whether it matches its hash or not.
    pub(super) fn raw_body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// Returns how many bytes its header and body have.
    pub fn size(&self) -> usize {
        self.header_bytes.len() + self.body.as_ref().map_or(0, Vec::len)
    }

    /// Returns the bytes to store or send.
    pub fn to_bytes(&self) -> Vec<u8> {
        let wire = EntryWire {
            header: self.header_bytes.clone().into(),
            salt: self.salt.into(),
            body: self.body.clone().map(Into::into),
            signature: self.signature.map(Into::into),
        };
        minicbor::to_vec(wire).expect("a Vec takes every write")
    }

    /// Returns the header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Returns the hash of the header as it was received.
    pub fn hash(&self) -> EntryHash {
        self.hash
    }

    /// Returns the signature, where the entry ends a commit.
    pub fn signature(&self) -> Option<&[u8; 64]> {
        self.signature.as_ref()
    }

    /// Returns the body, `None` where it was erased.
    pub fn body(&self) -> Result<Option<&[u8]>, EntryError> {
        let Some(body) = &self.body else {
            return Ok(None);
        };
        if body.len() > MAX_BODY {
            Err(EntryError::TooLarge)
        } else if body_hash(&self.salt, body) != self.header.body {
            Err(EntryError::BodyMismatch)
        } else {
            Ok(Some(body))
        }
    }

    /// Takes the body out where it is not what the header vouches for, so that the chain stands and
    /// the body can be fetched again.
    pub fn drop_bad_body(&mut self) {
        if self.body().is_err() {
            self.body = None;
        }
    }

    /// Returns the entry without its body, which the header goes on to vouch for.
    pub fn erased(mut self) -> Self {
        self.body = None;
        self
    }

    /// Returns the view of an entry that was just written to do `act`.
    pub fn seen(&self, act: Act) -> EntryView {
        EntryView {
            hash: self.hash,
            header: self.header.clone(),
            act: Some(act),
        }
    }

    /// Returns what the entry does; an error where the body is damaged.
    pub fn view(self) -> Result<EntryView, EntryError> {
        let act = self
            .body()?
            .and_then(|b| Act::from_body(self.header.kind, b));
        Ok(EntryView {
            hash: self.hash,
            header: self.header,
            act,
        })
    }
}

impl Act {
    /// Returns the kind that the header names.
    pub(super) fn kind(&self) -> EntryKind {
        match self {
            Self::Save(_) => EntryKind::Save,
            Self::Withdraw(_) => EntryKind::Withdraw,
            Self::Send => EntryKind::Send,
            Self::Undo(_) => EntryKind::Undo,
            Self::Shown => EntryKind::Shown,
            Self::Receipt(_) => EntryKind::Receipt,
            Self::Cut(_) => EntryKind::Cut,
        }
    }

    /// Returns the bytes of the body.
    pub(super) fn to_body(&self) -> Vec<u8> {
        let body = match self {
            Self::Save(fields) => return fields.to_bytes(),
            Self::Withdraw(reason) => minicbor::to_vec(WithdrawBody {
                reason: Some(reason.clone()),
            }),
            Self::Send | Self::Shown => return FieldMap::default().to_bytes(),
            Self::Undo(target) => minicbor::to_vec(UndoBody {
                target: target.0.into(),
            }),
            Self::Receipt(mark) | Self::Cut(mark) => minicbor::to_vec(MarkBody {
                seq: mark.seq,
                hash: mark.hash.0.into(),
            }),
        };
        body.expect("a Vec takes every write")
    }

    /// Reads a body of a known kind; `None` where it makes no sense.
    fn from_body(kind: EntryKind, body: &[u8]) -> Option<Self> {
        cbor::check(body).ok()?;
        match kind {
            EntryKind::Save => FieldMap::from_bytes(body).ok().map(Self::Save),
            EntryKind::Withdraw => minicbor::decode(body)
                .ok()
                .map(|b: WithdrawBody| Self::Withdraw(b.reason.unwrap_or_default())),
            EntryKind::Send => Some(Self::Send),
            EntryKind::Undo => minicbor::decode(body)
                .ok()
                .map(|b: UndoBody| Self::Undo(EntryHash(b.target.into()))),
            EntryKind::Shown => Some(Self::Shown),
            EntryKind::Receipt => Mark::read(body).map(Self::Receipt),
            EntryKind::Cut => Mark::read(body).map(Self::Cut),
            EntryKind::Unknown(_) => None,
        }
    }
}
