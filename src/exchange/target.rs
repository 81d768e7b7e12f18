//! A place where bundles are laid down and found: five methods, the same for a folder and for an
//! object store.

use std::io;

/// A name at a target, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub name: String,
    pub size: u64,
}

/// Why a target could not be used. What was written before stays, and nothing of the logbook is lost.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    #[error("there is no such place")]
    Missing,
    #[error("the place does not let us in")]
    Denied,
    #[error("there is no room")]
    Full,
    /// What was written reads back as something else.
    #[error("what was written was not read back")]
    NotReadBack,
    /// The address makes no sense.
    #[error("this is no place to exchange")]
    Setup,
    /// The environment names no key of the store.
    #[error("the key of the store is not known")]
    NoCredentials,
    /// Names of objects and the key's signature would go through the network for all to read.
    #[error("the store is asked without encryption")]
    PlainHttp,
    /// The network or the server does not answer, or not as a store does.
    #[error("the store does not answer")]
    Unreachable,
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A place where bundles of one logbook lie.
pub trait Target {
    /// Tells this place from others, where names are listed in order after a given one; a place that
    /// may be another stick tomorrow has no name, and is listed whole.
    fn place(&self) -> Option<[u8; 16]>;

    /// Returns the senders that ever wrote here, in any order; foreign names among them are fine.
    fn senders(&mut self) -> Result<Vec<String>, TargetError>;

    /// Returns what a sender wrote, in the order of names; only what comes after `after`, where the
    /// place can tell.
    fn list(&mut self, sender: &str, after: Option<&str>) -> Result<Vec<Item>, TargetError>;

    /// Reads a whole bundle; more than `most` bytes are an error of kind `InvalidData`.
    fn read(&mut self, sender: &str, name: &str, most: u64) -> Result<Vec<u8>, TargetError>;

    /// Lays a bundle down. When this returns, it is whole, durable and was read back; when it fails,
    /// nothing is there under that name, or what is there is recognised as cut.
    fn write(&mut self, sender: &str, name: &str, bytes: &[u8]) -> Result<(), TargetError>;
}
