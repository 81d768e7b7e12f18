//! Checks foreign CBOR before anything decodes it: well formed, definite lengths, shortest heads,
//! bounded depth and text. Never gives meaning to a value.

/// The longest text of a field, in bytes.
pub const MAX_TEXT: usize = 200 * 1024;
/// The deepest nesting of a value.
const MAX_DEPTH: u8 = 16;

/// Bytes that are not the plain CBOR that the format allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not well-formed bytes of the journal's format")]
pub struct Malformed;

impl From<minicbor::decode::Error> for Malformed {
    fn from(_: minicbor::decode::Error) -> Self {
        Self
    }
}

/// Checks that the bytes are one value and nothing after it.
pub(super) fn check(bytes: &[u8]) -> Result<(), Malformed> {
    match skip(bytes, MAX_DEPTH)? {
        [] => Ok(()),
        [_, ..] => Err(Malformed),
    }
}

/// Checks the first value and returns it apart from what follows.
pub(super) fn split_value(bytes: &[u8]) -> Result<(&[u8], &[u8]), Malformed> {
    let rest = skip(bytes, MAX_DEPTH)?;
    Ok(bytes.split_at(bytes.len() - rest.len()))
}

/// Reads the head of a value: its major type, its argument, and what follows.
pub(super) fn head(bytes: &[u8]) -> Result<(u8, u64, &[u8]), Malformed> {
    let (&first, rest) = bytes.split_first().ok_or(Malformed)?;
    let (major, info) = (first >> 5, first & 0x1f);
    let width = match info {
        0..24 => return Ok((major, u64::from(info), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return Err(Malformed),
    };
    let (argument, rest) = rest.split_at_checked(width).ok_or(Malformed)?;
    let argument = argument.iter().fold(0, |n, &b| n << 8 | u64::from(b));
    // A float has a fixed width; everything else has one shortest form.
    let least = match width {
        1 => 24,
        2 => 1 << 8,
        4 => 1 << 16,
        _ => 1 << 32,
    };
    if major != 7 && argument < least {
        return Err(Malformed);
    }
    Ok((major, argument, rest))
}

fn skip(bytes: &[u8], depth: u8) -> Result<&[u8], Malformed> {
    let depth = depth.checked_sub(1).ok_or(Malformed)?;
    let (major, argument, rest) = head(bytes)?;
    match major {
        0 | 1 => Ok(rest),
        2 | 3 => {
            let len = usize::try_from(argument).map_err(|_| Malformed)?;
            let (content, rest) = rest.split_at_checked(len).ok_or(Malformed)?;
            if major == 3 && (len > MAX_TEXT || std::str::from_utf8(content).is_err()) {
                return Err(Malformed);
            }
            Ok(rest)
        }
        4 => skip_many(rest, argument, depth),
        5 => skip_many(rest, argument.checked_mul(2).ok_or(Malformed)?, depth),
        6 => skip(rest, depth),
        _ => skip_simple(bytes, argument, rest),
    }
}

/// Every item takes at least a byte, so a claimed count ends with the bytes.
fn skip_many(mut bytes: &[u8], count: u64, depth: u8) -> Result<&[u8], Malformed> {
    for _ in 0..count {
        bytes = skip(bytes, depth)?;
    }
    Ok(bytes)
}

/// Floats of every width, and false, true, null.
fn skip_simple<'b>(bytes: &[u8], argument: u64, rest: &'b [u8]) -> Result<&'b [u8], Malformed> {
    let float = matches!(bytes.first(), Some(0xf9..=0xfb));
    if float || (20..=22).contains(&argument) && bytes.len() == rest.len() + 1 {
        Ok(rest)
    } else {
        Err(Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_two_spellings_is_refused() {
        for bytes in [
            &[0x18, 0x17][..],                               // 23 in two bytes
            &[0x19, 0x00, 0xff],                             // 255 in three
            &[0x9f, 0x01, 0xff],                             // indefinite array
            &[0xff],                                         // lone break
            &[0xf7],                                         // undefined
            &[0x62, 0xc3, 0x28],                             // broken UTF-8
            &[0x82, 0x01],                                   // array cut short
            &[0x9b, 255, 255, 255, 255, 255, 255, 255, 255], // claimed without end
            &[0x01, 0x01],                                   // two values
            &[],
        ] {
            assert_eq!(check(bytes), Err(Malformed), "{bytes:x?}");
        }
        assert_eq!(check(&[0x81; 40]), Err(Malformed));
        assert_eq!(check(&[0xa1, 0x01, 0x82, 0xf6, 0x61, 0x61]), Ok(()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if check(&bytes).is_ok() {
                prop_assert!(minicbor::Decoder::new(&bytes).skip().is_ok());
            }
        }
    }
}
