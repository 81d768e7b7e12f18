//! Open concerns by the hundred thousand: the day's screen, dates reckoned anew, one deadline.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use bacung::config::law::LawFiles;
use bacung::domain::{
    Concern, ConcernFile, ConcernKind, Day, Dossier, Stamp, Then, Versioned, Visit,
};
use bacung::journal::StreamIds;
use bacung::law::Law;
use bacung::law::deadline::{Circumstances, Facts, Starts};
use bacung::law::pressing::Targets;
use bacung::law::rules::{Instance, Kind, Trigger};
use bacung::store::{Reckoner, SaveDossier};

use crate::corpus::today;
use crate::ours;
use crate::table::{Table, Times, ms};

/// Concerns of one visit, and visits of one commit.
const EACH: u64 = 10;
const BATCH: u64 = 100;

fn reckoner(law: &Arc<Law>, hand_over: u16) -> Reckoner {
    let targets = Targets { hand_over, tell: 5 };
    Reckoner {
        law: law.clone(),
        targets,
        digest: law.digest(targets),
    }
}

fn day(at: u64) -> Day {
    today() - chrono::Days::new(at % 60)
}

fn visit(at: u64) -> SaveDossier {
    let mut dossier = Dossier::new(Visit {
        from: Some(day(at)),
        to: Some(day(at)),
        ..Visit::default()
    });
    let concern = |n: u64| ConcernFile {
        concern: Versioned::new(Concern {
            kind: Some(ConcernKind::ALL[usize::try_from(n % 3).expect("below three")]),
            line: format!("Đường vào thôn lầy lội, điểm {}", at * EACH + n),
            ..Concern::default()
        }),
        particulars: None,
    };
    dossier.concerns = (0..EACH).map(concern).collect();
    SaveDossier {
        dossier,
        places: Vec::new(),
        people: Vec::new(),
        typing: None,
    }
}

/// Measures with so many open concerns.
pub fn measure(path: &Path, concerns: u64, table: &mut Table) {
    let law = Arc::new(LawFiles::built_in().law());
    let mut ids = StreamIds::from_seed([3; 32]);
    let mut store = ours::create(path, &mut ids);
    let moment = ours::moment(Stamp(1_700_000_000_000));
    for batch in 0..concerns / EACH / BATCH {
        let visits = (batch * BATCH..(batch + 1) * BATCH).map(|at| (visit(at), Then::StaysDraft));
        store
            .save_all(visits.collect(), moment, &mut ids)
            .expect("saved");
    }
    let mut anew = |hand_over| {
        let begun = Instant::now();
        let moved = store.reckon_with(reckoner(&law, hand_over), &mut |_, _| {});
        (moved.expect("reckoned").len(), begun.elapsed())
    };
    anew(3);
    let (moved, took) = anew(4);
    let what = format!("every date of {concerns} open concerns moves");
    let seen = format!("{} ({moved} moved)", ms(took.as_secs_f64() * 1000.0));
    table.alone(&what, seen, "≤ 2 s");
    let reader = store.reader();
    let mut times = Times::default();
    for _ in 0..20 {
        times.time(|| reader.today(today()).expect("today"));
    }
    let both = format!("{} (p99 {})", ms(times.median()), ms(times.p99()));
    table.alone("their screen of today, median", both, "≤ 20 ms");
    deadline(&law, table);
}

/// One deadline with its arithmetic.
fn deadline(law: &Law, table: &mut Table) {
    const MANY: u32 = 20_000;
    let facts = Facts {
        kind: Kind::Complaint,
        instance: Instance::First,
        starts: Starts::default()
            .with(Trigger::Received, Some(today()))
            .with(Trigger::Accepted, Some(today())),
        circumstances: Circumstances::default(),
        extended: 0,
        suspensions: Vec::new(),
    };
    let begun = Instant::now();
    for _ in 0..MANY {
        std::hint::black_box(law.deadlines(std::hint::black_box(&facts)).expect("dates"));
    }
    let each = begun.elapsed() / MANY;
    let each = format!("{:.1} µs", each.as_secs_f64() * 1_000_000.0);
    table.alone("one deadline with its arithmetic", each, "≤ 50 µs");
}
