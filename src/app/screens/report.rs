//! "Báo cáo": the numbers of a period, the records behind each, the papers, and the closing.

use chrono::{Datelike, Months};

use super::{Session, Tab, step};
use crate::app::dialogs::{Ask, Dialog, Question};
use crate::app::report::{BehindRow, BehindSeen, NumberLine, NumbersSeen, ReportAsk};
use crate::app::{Action, Effect, Model};
use crate::domain::tally::TallyId;
use crate::domain::{Basis, Day, EntityKind, PaperFormat, PaperKind, Period, Role, Span, VisitId};

/// The screen.
pub struct Report {
    pub span: Span,
    pub period: Period,
    /// `None` until they were read.
    pub seen: Option<Box<NumbersSeen>>,
    /// The number in front.
    pub at: u64,
    /// The records behind a number, where they are looked at.
    pub behind: Option<Behind>,
    asked: u64,
}

/// The records behind a number.
pub struct Behind {
    pub id: TallyId,
    /// `None` until they were read.
    pub seen: Option<BehindSeen>,
    pub at: u64,
    asked: u64,
}

impl Report {
    /// Begins with the month before: the one that is over is the one that is reported.
    pub(in crate::app) fn new(today: Day) -> Option<Self> {
        let last = today.checked_sub_months(Months::new(1)).unwrap_or(today);
        Some(Self {
            span: Span::Month,
            period: Period::of(last, Span::Month, Basis::Calendar)?,
            seen: None,
            at: 0,
            behind: None,
            asked: 0,
        })
    }

    /// Gives the number in front.
    pub fn line(&self) -> Option<&NumberLine> {
        let at = usize::try_from(self.at).ok()?;
        self.seen.as_ref()?.lines.get(at)
    }

    /// Gives the record in front, where records are looked at.
    pub fn row(&self) -> Option<&BehindRow> {
        let behind = self.behind.as_ref()?;
        let at = usize::try_from(behind.at).ok()?;
        behind.seen.as_ref()?.rows.get(at)
    }

    /// Gives the place of the cursor: among the records, or among the numbers.
    pub(in crate::app) fn chosen(&mut self) -> &mut u64 {
        match &mut self.behind {
            Some(behind) => &mut behind.at,
            None => &mut self.at,
        }
    }

    /// Turns to another period of the same length.
    fn turn(&mut self, to: Option<Day>) {
        let period = to.and_then(|day| Period::of(day, self.span, self.period.basis));
        self.period = period.unwrap_or(self.period);
    }

    fn change(&mut self, action: Action) {
        match action {
            Action::PeriodBefore => self.turn(self.period.from.pred_opt()),
            Action::PeriodAfter => {
                let months = Months::new(self.span.step());
                self.turn(self.period.from.checked_add_months(months));
            }
            Action::PeriodSpan => {
                self.span = self.span.next();
                self.turn(Some(self.period.to));
            }
            _ => {
                let basis = match self.period.basis {
                    Basis::Calendar => Basis::Administrative,
                    Basis::Administrative => Basis::Calendar,
                };
                // The tenth of its last month lies in that month by either.
                let tenth = self.period.to.with_day(10);
                let period = tenth.and_then(|day| Period::of(day, self.span, basis));
                self.period = period.unwrap_or(self.period);
            }
        }
        self.behind = None;
    }
}

impl Session {
    pub(in crate::app) fn take_numbers(&mut self, number: u64, seen: Box<NumbersSeen>) {
        if let Some(open) = &mut self.report
            && open.asked == number
        {
            let last = (seen.lines.len() as u64).saturating_sub(1);
            open.at = open.at.min(last);
            open.seen = Some(seen);
        }
    }

    pub(in crate::app) fn take_behind(&mut self, number: u64, seen: BehindSeen) {
        if let Some(open) = &mut self.report
            && let Some(behind) = &mut open.behind
            && behind.asked == number
        {
            behind.seen = Some(seen);
        }
    }
}

/// Opens the screen.
pub(in crate::app) fn open(model: &mut Model) -> Vec<Effect> {
    let today = model.today();
    if let Some(session) = model.session_mut() {
        if session.report.is_none() {
            session.report = Report::new(today).map(Box::new);
        }
        session.go(Tab::Report);
    }
    ask(model)
}

/// Asks for the numbers of the period in front; what is on the screen stands until they are there.
pub(in crate::app) fn ask(model: &mut Model) -> Vec<Effect> {
    let (today, setup) = (model.today(), model.setup.clone());
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let number = session.number();
    let Some(open) = &mut session.report else {
        return Vec::new();
    };
    open.asked = number;
    vec![Effect::Report(ReportAsk::Numbers {
        number,
        period: open.period,
        today,
        setup,
    })]
}

/// Does an action on the screen.
pub(in crate::app) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let size = model.size;
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let role = session.profile.role;
    let Some(open) = &mut session.report else {
        return Vec::new();
    };
    match action {
        Action::Back if open.behind.is_some() => open.behind = None,
        Action::Back => session.go(Tab::Today),
        Action::Open if open.behind.is_some() => return open_row(session),
        Action::Open => return look_behind(model),
        Action::PeriodBefore | Action::PeriodAfter | Action::PeriodSpan | Action::PeriodBasis => {
            open.change(action);
            return ask(model);
        }
        Action::PaperXlsx => ask_path(model, report_of(role), PaperFormat::Xlsx),
        Action::PaperDocx => ask_path(model, report_of(role), PaperFormat::Docx),
        Action::PaperParty => ask_path(model, PaperKind::Cell, PaperFormat::Docx),
        Action::PaperMinutes => ask_path(model, PaperKind::Minutes, PaperFormat::Docx),
        Action::PaperPrint => ask_path(model, report_of(role), PaperFormat::Html),
        Action::PaperRegister => ask_path(model, PaperKind::Register, PaperFormat::Xlsx),
        Action::PaperSheets => ask_path(model, PaperKind::ReviewSheet, PaperFormat::Docx),
        Action::ClosePeriod => {
            let ask = Ask::new(Question::ClosePeriod(open.period), "");
            model.dialogs.push(Dialog::Ask(ask));
        }
        action => {
            let count = match &open.behind {
                Some(behind) => behind.seen.as_ref().map_or(0, |seen| seen.rows.len()),
                None => open.seen.as_ref().map_or(0, |seen| seen.lines.len()),
            };
            let chosen = open.chosen();
            *chosen = step(*chosen, count as u64, action, size).unwrap_or(*chosen);
        }
    }
    Vec::new()
}

/// The report that a member of the role writes.
fn report_of(role: Role) -> PaperKind {
    match role {
        Role::Police => PaperKind::Police,
        Role::Officer | Role::Reviewer | Role::Authority | Role::Superior => PaperKind::Monthly,
    }
}

fn look_behind(model: &mut Model) -> Vec<Effect> {
    let (today, setup) = (model.today(), model.setup.clone());
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let number = session.number();
    let Some(open) = &mut session.report else {
        return Vec::new();
    };
    let Some(id) = open.line().map(|line| line.id) else {
        return Vec::new();
    };
    open.behind = Some(Behind {
        id,
        seen: None,
        at: 0,
        asked: number,
    });
    vec![Effect::Report(ReportAsk::Behind {
        number,
        period: open.period,
        today,
        id,
        setup,
    })]
}

/// Opens the record in front; one without a screen of its own stays where it is.
fn open_row(session: &mut Session) -> Vec<Effect> {
    let Some(open) = &session.report else {
        return Vec::new();
    };
    let Some(row) = open.row() else {
        return Vec::new();
    };
    let Some((entity, _)) = &row.record else {
        return Vec::new();
    };
    let (entity, visit) = (*entity, row.visit);
    match (entity.kind, visit) {
        (EntityKind::Concern, _) => session.open_owed(entity),
        (EntityKind::Visit, _) => session.open_visit(VisitId(entity.id)),
        (_, Some(visit)) => session.open_visit(visit),
        (_, None) => Vec::new(),
    }
}

/// Asks where a paper goes; the name that is offered tells what it is and of when.
fn ask_path(model: &mut Model, kind: PaperKind, format: PaperFormat) {
    let report = model.session().and_then(|session| session.report.as_ref());
    let Some(period) = report.map(|open| open.period) else {
        return;
    };
    let name = model.say(&crate::app::paper_name(kind));
    let until = period.to.format("%Y-%m");
    let path = format!("~/{name}-{until}.{}", format.as_str());
    let question = Question::PaperTo {
        kind,
        format,
        period,
    };
    model.dialogs.push(Dialog::Ask(Ask::new(question, &path)));
}
