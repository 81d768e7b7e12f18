//! What the screen of numbers and papers is told.

use crate::app::report::ReportTold;
use crate::app::screens::report::ask;
use crate::app::{Effect, Model};
use crate::i18n::messages::{paper, report};

pub(super) fn take(model: &mut Model, told: ReportTold) -> Vec<Effect> {
    match told {
        ReportTold::Numbers { number, seen } => {
            if let Some(session) = model.session_mut() {
                session.take_numbers(number, seen);
            }
            Vec::new()
        }
        ReportTold::Behind { number, behind } => {
            if let Some(session) = model.session_mut() {
                session.take_behind(number, behind);
            }
            Vec::new()
        }
        ReportTold::Written { path } => {
            model.done(report::written(path));
            Vec::new()
        }
        ReportTold::Closed(period) => {
            model.done(paper::closed(period.from, period.to));
            ask(model)
        }
    }
}
