//! What configuration means to a person: sentences for its errors, labels in their language.
//!
//! Owns no text; those are in `i18n` and in the catalogue.

use crate::config::catalogue::Choice;
use crate::config::{ConfigError, Problem, settings};
use crate::i18n::messages::errors;
use crate::i18n::{Language, Text};
use crate::text::typing::Typing;

impl From<settings::Language> for Language {
    fn from(setting: settings::Language) -> Self {
        match setting {
            settings::Language::Vi => Self::Vi,
            settings::Language::En => Self::En,
        }
    }
}

impl From<Language> for settings::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Vi => Self::Vi,
            Language::En => Self::En,
        }
    }
}

/// Reads a typing mode of the settings.
pub(super) fn typing(setting: settings::Typing) -> Typing {
    match setting {
        settings::Typing::Off => Typing::Off,
        settings::Typing::Telex => Typing::Telex,
        settings::Typing::Vni => Typing::Vni,
    }
}

/// Gives the setting for a typing mode.
pub(super) fn typing_setting(typing: Typing) -> settings::Typing {
    match typing {
        Typing::Off => settings::Typing::Off,
        Typing::Telex => settings::Typing::Telex,
        Typing::Vni => settings::Typing::Vni,
    }
}

/// Gives the label of a choice in a language.
pub fn label(choice: &Choice, language: Language) -> &str {
    match language {
        Language::Vi => &choice.vi,
        Language::En => &choice.en,
    }
}

/// Says why a configuration file is refused.
pub fn config_refused(error: &ConfigError) -> Text {
    let path = error.path.display().to_string();
    let line = error.line;
    match &error.problem {
        Problem::Read(reason) => errors::config_read(path, super::system_text(reason)),
        Problem::NotUtf8 => errors::config_not_utf8(path, line),
        Problem::Syntax => errors::config_syntax(path, line),
        Problem::UnknownKey(key) => errors::config_unknown_key(path, line, key),
        Problem::Value(key) => errors::config_value(path, line, key),
        Problem::Missing(key) => errors::config_missing(path, line, key),
        Problem::Twice(key) => errors::config_twice(path, line, key),
        Problem::Gap(rule) => errors::config_gap(path, line, rule),
        Problem::Overlap(rule) => errors::config_overlap(path, line, rule),
        Problem::Template(what) => errors::config_template(path, line, what),
        Problem::WorkedAnyway(date) => errors::config_worked_anyway(path, line, date),
        Problem::OffAnyway(date) => errors::config_off_anyway(path, line, date),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Source;
    use crate::config::settings::Layer;
    use crate::i18n::Catalog;

    #[test]
    fn a_refused_key_is_said_with_file_and_line() {
        let source = Source::new(Path::new("cai-dat.toml"), b"\nlangage = \"en\"\n");
        let error = Layer::parse(&source.expect("UTF-8")).expect_err("is refused");
        let said = Catalog::new(Language::Vi).text(&config_refused(&error));
        assert!(said.starts_with("cai-dat.toml, dòng 2: không có mục nào tên «langage»."));
    }

    #[test]
    fn a_label_follows_the_language() {
        let catalogue = crate::config::catalogue::Catalogue::built_in();
        let first = catalogue.activities.iter().next().expect("is not empty");
        assert_eq!(label(first, settings::Language::Vi.into()), "Sửa nhà");
        assert_eq!(label(first, settings::Language::En.into()), "House repair");
    }
}
