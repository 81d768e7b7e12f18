//! The cell's queue and the copies on the screen, by keys.

use bacung::app::dialogs::Dialog;
use bacung::app::{
    Answer, DeviceSeen, Effect, ExchangeSeen, Joined, JoinedState, RequestSeen, RosterDeed, Synced,
};
use bacung::domain::{
    Activity, Beneficiaries, Book, Changed, Code, Concern, ConcernKind, CopyCounts, EntityId,
    EntityKind, Meeting, Part, Quantity, Queued, Role, Say, ShortCode, Since, Stamp, ThreadLine,
    Visit, VisitId, VisitState,
};
use bacung::i18n::Language;

use super::stage::{NOW, Stage};
use super::{sample, shots};

const SIZE: (u16, u16) = (100, 30);

fn queued() -> Vec<Queued> {
    let rows = sample::page(3, 3).rows.into_iter();
    let since = [Since::Changed, Since::New, Since::Seen];
    rows.zip(since)
        .zip(1..)
        .map(|((mut row, since), n)| {
            row.state = VisitState::Sent;
            Queued {
                book: Book::Own,
                unit: "Công an xã Nà Hang".into(),
                row,
                author: "Hoàng Thị Bế".into(),
                revision: [n; 32],
                since,
                own: n == 3,
            }
        })
        .collect()
}

fn thread() -> Vec<ThreadLine> {
    let line = |say, text: &str, who: &str| ThreadLine {
        at: Stamp(NOW.0 - 86_400_000),
        who: who.into(),
        say,
        text: text.into(),
        current: true,
        paper: String::new(),
        on: None,
    };
    vec![
        line(Say::Return, "Thiếu số hộ được giúp", "Nguyễn Văn Hòa"),
        line(Say::Ask, "đã bổ sung 9 hộ", "Hoàng Thị Bế"),
        line(Say::Conclude, "làm tiếp đoạn cuối", "Nguyễn Văn Hòa"),
    ]
}

/// Answers every query that may be waited for.
fn queue(stage: &mut Stage, rows: &[Queued]) {
    for number in 0..100 {
        let rows = rows.to_vec();
        stage.answer(Answer::ReviewQueue { number, rows });
    }
}

/// A canal grew longer, its households were told, and a concern was added.
fn changes(visit: VisitId) -> Vec<Changed> {
    let part = |kind, n| EntityId { kind, id: [n; 16] };
    let canal = |metres: u64, households| {
        let of = Beneficiaries {
            kind: Code::new("poor").ok(),
            households: Some(households),
            ..Beneficiaries::default()
        };
        Some(Part::Activity(Activity {
            category: Code::new("canal").ok(),
            amount: Some(Quantity(metres * 1000)),
            measure: Code::new("m").ok(),
            beneficiaries: if households > 0 { vec![of] } else { Vec::new() },
            ..Activity::default()
        }))
    };
    let note = |note: &str| {
        Some(Part::Visit(Visit {
            note: note.into(),
            ..Visit::default()
        }))
    };
    let concern = Concern {
        line: "Đèn đường đoạn qua suối tối".into(),
        kind: Some(ConcernKind::Recommendation),
        ..Concern::default()
    };
    vec![
        Changed {
            about: visit.into(),
            before: note("đường trơn"),
            now: note(""),
            fields: vec!["note"],
        },
        Changed {
            about: part(EntityKind::Activity, 1),
            before: canal(120, 0),
            now: canal(140, 9),
            fields: vec!["amount", "beneficiaries"],
        },
        Changed {
            about: part(EntityKind::Concern, 2),
            before: None,
            now: Some(Part::Concern(concern)),
            fields: vec!["kind", "line"],
        },
        Changed {
            about: part(EntityKind::Meeting, 3),
            before: Some(Part::Meeting(Meeting::default())),
            now: None,
            fields: vec!["kind"],
        },
    ]
}

fn review(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.today(sample::today());
    stage.keys("5");
    queue(&mut stage, &queued());
    let visit = queued()[0].row.id;
    stage.answer(Answer::ReviewOf {
        visit,
        thread: thread(),
        changes: changes(visit),
    });
    stage
}

fn said(stage: &Stage) -> Option<(VisitId, Say, String, [u8; 32])> {
    stage.effects.iter().find_map(|effect| match effect {
        Effect::Review {
            visit,
            say,
            text,
            seen,
        } => Some((*visit, *say, text.clone(), *seen)),
        _ => None,
    })
}

#[test]
fn the_queue_shows_what_changed_and_what_was_said() {
    shots("review", review);
    shots("review_empty", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.today(sample::today());
        stage.keys("5");
        queue(&mut stage, &[]);
        stage
    });
}

#[test]
fn what_is_confirmed_is_what_stands_on_the_screen() {
    let mut stage = review(Language::Vi, SIZE);
    let rows = queued();
    stage.keys("l");
    let confirmed = said(&stage).expect("a confirmation");
    assert_eq!(
        confirmed,
        (rows[0].row.id, Say::Confirm, String::new(), [1; 32])
    );
    stage.keys("j");
    assert!(
        stage
            .effects
            .iter()
            .any(|e| matches!(e, Effect::QueryReviewOf(_)))
    );
    stage.keys("r<enter>");
    assert!(said(&stage).is_none(), "a return needs its reason");
    stage.keys("Thiếu ngày công<enter>");
    let returned = said(&stage).expect("a return");
    assert_eq!(returned.1, Say::Return);
    assert_eq!((returned.0, returned.3), (rows[1].row.id, [2; 32]));
    stage.keys("hmấy hộ?<enter>");
    assert_eq!(said(&stage).map(|s| s.1), Some(Say::Ask));
    stage.keys("gLàm tiếp đoạn cuối<enter>");
    assert_eq!(said(&stage).map(|s| s.1), Some(Say::Conclude));
    let code = ShortCode::of(rows[1].row.id.into(), 6);
    let visit = rows[1].row.id;
    stage.answer(Answer::Reviewed {
        visit,
        code,
        say: Say::Return,
    });
    assert!(
        stage
            .effects
            .iter()
            .any(|e| matches!(e, Effect::QueryReview(_)))
    );
    stage.keys("<enter>");
    assert!(
        stage
            .effects
            .iter()
            .any(|e| matches!(e, Effect::QueryDossier(_)))
    );
}

#[test]
fn several_are_listed_before_each_is_confirmed_as_it_stood() {
    shots("review_several", |language, size| {
        let mut stage = review(language, size);
        stage.keys("ml");
        stage
    });
    let mut stage = review(Language::Vi, SIZE);
    let rows = queued();
    // The third is the reviewer's own.
    stage.keys("   l");
    assert!(
        stage.screen().contains("Xác nhận 2 chuyến"),
        "{}",
        stage.screen()
    );
    assert!(
        stage
            .effects
            .iter()
            .all(|e| !matches!(e, Effect::ConfirmAll(_)))
    );
    stage.keys("<enter>");
    let all = stage.effects.iter().find_map(|effect| match effect {
        Effect::ConfirmAll(all) => Some(all.clone()),
        _ => None,
    });
    let of = |n: usize, seen| (Book::Own, rows[n].row.id, [seen; 32]);
    let wanted = vec![of(0, 1), of(1, 2)];
    assert_eq!(all, Some(wanted));
    stage.answer(Answer::ConfirmedAll(2));
    assert!(stage.screen().contains("Đã xác nhận 2 chuyến"));
}

#[test]
fn a_mark_falls_off_what_was_changed_meanwhile() {
    let mut stage = review(Language::Vi, SIZE);
    stage.keys("m");
    let mut rows = queued();
    rows[0].revision = [9; 32];
    queue(&mut stage, &rows);
    stage.keys("l<enter>");
    let all = stage.effects.iter().find_map(|effect| match effect {
        Effect::ConfirmAll(all) => Some(all.clone()),
        _ => None,
    });
    assert_eq!(all, Some(vec![(Book::Own, rows[1].row.id, [2; 32])]));
}

/// A queue of two units, and two logbooks more that are not open.
fn several(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.today(sample::today());
    let join = |at, folder: &str, state| Answer::Joined {
        at,
        joined: Box::new(Joined {
            folder: folder.into(),
            state,
        }),
    };
    let names = Box::new(sample::names());
    stage.answer(join(0, "/home/hoa/so-yen-hoa", JoinedState::Open(names)));
    let why = bacung::i18n::messages::joined::other_passphrase();
    stage.answer(join(1, "/home/hoa/so-mat-tran", JoinedState::Closed(why)));
    stage.answer(join(2, "/media/usb/so", JoinedState::Opening));
    stage.keys("5");
    let mut rows = queued();
    rows[1].book = Book::Joined(0);
    rows[1].unit = "Ủy ban nhân dân xã Yên Hoa".into();
    queue(&mut stage, &rows);
    let visit = rows[0].row.id;
    stage.answer(Answer::ReviewOf {
        visit,
        thread: thread(),
        changes: changes(visit),
    });
    stage
}

#[test]
fn one_queue_of_several_units_reads_and_signs_each_in_its_logbook() {
    shots("review_units", several);
    shots("review_units_several", |language, size| {
        let mut stage = several(language, size);
        stage.keys("ml");
        stage
    });
    let mut stage = several(Language::Vi, SIZE);
    let visit = queued()[1].row.id;
    stage.keys("j");
    let inner = |stage: &Stage| -> Vec<String> {
        let within = stage.effects.iter().filter_map(|effect| match effect {
            Effect::InJoined(0, inner) => Some(match &**inner {
                Effect::QueryReviewOf(of) if *of == visit => "beside",
                Effect::QueryDossier(of) if *of == visit => "dossier",
                Effect::QueryHistory(of) if *of == visit => "history",
                Effect::Review { visit: of, .. } if *of == visit => "word",
                _ => "other",
            }),
            _ => None,
        });
        within.map(str::to_owned).collect()
    };
    assert_eq!(inner(&stage), ["beside"]);
    stage.keys("l");
    assert_eq!(inner(&stage), ["word"]);
    stage.keys("rThiếu ngày công<enter>");
    assert_eq!(inner(&stage), ["word"]);
    stage.keys("<enter>");
    assert_eq!(inner(&stage), ["dossier", "history"]);
    assert_eq!(stage.effects.len(), 2, "nothing is asked of the open one");
    stage.dossier_as(visit);
    for key in ["s", "r", "z", "g", "v"] {
        stage.keys(key);
        assert!(stage.effects.is_empty(), "{key} changes another's visit");
        assert!(stage.model.dialogs.is_empty(), "{key}");
    }
    stage.keys("<esc>t");
    stage.keys("~/so-moi<enter>");
    let join = stage.effects.iter().find_map(|effect| match effect {
        Effect::Join(folder) => Some(folder.clone()),
        _ => None,
    });
    assert_eq!(join.as_deref(), Some("~/so-moi"));
}

fn seen() -> ExchangeSeen {
    let device = |name: &str, held, role| DeviceSeen {
        device: [held as u8; 16],
        keeper: false,
        name: name.into(),
        role: Some(role),
        held,
        last: Some(NOW),
        revoked: false,
    };
    ExchangeSeen {
        counts: CopyCounts {
            local: 3,
            copied: 9,
            received: 1_192,
        },
        last: Some((NOW, "/media/usb/bacung".into())),
        devices: vec![
            device("Nguyễn Văn Hòa", 8_412, Role::Officer),
            DeviceSeen {
                revoked: true,
                ..device("Chi bộ Bản Lãm", 1_077, Role::Reviewer)
            },
        ],
        let_in: true,
        keeper: true,
    }
}

fn exchange(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.today(sample::today());
    stage.keys("7");
    for number in 0..100 {
        let seen = seen();
        stage.answer(Answer::Exchange { number, seen });
    }
    stage
}

#[test]
fn the_copies_are_shown() {
    shots("exchange", exchange);
    shots("exchange_alone", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.today(sample::today());
        stage.keys("7");
        for number in 0..100 {
            let seen = ExchangeSeen {
                let_in: true,
                ..ExchangeSeen::default()
            };
            stage.answer(Answer::Exchange { number, seen });
        }
        stage
    });
}

#[test]
fn an_exchange_asks_where_and_says_what_came() {
    let mut stage = exchange(Language::Vi, SIZE);
    stage.keys("g");
    assert!(matches!(stage.model.dialogs.last(), Some(Dialog::Ask(_))));
    stage.keys("<enter>");
    let place = stage.effects.iter().find_map(|effect| match effect {
        Effect::Sync(place) => Some(place.clone()),
        _ => None,
    });
    assert_eq!(
        place.as_deref(),
        Some("/media/usb/bacung"),
        "the last place is offered"
    );
    stage.answer(Answer::Working { done: 3, total: 7 });
    assert!(matches!(stage.model.dialogs.last(), Some(Dialog::Work(_))));
    stage.keys("<esc>");
    assert!(stage.effects.iter().any(|e| matches!(e, Effect::StopWork)));
    let did = Synced {
        taken: 38,
        given: 2,
        ..Synced::default()
    };
    let names = Box::new(sample::names());
    stage.answer(Answer::Synced { did, names });
    assert!(stage.model.dialogs.is_empty());
    assert!(stage.screen().contains("38"));
    assert!(
        stage
            .effects
            .iter()
            .any(|e| matches!(e, Effect::QueryExchange(_)))
    );
}

fn deed(stage: &Stage) -> Option<(RosterDeed, String)> {
    stage.effects.iter().find_map(|effect| match effect {
        Effect::Roster { deed, name, .. } => Some((*deed, name.clone())),
        _ => None,
    })
}

#[test]
fn a_keeper_names_another_and_shuts_out_by_name() {
    let mut stage = exchange(Language::Vi, SIZE);
    stage.keys("l<enter>");
    let named = Some((RosterDeed::NameKeeper, "Nguyễn Văn Hòa".to_owned()));
    assert_eq!(deed(&stage), named);
    stage.keys("x<enter>Hòa<enter>");
    assert_ne!(
        deed(&stage).map(|d| d.0),
        Some(RosterDeed::ShutOut),
        "not by half a name"
    );
    stage.keys("<esc>x<enter>Nguyễn Văn Hòa<enter>");
    assert_eq!(deed(&stage).map(|d| d.0), Some(RosterDeed::ShutOut));
    let name = "Nguyễn Văn Hòa".to_owned();
    stage.answer(Answer::RosterChanged {
        deed: RosterDeed::ShutOut,
        name,
    });
    assert!(stage.screen().contains("ra khỏi sổ"));
}

fn request() -> RequestSeen {
    RequestSeen {
        name: "Nguyễn Văn Hòa".into(),
        role: Role::Reviewer,
        cell: "Bản Lãm".into(),
        words: "bơ cham lui mưa thoi ngam".into(),
        bytes: vec![7],
    }
}

#[test]
fn a_keeper_invites_and_lets_in_whose_last_word_was_heard() {
    shots("exchange_invited", |language, size| {
        let mut stage = exchange(language, size);
        let (path, words) = ("/media/usb/moi".to_owned(), request().words);
        stage.answer(Answer::Invited { path, words });
        stage
    });
    shots("exchange_admit", |language, size| {
        let mut stage = exchange(language, size);
        stage.answer(Answer::RequestRead(Box::new(request())));
        stage
    });
    let mut stage = exchange(Language::Vi, SIZE);
    stage.keys("mduyệt<enter>");
    stage.keys("<enter>");
    assert!(stage.effects.is_empty(), "a reviewer needs a cell");
    stage.keys("Bản Lãm<enter>");
    assert!(
        stage.screen().contains("không bao giờ"),
        "{}",
        stage.screen()
    );
    stage.keys("/media/usb/moi<enter>");
    let invited = stage.effects.iter().find_map(|effect| match effect {
        Effect::Invite { role, cell, path } => Some((*role, cell.clone(), path.clone())),
        _ => None,
    });
    let wanted = (Role::Reviewer, "Bản Lãm".into(), "/media/usb/moi".into());
    assert_eq!(invited, Some(wanted));
    stage.keys("p/media/usb/yeu-cau<enter>");
    let asked = |e: &Effect| matches!(e, Effect::ReadRequest(path) if path.ends_with("yeu-cau"));
    assert!(stage.effects.iter().any(asked));
    let admits = |stage: &Stage| stage.effects.iter().any(|e| matches!(e, Effect::Admit(_)));
    for heard in ["<enter>", "bơ<enter>"] {
        stage.answer(Answer::RequestRead(Box::new(request())));
        stage.keys(heard);
        assert!(!admits(&stage), "{heard} was not the last word");
        stage.keys("<esc>");
        assert!(!admits(&stage));
    }
    stage.answer(Answer::RequestRead(Box::new(request())));
    stage.keys("Ngam<enter>");
    assert!(admits(&stage));
    stage.answer(Answer::Admitted(request().name));
    assert!(stage.screen().contains("Đã nhận Nguyễn Văn Hòa"));
    let mut plain = Stage::open(Language::Vi, SIZE, sample::names());
    plain.keys("7");
    for number in 0..100 {
        let seen = ExchangeSeen {
            keeper: false,
            ..seen()
        };
        plain.answer(Answer::Exchange { number, seen });
    }
    for key in ["m", "p"] {
        plain.keys(key);
        assert!(plain.model.dialogs.is_empty(), "only a keeper");
    }
}
