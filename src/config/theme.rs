//! Themes: the look of each role on the screen, as named in `config/themes/*.toml`.
//!
//! Owns roles and colours as data. Knows no terminal and no screen.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{ConfigError, Problem, Source};

/// What a part of the screen is for. Its look never carries a state alone: a glyph and a word go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Plain words.
    Text,
    /// Words that stand back.
    Dim,
    /// Where the cursor is.
    Accent,
    /// Headings.
    Title,
    /// Thin lines.
    Rule,
    /// The chosen row.
    Selection,
    /// A field that can be typed in.
    Field,
    /// A list on top of the rest.
    Menu,
    /// The letters that a search found.
    Matched,
    Good,
    Warn,
    Bad,
}

impl Role {
    /// Every role, with its key in a theme's file.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Text, "text"),
        (Self::Dim, "dim"),
        (Self::Accent, "accent"),
        (Self::Title, "title"),
        (Self::Rule, "rule"),
        (Self::Selection, "selection"),
        (Self::Field, "field"),
        (Self::Menu, "menu"),
        (Self::Matched, "matched"),
        (Self::Good, "good"),
        (Self::Warn, "warn"),
        (Self::Bad, "bad"),
    ];
}

/// A colour by the terminal's name for it or by its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Colour {
    Black,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    Gray,
    DarkGray,
    LightRed,
    LightGreen,
    LightYellow,
    LightBlue,
    LightMagenta,
    LightCyan,
    White,
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// The words name no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither a colour's name nor #rrggbb")]
pub struct ColourError;

impl TryFrom<String> for Colour {
    type Error = ColourError;

    fn try_from(name: String) -> Result<Self, ColourError> {
        Ok(match name.as_str() {
            "black" => Self::Black,
            "red" => Self::Red,
            "green" => Self::Green,
            "yellow" => Self::Yellow,
            "blue" => Self::Blue,
            "magenta" => Self::Magenta,
            "cyan" => Self::Cyan,
            "gray" => Self::Gray,
            "dark_gray" => Self::DarkGray,
            "light_red" => Self::LightRed,
            "light_green" => Self::LightGreen,
            "light_yellow" => Self::LightYellow,
            "light_blue" => Self::LightBlue,
            "light_magenta" => Self::LightMagenta,
            "light_cyan" => Self::LightCyan,
            "white" => Self::White,
            parts => return rgb(parts).ok_or(ColourError),
        })
    }
}

fn rgb(parts: &str) -> Option<Colour> {
    let digits = parts.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Colour::Rgb(red, green, blue))
}

/// What is done to letters beside colouring them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modifier {
    Bold,
    Dim,
    Italic,
    Underlined,
    Reversed,
}

/// The look of a role; what is left out stays as the terminal has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// The colour of letters.
    pub fg: Option<Colour>,
    /// The colour behind them.
    pub bg: Option<Colour>,
    #[serde(default)]
    pub modifiers: Vec<Modifier>,
}

/// A look for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: BTreeMap<Role, Style>,
}

/// The themes that are compiled in: name, file, text.
const BUILT_IN: [(&str, &str, &str); 3] = [
    (
        "dark",
        "config/themes/dark.toml",
        include_str!("../../config/themes/dark.toml"),
    ),
    (
        "light",
        "config/themes/light.toml",
        include_str!("../../config/themes/light.toml"),
    ),
    (
        "plain",
        "config/themes/plain.toml",
        include_str!("../../config/themes/plain.toml"),
    ),
];

impl Theme {
    /// The names of the themes that are compiled in.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _, _)| *name)
    }

    /// Gives a theme that is compiled in.
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, path, text) = BUILT_IN.iter().find(|(known, _, _)| *known == name)?;
        let theme = Self::parse(&Source::built_in(path, text));
        Some(theme.expect("a compiled theme is well-formed and complete"))
    }

    /// Reads a theme; it must name every role.
    pub fn parse(source: &Source) -> Result<Self, ConfigError> {
        let styles: BTreeMap<Role, Style> = source.toml()?;
        for (role, key) in Role::ALL {
            if !styles.contains_key(&role) {
                return Err(source.error_on_line(1, Problem::Missing(key.to_owned())));
            }
        }
        Ok(Self { styles })
    }

    /// Gives the look of a role.
    pub fn style(&self, role: Role) -> &Style {
        self.styles.get(&role).expect("a theme names every role")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const DARK: &str = BUILT_IN[0].2;

    fn refused(text: &str) -> (usize, Problem) {
        let source = Source::new(Path::new("mine.toml"), text.as_bytes()).expect("UTF-8");
        let error = Theme::parse(&source).expect_err("is refused");
        (error.line, error.problem)
    }

    #[test]
    fn every_compiled_theme_is_complete() {
        for name in Theme::names() {
            let theme = Theme::built_in(name).expect("is compiled in");
            assert_ne!(
                theme.style(Role::Selection),
                theme.style(Role::Text),
                "{name}"
            );
        }
        assert_eq!(Theme::built_in("none"), None);
    }

    #[test]
    fn the_plain_theme_has_no_colour() {
        let plain = Theme::built_in("plain").expect("is compiled in");
        for (role, _) in Role::ALL {
            let style = plain.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }

    #[test]
    fn colours_are_names_or_six_digits() {
        let colour = |name: &str| Colour::try_from(name.to_owned());
        assert_eq!(colour("light_red"), Ok(Colour::LightRed));
        assert_eq!(colour("#00ff7F"), Ok(Colour::Rgb(0, 255, 127)));
        for bad in ["", "#fff", "#+12345", "#đỏđỏ", "pink", "#0000000"] {
            assert_eq!(colour(bad), Err(ColourError), "{bad}");
        }
    }

    #[test]
    fn a_role_that_is_missing_or_unknown_is_refused() {
        let (_, problem) = refused(&DARK.replace("\nbad =", "\n#bad ="));
        assert!(matches!(problem, Problem::Missing(key) if key == "bad"));
        let (line, problem) = refused(&format!("glow = {{}}\n{DARK}"));
        assert_eq!(line, 1);
        assert!(
            matches!(problem, Problem::UnknownKey(key) if key == "glow"),
            "glow"
        );
    }

    #[test]
    fn a_wrong_look_is_refused_by_key_and_line() {
        for (look, of) in [
            ("{ fg = \"pink\" }", "fg"),
            ("{ modifiers = [\"loud\"] }", "modifiers"),
            ("\"red\"", "text"),
        ] {
            let (line, problem) = refused(&format!("\ntext = {look}\n"));
            assert_eq!(line, 2);
            assert!(
                matches!(&problem, Problem::Value(key) if key == of),
                "{look}: {problem:?}"
            );
        }
        let (line, problem) = refused("dim = {}\ntext = { colour = \"red\" }\n");
        assert_eq!(line, 2);
        assert!(matches!(problem, Problem::UnknownKey(key) if key == "colour"));
    }
}
