//! From what is known of a petition to its due dates, each with its arithmetic.
//!
//! Owns the reckoning (Civil Code 2015, Arts 147 and 148: the first day is not counted, a last day off
//! moves to the next working day). Gives arithmetic as data; the words are elsewhere.

use chrono::{Datelike, TimeDelta};

use super::calendar::{Calendar, Special, is_weekend};
use super::rules::{
    Extension, Instance, Kind, Length, Limit, Rule, Rules, Step, Suspended, Trigger, Unit,
};
use crate::domain::Day;

mod concern;
mod pieces;
mod suspended;

pub use suspended::{Span, Suspension};

/// What is known of a petition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub kind: Kind,
    /// Which time it is made; means something for complaints only.
    pub instance: Instance,
    pub starts: Starts,
    pub circumstances: Circumstances,
    /// How many times the limit was extended.
    pub extended: u8,
    pub suspensions: Vec<Suspension>,
}

/// The days of the events that start limits, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Starts([Option<Day>; Trigger::ALL.len()]);

impl Starts {
    /// Sets the day of an event.
    #[must_use]
    pub fn with(mut self, trigger: Trigger, day: Option<Day>) -> Self {
        self.0[trigger as usize] = day;
        self
    }

    /// Gives the day of an event.
    pub fn get(&self, trigger: Trigger) -> Option<Day> {
        self.0[trigger as usize]
    }
}

/// What makes a limit longer, each noted with its reason on the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    pub complex: bool,
    /// A remote place that is hard to reach.
    pub remote: bool,
    /// What a denunciation says must be checked in several places.
    pub several_places: bool,
}

/// Which length of a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    Plain,
    Complex,
    Remote,
    ComplexRemote,
    SeveralPlaces,
}

/// A due date, and how it comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    pub rule: &'a Rule,
    /// The day that starts the limit; the first one counted is the next.
    pub from: Day,
    /// With what extensions add.
    pub days: u32,
    pub unit: Unit,
    /// Suspended days that are left out.
    pub suspended_days: u32,
    pub due: Day,
    /// The next working day where `due` is off.
    pub due_moved: Day,
    pub arithmetic: Vec<Piece<'a>>,
}

impl Due<'_> {
    /// Returns what is to be done.
    pub fn step(&self) -> Step {
        self.rule.step
    }

    /// Tells how long there is, as of a day.
    pub fn left(&self, today: Day, calendar: &Calendar) -> Left {
        let count = |after: Day, until: Day| match self.unit {
            Unit::Calendar => (until - after).num_days(),
            Unit::Working => calendar.working_between(after, until),
        };
        if today == self.due {
            Left::Today
        } else if today < self.due {
            Left::Days(count(today, self.due))
        } else if today <= self.due_moved {
            Left::UntilMoved
        } else {
            Left::Overdue(count(self.due_moved, today))
        }
    }
}

/// How long there is until a due date, in the rule's own unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Days(i64),
    Today,
    /// The date reckoned has passed; the one it moved to has not.
    UntilMoved,
    Overdue(i64),
}

/// A piece of the arithmetic, in the order in which a person would reckon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Length {
        days: u16,
        unit: Unit,
        variant: Variant,
        trigger: Trigger,
    },
    Extended {
        times: u8,
        by: &'a Extension,
    },
    /// Suspended days that are left out.
    LeftOut(Span),
    Sum {
        from: Day,
        days: u32,
        unit: Unit,
        suspended: u32,
        due: Day,
    },
    /// Days that are not counted beside Saturdays and Sundays.
    NotCounted(Span, Special),
    /// A weekly rest day that counts, since it was worked.
    Worked(Day),
    /// Days off within the limit that do not move its end.
    Within(Span, Special),
    Moved {
        due: Day,
        why: Why,
        to: Day,
    },
}

/// Why a day is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Weekend,
    Special(Special),
}

/// What a person should know about the dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// No official schedule of the year is known; its days off are a guess.
    NoSchedule(i32),
    /// A day of the calendar that the date rests on is not well sourced.
    DoubtfulDay(Day),
    /// The law of that day lets suspended days count; the last day of that law.
    SuspensionCounts(Day),
    /// The span begins after the due date that held then.
    AfterDue(Span, Day),
    /// The span ends before the limit begins.
    BeforeStart(Span),
    /// Suspensions or extensions change nothing before acceptance is known.
    NotAccepted,
    /// No rule is known for the step on that day.
    NoRule(Step, Day),
}

/// Facts that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("{later:?} ({on}) lies before {earlier:?} ({before})")]
    Order {
        earlier: Trigger,
        before: Day,
        later: Trigger,
        on: Day,
    },
    #[error("the suspension from {from} ends before it begins, on {to}")]
    SuspensionBackwards { from: Day, to: Day },
    #[error("the suspension from {0} never ends")]
    SuspensionEndless(Day),
    #[error("extended {asked} times, allowed {most}")]
    TooManyExtensions { asked: u8, most: u8 },
    #[error("a date is out of reach")]
    OutOfReach,
}

/// Due dates in the order of their steps, and what to know about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deadlines<'a> {
    pub steps: Vec<Due<'a>>,
    /// Rules that say there is no limit.
    pub unlimited: Vec<&'a Rule>,
    pub warnings: Vec<Warning>,
}

impl Deadlines<'_> {
    fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

/// Dates have four digits for their year wherever they are written.
const LAST_YEAR: i32 = 9999;

/// Reckons the due date of every step whose start is known.
pub fn deadlines<'a>(
    facts: &Facts,
    rules: &'a Rules,
    calendar: &Calendar,
) -> Result<Deadlines<'a>, Refused> {
    in_order(&facts.starts)?;
    let spans = suspended::merged(&facts.suspensions)?;
    extensions(facts, rules)?;
    let mut out = Deadlines::default();
    for (_, versions) in rules.limits() {
        let concerns = |rule: &&Rule| concerns(facts, rule);
        let Some(first) = versions.iter().find(concerns) else {
            continue;
        };
        let start = |rule: &Rule| facts.starts.get(rule.trigger);
        let in_force = versions.iter().filter(concerns).find_map(|rule| {
            let from = start(rule)?;
            rule.validity.holds(from).then_some((rule, from))
        });
        match in_force {
            Some((rule, from)) => match &rule.limit {
                Limit::None => out.unlimited.push(rule),
                Limit::Within(length) => {
                    let due = reckon(facts, (rule, length), from, &spans, calendar, &mut out)?;
                    if due.due_moved.year() > LAST_YEAR {
                        return Err(Refused::OutOfReach);
                    }
                    out.steps.push(due);
                }
            },
            None => {
                let from = start(first).unwrap_or_default();
                out.warn(Warning::NoRule(first.step, from));
            }
        }
    }
    out.steps.sort_by_key(Due::step);
    if facts.starts.get(Trigger::Accepted).is_none() && (facts.extended > 0 || !spans.is_empty()) {
        out.warn(Warning::NotAccepted);
    }
    Ok(out)
}

/// Tells whether a rule is about such a petition and its start is known.
fn concerns(facts: &Facts, rule: &Rule) -> bool {
    let instance = match facts.kind {
        Kind::Complaint => rule.instance.is_none_or(|of| of == facts.instance),
        Kind::Denunciation | Kind::Recommendation | Kind::Reflection => true,
    };
    rule.kinds.contains(&facts.kind) && instance && facts.starts.get(rule.trigger).is_some()
}

/// Checks that no event lies before the one that must precede it.
fn in_order(starts: &Starts) -> Result<(), Refused> {
    use Trigger::{Accepted, Concluded, Decided, DecisionReceived, LetterReceived, Received};
    for (earlier, later) in [
        (LetterReceived, Received),
        (Received, Accepted),
        (Received, Decided),
        (Accepted, Decided),
        (Decided, DecisionReceived),
        (Accepted, Concluded),
    ] {
        if let (Some(before), Some(on)) = (starts.get(earlier), starts.get(later))
            && on < before
        {
            return Err(Refused::Order {
                earlier,
                before,
                later,
                on,
            });
        }
    }
    Ok(())
}

/// Checks that no more extensions are claimed than any rule of the kind allows.
fn extensions(facts: &Facts, rules: &Rules) -> Result<(), Refused> {
    let rules = rules.limits().flat_map(|(_, versions)| versions);
    let of_kind = rules.filter(|rule| rule.kinds.contains(&facts.kind));
    let allowed = of_kind.filter_map(|rule| match &rule.limit {
        Limit::None => None,
        Limit::Within(length) => length.extension.as_ref().map(|extension| extension.most),
    });
    let (asked, most) = (facts.extended, allowed.max().unwrap_or(0));
    if asked <= most {
        Ok(())
    } else {
        Err(Refused::TooManyExtensions { asked, most })
    }
}

/// Reckons one due date.
fn reckon<'a>(
    facts: &Facts,
    (rule, length): (&'a Rule, &'a Length),
    from: Day,
    spans: &[Span],
    calendar: &Calendar,
    out: &mut Deadlines<'_>,
) -> Result<Due<'a>, Refused> {
    let (variant, base) = chosen(length, facts.circumstances);
    let mut arithmetic = vec![Piece::Length {
        days: base,
        unit: length.unit,
        variant,
        trigger: rule.trigger,
    }];
    let mut days = u32::from(base);
    if let Some(by) = (length.extension.as_ref()).filter(|_| facts.extended > 0) {
        let (asked, most) = (facts.extended, by.most);
        if asked > most {
            return Err(Refused::TooManyExtensions { asked, most });
        }
        days += u32::from(by.days) * u32::from(asked);
        arithmetic.push(Piece::Extended { times: asked, by });
    }
    let mut suspended = 0;
    let due = match length.unit {
        Unit::Working => calendar.add_working(from, days),
        Unit::Calendar => {
            let plain = plus(from, days)?;
            match length.suspended {
                Some(Suspended::LeftOut) => {
                    let left_out = suspended::left_out(spans, from, plain, out)?;
                    suspended = left_out.days;
                    arithmetic.extend(left_out.spans.into_iter().map(Piece::LeftOut));
                    left_out.due
                }
                Some(Suspended::Count) => {
                    if let Some(to) = rule.validity.to.filter(|_| !spans.is_empty()) {
                        out.warn(Warning::SuspensionCounts(to));
                    }
                    plain
                }
                None => plain,
            }
        }
    };
    arithmetic.push(Piece::Sum {
        from,
        days,
        unit: length.unit,
        suspended,
        due,
    });
    let due_moved = calendar.working_from(due);
    pieces::days_off(length.unit, (from, due), calendar, &mut arithmetic);
    if due_moved != due {
        arithmetic.push(pieces::moved(due, due_moved, calendar));
    }
    warn_of_days(length.unit, (from, due, due_moved), calendar, out);
    Ok(Due {
        rule,
        from,
        days,
        unit: length.unit,
        suspended_days: suspended,
        due,
        due_moved,
        arithmetic,
    })
}

/// Chooses the length that the circumstances ask for.
fn chosen(length: &Length, of: Circumstances) -> (Variant, u16) {
    let asked = [
        (
            of.complex && of.remote,
            Variant::ComplexRemote,
            length.complex_remote,
        ),
        (of.complex, Variant::Complex, length.complex),
        (of.remote, Variant::Remote, length.remote),
        (
            of.several_places,
            Variant::SeveralPlaces,
            length.several_places,
        ),
    ];
    let mut given = asked.into_iter().filter(|(asked, ..)| *asked);
    given
        .find_map(|(_, variant, days)| Some((variant, days?)))
        .unwrap_or((Variant::Plain, length.days))
}

/// Warns of years and days whose place in the calendar is not certain and that the date rests on.
fn warn_of_days(
    unit: Unit,
    (from, due, moved): (Day, Day, Day),
    calendar: &Calendar,
    out: &mut Deadlines<'_>,
) {
    let before = |day: Day| day.pred_opt().unwrap_or(day);
    // Of calendar days only the last one asks what kind of day it is.
    let after = match unit {
        Unit::Working => from,
        Unit::Calendar => before(due),
    };
    for year in after.succ_opt().unwrap_or(after).year()..=moved.year() {
        if !calendar.is_scheduled(year) {
            out.warn(Warning::NoSchedule(year));
        }
    }
    for day in calendar.specials(after, moved) {
        if day.confidence.is_doubtful() {
            out.warn(Warning::DoubtfulDay(day.date));
        }
    }
}

fn plus(from: Day, days: u32) -> Result<Day, Refused> {
    from.checked_add_signed(TimeDelta::days(i64::from(days)))
        .ok_or(Refused::OutOfReach)
}
