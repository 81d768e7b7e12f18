//! Why the operating system refused, in the person's language: the system's own words are English on
//! most laptops.

use std::io::{Error, ErrorKind};

use crate::i18n::Text;
use crate::i18n::messages::system;

/// Says in a few words why the system refused.
pub fn system_text(error: &Error) -> Text {
    match error.kind() {
        ErrorKind::NotFound => system::not_found(),
        ErrorKind::PermissionDenied => system::not_permitted(),
        ErrorKind::AlreadyExists => system::exists(),
        ErrorKind::NotADirectory => system::not_a_folder(),
        ErrorKind::IsADirectory => system::is_a_folder(),
        ErrorKind::DirectoryNotEmpty => system::not_empty(),
        ErrorKind::ReadOnlyFilesystem => system::read_only(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => system::full(),
        ErrorKind::FileTooLarge => system::too_large(),
        ErrorKind::InvalidFilename => system::bad_name(),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::Deadlock => {
            system::busy()
        }
        ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted => system::slow(),
        ErrorKind::InvalidData => system::not_text(),
        ErrorKind::UnexpectedEof | ErrorKind::WriteZero => system::cut_short(),
        ErrorKind::BrokenPipe => system::nobody_reads(),
        ErrorKind::Unsupported => system::unsupported(),
        ErrorKind::OutOfMemory => system::no_memory(),
        // The kinds grow with each release of the language; what has no word has its number.
        _ => match error.raw_os_error() {
            Some(number) => system::numbered(number.to_string()),
            None => system::unknown(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalog, Language};

    #[test]
    fn no_word_of_the_system_is_said() {
        let speech = Catalog::new(Language::Vi);
        let said = |error: &Error| speech.text(&system_text(error));
        let denied = Error::from_raw_os_error(13);
        assert_eq!(said(&denied), "không có quyền đọc hoặc ghi");
        for number in 1..=133 {
            let said = said(&Error::from_raw_os_error(number));
            assert!(!said.contains("os error"), "{said}");
        }
        let own = Error::other("the words of a library");
        assert_eq!(said(&own), "lỗi chưa rõ nguyên nhân");
    }
}
