//! `erase-logbook`: this copy goes, once nothing would be lost with it.

use std::io::{self, IsTerminal};

use super::args::Compared;
use super::desk::Desk;
use super::roster::{agreed, hex};
use super::stop::{Exit, Stop};
use crate::i18n::Text;
use crate::i18n::messages::erase as messages;
use crate::journal::Stream;
use crate::runtime::erase::{self, Missing};
use crate::runtime::settings;

/// Erases the logbook of this machine. What no receipt covers stops it, unless the unit's name is typed.
pub fn run(desk: &Desk, named: &str, compared: Compared) -> Result<Exit, Stop> {
    let open = desk.open()?;
    let unit = desk.with(|| Ok(open.store.reader().unit()?))?;
    let missing = desk.with(|| Ok(erase::missing(&open)?))?;
    let is_named = named.trim() == unit.trim();
    if !named.is_empty() && !is_named {
        return Err(Stop::refused(messages::other_name()));
    }
    if !missing.is_nothing() {
        for line in lines(desk, &missing) {
            desk.say(&line);
        }
        if !is_named {
            return Err(Stop::refused(messages::not_covered(unit)));
        }
    }
    let sure = match compared {
        Compared::Yes => true,
        Compared::Ask if is_named => true,
        Compared::Ask if io::stdin().is_terminal() => {
            desk.say(&messages::ask(unit.as_str(), erase::shown(&desk.folder)));
            agreed()
        }
        Compared::Ask => false,
    };
    if !sure {
        return Err(Stop::refused(messages::not_erased()));
    }
    erase::erase(open).map_err(|(path, error)| Stop::store(error.into(), &path))?;
    // Where it was joined to another one, it is so no more.
    let own = desk.paths.own("settings.toml");
    if desk
        .setup()?
        .joined
        .iter()
        .any(|path| path == desk.folder.path())
    {
        let _ = settings::part(own.as_deref(), desk.folder.path());
    }
    desk.say(&messages::erased(erase::shown(&desk.folder)));
    Ok(Exit::Done)
}

/// Says what would be lost.
fn lines(desk: &Desk, missing: &Missing) -> Vec<Text> {
    let mut lines: Vec<Text> = missing
        .chains
        .iter()
        .map(|chain| {
            let device = hex(&chain.device.0[..4]);
            let stream = desk.speech.text(&stream_name(chain.stream));
            messages::entries(chain.entries, stream, device)
        })
        .collect();
    if missing.typing > 0 {
        lines.push(messages::typing(missing.typing));
    }
    if missing.rows > 0 {
        lines.push(messages::rows(missing.rows));
    }
    lines
}

fn stream_name(stream: Stream) -> Text {
    match stream {
        Stream::Roster => messages::stream_roster(),
        Stream::Open => messages::stream_open(),
        Stream::Petition => messages::stream_petition(),
        Stream::Sealed => messages::stream_sealed(),
        Stream::Unknown(_) => messages::stream_unknown(),
    }
}
