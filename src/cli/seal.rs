//! `seal`: who denounced, sealed to the competent authority into the box of an envelope; and what the authority's
//! device reads from it.
//!
//! The identity comes from a file or from the terminal without echo, is wiped once it is sealed, and this device cannot
//! open it again.

use std::path::Path;

use serde_json::Value;

use super::args::Showing;
use super::desk::Desk;
use super::secret::Source;
use super::stop::{Exit, Stop};
use crate::config::settings::Layer;
use crate::domain::{Dossier, EnvelopeId};
use crate::i18n::messages::{errors, privacy};
use crate::keys::{Reader as Key, Seat};
use crate::runtime::logbook::{Logbook, moment};
use crate::runtime::settings;

/// Seals an identity into the envelope of a visit; `number` says which, where there are several.
pub fn run(desk: &Desk, code: &str, number: &str, file: Option<&Path>) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let reader = logbook.store.reader();
    let entity = desk.find(&reader, code)?;
    let visit = desk.with(|| Ok(reader.visit_of(entity)?))?;
    let visit = visit.ok_or_else(|| Stop::refused(errors::not_found()))?;
    let dossier = desk.with(|| Ok(reader.dossier(visit)?))?;
    let dossier = dossier.ok_or_else(|| Stop::refused(errors::not_found()))?;
    let envelope = envelope(&dossier, number)?;
    let keys = authority(desk, &logbook)?;
    if keys.is_empty() {
        return Err(Stop::refused(privacy::no_authority()));
    }
    let source = Source {
        file,
        speech: &desk.speech,
    };
    let identity = source.identity()?;
    let now = moment(&desk.clock);
    let (store, ids) = (&logbook.store, &mut logbook.ids);
    desk.with(|| store.seal_identity(envelope, identity.expose(), &keys, now, ids))?;
    desk.say(&privacy::identity_sealed());
    Ok(Exit::Done)
}

fn envelope(dossier: &Dossier, number: &str) -> Result<EnvelopeId, Stop> {
    let of = |envelope: &&crate::domain::Versioned<EnvelopeId, crate::domain::Envelope>| {
        number.is_empty() || envelope.value.number == number
    };
    let found: Vec<_> = dossier.envelopes.iter().filter(of).collect();
    match found.as_slice() {
        [one] => one.id.ok_or_else(|| Stop::refused(errors::not_found())),
        [] => Err(Stop::refused(privacy::no_envelope())),
        [_, _, ..] => Err(Stop::refused(privacy::which_envelope())),
    }
}

/// Returns the keys of the authority: those of the roster, else the one of the settings.
fn authority(desk: &Desk, logbook: &Logbook) -> Result<Vec<Key>, Stop> {
    let keys = desk.with(|| Ok(logbook.store.reader().authority()?))?;
    if !keys.is_empty() {
        return Ok(keys);
    }
    let settings = settings::read(&desk.paths, Layer::default())?;
    match settings.authority_key.as_str() {
        "" => Ok(Vec::new()),
        text => {
            let key = Key::parse(text);
            Ok(vec![key.ok_or_else(|| {
                Stop::refused(privacy::bad_authority_key())
            })?])
        }
    }
}

/// Adds to the fields of a visit or envelope who denounced, where this device can open the box and it was asked to;
/// each showing is an entry first.
pub fn reveal(
    desk: &Desk,
    logbook: &mut Logbook,
    dossier: &Dossier,
    (fields, showing): (&mut Value, Showing),
) -> Result<(), Stop> {
    let own = logbook.store.device().device();
    let roster = desk.with(|| Ok(logbook.store.reader().roster()?))?;
    let is_authority = |seat: &Seat| seat.role == Some(crate::domain::Role::Authority);
    if showing == Showing::Masked || !roster.seat(own).is_some_and(is_authority) {
        return Ok(());
    }
    for (at, envelope) in dossier.envelopes.iter().enumerate() {
        let Some(opened) = logbook.ring.open_identity(&envelope.value.sealed.0) else {
            continue;
        };
        if opened.is_empty() {
            continue;
        }
        if let Some(id) = envelope.id {
            let now = moment(&desk.clock);
            let (store, ids) = (&logbook.store, &mut logbook.ids);
            desk.with(|| store.show_identity(id, now, ids))?;
        }
        let place = match fields.get_mut("envelopes") {
            Some(envelopes) => envelopes.get_mut(at),
            None => None,
        };
        if let Some(object) = place.and_then(Value::as_object_mut) {
            object.insert("identity".to_owned(), opened.as_str().into());
        }
    }
    Ok(())
}
