//! What the law says about time, as data: rules with their spans of validity.
//!
//! Owns the shape of a rule and the check of its spans. Which numbers hold, `config/law` says.

use std::collections::BTreeMap;

use crate::domain::Day;

/// The kinds of petition (Laws on Complaints 2011, on Denunciations 2018, on Citizen Reception 2013, Arts 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Complaint,
    Denunciation,
    Recommendation,
    Reflection,
}

impl Kind {
    /// Every kind with its word of files and of the command line.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Complaint, "complaint"),
        (Self::Denunciation, "denunciation"),
        (Self::Recommendation, "recommendation"),
        (Self::Reflection, "reflection"),
    ];

    /// Returns the word of files and of the command line.
    pub fn as_str(self) -> &'static str {
        word(&Self::ALL, self)
    }
}

/// Which time a complaint is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Instance {
    #[default]
    First,
    Second,
}

/// What is to be done in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Accept or refuse.
    Accept,
    Settle,
    /// Tell the citizen what happens.
    Notify,
    /// Pass on to the competent body.
    PassOn,
    SendDecision,
    /// Complain a second time, or go to court.
    Appeal,
    /// Lodge the complaint.
    Lodge,
    /// The decision takes legal effect.
    TakeEffect,
    /// Sort a written petition.
    Sort,
    /// The superior asks for a report.
    AskReport,
    Report,
    TellConclusion,
    /// Act on the conclusion.
    Act,
    /// Make the conclusion public.
    Publish,
}

impl Step {
    /// Every step with its word of files and of the command line.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::Accept, "accept"),
        (Self::Settle, "settle"),
        (Self::Notify, "notify"),
        (Self::PassOn, "pass_on"),
        (Self::SendDecision, "send_decision"),
        (Self::Appeal, "appeal"),
        (Self::Lodge, "lodge"),
        (Self::TakeEffect, "take_effect"),
        (Self::Sort, "sort"),
        (Self::AskReport, "ask_report"),
        (Self::Report, "report"),
        (Self::TellConclusion, "tell_conclusion"),
        (Self::Act, "act"),
        (Self::Publish, "publish"),
    ];

    /// Returns the word of files and of the command line.
    pub fn as_str(self) -> &'static str {
        word(&Self::ALL, self)
    }
}

/// The event that starts a limit; its day is not counted (Civil Code 2015, Art. 147).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trigger {
    /// The decision complained of was received or became known.
    DecisionKnown,
    /// The written petition came to an office, competent or not.
    LetterReceived,
    /// The competent body received it.
    Received,
    Accepted,
    /// The settlement decision was signed.
    Decided,
    DecisionReceived,
    /// The limit to settle passed without a decision.
    LimitExpired,
    /// The denouncer turned to the superior, since the limit had passed.
    DenouncedAgain,
    ReportAsked,
    /// The conclusion on a denunciation was signed.
    Concluded,
}

impl Trigger {
    /// Every trigger with its word of files.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::DecisionKnown, "decision_known"),
        (Self::LetterReceived, "letter_received"),
        (Self::Received, "received"),
        (Self::Accepted, "accepted"),
        (Self::Decided, "decided"),
        (Self::DecisionReceived, "decision_received"),
        (Self::LimitExpired, "limit_expired"),
        (Self::DenouncedAgain, "denounced_again"),
        (Self::ReportAsked, "report_asked"),
        (Self::Concluded, "concluded"),
    ];

    /// Returns the word of files and of the command line.
    pub fn as_str(self) -> &'static str {
        word(&Self::ALL, self)
    }
}

/// Which days a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Calendar,
    Working,
}

impl Unit {
    /// Returns the word of files and of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Working => "working",
        }
    }
}

/// Whether suspended days count in a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Suspended {
    Count,
    LeftOut,
}

/// The length of a limit, and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length {
    pub days: u16,
    pub unit: Unit,
    pub complex: Option<u16>,
    pub remote: Option<u16>,
    pub complex_remote: Option<u16>,
    pub several_places: Option<u16>,
    pub suspended: Option<Suspended>,
    pub extension: Option<Extension>,
}

/// What each extension adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub id: String,
    pub days: u16,
    /// How many times the law allows it.
    pub most: u8,
}

/// How long a step may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The law sets none.
    None,
    Within(Length),
}

/// The days on which a rule is in force, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    pub from: Day,
    pub to: Option<Day>,
}

impl Validity {
    /// Tells whether a day lies in it.
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// The law that a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// "LKN 2011".
    pub law: String,
    /// The full names, Vietnamese and English.
    pub vi: String,
    pub en: String,
    /// Empty where the whole is meant.
    pub article: String,
    /// Whether the rule was held against the words of the law.
    pub checked: bool,
    /// Where the rule was read.
    pub source: String,
}

/// A rule in one span of its validity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: String,
    pub kinds: Vec<Kind>,
    /// `None` where the rule holds for both.
    pub instance: Option<Instance>,
    pub step: Step,
    pub trigger: Trigger,
    pub basis: Basis,
    pub validity: Validity,
    pub limit: Limit,
}

/// What of a petition may be withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawable {
    Whole,
    WholeOrPart,
}

/// A rule on withdrawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawalRule {
    pub kinds: Vec<Kind>,
    pub parts: Withdrawable,
    pub basis: Basis,
    pub validity: Validity,
}

/// The span in which citizens are received so many times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    Week,
    Month,
}

/// How often the chair of a commune receives citizens in person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceptionRule {
    pub times: u8,
    pub per: Per,
    pub basis: Basis,
    pub validity: Validity,
}

/// Every rule, each id with its spans in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    limits: BTreeMap<String, Vec<Rule>>,
    withdrawals: Vec<WithdrawalRule>,
    receptions: Vec<ReceptionRule>,
}

impl Rules {
    /// Lays rules over these: an id that they name is theirs alone, and so are the rules on
    /// withdrawing and receiving where they have any.
    ///
    /// The spans of each id must have passed [`unbroken`].
    #[must_use]
    pub fn with(
        mut self,
        limits: Vec<Rule>,
        withdrawals: Vec<WithdrawalRule>,
        receptions: Vec<ReceptionRule>,
    ) -> Self {
        let mut stated: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
        for rule in limits {
            stated.entry(rule.id.clone()).or_default().push(rule);
        }
        for (id, mut spans) in stated {
            spans.sort_by_key(|rule| rule.validity.from);
            self.limits.insert(id, spans);
        }
        if !withdrawals.is_empty() {
            self.withdrawals = withdrawals;
        }
        if !receptions.is_empty() {
            self.receptions = receptions;
        }
        self
    }

    /// Gives each rule with its spans, by id.
    pub fn limits(&self) -> impl Iterator<Item = (&str, &[Rule])> {
        self.limits
            .iter()
            .map(|(id, spans)| (id.as_str(), spans.as_slice()))
    }

    /// Tells what of a petition may be withdrawn on a day.
    pub fn withdrawal(&self, kind: Kind, on: Day) -> Option<&WithdrawalRule> {
        let mut rules = self.withdrawals.iter();
        rules.find(|rule| rule.kinds.contains(&kind) && rule.validity.holds(on))
    }

    /// Tells how often a commune's chair receives citizens on a day.
    pub fn reception(&self, on: Day) -> Option<&ReceptionRule> {
        self.receptions.iter().find(|rule| rule.validity.holds(on))
    }
}

/// What is wrong with spans of validity, and which of them shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("span {0} ends before it begins")]
    Backwards(usize),
    #[error("span {0} begins before the one before it ends")]
    Overlap(usize),
    #[error("span {0} does not begin on the day after the one before it ends")]
    Gap(usize),
}

/// Checks that spans follow each other without gap or overlap, in whatever order they are given.
pub fn unbroken(spans: &[Validity]) -> Result<(), Broken> {
    if let Some(at) = (spans.iter()).position(|span| span.to.is_some_and(|to| to < span.from)) {
        return Err(Broken::Backwards(at));
    }
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|at| spans[*at].from);
    for pair in order.windows(2) {
        let [before, at] = pair else { continue };
        let begin = spans[*at].from;
        let expected = spans[*before].to.and_then(|to| to.succ_opt());
        match expected {
            Some(day) if day == begin => {}
            Some(day) if day < begin => return Err(Broken::Gap(*at)),
            Some(_) | None => return Err(Broken::Overlap(*at)),
        }
    }
    Ok(())
}

fn word<T: PartialEq>(all: &[(T, &'static str)], of: T) -> &'static str {
    let found = all.iter().find(|(known, _)| *known == of);
    found.expect("every value stands in its list").1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: (i32, u32), to: Option<(i32, u32)>) -> Validity {
        let day = |(year, month)| Day::from_ymd_opt(year, month, 1).expect("a day");
        Validity {
            from: day(from),
            to: to.map(|to| day(to).pred_opt().expect("a day")),
        }
    }

    #[test]
    fn spans_follow_without_gap_or_overlap() {
        let first = span((2012, 7), Some((2026, 7)));
        let then = span((2026, 7), None);
        assert_eq!(unbroken(&[first, then]), Ok(()));
        assert_eq!(unbroken(&[then, first]), Ok(()));
        assert_eq!(unbroken(&[span((2012, 7), None)]), Ok(()));
        assert_eq!(
            unbroken(&[first, span((2026, 8), None)]),
            Err(Broken::Gap(1))
        );
        assert_eq!(
            unbroken(&[span((2026, 6), None), first]),
            Err(Broken::Overlap(0))
        );
        assert_eq!(
            unbroken(&[span((2012, 7), None), then]),
            Err(Broken::Overlap(1))
        );
        assert_eq!(
            unbroken(&[span((2026, 7), Some((2026, 2)))]),
            Err(Broken::Backwards(0))
        );
    }
}
