//! Every message of the program, one file an area; the texts are in `config/i18n/<language>/<area>.ftl`.
//!
//! To add a message: a line in the area's file here, and its text in both languages. To add an
//! area: its file here, its two texts, and its name in `areas!` below. Never holds a text itself.

/// Turns the underscores of a Rust name into the hyphens of a message id.
pub(super) const fn kebab<const N: usize>(name: &str) -> [u8; N] {
    let bytes = name.as_bytes();
    let mut out = [0; N];
    let mut at = 0;
    while at < N {
        out[at] = if bytes[at] == b'_' { b'-' } else { bytes[at] };
        at += 1;
    }
    out
}

/// Gives the id `area-name` as a constant.
macro_rules! message_id {
    ($area:literal, $name:ident) => {{
        const NAME: &str = concat!($area, "_", stringify!($name));
        const BYTES: [u8; NAME.len()] = $crate::i18n::messages::kebab(NAME);
        const ID: &str = match std::str::from_utf8(&BYTES) {
            Ok(id) => id,
            Err(_) => panic!("a Rust name is UTF-8"),
        };
        ID
    }};
}

/// Declares the messages of an area: a constructor each, its arguments typed by kind
/// (`Words`, `Number`, `Decimal`, `Date`, `ShortDate`, `Time`, `Text`).
///
/// ```text
/// messages! { "app";
///     fn today_title(date: Date);        // app::today_title(day), id `app-today-title`
/// }
/// ```
macro_rules! messages {
    ($area:literal; $(fn $name:ident($($arg:ident: $kind:ident),* $(,)?);)*) => {
        $(
            #[doc = concat!("Says `", $area, "`'s `", stringify!($name), "`.")]
            #[must_use]
            pub fn $name($($arg: impl Into<$crate::i18n::$kind>),*) -> $crate::i18n::Text {
                $crate::i18n::Text::new(
                    $crate::i18n::messages::message_id!($area, $name),
                    vec![$((
                        stringify!($arg),
                        $crate::i18n::Value::from(
                            Into::<$crate::i18n::$kind>::into($arg),
                        ),
                    )),*],
                )
            }
        )*

        /// Every message of the area with the names of its arguments.
        #[cfg(test)]
        pub(in crate::i18n) const DECLARED: &[(&str, &[&str])] = &[
            $((
                $crate::i18n::messages::message_id!($area, $name),
                &[$(stringify!($arg)),*],
            )),*
        ];
    };
}

use {message_id, messages};

/// An area's name, its files, and (for tests) what it declares.
pub(super) struct Area {
    #[cfg(test)]
    pub(super) name: &'static str,
    #[cfg(test)]
    pub(super) declared: &'static [(&'static str, &'static [&'static str])],
    pub(super) vi: &'static str,
    pub(super) en: &'static str,
}

/// Declares the areas: the module, and its entry in `AREAS`.
macro_rules! areas {
    ($($area:ident)+) => {
        $(pub mod $area;)+

        /// Every area.
        pub(super) const AREAS: &[Area] = &[$(Area {
            #[cfg(test)]
            name: stringify!($area),
            #[cfg(test)]
            declared: $area::DECLARED,
            vi: include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"), "/config/i18n/vi/", stringify!($area), ".ftl"
            )),
            en: include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"), "/config/i18n/en/", stringify!($area), ".ftl"
            )),
        }),+];
    };
}

areas! {
    actions
    app
    capture
    cli
    common
    concern
    coverage
    detail
    door
    duty
    erase
    errors
    exchange
    export
    first_run
    help
    import
    import_beside
    history
    joined
    law
    keep
    list
    pairs
    paper
    quarantine
    report
    review
    places
    privacy
    register
    settings
    show
    system
    tally
    today
    unlock
}
