//! The keys of a logbook and the two small files that hold them. Nothing here writes a record
//! or draws a screen, and no secret can be cloned, printed or serialised by derive.

mod data_key;
mod files;
mod identity;
mod passphrase;
mod ring;
mod roster;
mod sealed;
mod stream;

pub use data_key::DataKey;
pub use files::{Disk, KeyFiles, KeyFilesError};
pub use identity::{BOX, seal_identity};
pub use passphrase::{Passphrase, Strength, TooShort};
pub use ring::{KeyRing, RecoverySecret, RingError};
pub use roster::{Keeper, Reader, Roster, Seat, Sources, reads, writes};
pub use sealed::{SealedError, Work};
pub use stream::{SealedReader, SealedWriter, Sealer, seal_to};
