//! Writing the list to a file: what is asked, what is shown, how it is stopped.

use bacung::app::dialogs::{Dialog, Progress};
use bacung::app::{Answer, Effect};
use bacung::domain::{Format, Table};
use bacung::i18n::Language;
use bacung::i18n::messages::export;

use super::sample;
use super::shots;
use super::stage::Stage;

const SIZE: (u16, u16) = (100, 30);

fn at_list(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.keys("2");
    stage.list(sample::page(7, 7));
    stage
}

fn progress(stage: &Stage) -> Option<&Progress> {
    stage.model.dialogs.iter().find_map(|dialog| match dialog {
        Dialog::Export(export) => Some(&export.progress),
        Dialog::Help(_)
        | Dialog::Pick(_)
        | Dialog::Ask(_)
        | Dialog::Passphrase(_)
        | Dialog::Send(_)
        | Dialog::Import(_)
        | Dialog::Tend(_)
        | Dialog::Compact(_)
        | Dialog::Personal(_)
        | Dialog::Confirm(_)
        | Dialog::Work(_) => None,
    })
}

#[test]
fn the_list_is_written_as_it_is_filtered() {
    let mut stage = at_list(Language::Vi, SIZE);
    stage.keys("m<enter>/pac ban<enter>x");
    stage.keys("<down><down><tab><up><enter>");
    let [Effect::Export(table)] = &stage.effects[..] else {
        panic!("a table is asked for");
    };
    assert_eq!((table.table, table.format), (Table::Visits, Format::Json));
    assert_eq!(table.query.words, "pac ban");
    assert!(table.query.filters.from.is_some());
    assert_eq!(table.path, "~/chuyen-2026-11.json");
}

#[test]
fn a_name_that_was_typed_is_kept() {
    let mut stage = at_list(Language::En, SIZE);
    stage.keys("x<tab><tab><down>");
    stage.keys("<tab><tab><ctrl-u>/tmp/a.xlsx<tab><tab><down><enter>");
    let [Effect::Export(table)] = &stage.effects[..] else {
        panic!("a table is asked for");
    };
    assert_eq!(
        (table.table, table.format),
        (Table::Activities, Format::Csv)
    );
    assert_eq!(table.path, "/tmp/a.csv");
}

#[test]
fn it_is_stopped_refused_and_done() {
    let mut stage = at_list(Language::Vi, SIZE);
    stage.keys("x<enter>");
    stage.answer(Answer::Exporting { done: 3, total: 9 });
    assert_eq!(
        progress(&stage),
        Some(&Progress::Writing { done: 3, total: 9 })
    );
    stage.keys("<esc>");
    assert!(matches!(stage.effects[..], [Effect::StopExport]));
    stage.answer(Answer::NotExported(export::stopped()));
    assert_eq!(
        progress(&stage),
        Some(&Progress::Asking(Some(export::stopped())))
    );
    stage.keys("<enter>");
    let path = "~/a.xlsx".to_owned();
    stage.answer(Answer::Exported {
        rows: 7,
        cut: 0,
        path,
    });
    assert_eq!(progress(&stage), None);
    stage.keys("x<esc>");
    assert_eq!(progress(&stage), None);
}

#[test]
fn screens() {
    shots("export", |language, size| {
        let mut stage = at_list(language, size);
        stage.keys("x");
        stage
    });
    shots("export_writing", |language, size| {
        let mut stage = at_list(language, size);
        stage.keys("x<enter>");
        let (done, total) = (123_500, 1_234_567);
        stage.answer(Answer::Exporting { done, total });
        stage
    });
    shots("export_refused", |language, size| {
        let mut stage = at_list(language, size);
        stage.keys("x<tab><enter>");
        let path = "~/chuyen-2026-11-23.xlsx";
        stage.answer(Answer::NotExported(export::no_room(path)));
        stage
    });
}
