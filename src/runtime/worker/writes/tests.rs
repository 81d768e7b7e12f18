//! The writer's desk when the file goes away under it.

use std::fs;

use super::*;
use crate::app::Refusal;
use crate::app::{Keymap, Setup};
use crate::config::catalogue::Catalogue;
use crate::config::units::Communes;
use crate::domain::{Profile, Role};
use crate::keys::Passphrase;
use crate::runtime::SystemClock;

/// A write failed and the file could not be opened again, as when a stick is pulled out.
#[test]
fn a_logbook_that_went_away_is_written_again_once_it_is_back() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let folder = Folder::choose(Some(home.path())).expect("was named");
    let clock = Arc::new(SystemClock::new(None));
    let profile = Profile {
        name: "Bế".to_owned(),
        post: String::new(),
        unit: "Công an xã Nà Hang".to_owned(),
        role: Role::Officer,
    };
    let passphrase = Passphrase::new("rừng xanh núi đỏ").expect("is long enough");
    let made = logbook::create(&folder, profile, &passphrase, &*clock);
    let ring = made.map(|(logbook, _)| logbook.ring.clone());
    let ring = ring.expect("is made");
    let away = home.path().join("away");
    fs::rename(folder.logbook(), &away).expect("is moved");

    let (tell, told) = channel();
    let place = Place {
        folder: folder.clone(),
        settings: None,
        setup: Arc::new(Setup::new(
            Catalogue::built_in(),
            Communes::built_in(),
            Keymap::built_in(),
        )),
        clock,
        tell: Arc::new(move |what| drop(tell.send(what))),
        stop: Arc::default(),
    };
    let (orders, _orders) = channel();
    let (asks, _asks) = channel();
    let mut desk = Desk::new(place, orders, asks);
    desk.shut = Some((folder.clone(), ring));
    let mut keep = || {
        desk.write(Effect::KeepTyping {
            key: TypingKey([1; 16]),
            bytes: vec![1],
        });
        told.try_recv()
    };
    assert!(matches!(
        keep(),
        Ok(Told::Answer(Answer::Refused(Refusal::Io { .. })))
    ));
    fs::rename(&away, folder.logbook()).expect("is moved");
    assert!(matches!(keep(), Ok(Told::Answer(Answer::Kept { .. }))));
}
