//! What a person sees: every screen in both languages on two sizes, empty, usual and overfull.

mod capture;
mod coverage;
mod export;
mod half_typed;
mod import;
mod keep;
mod keys;
mod owed;
mod pairs;
mod personal;
mod places;
mod quarantine;
mod records;
mod report;
mod sample;
mod shared;
mod stage;

use bacung::app::{Failure, Logbook};
use bacung::i18n::Language;
use stage::{SIZES, Stage};

/// Stamps a snapshot of a screen for each language and size.
fn shots(name: &str, make: impl Fn(Language, (u16, u16)) -> Stage) {
    for language in Language::ALL {
        for size in SIZES {
            let mut stage = make(language, size);
            let name = format!("{name}-{}-{}x{}", language.code(), size.0, size.1);
            insta::assert_snapshot!(name, stage.screen());
        }
    }
}

#[test]
fn first_run() {
    shots("first_run_language", |language, size| {
        Stage::new(Logbook::Missing, language, size)
    });
    shots("first_run_person", |language, size| {
        let mut stage = Stage::new(Logbook::Missing, language, size);
        stage.keys("<enter>Hoàng Thị Bế<enter>Đại úy<enter>Cong an na ha<down>");
        stage
    });
    shots("first_run_role", |language, size| {
        let mut stage = Stage::new(Logbook::Missing, language, size);
        stage.keys("<enter>Bế<enter><enter>Công an xã<enter><down>");
        stage
    });
    shots("first_run_passphrase", |language, size| {
        let mut stage = Stage::new(Logbook::Missing, language, size);
        stage.keys("<enter>Bế<enter><enter>Công an xã<enter><enter>suối lớn nhà sàn<f3>");
        stage
    });
    shots("first_run_recovery", |language, size| {
        stage::at_recovery(language, size)
    });
    shots("first_run_repeat", |language, size| {
        let mut stage = stage::at_recovery(language, size);
        stage.keys("<enter>XXXXXX<enter>");
        stage
    });
}

#[test]
fn unlocking() {
    shots("unlock", |language, size| {
        let mut stage = Stage::new(Logbook::Present, language, size);
        stage.keys("mat khau");
        stage
    });
    shots("unlock_wrong", |language, size| {
        let mut stage = Stage::new(Logbook::Present, language, size);
        stage.keys("mat khau<enter>");
        stage.answer(bacung::app::Answer::Refused(
            bacung::app::Refusal::WrongPassphrase,
        ));
        stage
    });
}

#[test]
fn today() {
    shots("today_empty", |language, size| {
        let mut stage = Stage::open(language, size, sample::no_names());
        stage.today(sample::today_empty());
        stage
    });
    shots("today", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.today(sample::today());
        stage.keys("<down>");
        stage
    });
    shots("today_overfull", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.today(sample::today_overfull());
        stage.keys("<end>");
        stage
    });
}

#[test]
fn visits() {
    shots("visits_empty", |language, size| {
        let mut stage = Stage::open(language, size, sample::no_names());
        stage.keys("2");
        stage.list(sample::page(0, 0));
        stage
    });
    shots("visits", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.keys("2");
        stage.list(sample::page(7, 7));
        stage.dossier(sample::dossier());
        stage
    });
    shots("visits_searched", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.keys("2m<enter>pban lam<enter>/nguyen ban");
        stage.list(sample::page(7, 42));
        stage.dossier(sample::dossier());
        stage
    });
    shots("visits_overfull", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.keys("2");
        stage.list(sample::page(200, 1_234_567));
        stage.keys("<page-down><page-down><down>");
        stage.list(sample::page(200, 1_234_567));
        stage
    });
    shots("visits_none_match", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.keys("/khong co");
        stage.list(sample::page(0, 42));
        stage
    });
}

#[test]
fn one_visit() {
    shots("detail", stage::at_visit);
    shots("detail_empty", |language, size| {
        let mut stage = stage::at_visit(language, size);
        stage.dossier_of(bacung::domain::Dossier::new(
            bacung::domain::Visit::default(),
        ));
        stage
    });
    shots("detail_overfull", |language, size| {
        let mut stage = stage::at_visit(language, size);
        stage.dossier_of(sample::overfull());
        stage.keys("<end>");
        stage
    });
    shots("detail_names", |language, size| {
        let mut stage = stage::at_visit(language, size);
        stage.keys("v<page-down><page-down>");
        stage
    });
    shots("detail_history", |language, size| {
        let mut stage = stage::at_visit(language, size);
        stage.keys("l");
        stage
    });
    shots("detail_withdraw", |language, size| {
        let mut stage = stage::at_visit(language, size);
        stage.keys("r<enter>");
        stage
    });
    shots("detail_send_lacks", |language, size| {
        let mut stage = stage::at_visit(language, size);
        stage.dossier_of(sample::lacking());
        stage.keys("g");
        stage
    });
}

#[test]
fn on_top() {
    shots("help", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.today(sample::today());
        stage.keys("?");
        stage
    });
    shots("palette", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.today(sample::today());
        stage.keys("<ctrl-p>");
        stage
    });
}

#[test]
fn settings() {
    shots("settings", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.keys("c<down>");
        stage
    });
    shots("settings_passphrase", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        stage.keys("c<down><down><down><enter>mot hai ba<enter>ngan<enter>ngan<enter>");
        stage
    });
}

#[test]
fn failures() {
    shots("damaged", |language, size| {
        let mut stage = Stage::open(language, size, sample::names());
        let path = "/home/be/bacung/logbook.redb".to_owned();
        stage.answer(bacung::app::Answer::Failed(Failure::Damaged { path }));
        stage
    });
    let mut stage = Stage::open(Language::Vi, (59, 19), sample::names());
    insta::assert_snapshot!("too_small-vi", stage.screen());
}

/// The narrowest screen that promises everything.
#[test]
fn sixty_by_twenty() {
    let small = (60, 20);
    let mut stage = Stage::open(Language::Vi, small, sample::names());
    stage.today(sample::today());
    insta::assert_snapshot!("today-vi-60x20", stage.screen());
    stage.keys("2");
    stage.list(sample::page(7, 7));
    insta::assert_snapshot!("visits-vi-60x20", stage.screen());
    let mut stage = stage::at_visit(Language::Vi, small);
    insta::assert_snapshot!("detail-vi-60x20", stage.screen());
}
