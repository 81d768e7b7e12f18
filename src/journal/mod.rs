//! The truth: entries, their streams and chains, their bytes, and how they merge into records.
//!
//! Bytes come in and go out as slices: this layer never touches a file, reads a clock or draws
//! randomness, and knows no person's name but those in the records themselves. `FORMAT.md`
//! describes every byte.

mod cbor;
mod certificate;
mod chain;
mod entry;
mod fields;
mod fold;
mod header;
mod history;
mod ids;
mod packed;
mod pen;
mod revision;
mod sign;
mod stream;
mod wire;

pub use cbor::{MAX_TEXT, Malformed};
pub use certificate::Certificate;
pub use chain::{Chain, ChainError};
pub use entry::{Act, Entry, EntryError, EntryView, MAX_BODY, Mark};
pub use fields::{FieldMap, RawCbor, diff};
pub use fold::{Record, Standing, fold};
pub use header::{EntryKind, Header, HeaderError, MAX_HEADS};
pub use history::{Happened, history};
pub use ids::{Ids, StreamIds, uuid_v7};
pub use packed::{Filed, NotPacked, Packed, Raw, Unpack, pack};
pub use pen::{Commit, Pen, Tip, WriteError};
pub use revision::revision;
pub use sign::{DeviceId, DeviceKey, Signer};
pub use stream::Stream;
pub use wire::{Admission, Logbook, Member, Recorded, Station, field_name};
