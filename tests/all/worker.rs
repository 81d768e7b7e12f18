//! The threads behind the screen, without a screen: what they promise of typing, saves and keys.

mod tables;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use bacung::app::report::{ReportAsk, ReportTold};
use bacung::app::{
    Answer, Effect, ExportTable, Keymap, NewLogbook, Refusal, SaveVisit, Secret, Setup, TypingKey,
};
use bacung::config::catalogue::Catalogue;
use bacung::config::units::Communes;
use bacung::domain::tally::{TallyId, Value};
use bacung::domain::{
    Basis, Day, Dossier, Format, ListQuery, Period, Person, PersonId, Profile, Role, Sort, Span,
    Stamp, Table, Visit,
};
use bacung::i18n::Language;
use bacung::runtime::heads::Heads;
use bacung::runtime::worker::{Told, Worker};
use bacung::runtime::{Clock, Folder};

use crate::harness::home::{Home, PASSPHRASE};

/// What every canary begins with.
const CANARY: &str = "Hoàng-Yến-hót";

/// A clock that stands.
struct Standing;

fn setup() -> Setup {
    Setup::new(
        Catalogue::built_in(),
        Communes::built_in(),
        Keymap::built_in(),
    )
}

impl Clock for Standing {
    fn now(&self) -> Stamp {
        Stamp(1_795_420_800_000)
    }

    fn today(&self) -> Day {
        Day::from_ymd_opt(2026, 11, 23).expect("a real day")
    }
}

struct Running {
    worker: Worker,
    told: Receiver<Told>,
}

impl Running {
    fn start(home: &Home) -> Self {
        let (tell, told) = channel();
        let folder = Folder::choose(Some(&home.logbook())).expect("was named");
        let heads = Heads::new(Some(home.path().join("heads")));
        let folder = folder.remembered_in(heads);
        let tell = Arc::new(move |what| drop(tell.send(what)));
        let worker = Worker::start(folder, None, Arc::new(setup()), Arc::new(Standing), tell)
            .expect("threads");
        Self { worker, told }
    }

    fn made(home: &Home) -> Self {
        let running = Self::start(home);
        let profile = Profile {
            name: "Hoàng Thị Bế".to_owned(),
            post: String::new(),
            unit: "Công an xã Nà Hang".to_owned(),
            role: Role::Officer,
        };
        let passphrase = Secret::new(PASSPHRASE.to_owned());
        running.hand(Effect::Create(Box::new(NewLogbook {
            profile,
            passphrase,
        })));
        assert!(matches!(running.next(), Answer::Unlocked(_)));
        assert!(matches!(running.next(), Answer::Created { .. }));
        running
    }

    fn hand(&self, effect: Effect) {
        self.worker.hand(effect);
    }

    /// Returns the next answer; that the names are all there is none that a test waits for.
    fn next(&self) -> Answer {
        match self.told.recv_timeout(Duration::from_secs(60)) {
            Ok(Told::Answer(Answer::NamesRead(_))) => self.next(),
            Ok(Told::Answer(answer)) => answer,
            Ok(Told::Finished) => panic!("it ended"),
            Err(error) => panic!("{error}"),
        }
    }

    fn end(self) {
        self.hand(Effect::Quit);
        while !matches!(
            self.told.recv_timeout(Duration::from_secs(60)),
            Ok(Told::Finished)
        ) {}
    }
}

fn find(number: u64) -> Effect {
    let query = ListQuery {
        words: String::new(),
        filters: bacung::domain::Filters::default(),
        sort: Sort::NewestFirst,
        offset: 0,
        limit: 10,
        labels: Vec::new(),
    };
    Effect::QueryList { number, query }
}

/// 200 canaries are kept as typing and saved; no file below the home holds one in clear while the
/// logbook is open, which is what a killed process leaves.
#[test]
fn no_file_holds_in_clear_what_was_typed() {
    let home = Home::new();
    let running = Running::made(&home);
    let canaries: Vec<String> = (0..200).map(|n| format!("{CANARY}-{n:03}")).collect();
    for (n, canary) in (0_u8..).zip(&canaries) {
        let key = TypingKey([n; 16]);
        let bytes = canary.clone().into_bytes();
        running.hand(Effect::KeepTyping { key, bytes });
        assert!(matches!(running.next(), Answer::Kept { key: kept, .. } if kept == key));
    }
    let mut dossier = Dossier::new(Visit::default());
    dossier.visit.value.note = canaries.join(" ");
    let person = (
        PersonId([9; 16]),
        Person {
            name: canaries[0].clone(),
            ..Person::default()
        },
    );
    running.hand(Effect::Save(Box::new(SaveVisit {
        typing: TypingKey([0; 16]),
        dossier,
        places: Vec::new(),
        people: vec![person],
    })));
    assert!(matches!(running.next(), Answer::Saved { .. }));
    let files = home.files();
    assert!(files.iter().any(|(_, content)| content.len() > 100_000));
    // What all canaries share, in the forms that memory and Windows keep text in.
    let utf16: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (path, content) in &files {
        for form in [CANARY.as_bytes(), &utf16] {
            let holds = content.windows(form.len()).any(|window| window == form);
            assert!(!holds, "{} holds a canary", path.display());
        }
    }
    running.end();
}

#[test]
fn typing_that_was_kept_is_there_after_the_next_start() {
    let home = Home::new();
    let running = Running::made(&home);
    let key = TypingKey([7; 16]);
    let bytes = "đang gõ dở".as_bytes().to_vec();
    running.hand(Effect::KeepTyping {
        key,
        bytes: bytes.clone(),
    });
    assert!(matches!(running.next(), Answer::Kept { .. }));
    running.end();

    let running = Running::start(&home);
    running.hand(Effect::Unlock(Secret::new("không phải cụm này".to_owned())));
    assert!(matches!(
        running.next(),
        Answer::Refused(Refusal::WrongPassphrase)
    ));
    running.hand(Effect::Unlock(Secret::new(PASSPHRASE.to_owned())));
    let Answer::Unlocked(unlocked) = running.next() else {
        panic!("is not unlocked");
    };
    assert_eq!(unlocked.typing, [(key, Standing.now(), bytes)]);
    running.end();
}

#[test]
fn a_locked_logbook_answers_nothing_and_opens_again() {
    let home = Home::new();
    let running = Running::made(&home);
    running.hand(find(1));
    assert!(matches!(running.next(), Answer::List { number: 1, .. }));
    running.hand(Effect::Lock);
    assert!(matches!(running.next(), Answer::Locked(_)));
    running.hand(find(2));
    running.hand(Effect::KeepTyping {
        key: TypingKey([1; 16]),
        bytes: vec![1],
    });
    running.hand(Effect::Unlock(Secret::new(PASSPHRASE.to_owned())));
    assert!(matches!(running.next(), Answer::Unlocked(unlocked) if unlocked.typing.is_empty()));
    running.end();
}

#[test]
fn the_passphrase_is_changed_only_by_who_knows_it() {
    let home = Home::new();
    let running = Running::made(&home);
    let change = |old: &str, new: &str| Effect::ChangePassphrase {
        old: Secret::new(old.to_owned()),
        new: Secret::new(new.to_owned()),
    };
    running.hand(change("không phải cụm này", "cụm mới dài hơn"));
    assert!(matches!(
        running.next(),
        Answer::Refused(Refusal::WrongPassphrase)
    ));
    running.hand(change(PASSPHRASE, "ngắn"));
    assert!(matches!(
        running.next(),
        Answer::Refused(Refusal::ShortPassphrase)
    ));
    running.hand(change(PASSPHRASE, "cụm mới dài hơn"));
    assert!(matches!(running.next(), Answer::PassphraseChanged));
    running.end();
    let running = Running::start(&home);
    running.hand(Effect::Unlock(Secret::new("cụm mới dài hơn".to_owned())));
    assert!(matches!(running.next(), Answer::Unlocked(_)));
    running.end();
}

/// What was read of a period is kept while nothing changes, and read anew once something does.
#[test]
fn numbers_are_those_of_the_last_change() {
    let home = Home::new();
    let running = Running::made(&home);
    let setup = Arc::new(setup());
    let today = Standing.today();
    let period = Period::of(today, Span::Month, Basis::Calendar).expect("a month");
    let visits = |number: u64| {
        let setup = setup.clone();
        running.hand(Effect::Report(ReportAsk::Numbers {
            number,
            period,
            today,
            setup,
        }));
        let Answer::Report(ReportTold::Numbers { seen, .. }) = running.next() else {
            panic!("numbers are answered");
        };
        let mut lines = seen.lines.into_iter();
        let line = lines.find(|line| line.id == TallyId::Visits);
        line.expect("a line").value
    };
    assert_eq!(visits(1), Value::Count(0));
    let dossier = Dossier::new(Visit {
        site: Some(bacung::domain::Site::Text("Nà Khá".to_owned())),
        to: Some(today),
        origin: bacung::domain::Origin::Import,
        ..Visit::default()
    });
    running.hand(Effect::Save(Box::new(SaveVisit {
        typing: TypingKey([1; 16]),
        dossier,
        places: Vec::new(),
        people: Vec::new(),
    })));
    let Answer::Saved { visit, .. } = running.next() else {
        panic!("it is saved");
    };
    assert_eq!(visits(2), Value::Count(0), "a draft counts nowhere");
    running.hand(Effect::Send(visit));
    assert!(matches!(running.next(), Answer::Sent { .. }));
    assert_eq!(visits(3), Value::Count(1));
    assert_eq!(visits(4), Value::Count(1));
    running.end();
}

/// A decision about two visits is answered when its commit has returned, and the pair is no more asked about.
#[test]
fn a_decision_about_two_visits_is_saved_and_ends_the_question() {
    let home = Home::new();
    let running = Running::made(&home);
    let mut dossier = Dossier::new(Visit {
        site: Some(bacung::domain::Site::Text("Nà Khá".to_owned())),
        to: Day::from_ymd_opt(2026, 11, 20),
        ..Visit::default()
    });
    dossier.visit.value.team = vec![PersonId([9; 16])];
    let mut visits = Vec::new();
    for n in 0..2 {
        running.hand(Effect::Save(Box::new(SaveVisit {
            typing: TypingKey([n; 16]),
            dossier: dossier.clone(),
            places: Vec::new(),
            people: Vec::new(),
        })));
        match running.next() {
            Answer::Saved { visit, .. } => visits.push(visit),
            _ => panic!("it is saved"),
        }
    }
    let pairs = |number: u64| {
        running.hand(Effect::QueryPairs { number, seen: None });
        match running.next() {
            Answer::Pairs { page, .. } => page.pairs.len(),
            _ => panic!("pairs are answered"),
        }
    };
    assert_eq!(pairs(1), 1);
    let pair = (visits[0], visits[1]);
    let verdict = bacung::domain::Verdict::Dismissed;
    running.hand(Effect::Decide { pair, verdict });
    assert!(matches!(running.next(), Answer::Decided { pair: said, .. } if said == pair));
    assert_eq!(pairs(2), 0);
    running.end();
}

#[test]
fn a_table_is_written_while_the_logbook_is_open_and_given_up_when_it_locks() {
    let home = Home::new();
    let running = Running::made(&home);
    let path = home.path().join("a.csv");
    let export = || {
        let Effect::QueryList { query, .. } = find(0) else {
            panic!("asks for a list");
        };
        Effect::Export(Box::new(ExportTable {
            table: Table::Visits,
            format: Format::Csv,
            query,
            path: path.to_str().expect("UTF-8").to_owned(),
            language: Language::Vi,
            setup: Arc::new(setup()),
        }))
    };
    running.hand(export());
    assert!(matches!(running.next(), Answer::Exported { rows: 0, .. }));
    assert!(path.exists());
    running.hand(export());
    running.hand(Effect::Lock);
    // It was written or given up, and in both cases the file is closed before the answer.
    assert!(matches!(
        running.next(),
        Answer::Exported { .. } | Answer::NotExported(_)
    ));
    assert!(matches!(running.next(), Answer::Locked(_)));
    running.end();
}

#[test]
fn a_backup_and_a_compaction_are_made_behind_the_screen() {
    let home = Home::new();
    let running = Running::made(&home);
    let ended = |running: &Running| loop {
        match running.next() {
            Answer::Working { done, total } => assert!(done <= total),
            other => return other,
        }
    };
    let target = home.path().join("so.backup");
    let target = target.to_str().expect("UTF-8").to_owned();
    running.hand(Effect::BackUp(target.clone()));
    let made = ended(&running);
    assert!(matches!(made, Answer::BackedUp { entries: 3, .. }));
    running.hand(Effect::BackUp(target.clone()));
    let again = ended(&running);
    let exists = |path: &str| Refusal::Keep(bacung::app::KeepRefusal::Exists { path: path.into() });
    assert!(matches!(again, Answer::Refused(refusal) if refusal == exists(&target)));
    running.hand(Effect::Compact(Secret::new(
        "không phải cụm này".to_owned(),
    )));
    let wrong = ended(&running);
    assert!(matches!(wrong, Answer::Refused(Refusal::WrongPassphrase)));
    running.hand(Effect::Compact(Secret::new(PASSPHRASE.to_owned())));
    assert!(matches!(ended(&running), Answer::Compacted { .. }));
    // The logbook goes on under its new key, for both threads.
    running.hand(find(1));
    assert!(matches!(running.next(), Answer::List { number: 1, .. }));
    let key = TypingKey([7; 16]);
    let bytes = vec![1, 2, 3];
    running.hand(Effect::KeepTyping { key, bytes });
    assert!(matches!(running.next(), Answer::Kept { .. }));
    running.end();
    let running = Running::start(&home);
    running.hand(Effect::Unlock(Secret::new(PASSPHRASE.to_owned())));
    assert!(matches!(running.next(), Answer::Unlocked(unlocked) if unlocked.typing.len() == 1));
    running.end();
}
