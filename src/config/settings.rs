//! The settings of the program: what each layer may say, and what holds in the end.
//!
//! Never writes a file and never asks the environment.

use std::collections::BTreeMap;
use std::num::NonZeroU8;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{ConfigError, Problem, Source};

/// The language that people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Vi,
    En,
}

/// How typed keys become letters with marks, where the system has no input method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Typing {
    Off,
    Telex,
    Vni,
}

/// Minutes without a key until the logbook locks itself: 1 to 240, never "never".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct IdleMinutes(u16);

/// The minutes are not between 1 and 240.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not between 1 and 240 minutes")]
pub struct IdleMinutesError;

impl TryFrom<u16> for IdleMinutes {
    type Error = IdleMinutesError;

    fn try_from(minutes: u16) -> Result<Self, IdleMinutesError> {
        match minutes {
            1..=240 => Ok(Self(minutes)),
            0 | 241.. => Err(IdleMinutesError),
        }
    }
}

impl From<IdleMinutes> for u16 {
    fn from(minutes: IdleMinutes) -> Self {
        minutes.0
    }
}

/// Days of a target of our own: 1 to 60.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct TargetDays(u16);

/// The number is not between 1 and 60.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not between 1 and 60")]
pub struct TargetDaysError;

impl TryFrom<u16> for TargetDays {
    type Error = TargetDaysError;

    fn try_from(number: u16) -> Result<Self, TargetDaysError> {
        match number {
            1..=60 => Ok(Self(number)),
            0 | 61.. => Err(TargetDaysError),
        }
    }
}

impl From<TargetDays> for u16 {
    fn from(days: TargetDays) -> Self {
        days.0
    }
}

/// What one layer says; what it leaves out, the layer below decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    pub language: Option<Language>,
    pub idle_lock_minutes: Option<IdleMinutes>,
    pub typing: Option<Typing>,
    /// A file of `themes/`, without its ending.
    pub theme: Option<String>,
    /// Working days to hand over what was heard.
    pub hand_over_days: Option<TargetDays>,
    /// Working days to tell the citizen what came of it.
    pub tell_days: Option<TargetDays>,
    /// Months after a confirmed hand-over until personal fields are offered for erasure.
    pub erase_offer_months: Option<NonZeroU8>,
    /// The key (`age1…`) of the authority that is competent for denunciations, where the roster knows none.
    pub authority_key: Option<String>,
    /// Folders of further logbooks whose visits the queue shows.
    pub joined: Option<Vec<PathBuf>>,
    /// Which cell reviews visits to which village or commune. Last: a table of its own in the file.
    pub cells: Option<BTreeMap<String, String>>,
}

impl Layer {
    /// Reads a layer from its file.
    pub fn parse(source: &Source) -> Result<Self, ConfigError> {
        source.toml()
    }

    /// Writes the layer as the file that `parse` reads.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("a flat table of plain values is always TOML")
    }

    /// Lays another layer over this one.
    #[must_use]
    pub fn with(self, above: Self) -> Self {
        Self {
            language: above.language.or(self.language),
            idle_lock_minutes: above.idle_lock_minutes.or(self.idle_lock_minutes),
            typing: above.typing.or(self.typing),
            theme: above.theme.or(self.theme),
            hand_over_days: above.hand_over_days.or(self.hand_over_days),
            tell_days: above.tell_days.or(self.tell_days),
            erase_offer_months: above.erase_offer_months.or(self.erase_offer_months),
            authority_key: above.authority_key.or(self.authority_key),
            joined: above.joined.or(self.joined),
            cells: above.cells.or(self.cells),
        }
    }
}

/// What holds once every layer has spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub language: Language,
    pub idle_lock_minutes: IdleMinutes,
    pub typing: Typing,
    pub theme: String,
    pub hand_over_days: TargetDays,
    pub tell_days: TargetDays,
    pub erase_offer_months: NonZeroU8,
    pub authority_key: String,
    pub joined: Vec<PathBuf>,
    pub cells: BTreeMap<String, String>,
}

impl Settings {
    /// Lays the layers (lowest first: system, user, command line) over what is compiled in.
    pub fn from_layers(layers: impl IntoIterator<Item = Layer>) -> Self {
        let source = Source::built_in(
            "config/settings.toml",
            include_str!("../../config/settings.toml"),
        );
        let default = Layer::parse(&source).expect("the compiled settings are well-formed");
        let all = layers.into_iter().fold(default, Layer::with);
        Self::complete(all, &source).expect("the compiled settings are complete")
    }

    fn complete(layer: Layer, source: &Source) -> Result<Self, ConfigError> {
        let missing = |key: &str| source.error_on_line(1, Problem::Missing(key.to_owned()));
        Ok(Self {
            language: layer.language.ok_or_else(|| missing("language"))?,
            idle_lock_minutes: layer
                .idle_lock_minutes
                .ok_or_else(|| missing("idle_lock_minutes"))?,
            typing: layer.typing.ok_or_else(|| missing("typing"))?,
            theme: layer.theme.ok_or_else(|| missing("theme"))?,
            hand_over_days: layer
                .hand_over_days
                .ok_or_else(|| missing("hand_over_days"))?,
            tell_days: layer.tell_days.ok_or_else(|| missing("tell_days"))?,
            erase_offer_months: layer
                .erase_offer_months
                .ok_or_else(|| missing("erase_offer_months"))?,
            authority_key: layer
                .authority_key
                .ok_or_else(|| missing("authority_key"))?,
            joined: layer.joined.ok_or_else(|| missing("joined"))?,
            cells: layer.cells.ok_or_else(|| missing("cells"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn parse(text: &str) -> Result<Layer, ConfigError> {
        let source = Source::new(Path::new("settings.toml"), text.as_bytes());
        Layer::parse(&source.expect("UTF-8"))
    }

    fn refused(text: &str) -> (usize, Problem) {
        let error = parse(text).expect_err("is refused");
        assert_eq!(error.path, Path::new("settings.toml"));
        (error.line, error.problem)
    }

    #[test]
    fn a_fresh_program_speaks_vietnamese_and_locks_after_five_minutes() {
        let settings = Settings::from_layers([]);
        assert_eq!(settings.language, Language::Vi);
        assert_eq!(u16::from(settings.idle_lock_minutes), 5);
        assert_eq!(settings.typing, Typing::Off);
        assert_eq!(settings.theme, "dark");
    }

    #[test]
    fn the_layer_above_wins_key_by_key() {
        let system = parse("language = \"en\"\ntyping = \"vni\"").expect("a layer");
        let user = parse("typing = \"telex\"").expect("a layer");
        let settings = Settings::from_layers([system, user]);
        assert_eq!(settings.language, Language::En);
        assert_eq!(settings.typing, Typing::Telex);
    }

    #[test]
    fn a_layer_that_was_written_reads_the_same() {
        let layer = parse("language = \"en\"\nidle_lock_minutes = 15").expect("a layer");
        assert_eq!(parse(&layer.to_toml()).expect("a layer"), layer);
    }

    #[test]
    fn cells_are_a_table_that_is_written_back_behind_the_rest() {
        let text = "[cells]\n\"Bản Lãm, xã Nà Hang\" = \"Chi bộ Bản Lãm\"\n";
        let layer = parse(text).expect("a layer");
        let more = parse("language = \"en\"\njoined = [\"/so\"]").expect("a layer");
        let both = layer.with(more);
        assert_eq!(parse(&both.to_toml()).expect("a layer"), both);
        let settings = Settings::from_layers([both]);
        assert_eq!(settings.cells["Bản Lãm, xã Nà Hang"], "Chi bộ Bản Lãm");
    }

    #[test]
    fn an_unknown_key_is_refused_by_name_and_line() {
        let (line, problem) = refused("language = \"vi\"\n\n# a slip\nlangage = \"en\"\n");
        assert_eq!(line, 4);
        assert!(matches!(problem, Problem::UnknownKey(key) if key == "langage"));
    }

    #[test]
    fn a_wrong_value_is_refused_by_key_and_line() {
        for (text, at, of) in [
            (
                "typing = \"off\"\nidle_lock_minutes = \"5\"",
                2,
                "idle_lock_minutes",
            ),
            ("idle_lock_minutes = 0", 1, "idle_lock_minutes"),
            ("idle_lock_minutes = 99999999999", 1, "idle_lock_minutes"),
            ("language = \"fr\"", 1, "language"),
            ("\nlanguage = [1]", 2, "language"),
            ("theme = []", 1, "theme"),
        ] {
            let (line, problem) = refused(text);
            assert_eq!(line, at, "{text}");
            assert!(
                matches!(&problem, Problem::Value(key) if key == of),
                "{text}: {problem:?}"
            );
        }
    }

    #[test]
    fn what_is_no_toml_is_refused_with_its_line() {
        for (text, at) in [
            ("language = \"vi\"\ntyping = \n", 2),
            ("a = 1\na = 2", 2),
            ("[", 1),
            ("language = \"vi", 1),
        ] {
            let (line, problem) = refused(text);
            assert_eq!(line, at, "{text}");
            assert!(matches!(problem, Problem::Syntax), "{text}: {problem:?}");
        }
    }
}
