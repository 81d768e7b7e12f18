//! Certificates: a device vouches for the key that takes its place. Never says who a member is.

use crate::domain::LogbookId;

use super::sign::{DeviceKey, Signer};

/// Sets these signatures apart from those of entries.
const DOMAIN: &[u8] = b"bacung device v1\0";

/// The word of one device for another, in one logbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The new device.
    pub key: DeviceKey,
    /// The device that vouches for it.
    pub by: DeviceKey,
    pub signature: [u8; 64],
}

impl Certificate {
    /// Vouches for `key` with the secret of a device of the same logbook.
    pub fn new(logbook: LogbookId, key: DeviceKey, by: &Signer) -> Self {
        let old = by.public();
        Self {
            signature: by.sign_bytes(&message(logbook, &key, &old)),
            key,
            by: old,
        }
    }

    /// Returns whether the signature is that of the device that is named. Whether that device is
    /// known is the roster's to say.
    pub fn holds(&self, logbook: LogbookId) -> bool {
        let message = message(logbook, &self.key, &self.by);
        self.by.verifies(&message, &self.signature)
    }
}

fn message(logbook: LogbookId, key: &DeviceKey, by: &DeviceKey) -> Vec<u8> {
    let mut message = DOMAIN.to_vec();
    message.extend_from_slice(&logbook.0);
    message.extend_from_slice(&key.to_bytes());
    message.extend_from_slice(&by.to_bytes());
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_holds_for_its_logbook_and_its_two_keys_only() {
        let (old, new) = (Signer::from_seed(&[1; 32]), Signer::from_seed(&[2; 32]));
        let other = Signer::from_seed(&[3; 32]).public();
        let logbook = LogbookId([7; 16]);
        let made = Certificate::new(logbook, new.public(), &old);
        assert!(made.holds(logbook));
        assert!(!made.holds(LogbookId([8; 16])));
        for wrong in [
            Certificate {
                key: other.clone(),
                ..made.clone()
            },
            Certificate {
                by: other.clone(),
                ..made.clone()
            },
            Certificate {
                signature: [0; 64],
                ..made.clone()
            },
        ] {
            assert!(!wrong.holds(logbook));
        }
    }
}
