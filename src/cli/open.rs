//! `bacung` without a command: the screen.

use std::sync::Arc;

use super::args::Common;
use super::desk::Desk;
use super::stop::{Exit, Stop};
use crate::app::{Effect, Logbook, Model, Size, system_text};
use crate::config::settings::Layer;
use crate::i18n::messages::errors;
use crate::runtime::event_loop::{self, Start};
use crate::runtime::{Clock, settings};
use crate::ui::Look;

/// Opens the logbook on the screen; `first` is done as if the person had asked for it.
pub fn screen(desk: &Desk, common: &Common, mut first: Vec<Effect>) -> Result<Exit, Stop> {
    let line = Layer {
        language: common.language.map(Into::into),
        ..Layer::default()
    };
    let chosen = settings::read(&desk.paths, line)?;
    // https://no-color.org: set and not empty.
    let colourless = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let name = if colourless {
        "plain"
    } else {
        chosen.theme.as_str()
    };
    let look = Look::new(settings::theme(&desk.paths, name)?);
    let setup = Arc::new(desk.setup()?);
    let there = if desk.folder.holds_logbook() {
        Logbook::Present
    } else {
        Logbook::Missing
    };
    // A first run asks for a passphrase of its own; what is thrown away has brought its own.
    if there == Logbook::Present && first.is_empty() {
        first.extend(desk.source().in_file()?.map(Effect::Unlock));
    }
    let model = Model::new(setup, &chosen, there, Size::SMALLEST, desk.clock.now());
    let ran = event_loop::run(Start {
        model: if first.is_empty() {
            model
        } else {
            model.opening()
        },
        look,
        folder: desk.folder.clone(),
        settings: desk.paths.own("settings.toml"),
        clock: Arc::new(desk.clock),
        first,
    });
    match ran {
        Ok(()) => Ok(Exit::Done),
        Err(error) => Err(Stop::refused(errors::terminal(system_text(&error.0)))),
    }
}
