//! What goes between laptops: bundles of entries, sealed to those who may read them, laid down at a
//! target and taken in from there; invitations. Never judges an entry (that is the store's) and never
//! trusts a byte, a name or a length from outside.

mod bundle;
mod folder;
mod invite;
mod name;
mod plan;
mod sync;
mod target;
mod words;

pub use bundle::{Bundle, BundleError, MOST_BYTES, open, seal};
pub use folder::{Disk, DiskItem, FolderTarget};
pub use invite::{Invite, LONGEST as LONGEST_SMALL, Request};
pub use name::{BundleName, logbook_folder};
pub use sync::{Flow, Partner, Report, Session, SyncError, sync};
pub use target::{Item, Target, TargetError};
pub use words::fingerprint;
