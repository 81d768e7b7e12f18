//! The visits of both: made up, three years of a province, the same in each run.

use bacung::demo::{Demo, DemoVisit};
use bacung::domain::Day;

/// Visits of a province over three years.
pub const SPREAD: u64 = 1_000_000;
const SEED: u64 = 7;

pub fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 24).expect("a real day")
}

/// The first visits of the spread, in the order of their days.
pub fn visits(count: u64) -> impl Iterator<Item = DemoVisit> {
    let skipped = SPREAD.max(count) - count;
    // The last ones, so that there are always visits of the present month.
    Demo::new(SEED, SPREAD.max(count), today()).skip(usize::try_from(skipped).expect("fits"))
}

/// All words of a visit's open parts, a line each: what a person typed.
pub fn text(visit: &DemoVisit) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let dossier = &visit.dossier;
    let own = &dossier.visit.value;
    lines.extend([&*own.programme, &own.reviewing_cell, &own.unit, &own.note]);
    for file in &dossier.activities {
        let activity = &file.activity.value;
        lines.extend([&*activity.description, &activity.lead_unit]);
        lines.extend(activity.partners.iter().map(String::as_str));
        lines.extend(activity.confirmation.iter().map(|c| c.by.as_str()));
    }
    for file in &dossier.meetings {
        let meeting = &file.meeting.value;
        lines.extend([&*meeting.body, &meeting.remarks, &meeting.issues]);
        lines.extend(file.promises.iter().map(|p| p.value.text.as_str()));
    }
    let concerns = dossier.concerns.iter();
    lines.extend(concerns.map(|c| c.concern.value.line.as_str()));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The average of [`text`], over ten thousand visits.
pub fn bytes_a_visit() -> f64 {
    let sample = 10_000;
    let bytes: usize = visits(sample).map(|v| text(&v).len()).sum();
    bytes as f64 / sample as f64
}
