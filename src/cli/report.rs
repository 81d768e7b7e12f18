//! `report`: a paper of a period, or the record of an oral complaint, to a file.

use super::args::Reported;
use super::desk::Desk;
use super::stop::{Exit, Stop};
use crate::domain::tally::Narrow;
use crate::domain::{Basis, EntityId, PaperFormat, Period};
use crate::i18n::messages::{paper, tally};
use crate::runtime::logbook::moment;
use crate::runtime::numbers::Ask;
use crate::runtime::outfile::RealDisk;
use crate::runtime::paper::{NoPaper, PaperOrder, PaperWork, Wanted, Written};
use crate::runtime::{Clock, trouble};
use crate::text::clean::for_screen;

/// Writes the paper.
pub fn run(desk: &Desk, asked: Reported) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let setup = desk.setup()?;
    let reader = logbook.store.reader();
    let today = desk.clock.today();
    let (wanted, format, path) = match asked {
        Reported::Period {
            kind,
            period,
            unit,
            format,
            path,
        } => (Wanted::Period(kind, ask(period, unit)), format, path),
        Reported::Oral { code, format, path } => {
            if format == PaperFormat::Xlsx {
                return Err(Stop::usage(paper::no_xlsx()));
            }
            let day = Period::free(today, today, Basis::Calendar);
            let day = day.expect("a day ends on itself");
            let entity = desk.find(&reader, &code)?;
            (Wanted::Oral(entity, ask(day, None)), format, path)
        }
    };
    let order = PaperOrder {
        wanted,
        format,
        path,
        at: desk.clock.now(),
        today,
    };
    let work = PaperWork {
        reader: &reader,
        setup: &setup,
        speech: &desk.speech,
        disk: &RealDisk,
        logbook: desk.folder.path(),
    };
    let (store, ids) = (&logbook.store, &mut logbook.ids);
    let mut record = |names: &[EntityId]| store.show_all(names, moment(&desk.clock), ids);
    let written = work.run(&order, &mut record);
    let written = written.map_err(|error| refused(desk, error, &order))?;
    said(desk, &order, written);
    Ok(Exit::Done)
}

fn ask(period: Period, unit: Option<String>) -> Ask {
    Ask {
        period,
        unit,
        narrow: Narrow::Sent,
    }
}

fn refused(desk: &Desk, error: NoPaper, order: &PaperOrder) -> Stop {
    match error {
        NoPaper::NotHeld => Stop::refused(paper::no_particulars()),
        NoPaper::NoComplaint => Stop::refused(paper::only_complaints()),
        NoPaper::Export(error) => {
            let place = (order.path.as_path(), order.format.as_str());
            trouble::export(error, place, &desk.folder.logbook()).into()
        }
    }
}

/// Says beside the paper what its reader must know.
fn said(desk: &Desk, order: &PaperOrder, written: Written) {
    if let Wanted::Period(_, ask) = &order.wanted {
        if ask.period.to >= order.today {
            desk.say(&tally::still_open(order.today));
        }
        match &ask.unit {
            Some(typed) if written.of_nobody => desk.say(&tally::no_such_unit(typed.as_str())),
            Some(_) | None if written.empty => desk.say(&tally::empty()),
            Some(_) | None => {}
        }
    }
    let path = order.path.display().to_string();
    desk.say(&paper::done(for_screen(&path)));
}
