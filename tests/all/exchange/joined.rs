//! A secretary of two units: two logbooks, one passphrase, one queue.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use bacung::app::{Answer, Effect, JoinedState, Keymap, Secret, Setup};
use bacung::config::catalogue::Catalogue;
use bacung::config::units::Communes;
use bacung::domain::{Book, Queued, Role, Say};
use bacung::runtime::heads::Heads;
use bacung::runtime::worker::{Told, Worker};
use bacung::runtime::{Folder, SystemClock};

use super::command::{Scene, ok, scene, sync, text, write_visits};
use crate::harness::home::{Home, PASSPHRASE};

/// The cell of the scene, which has joined a second unit's logbook too.
struct Secretary {
    first: Scene,
    second: Home,
    other: PathBuf,
}

fn secretary() -> Secretary {
    let first = scene();
    write_visits(&first.officer);
    sync(&first.officer, &first.stick);
    sync(&first.cell, &first.stick);
    let second = Home::new();
    let unit = ["--unit", "Ủy ban nhân dân xã Yên Hoa", "--role", "officer"];
    let named = ["new", "--name", "Ma Văn Tú"];
    ok(&second, &[&named[..], &unit].concat());
    let other = first.cell.path().join("so-yen-hoa");
    let (invite, request) = (first.stick.join("moi-2"), first.stick.join("yeu-cau-2"));
    let (invite, request) = (text(&invite), text(&request));
    let role = ["--role", "reviewer", "--cell", "Bản Lãm"];
    ok(
        &second,
        &[&["roster", "invite", "-o", &invite][..], &role].concat(),
    );
    let at = text(&other);
    let name = ["--name", "Nguyễn Văn Hòa", "-o", &request];
    let join = ["--logbook", &at, "new", "--join", &invite];
    ok(&first.cell, &[&join[..], &name].concat());
    ok(&second, &["roster", "admit", &request, "--yes"]);
    write_visits(&second);
    sync(&second, &first.stick);
    let stick = text(&first.stick);
    ok(&first.cell, &["--logbook", &at, "sync", &stick]);
    Secretary {
        first,
        second,
        other,
    }
}

fn units(queue: &serde_json::Value) -> Vec<String> {
    let rows = queue["rows"].as_array().expect("rows");
    let units = rows.iter().map(|row| row["unit"].as_str().expect("a unit"));
    let mut units: Vec<String> = units.map(str::to_owned).collect();
    units.sort();
    units
}

#[test]
fn one_queue_names_the_unit_of_each_row_and_the_logbooks_that_are_closed() {
    let Secretary { first, other, .. } = secretary();
    let cell = &first.cell;
    let at = text(&other);
    assert_eq!(cell.run(&["review", "join", "nowhere"]).code, 1);
    let own = text(&cell.logbook());
    assert_eq!(cell.run(&["review", "join", &own]).code, 1, "it is open");
    ok(cell, &["review", "join", &at]);
    ok(cell, &["review", "join", &at]);
    let list = ["review", "list", "--json"];
    let one = ok(cell, &list).json();
    assert_eq!(one["rows"].as_array().map(Vec::len), Some(1), "{one}");
    let all = [&list[..], &["--all"]].concat();
    let queue = ok(cell, &all).json();
    let both = ["Công an xã Nà Hang", "Ủy ban nhân dân xã Yên Hoa"];
    assert_eq!(units(&queue), both, "{queue}");
    assert_eq!(queue["not_opened"], serde_json::json!([]));
    let mut rows = queue["rows"].as_array().expect("rows").iter();
    let row = rows.find(|row| row["unit"] == both[1]).expect("a row");
    let folder = row["logbook"].as_str().expect("a folder").to_owned();
    let code = row["code"].as_str().expect("a code").to_owned();
    let of = ["--logbook", &folder, "review", "confirm", &code];
    ok(cell, &of);
    assert_eq!(units(&ok(cell, &all).json()), both[..1]);

    // Another passphrase, and a folder that is not there.
    let third = Home::new();
    std::fs::write(third.passphrase_file(), "suối lớn nhà sàn\n").expect("is written");
    let new = ["new", "--name", "Tú", "--unit", "Xã", "--role", "officer"];
    ok(&third, &new);
    ok(cell, &["review", "join", &text(&third.logbook())]);
    std::fs::rename(&other, cell.path().join("away")).expect("is moved");
    let ran = ok(cell, &all);
    let queue = ran.json();
    assert_eq!(units(&queue), both[..1], "the open one goes on");
    let closed = queue["not_opened"]
        .as_array()
        .expect("those that are closed");
    assert_eq!(closed.len(), 2, "{queue}");
    assert!(
        closed[0]["why"]
            .as_str()
            .is_some_and(|why| why.contains("không có sổ"))
    );
    assert!(
        closed[1]["why"]
            .as_str()
            .is_some_and(|why| why.contains("mật khẩu khác"))
    );
    assert!(ran.err.contains("mật khẩu khác"), "{}", ran.err);
    ok(cell, &["review", "part", &text(&third.logbook())]);
    ok(cell, &["review", "part", &at]);
    assert_eq!(cell.run(&["review", "part", &at]).code, 1);
    let queue = ok(cell, &all).json();
    assert_eq!(queue["not_opened"], serde_json::json!([]));
}

struct Running {
    worker: Worker,
    told: Receiver<Told>,
}

impl Running {
    fn start(home: &Home, joined: &[&Path]) -> Self {
        let (tell, told) = channel();
        let folder = Folder::choose(Some(&home.logbook())).expect("was named");
        let folder = folder.remembered_in(Heads::new(Some(home.path().join("state/bacung/heads"))));
        let (lists, keys) = (Catalogue::built_in(), Keymap::built_in());
        let setup = Setup::new(lists, Communes::built_in(), keys);
        let setup = setup.with_joined(joined.iter().map(|path| (*path).to_owned()).collect());
        let tell = Arc::new(move |what| drop(tell.send(what)));
        let clock = Arc::new(SystemClock::new(None));
        let worker = Worker::start(folder, None, Arc::new(setup), clock, tell);
        let worker = worker.expect("threads");
        worker.hand(Effect::Unlock(Secret::new(PASSPHRASE.to_owned())));
        Self { worker, told }
    }

    /// Waits for what is wanted of the answers.
    fn wait<T>(&self, wanted: impl Fn(Answer) -> Option<T>) -> T {
        loop {
            match self.told.recv_timeout(Duration::from_secs(60)) {
                Ok(Told::Answer(answer)) => {
                    if let Some(found) = wanted(answer) {
                        return found;
                    }
                }
                Ok(Told::Finished) => panic!("it ended"),
                Err(error) => panic!("{error}"),
            }
        }
    }

    fn queue(&self) -> Vec<Queued> {
        self.worker.hand(Effect::QueryReview(1));
        self.wait(|answer| match answer {
            Answer::ReviewQueue { rows, .. } => Some(rows),
            _ => None,
        })
    }

    fn joined(&self, count: usize) -> Vec<Result<(), String>> {
        let mut states = Vec::new();
        while states.len() < count {
            states.push(self.wait(|answer| match answer {
                Answer::Joined { joined, .. } => match joined.state {
                    JoinedState::Opening => None,
                    JoinedState::Open(_) => Some(Ok(())),
                    JoinedState::Closed(why) => Some(Err(format!("{why:?}"))),
                },
                _ => None,
            }));
        }
        states
    }

    fn end(self) {
        self.worker.hand(Effect::Quit);
        let told = || self.told.recv_timeout(Duration::from_secs(60));
        while !matches!(told(), Ok(Told::Finished)) {}
    }
}

fn entries(home: &Home, logbook: &Path) -> usize {
    let to = home.path().join("entries.ndjson");
    let _ = std::fs::remove_file(&to);
    let (at, path) = (text(logbook), text(&to));
    let export = ["export", "entries", "--format", "ndjson", "-o", &path];
    ok(home, &[&["--logbook", &at][..], &export].concat());
    let lines = std::fs::read_to_string(&to).expect("is written");
    lines.lines().count()
}

#[test]
fn a_verdict_is_signed_in_the_logbook_of_its_visit_and_nowhere_else() {
    let Secretary {
        first,
        second,
        other,
    } = secretary();
    let cell = &first.cell;
    let own = cell.logbook();
    let before = (entries(cell, &own), entries(cell, &other));
    let gone = cell.path().join("gone");
    // The logbook itself, a folder without one, and the second unit's.
    let running = Running::start(cell, &[&own, &gone, &other]);
    let states = running.joined(3);
    assert!(states[0].is_err() && states[1].is_err(), "{states:?}");
    assert_eq!(states[2], Ok(()));
    let queue = running.queue();
    assert_eq!(queue.len(), 2);
    let theirs = queue.iter().find(|queued| queued.book == Book::Joined(2));
    let theirs = theirs.expect("the second unit's");
    assert_eq!(theirs.unit, "Ủy ban nhân dân xã Yên Hoa");
    let (visit, seen) = (theirs.row.id, theirs.revision);
    let ask = Effect::QueryReviewOf(visit);
    running.worker.hand(Effect::InJoined(2, Box::new(ask)));
    let changes = running.wait(|answer| match answer {
        Answer::ReviewOf {
            visit: of, changes, ..
        } if of == visit => Some(changes),
        _ => None,
    });
    assert!(!changes.is_empty(), "its content is shown");
    let word = Effect::Review {
        visit,
        say: Say::Confirm,
        text: String::new(),
        seen,
    };
    running.worker.hand(Effect::InJoined(2, Box::new(word)));
    running.wait(|answer| match answer {
        Answer::Reviewed { visit: of, .. } => (of == visit).then_some(()),
        Answer::Refused(why) => panic!("{why:?}"),
        _ => None,
    });
    let queue = running.queue();
    assert_eq!(queue.len(), 1);
    assert_eq!(queue[0].book, Book::Own);
    // Both are held open: no other program opens the second one meanwhile.
    let at = text(&other);
    assert_eq!(cell.run(&["--logbook", &at, "review", "list"]).code, 1);
    running.worker.hand(Effect::Sync(text(&first.stick)));
    running.wait(|answer| match answer {
        Answer::Synced { did, .. } => (did.given > 0).then_some(()),
        Answer::NotSynced(why) => panic!("{why:?}"),
        _ => None,
    });
    running.worker.hand(Effect::Lock);
    running.wait(|answer| matches!(answer, Answer::Locked(_)).then_some(()));
    ok(cell, &["--logbook", &at, "review", "list"]);
    running.end();
    let after = (entries(cell, &own), entries(cell, &other));
    // The exchange may add receipts of what came; only the second has a verdict.
    let verdicts = |home: &Home| {
        let listed = ok(home, &["list", "visits", "--state", "confirmed", "--json"]).json();
        listed["total"].as_u64()
    };
    sync(&second, &first.stick);
    sync(&first.officer, &first.stick);
    assert_eq!(verdicts(&second), Some(1));
    assert_eq!(verdicts(&first.officer), Some(0));
    assert_eq!((before.0, before.1 + 1), after);
}

#[test]
fn a_device_is_invited_and_let_in_behind_the_screen() {
    let (officer, cell) = (Home::new(), Home::new());
    let unit = ["--unit", "Công an xã Nà Hang", "--role", "police"];
    ok(
        &officer,
        &[&["new", "--name", "Hoàng Thị Bế"][..], &unit].concat(),
    );
    let running = Running::start(&officer, &[]);
    running.wait(|answer| matches!(answer, Answer::Unlocked(_)).then_some(()));
    let invite = text(&officer.path().join("moi"));
    let effect = || Effect::Invite {
        role: Role::Reviewer,
        cell: "Bản Lãm".to_owned(),
        path: invite.clone(),
    };
    running.worker.hand(effect());
    let said = running.wait(|answer| match answer {
        Answer::Invited { words, .. } => Some(words),
        Answer::NotDone(why) => panic!("{why:?}"),
        _ => None,
    });
    running.worker.hand(effect());
    running.wait(|answer| matches!(answer, Answer::NotDone(_)).then_some(()));
    let request = text(&officer.path().join("yeu-cau"));
    let name = ["--name", "Nguyễn Văn Hòa", "-o", &request];
    let joined = ok(&cell, &[&["new", "--join", &invite][..], &name].concat());
    assert!(joined.err.contains(&said), "{}", joined.err);
    running.worker.hand(Effect::ReadRequest(invite.clone()));
    running.wait(|answer| matches!(answer, Answer::NotDone(_)).then_some(()));
    running.worker.hand(Effect::ReadRequest(request));
    let seen = running.wait(|answer| match answer {
        Answer::RequestRead(seen) => Some(seen),
        Answer::NotDone(why) => panic!("{why:?}"),
        _ => None,
    });
    assert!(joined.err.contains(&seen.words), "{}", joined.err);
    assert_eq!((seen.role, seen.cell.as_str()), (Role::Reviewer, "Bản Lãm"));
    running.worker.hand(Effect::Admit(seen));
    running.wait(|answer| match answer {
        Answer::Admitted(name) => Some(name),
        Answer::Refused(why) => panic!("{why:?}"),
        _ => None,
    });
    running.end();
    let shown = ok(&officer, &["roster", "show", "--json"]).json();
    assert_eq!(
        shown["devices"].as_array().map(Vec::len),
        Some(2),
        "{shown}"
    );
}
