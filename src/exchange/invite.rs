//! The two small files by which a device comes in: the keeper's invitation, the newcomer's request.
//! Both are compared by voice; neither holds a secret. Never admits anybody.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::words::fingerprint;
use crate::domain::{LogbookId, MemberId, PersonId, Role};
use crate::journal::{Admission, DeviceKey, Signer};

/// Neither file is longer.
pub const LONGEST: u64 = 16 * 1024;

const INVITE: &[u8] = b"bacung invite v1\n";
const REQUEST: &[u8] = b"bacung request v1\n";

/// What a newcomer must know to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    pub logbook: LogbookId,
    /// What the logbook is called.
    pub name: String,
    /// The device whose word begins the roster.
    pub root: DeviceKey,
    pub role: Role,
    /// The party cell that a reviewer is to review for.
    pub cell: String,
}

/// What a keeper must know to admit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub logbook: LogbookId,
    pub member: MemberId,
    pub name: String,
    pub role: Role,
    pub cell: String,
    pub key: DeviceKey,
    pub recipient: String,
    pub person: PersonId,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct InviteWire {
    #[n(1)]
    logbook: ByteArray<16>,
    #[n(2)]
    name: String,
    #[n(3)]
    root: ByteArray<32>,
    #[n(4)]
    role: String,
    #[n(5)]
    cell: String,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct RequestWire {
    #[n(1)]
    logbook: ByteArray<16>,
    #[n(2)]
    member: ByteArray<16>,
    #[n(3)]
    name: String,
    #[n(4)]
    role: String,
    #[n(5)]
    cell: String,
    #[n(6)]
    key: ByteArray<32>,
    #[n(7)]
    recipient: String,
    #[n(8)]
    person: ByteArray<16>,
}

fn write(magic: &[u8], wire: &impl Encode<()>) -> Vec<u8> {
    let content = minicbor::to_vec(wire).expect("a Vec takes every write");
    [magic, &content].concat()
}

fn body<'b>(magic: &[u8], bytes: &'b [u8]) -> Option<&'b [u8]> {
    let short = bytes.len() as u64 <= LONGEST;
    bytes.strip_prefix(magic).filter(|_| short)
}

fn role(word: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.as_str() == word)
}

impl Invite {
    /// Writes the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let wire = InviteWire {
            logbook: self.logbook.0.into(),
            name: self.name.clone(),
            root: self.root.to_bytes().into(),
            role: self.role.as_str().to_owned(),
            cell: self.cell.clone(),
        };
        write(INVITE, &wire)
    }

    /// Reads a file; `None` where it is no invitation.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let wire: InviteWire = minicbor::decode(body(INVITE, bytes)?).ok()?;
        Some(Self {
            logbook: LogbookId(wire.logbook.into()),
            name: wire.name,
            root: DeviceKey::from_bytes(&wire.root.into())?,
            role: role(&wire.role)?,
            cell: wire.cell,
        })
    }

    /// Returns the words to compare.
    pub fn words(&self) -> String {
        fingerprint(&self.to_bytes())
    }
}

impl Request {
    /// Writes the file; the device signs that the key in it is its own.
    pub fn to_bytes(&self, signer: &Signer) -> Vec<u8> {
        let content = self.content();
        let signature = signer.sign_request(&content);
        [&content[..], &signature].concat()
    }

    fn content(&self) -> Vec<u8> {
        let wire = RequestWire {
            logbook: self.logbook.0.into(),
            member: self.member.0.into(),
            name: self.name.clone(),
            role: self.role.as_str().to_owned(),
            cell: self.cell.clone(),
            key: self.key.to_bytes().into(),
            recipient: self.recipient.clone(),
            person: self.person.0.into(),
        };
        write(REQUEST, &wire)
    }

    /// Reads a file; `None` where it is no request or not signed by the key that it names.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (content, signature) = bytes.split_last_chunk::<64>()?;
        let wire: RequestWire = minicbor::decode(body(REQUEST, content)?).ok()?;
        let request = Self {
            logbook: LogbookId(wire.logbook.into()),
            member: MemberId(wire.member.into()),
            name: wire.name,
            role: role(&wire.role)?,
            cell: wire.cell,
            key: DeviceKey::from_bytes(&wire.key.into())?,
            recipient: wire.recipient,
            person: PersonId(wire.person.into()),
        };
        let own = request.key.vouches_for_request(content, signature);
        let plain = request.content() == content;
        let sealable: Result<age::x25519::Recipient, _> = request.recipient.parse();
        (own && plain && sealable.is_ok()).then_some(request)
    }

    /// Returns the words to compare.
    pub fn words(&self) -> String {
        fingerprint(&self.content())
    }

    /// Returns what the keeper is to write.
    pub fn admission(&self) -> Admission {
        Admission {
            member: Some(self.member),
            role: Some(self.role),
            cell: self.cell.clone(),
            key: Some(self.key.clone()),
            recipient: self.recipient.clone(),
            person: Some(self.person),
            keeper: false,
            revoked: false,
            name: self.name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::KeyRing;

    fn request(signer: &Signer) -> Request {
        let (ring, _) = KeyRing::create(&mut |bytes| bytes.fill(4));
        Request {
            logbook: LogbookId([1; 16]),
            member: MemberId([2; 16]),
            name: "Nguyễn Văn Hòa".into(),
            role: Role::Officer,
            cell: String::new(),
            key: signer.public(),
            recipient: ring.exchange().to_public().to_string(),
            person: PersonId([3; 16]),
        }
    }

    #[test]
    fn both_files_read_back_and_no_other_bytes_do() {
        let signer = Signer::from_seed(&[7; 32]);
        let invite = Invite {
            logbook: LogbookId([1; 16]),
            name: "Công an xã Nà Hang".into(),
            root: signer.public(),
            role: Role::Reviewer,
            cell: "Bản Lãm".into(),
        };
        let bytes = invite.to_bytes();
        assert_eq!(Invite::from_bytes(&bytes), Some(invite));
        let request = request(&signer);
        let signed = request.to_bytes(&signer);
        assert_eq!(Request::from_bytes(&signed), Some(request.clone()));
        for at in 0..signed.len() {
            let mut flipped = signed.clone();
            flipped[at] ^= 1;
            assert_eq!(Request::from_bytes(&flipped), None, "byte {at}");
            assert_eq!(Request::from_bytes(&signed[..at]), None, "{at} bytes");
        }
        for at in 0..bytes.len() {
            assert_eq!(Invite::from_bytes(&bytes[..at]), None);
        }
        let other = Signer::from_seed(&[8; 32]);
        assert_eq!(Request::from_bytes(&request.to_bytes(&other)), None);
    }
}
