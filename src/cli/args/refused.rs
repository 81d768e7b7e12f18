//! What clap refused, as sentences: clap itself speaks English only.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::NotRun;
use crate::i18n::Catalog;
use crate::i18n::messages::cli;

/// Makes the sentence of what was refused, or the help that was asked for.
pub(super) fn why(error: &clap::Error, speech: &Catalog) -> NotRun {
    let about = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        Some(_) | None => String::new(),
    };
    let arg = about(ContextKind::InvalidArg);
    NotRun::Usage(match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Clap has no way to say this one word otherwise.
            let options = format!("[{}]", speech.text(&cli::word_options()));
            let help = error.render().to_string();
            return NotRun::Print(help.replace("[OPTIONS]", &options));
        }
        ErrorKind::InvalidSubcommand => cli::usage_unknown(about(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => cli::usage_unknown(arg),
        ErrorKind::MissingRequiredArgument => cli::usage_missing(arg),
        ErrorKind::MissingSubcommand => cli::usage_missing(about(ContextKind::ValidSubcommand)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = about(ContextKind::InvalidValue);
            let known = about(ContextKind::ValidValue);
            // What is no list of words says itself what it takes.
            let takes = || error.source().map(ToString::to_string);
            let known = Some(known).filter(|known| !known.is_empty());
            match known.or_else(takes) {
                Some(allowed) => cli::usage_allowed(arg, value, allowed),
                None => cli::usage_value(arg, value),
            }
        }
        _ => cli::usage_other(),
    })
}
