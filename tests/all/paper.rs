//! Papers from logbooks: what they say, who may have them, and that a disk that fails leaves no half.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use bacung::app::{Keymap, Setup};
use bacung::config::catalogue::Catalogue;
use bacung::config::units::Communes;
use bacung::domain::tally::Narrow;
use bacung::domain::*;
use bacung::i18n::{Catalog, Language};
use bacung::runtime::numbers::Ask;
use bacung::runtime::outfile::{OutDisk, RealDisk};
use bacung::runtime::paper::{NoPaper, PaperOrder, PaperWork, Wanted, Written};
use calamine::{Data, Reader as _, open_workbook_auto};
use redb::backends::InMemoryBackend;

use crate::harness::home::Home;
use crate::harness::logbook::{Logbook, day, visit, with_activity, with_concern};
use crate::harness::outdisk::Failing;

fn order(kind: PaperKind, period: &str, format: PaperFormat, path: &Path) -> PaperOrder {
    let ask = Ask {
        period: Period::named(period, Basis::Calendar).expect("a period"),
        unit: None,
        narrow: Narrow::Sent,
    };
    PaperOrder {
        wanted: Wanted::Period(kind, ask),
        format,
        path: path.to_owned(),
        at: Stamp(1_795_000_000_000),
        today: day("2026-11-23"),
    }
}

fn write_on<D: OutDisk>(
    logbook: &mut Logbook,
    order: &PaperOrder,
    disk: &D,
) -> Result<Written, NoPaper> {
    let setup = Setup::new(
        Catalogue::built_in(),
        Communes::built_in(),
        Keymap::built_in(),
    );
    let reader = logbook.store.reader();
    let work = PaperWork {
        reader: &reader,
        setup: &setup,
        speech: &Catalog::new(Language::Vi),
        disk,
        logbook: Path::new("/no/logbook"),
    };
    let moment = logbook.moment();
    let mut shown = |names: &[_]| logbook.store.show_all(names, moment, &mut logbook.ids);
    work.run(order, &mut shown)
}

fn complaint(mut dossier: Dossier) -> Dossier {
    dossier = with_concern(dossier, "Thu hồi đất", None);
    dossier.visit.value.origin = Origin::Import;
    dossier.concerns[0].concern.value.kind = Some(ConcernKind::Complaint);
    dossier.concerns[0].particulars = Some(Versioned::new(Particulars {
        concern: None,
        raised_by: RaisedBy::Citizen(Citizen {
            name: "Ma Thị Lan".to_owned(),
            ..Citizen::default()
        }),
        said: "Đất bị thu hồi mà chưa được đền bù".to_owned(),
        wish: String::new(),
    }));
    dossier
}

#[test]
fn a_full_disk_leaves_the_old_paper_or_the_new_one() {
    let home = tempfile::tempdir().expect("a folder");
    let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Officer);
    logbook.save(with_activity(
        visit("x", Some("2026-10-05")),
        "road",
        "rải đá",
    ));
    for (_, format) in PaperFormat::ALL {
        let path = home.path().join(format!("a.{}", format.as_str()));
        let order = order(PaperKind::Monthly, "2026-10", format, &path);
        write_on(&mut logbook, &order, &RealDisk).expect("is written");
        let new = fs::read(&path).expect("is there");
        let mut failed = 0;
        for steps in 0.. {
            fs::write(&path, b"old").expect("is written");
            let disk = Failing::after(steps, io::ErrorKind::StorageFull);
            let done = write_on(&mut logbook, &order, &disk);
            let there = fs::read(&path).expect("is there");
            assert!(
                there == new || there == b"old",
                "{format:?} after {steps} steps"
            );
            assert_eq!(fs::read_dir(home.path()).expect("is there").count(), 1);
            if done.is_ok() {
                assert!(there == new);
                break;
            }
            failed += 1;
        }
        assert!(failed > 4, "{format:?}: only {failed} places to fail");
        fs::remove_file(&path).expect("is removed");
    }
}

#[test]
fn the_record_of_a_complaint_is_written_down_as_shown_and_is_of_complaints_only() {
    let home = tempfile::tempdir().expect("a folder");
    let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Officer);
    let heard = logbook
        .save(complaint(visit("x", Some("2026-11-05"))))
        .visit;
    let other = with_concern(visit("y", Some("2026-11-05")), "Đèn đường", None);
    let other = logbook.save(other).visit;
    let concern = |logbook: &Logbook, visit| {
        let dossier = logbook.store.reader().dossier(visit).expect("is read");
        let concerns = dossier.expect("stands").concerns;
        EntityId::from(concerns[0].concern.id.expect("is saved"))
    };
    let path = home.path().join("a.html");
    let mut oral = order(PaperKind::Register, "2026-11", PaperFormat::Html, &path);
    let Wanted::Period(_, ask) = oral.wanted.clone() else {
        unreachable!("a paper of a period");
    };
    oral.wanted = Wanted::Oral(concern(&logbook, other), ask.clone());
    let refused = write_on(&mut logbook, &oral, &RealDisk);
    assert!(matches!(refused, Err(NoPaper::NoComplaint)));
    oral.wanted = Wanted::Oral(heard.into(), ask.clone());
    let refused = write_on(&mut logbook, &oral, &RealDisk);
    assert!(matches!(refused, Err(NoPaper::NoComplaint)));
    let shown = |logbook: &Logbook| {
        let history = logbook
            .store
            .reader()
            .history(heard.into())
            .expect("is read");
        history
            .iter()
            .filter(|line| line.event == HistoryEvent::Shown)
            .count()
    };
    assert_eq!(shown(&logbook), 0);
    assert!(!path.exists());
    oral.wanted = Wanted::Oral(concern(&logbook, heard), ask);
    write_on(&mut logbook, &oral, &RealDisk).expect("is written");
    assert_eq!(shown(&logbook), 1);
    let text = fs::read_to_string(&path).expect("is there");
    assert!(text.contains("Ma Thị Lan") && text.contains("điểm chỉ"));
}

#[test]
fn papers_with_names_are_for_those_who_hold_them() {
    let home = tempfile::tempdir().expect("a folder");
    for (role, held) in [
        (Role::Officer, true),
        (Role::Police, true),
        (Role::Authority, true),
        (Role::Reviewer, false),
        (Role::Superior, false),
    ] {
        let mut logbook = Logbook::create(InMemoryBackend::new(), role);
        let path = home.path().join(format!("{}.docx", role.as_str()));
        let register = order(PaperKind::Register, "2026-11", PaperFormat::Docx, &path);
        let done = write_on(&mut logbook, &register, &RealDisk);
        assert_eq!(done.is_ok(), held, "{role:?}");
        assert_eq!(path.exists(), held, "{role:?}");
    }
}

/// The numbers of a workbook's first sheet, by the words before them.
fn numbers(path: &Path) -> Vec<(String, f64)> {
    let mut book = open_workbook_auto(path).expect("a workbook");
    let sheet = book
        .worksheet_range_at(0)
        .expect("a sheet")
        .expect("is read");
    let number = |row: &[Data]| match row {
        [Data::Float(_), Data::String(name), Data::Float(number), ..] => {
            Some((name.clone(), *number))
        }
        _ => None,
    };
    sheet.rows().filter_map(number).collect()
}

#[test]
fn every_paper_is_written_in_every_format_and_says_what_the_numbers_say() {
    let home = Home::with_demo(60);
    let at = |name: &str| home.path().join(name).to_str().expect("UTF-8").to_owned();
    for (word, _) in PaperKind::ALL {
        for (ending, _) in PaperFormat::ALL {
            let path = at(&format!("{word}.{ending}"));
            let written = home.run(&[
                "report",
                word,
                "2026-10",
                "--as-of",
                "2026-11-23",
                "--format",
                ending,
                "-o",
                &path,
            ]);
            assert_eq!(written.code, 0, "{word} {ending}: {}", written.err);
            assert!(written.out.is_empty(), "{}", written.out);
        }
    }
    let tally = home
        .run(&["tally", "2026-10", "--as-of", "2026-11-23", "--json"])
        .json();
    let numbers = numbers(Path::new(&at("monthly.xlsx")));
    for (id, name) in [
        ("visits", "Chuyến công tác cơ sở"),
        ("activities", "Hoạt động hỗ trợ"),
    ] {
        let said = numbers
            .iter()
            .find(|(said, _)| said == name)
            .expect("is there");
        assert_eq!(Some(said.1), tally["tallies"][id]["value"].as_f64(), "{id}");
    }
    let text = fs::read_to_string(at("monthly.html")).expect("is there");
    assert!(text.contains("<svg") && text.contains("Chưa đủ số liệu:"));
    assert!(!text.contains("{{") && !text.contains("ĐẢNG CỘNG SẢN"));
    let sheets = fs::read_to_string(at("review-sheet.html")).expect("is there");
    assert!(sheets.contains("T/M CHI BỘ") || sheets.contains("T&#x2f;M CHI BỘ"));
}

#[test]
fn an_empty_period_gives_a_paper_with_an_empty_table_and_a_sentence() {
    let home = Home::with_demo(5);
    let path = home.path().join("a.xlsx");
    let path = path.to_str().expect("UTF-8");
    let asked = [
        "report", "monthly", "2019-01", "--format", "xlsx", "-o", path,
    ];
    let written = home.run(&asked);
    assert_eq!(written.code, 0, "{}", written.err);
    assert!(
        written.err.contains("chưa có bản ghi nào"),
        "{}",
        written.err
    );
    assert!(numbers(Path::new(path)).is_empty());
    let mut book = open_workbook_auto(path).expect("a workbook");
    let sheet = book
        .worksheet_range_at(0)
        .expect("a sheet")
        .expect("is read");
    let head = Data::String("Chỉ tiêu".to_owned());
    assert!(sheet.used_cells().any(|(_, _, cell)| *cell == head));
    for (more, code) in [
        (&["--format", "pdf", "-o", path][..], 2),
        (&["--format", "docx", "-o", path][..], 1),
        (&["--format", "docx", "-o", "/no/such/folder/a.docx"][..], 1),
    ] {
        let refused = home.run(&[&["report", "monthly", "2019-01"], more].concat());
        assert_eq!(refused.code, code, "{more:?}: {}", refused.err);
        assert!(!refused.err.is_empty());
    }
}

#[test]
fn an_office_may_change_letterhead_and_template_and_an_error_is_said_with_its_line() {
    let home = Home::with_demo(5);
    let config = home.environment();
    let config = config.iter().find(|(name, _)| *name == "XDG_CONFIG_HOME");
    let Some((_, config)) = config else {
        // The folder lies elsewhere on this system.
        return;
    };
    let folder = config.join("bacung").join("report");
    fs::create_dir_all(&folder).expect("is made");
    fs::write(
        folder.join("paper.toml"),
        "[administrative]\nplace = \"Nà Hang\"\n",
    )
    .expect("is written");
    let path = home.path().join("a.html");
    let asked = [
        "report",
        "monthly",
        "2026-10",
        "--format",
        "html",
        "-o",
        path.to_str().expect("UTF-8"),
    ];
    assert_eq!(home.run(&asked).code, 0);
    let mut text = String::new();
    let mut file = fs::File::open(&path).expect("is there");
    file.read_to_string(&mut text).expect("text");
    assert!(text.contains("Nà Hang, ngày"), "the place is named");
    fs::write(folder.join("administrative.html"), "<p>\n{{ title.x.y }}\n").expect("is written");
    let refused = home.run(&asked);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("administrative.html, dòng 2"),
        "{}",
        refused.err
    );
    fs::write(folder.join("administrative.html"), "{% if %}").expect("is written");
    let refused = home.run(&["list", "visits"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("administrative.html, dòng 1"),
        "{}",
        refused.err
    );
}
