//! What the law's dates mean to a person: names of steps, arithmetic, time left, warnings, refusals.
//!
//! Owns which sentence goes with what; the sentences are in `i18n`, the reckoning in `law`.

use chrono::{Datelike, Weekday};

use crate::domain::Day;
use crate::i18n::messages::{common, law};
use crate::i18n::{Language, Text};
use crate::law::calendar::{Calendar, Special};
use crate::law::deadline::{Due, Left, Piece, Refused, Span, Variant, Warning, Why};
use crate::law::rules::{Basis, Step, Trigger, Unit};

/// Names a step.
pub fn step_name(step: Step) -> Text {
    match step {
        Step::Accept => law::step_accept(),
        Step::Settle => law::step_settle(),
        Step::Notify => law::step_notify(),
        Step::PassOn => law::step_pass_on(),
        Step::SendDecision => law::step_send_decision(),
        Step::Appeal => law::step_appeal(),
        Step::Lodge => law::step_lodge(),
        Step::TakeEffect => law::step_take_effect(),
        Step::Sort => law::step_sort(),
        Step::AskReport => law::step_ask_report(),
        Step::Report => law::step_report(),
        Step::TellConclusion => law::step_tell_conclusion(),
        Step::Act => law::step_act(),
        Step::Publish => law::step_publish(),
    }
}

/// Names the day of an event: "ngày thụ lý".
pub fn trigger_name(trigger: Trigger) -> Text {
    match trigger {
        Trigger::DecisionKnown => law::day_decision_known(),
        Trigger::LetterReceived => law::day_letter_received(),
        Trigger::Received => law::day_received(),
        Trigger::Accepted => law::day_accepted(),
        Trigger::Decided => law::day_decided(),
        Trigger::DecisionReceived => law::day_decision_received(),
        Trigger::LimitExpired => law::day_limit_expired(),
        Trigger::DenouncedAgain => law::day_denounced_again(),
        Trigger::ReportAsked => law::day_report_asked(),
        Trigger::Concluded => law::day_concluded(),
    }
}

/// Cites the article: "Đ.27 LKN 2011".
pub fn basis(basis: &Basis) -> Text {
    match basis.article.as_str() {
        "" => common::words(&basis.law),
        article => law::basis(article, &basis.law),
    }
}

/// Names the law in full.
pub fn law_name(basis: &Basis, language: Language) -> &str {
    match language {
        Language::Vi => &basis.vi,
        Language::En => &basis.en,
    }
}

/// Writes a date with its day of the week.
pub fn on_weekday(day: Day) -> Text {
    law::on_weekday(law::date(day), weekday(day))
}

/// Says how long there is until a due date, in the rule's own unit.
pub fn left(due: &Due<'_>, today: Day, calendar: &Calendar) -> Text {
    match (due.left(today, calendar), due.unit) {
        (Left::Today, _) => common::due_today(),
        (Left::Days(days), Unit::Calendar) => common::days_left(days),
        (Left::Days(days), Unit::Working) => law::working_days_left(days),
        (Left::UntilMoved, _) => law::until_moved(law::date(due.due_moved)),
        (Left::Overdue(days), Unit::Calendar) => common::days_overdue(days),
        // A weekend has passed since, and no working day.
        (Left::Overdue(0), Unit::Working) => law::overdue(),
        (Left::Overdue(days), Unit::Working) => law::working_days_overdue(days),
    }
}

/// Says how a due date comes about, a line each.
pub fn arithmetic(due: &Due<'_>, calendar: &Calendar, language: Language) -> Vec<Text> {
    let words = Reckoning {
        calendar,
        language,
        whole_dates: due.from.year() != due.due_moved.year(),
    };
    due.arithmetic
        .iter()
        .map(|piece| words.piece(piece))
        .collect()
}

/// Says what a person should know about the dates.
pub fn warning(warning: &Warning) -> Text {
    match *warning {
        Warning::NoSchedule(year) => law::warn_no_schedule(year.to_string()),
        Warning::DoubtfulDay(day) => law::warn_doubtful_day(day),
        Warning::SuspensionCounts(until) => law::warn_suspension_counts(until),
        Warning::AfterDue(span, due) => law::warn_after_due(whole_span(span), due),
        Warning::BeforeStart(span) => law::warn_before_start(whole_span(span)),
        Warning::NotAccepted => law::warn_not_accepted(),
        Warning::NoRule(step, day) => law::warn_no_rule(step_name(step), day),
    }
}

/// Says why facts are refused.
pub fn refused(refused: &Refused) -> Text {
    match *refused {
        Refused::Order {
            earlier,
            before,
            later,
            on,
        } => law::bad_order(trigger_name(later), on, trigger_name(earlier), before),
        Refused::SuspensionBackwards { from, to } => law::bad_span_backwards(from, to),
        Refused::SuspensionEndless(from) => law::bad_span_endless(from),
        Refused::TooManyExtensions { asked, most } => law::bad_extensions(asked, most),
        Refused::OutOfReach => law::bad_reach(),
    }
}

fn whole_span(span: Span) -> Text {
    law::span(law::date(span.first), law::date(span.last))
}

fn weekday(day: Day) -> Text {
    match day.weekday() {
        Weekday::Mon => law::monday(),
        Weekday::Tue => law::tuesday(),
        Weekday::Wed => law::wednesday(),
        Weekday::Thu => law::thursday(),
        Weekday::Fri => law::friday(),
        Weekday::Sat => law::saturday(),
        Weekday::Sun => law::sunday(),
    }
}

/// How the arithmetic of one date is written.
struct Reckoning<'a> {
    calendar: &'a Calendar,
    language: Language,
    /// Dates with their years, where the arithmetic leads from one year into another.
    whole_dates: bool,
}

impl Reckoning<'_> {
    fn piece(&self, piece: &Piece<'_>) -> Text {
        match *piece {
            Piece::Length {
                days,
                unit,
                variant,
                trigger,
            } => {
                let days = in_unit(days.into(), unit);
                match case(variant) {
                    None => law::length(days, trigger_name(trigger)),
                    Some(case) => law::length_for(days, case, trigger_name(trigger)),
                }
            }
            Piece::Extended { times, by } => {
                let added = u32::from(by.days) * u32::from(times);
                law::extended(times, by.days, added, &by.id)
            }
            Piece::LeftOut(span) => law::left_out(self.span(span), span.days()),
            Piece::Sum {
                from,
                days,
                unit,
                suspended,
                due,
            } => {
                let (from, due) = (self.date(from), self.weekday(due));
                match (unit, suspended) {
                    (Unit::Working, _) => law::sum_working(from, in_unit(days, unit), due),
                    (Unit::Calendar, 0) => law::sum(from, days, due),
                    (Unit::Calendar, suspended) => law::sum_suspended(from, days, suspended, due),
                }
            }
            Piece::NotCounted(span, why) => law::not_counted(self.span(span), self.special(why)),
            Piece::Worked(day) => law::worked(self.weekday(day)),
            Piece::Within(span, why) => law::within(self.span(span), self.special(why)),
            Piece::Moved { due, why, to } => {
                let why = match why {
                    Why::Weekend => law::why_weekend(),
                    Why::Special(special) => self.special(special),
                };
                law::moved(self.weekday(due), why, self.weekday(to))
            }
        }
    }

    fn date(&self, day: Day) -> Text {
        if self.whole_dates {
            law::date(day)
        } else {
            law::short_date(day)
        }
    }

    fn weekday(&self, day: Day) -> Text {
        law::on_weekday(self.date(day), weekday(day))
    }

    fn span(&self, span: Span) -> Text {
        if span.first == span.last {
            self.date(span.first)
        } else {
            law::span(self.date(span.first), self.date(span.last))
        }
    }

    fn special(&self, special: Special) -> Text {
        let name = |holiday| {
            let name = self.calendar.name(holiday);
            name.map_or("", |name| match self.language {
                Language::Vi => name.vi.as_str(),
                Language::En => name.en.as_str(),
            })
        };
        match special {
            Special::Holiday(holiday) => law::why_holiday(name(holiday)),
            Special::MakeUpOff(holiday) => law::why_make_up(name(holiday)),
            Special::SwappedOff => law::why_swapped(),
            Special::SwappedWork => law::why_worked(),
        }
    }
}

fn in_unit(days: u32, unit: Unit) -> Text {
    match unit {
        Unit::Calendar => common::days(days),
        Unit::Working => law::working_days(days),
    }
}

fn case(variant: Variant) -> Option<Text> {
    match variant {
        Variant::Plain => None,
        Variant::Complex => Some(law::case_complex()),
        Variant::Remote => Some(law::case_remote()),
        Variant::ComplexRemote => Some(law::case_complex_remote()),
        Variant::SeveralPlaces => Some(law::case_several_places()),
    }
}
