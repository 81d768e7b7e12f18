//! One line that is asked for: a reason, a name, a number.

use super::village::{self, VillageQuestion};
use super::{Dialog, DoorQuestion, RosterValue};
use crate::app::input::Input;
use crate::app::report::{ReportAsk, WritePaper};
use crate::app::screens::Marked;
use crate::app::{Effect, Model, period_name};
use crate::config::settings::IdleMinutes;
use crate::domain::{EntityId, PaperFormat, PaperKind, Period, Profile, Say, Tending, VisitId};
use crate::i18n::Text;
use crate::i18n::messages::{
    detail, exchange, first_run, joined, keep, register, report, review, settings,
};
use crate::text::date::{Lean, read_date, write_date};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    WithdrawReason(VisitId),
    /// Why something written by mistake is taken back.
    TakeBack(EntityId),
    Village(VillageQuestion),
    Name,
    Post,
    IdleMinutes,
    /// Where a backup goes.
    BackUpTo,
    /// Where to exchange.
    SyncWith,
    /// Where a paper goes.
    PaperTo {
        kind: PaperKind,
        format: PaperFormat,
        period: Period,
    },
    /// Whether a period is closed; nothing is typed.
    ClosePeriod(Period),
    /// The number of the paper on which the cell confirmed a visit.
    PaperNumber(VisitId),
    /// The day of that paper.
    PaperDay(VisitId, String),
    /// The name of the device that is shut out, typed again.
    ShutOut(RosterValue),
    /// Why a visit is returned, or what is asked about it.
    Review {
        about: Marked,
        say: Say,
    },
    /// The folder of another unit's logbook.
    JoinBook,
    Door(DoorQuestion),
}

/// A question and the answer so far.
pub struct Ask {
    pub question: Question,
    /// What is to be read before it is answered.
    pub notes: Vec<Text>,
    pub input: Input,
    pub problem: Option<Text>,
}

impl Ask {
    pub(in crate::app) fn new(question: Question, filled: &str) -> Self {
        Self {
            question,
            notes: Vec::new(),
            input: Input::line().filled(filled),
            problem: None,
        }
    }

    /// Gives the question in words.
    pub fn title(&self) -> Text {
        match &self.question {
            Question::WithdrawReason(_) => detail::ask_reason(),
            Question::TakeBack(_) => register::ask_take_back(),
            Question::Village(question) => question.title(),
            Question::Name => first_run::name(),
            Question::Post => first_run::post(),
            Question::IdleMinutes => settings::ask_idle(),
            Question::BackUpTo => keep::ask_target(),
            Question::SyncWith => exchange::ask_place(),
            Question::PaperTo { .. } => report::ask_path(),
            Question::ClosePeriod(period) => report::ask_close(period_name(*period)),
            Question::ShutOut(of) => review::ask_revoke(of.name.as_str()),
            Question::PaperNumber(_) => review::ask_paper_number(),
            Question::PaperDay(..) => review::ask_paper_day(),
            Question::JoinBook => joined::ask_folder(),
            Question::Door(question) => question.title(),
            Question::Review { say, .. } => match say {
                Say::Confirm | Say::Return => exchange::ask_reason(),
                Say::Ask | Say::OnPaper => exchange::ask_words(),
                Say::Conclude => review::ask_conclusion(),
            },
        }
    }

    /// Answers: what is to be done, or what is wrong with the answer.
    pub(in crate::app) fn accept(&self, model: &mut Model) -> Result<Vec<Effect>, Text> {
        let text = self.input.text().trim().to_owned();
        match &self.question {
            Question::WithdrawReason(visit) => {
                let visit = *visit;
                let reason = filled(text, detail::reason_missing)?;
                Ok(vec![Effect::Withdraw { visit, reason }])
            }
            Question::TakeBack(what) => {
                let what = *what;
                let reason = filled(text, detail::reason_missing)?;
                Ok(vec![Effect::tend(Tending::TakeBack { what, reason })])
            }
            Question::Village(question) => village::answer(question, &text, model),
            Question::Name => {
                let name = filled(text, first_run::name_missing)?;
                Ok(profile(model, |profile| profile.name = name))
            }
            Question::Post => Ok(profile(model, |profile| profile.post = text)),
            Question::IdleMinutes => {
                let minutes = text.parse::<u16>().ok();
                let minutes = minutes.and_then(|n| IdleMinutes::try_from(n).ok());
                model.idle = minutes.ok_or_else(settings::idle_wrong)?;
                Ok(vec![Effect::ChangeSettings(model.layer())])
            }
            Question::BackUpTo => {
                let target = filled(text, keep::target_missing)?;
                Ok(crate::app::keep::back_up(model, target))
            }
            Question::SyncWith => {
                let place = filled(text, exchange::place_missing)?;
                Ok(crate::app::keep::sync(model, place))
            }
            Question::PaperTo {
                kind,
                format,
                period,
            } => {
                let path = filled(text, report::path_missing)?;
                Ok(paper(model, (*kind, *format, *period), path))
            }
            Question::ClosePeriod(period) => {
                let (period, setup) = (*period, model.setup.clone());
                Ok(vec![Effect::Report(ReportAsk::Close { period, setup })])
            }
            Question::ShutOut(of) if text == of.name.trim() => Ok(vec![of.clone().effect()]),
            Question::ShutOut(_) => Err(review::revoke_named()),
            Question::PaperNumber(visit) => {
                let number = filled(text, review::paper_number_missing)?;
                let today = write_date(model.today());
                let ask = Self::new(Question::PaperDay(*visit, number), &today);
                model.dialogs.push(Dialog::Ask(ask));
                Ok(Vec::new())
            }
            Question::PaperDay(visit, paper) => {
                let today = model.today();
                let on = read_date(&text, today, Lean::Past).ok();
                let on = on.filter(|on| *on <= today);
                let on = on.ok_or_else(review::paper_day_wrong)?;
                Ok(vec![Effect::ConfirmOnPaper {
                    visit: *visit,
                    paper: paper.clone(),
                    on,
                }])
            }
            Question::Review { about, say } => {
                let ((book, visit, seen), say) = (*about, *say);
                let text = filled(text, exchange::words_missing)?;
                let word = Effect::Review {
                    visit,
                    say,
                    text,
                    seen,
                };
                Ok(vec![word.within(book)])
            }
            Question::Door(question) => question.answer(text, model),
            Question::JoinBook => {
                let folder = filled(text, joined::folder_missing)?;
                Ok(vec![Effect::Join(folder)])
            }
        }
    }
}

/// Writes a paper; another ending of its name says another format.
fn paper(
    model: &mut Model,
    (kind, format, period): (PaperKind, PaperFormat, Period),
    path: String,
) -> Vec<Effect> {
    let ending = path
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let typed = ending.and_then(|ending| {
        let found = PaperFormat::ALL.iter().find(|(word, _)| *word == ending);
        found.map(|(_, format)| *format)
    });
    model.done(report::writing());
    vec![Effect::Report(ReportAsk::Write(Box::new(WritePaper {
        kind,
        format: typed.unwrap_or(format),
        period,
        path,
        language: model.language,
        setup: model.setup.clone(),
    })))]
}

pub(super) fn filled(text: String, missing: fn() -> Text) -> Result<String, Text> {
    if text.is_empty() {
        Err(missing())
    } else {
        Ok(text)
    }
}

/// Changes the profile as it stands.
pub(super) fn profile(model: &Model, change: impl FnOnce(&mut Profile)) -> Vec<Effect> {
    let Some(session) = model.session() else {
        return Vec::new();
    };
    let mut profile = session.profile.clone();
    change(&mut profile);
    vec![Effect::ChangeProfile(profile)]
}
