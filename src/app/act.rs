//! What each action does, by what stands in front.

mod on_top;
mod owed;
pub(in crate::app) mod personal;
pub(in crate::app) mod records;

use super::dialogs::{
    Ask, Dialog, Export, Help, Import, PassphraseChange, Pick, Purpose, Question, SendCheck,
    TendForm, TendWhat, VillageQuestion,
};
use super::model::{Model, Screen};
use super::screens::{
    FirstRun, Next, Page, Places, Row, Searching, Settings, Shared, Shown, Step, Tab, TodayRow,
    View, step,
};
use super::screens::{coverage, quarantine};
use super::update::lock;
use super::{Action, Effect, LockReason};
use super::{keep, tending, writing};
use crate::domain::{Sort, TodayItem, check};
use crate::i18n::messages::app;
use crate::text::typing::Typing;

/// Does an action; one that what stands in front has no use for does nothing.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Language => language(model),
        Action::Typing => typing(model),
        Action::Lock => lock(model, LockReason::Key),
        Action::Quit => {
            let mut effects = writing::put_down(model);
            effects.push(Effect::Quit);
            effects
        }
        Action::Help => push(model, Dialog::Help(Help::default())),
        Action::Palette => push(model, Dialog::Pick(Pick::new(Purpose::Command))),
        action if !model.dialogs.is_empty() => on_top::act(model, action),
        action => match &mut model.screen {
            Screen::FirstRun(_) => in_first_run(model, action),
            Screen::Unlock(unlock) if action == Action::Accept => unlock.accept(),
            Screen::Unlock(unlock) => {
                if action == Action::Reveal {
                    unlock.shown = unlock.shown.other();
                }
                Vec::new()
            }
            Screen::Failed(_) => Vec::new(),
            Screen::Open(_) => in_logbook(model, action),
        },
    }
}

fn ask(model: &mut Model, question: Question) -> Vec<Effect> {
    push(model, Dialog::Ask(Ask::new(question, "")))
}

fn push(model: &mut Model, dialog: Dialog) -> Vec<Effect> {
    model.dialogs.push(dialog);
    Vec::new()
}

fn language(model: &mut Model) -> Vec<Effect> {
    model.language = model.language.other();
    writing::refresh(model);
    vec![Effect::ChangeSettings(model.layer())]
}

fn typing(model: &mut Model) -> Vec<Effect> {
    model.typing = match model.typing {
        Typing::Off => Typing::Telex,
        Typing::Telex => Typing::Vni,
        Typing::Vni => Typing::Off,
    };
    model.done(match model.typing {
        Typing::Off => app::typing_off(),
        Typing::Telex => app::typing_telex(),
        Typing::Vni => app::typing_vni(),
    });
    vec![Effect::ChangeSettings(model.layer())]
}

fn in_first_run(model: &mut Model, action: Action) -> Vec<Effect> {
    let setup = model.setup.clone();
    let Screen::FirstRun(run) = &mut model.screen else {
        return Vec::new();
    };
    if run.step == Step::Language && matches!(action, Action::Up | Action::Down) {
        return language(model);
    }
    match run.act(action, &setup) {
        Next::Stay(effects) => effects,
        Next::Open(unlocked) => super::answer::open(model, *unlocked),
    }
}

fn in_logbook(model: &mut Model, action: Action) -> Vec<Effect> {
    let (setup, size, today) = (model.setup.clone(), model.size, model.today());
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    if matches!(session.view, View::Capture(_)) {
        return writing::act(model, action);
    }
    let finds_records = action == Action::Find && matches!(session.view, View::Records);
    let goes_to_list = (action == Action::Visits || action == Action::Find) && !finds_records;
    if action == Action::NewVisit {
        return writing::start(model);
    } else if goes_to_list {
        session.go(Tab::Visits);
        if action == Action::Find {
            session.visits.searching = Searching::Words;
        }
        return session.choose_visit(session.visits.chosen, &setup, size);
    } else if action == Action::Today {
        session.go(Tab::Today);
        return Vec::new();
    } else if action == Action::Places {
        session.view = View::Places(Places::default());
        return vec![Effect::QuerySpots];
    } else if action == Action::Concerns {
        return session.open_records(&setup, size);
    } else if action == Action::Coverage {
        return session.open_coverage(today, &setup);
    } else if action == Action::Review {
        return session.open_shared(Tab::Review);
    } else if action == Action::Report {
        return super::screens::report::open(model);
    } else if action == Action::Exchange {
        return session.open_shared(Tab::Exchange);
    } else if action == Action::Settings {
        session.view = View::Settings(Settings::default());
        return Vec::new();
    } else if action == Action::Quarantine {
        return session.open_quarantine();
    } else if action == Action::BackUp {
        return keep::ask_target(model);
    } else if action == Action::Compact {
        return keep::ask_compact(model);
    } else if action == Action::Citizen {
        return personal::citizen(model);
    }
    match &session.view {
        View::Today => in_today(model, action),
        View::Visits => in_visits(model, action),
        View::Records => records::act(model, action),
        View::Detail(_) => in_detail(model, action),
        View::Owed(_) => owed::act(model, action),
        View::Pairs(_) => session.in_pairs(action),
        View::Quarantine(_) => quarantine::act(model, action),
        View::Places(_) => in_places(model, action),
        View::Coverage => coverage::act(model, action),
        View::Report => super::screens::report::act(model, action),
        View::Shared(_) => super::screens::act_shared(model, action),
        View::Settings(_) => in_settings(model, action),
        View::Capture(_) => writing::act(model, action),
    }
}

fn in_today(model: &mut Model, action: Action) -> Vec<Effect> {
    let (today, size) = (model.today(), model.size);
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    if action == Action::Undo {
        return writing::bring_back(model);
    }
    if action == Action::Pairs {
        return session.open_pairs();
    }
    if let Some(what) = owed::new_record(action) {
        return tending::ask(model, what);
    }
    if action == Action::HandOverAll {
        return push(model, Dialog::Pick(Pick::new(Purpose::HandOverAll)));
    }
    if action == Action::SealIdentity {
        return personal::seal(model);
    }
    let rows = session.today_rows(today);
    if action != Action::Open {
        let to = step(session.today.chosen, rows.len() as u64, action, size);
        session.today.chosen = to.unwrap_or(session.today.chosen);
        return Vec::new();
    }
    let at = usize::try_from(session.today.chosen).unwrap_or(usize::MAX);
    let item = match rows.get(at) {
        Some(TodayRow::Item(item)) => session.today.read.as_ref().and_then(|t| t.items.get(*item)),
        Some(TodayRow::Kept(kept)) => return writing::resume(model, *kept),
        Some(TodayRow::Pairs) => return session.open_pairs(),
        Some(TodayRow::Quarantine(_)) => return session.open_quarantine(),
        Some(TodayRow::Duty(_)) => return coverage::open_duties(model),
        Some(TodayRow::Offered) => return personal::offered(model),
        Some(TodayRow::Uncopied(_)) => return keep::ask_target(model),
        None => None,
    };
    match item {
        Some(TodayItem::Conflict(row) | TodayItem::Returned(row) | TodayItem::Draft(row)) => {
            let visit = row.id;
            session.open_visit(visit)
        }
        Some(TodayItem::Due { row, .. }) => {
            let entity = row.entity;
            session.open_owed(entity)
        }
        Some(TodayItem::Envelope { id, .. }) => {
            let what = TendWhat::Envelope(*id);
            tending::ask(model, what)
        }
        None => Vec::new(),
    }
}

fn in_visits(model: &mut Model, action: Action) -> Vec<Effect> {
    let (setup, size) = (model.setup.clone(), model.size);
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let visits = &mut session.visits;
    match action {
        Action::Accept => visits.searching = Searching::Rows,
        Action::Cancel => {
            visits.searching = Searching::Rows;
            if !visits.words.text().is_empty() {
                visits.words.set("");
                return session.search(&setup, size);
            }
        }
        Action::Back if !visits.words.text().is_empty() => {
            visits.words.set("");
            return session.search(&setup, size);
        }
        Action::Back => session.go(Tab::Today),
        Action::DropFilter => {
            visits.chips.pop();
            return session.search(&setup, size);
        }
        Action::Sort => {
            visits.sort = match visits.sort {
                Sort::NewestFirst => Sort::OldestFirst,
                Sort::OldestFirst => Sort::NewestFirst,
            };
            return session.search(&setup, size);
        }
        Action::Export => {
            let export = Box::new(Export::new(model));
            return push(model, Dialog::Export(export));
        }
        Action::Import => return push(model, Dialog::Import(Box::new(Import::new()))),
        Action::FilterMonth => return push(model, Dialog::Pick(Pick::new(Purpose::FilterMonth))),
        Action::FilterPlace => return push(model, Dialog::Pick(Pick::new(Purpose::FilterPlace))),
        Action::FilterState => return push(model, Dialog::Pick(Pick::new(Purpose::FilterState))),
        Action::Open => {
            let row = visits.row(visits.chosen).map(|row| row.id);
            return row.map_or_else(Vec::new, |visit| session.open_visit(visit));
        }
        action => {
            let to = step(visits.chosen, visits.matching(), action, size);
            return to.map_or_else(Vec::new, |to| session.choose_visit(to, &setup, size));
        }
    }
    Vec::new()
}

fn in_detail(model: &mut Model, action: Action) -> Vec<Effect> {
    let (today, size) = (model.today(), model.size);
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let View::Detail(open) = &mut session.view else {
        return Vec::new();
    };
    let visit = open.visit;
    match action {
        Action::Back if open.page == Page::History => {
            open.page = Page::Record;
            open.top = 0;
        }
        Action::Back => {
            let from = open.from;
            session.back_from(from);
        }
        Action::History => {
            open.page = match open.page {
                Page::Record => Page::History,
                Page::History => Page::Record,
            };
            open.top = 0;
        }
        Action::ShowNames => {
            open.names = open.names.other();
            if open.names == Shown::Shown {
                return vec![Effect::NamesShown(visit)];
            }
        }
        Action::Amend => return writing::amend(model),
        Action::Pairs => return session.open_pairs_of(visit),
        Action::Undo => return vec![Effect::Undo(visit)],
        Action::ConfirmOnPaper => return ask(model, Question::PaperNumber(visit)),
        Action::Withdraw => return ask(model, Question::WithdrawReason(visit)),
        Action::Send => {
            let Some(dossier) = &open.dossier else {
                return Vec::new();
            };
            let findings = check(dossier, today);
            return push(model, Dialog::Send(SendCheck { visit, findings }));
        }
        action => {
            let to = step(u64::from(open.top), u64::from(u16::MAX), action, size);
            open.top = to.and_then(|to| u16::try_from(to).ok()).unwrap_or(open.top);
        }
    }
    Vec::new()
}

fn in_places(model: &mut Model, action: Action) -> Vec<Effect> {
    let (setup, size) = (model.setup.clone(), model.size);
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let count = session.names.places.len() as u64;
    let View::Places(places) = &mut session.view else {
        return Vec::new();
    };
    let chosen = places.place(&session.names, &setup);
    match (action, chosen) {
        (Action::Open, Some((id, _))) => push(model, Dialog::Pick(Pick::new(Purpose::Village(id)))),
        (Action::Rename, Some((id, place))) => {
            let question = Question::Village(VillageQuestion::Name(id));
            push(model, Dialog::Ask(Ask::new(question, &place.name)))
        }
        (Action::Merge, Some((id, _))) => {
            push(model, Dialog::Pick(Pick::new(Purpose::MergeInto(id))))
        }
        (Action::HotSpot, Some((id, place))) => {
            let form = TendForm::hot_spot(model, id, &place.name);
            tending::open(model, form)
        }
        (Action::Back, _) => {
            session.go(Tab::Today);
            Vec::new()
        }
        (action, _) => {
            places.chosen = step(places.chosen, count, action, size).unwrap_or(places.chosen);
            Vec::new()
        }
    }
}

fn in_settings(model: &mut Model, action: Action) -> Vec<Effect> {
    let (size, idle) = (model.size, model.idle);
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let profile = session.profile.clone();
    let View::Settings(settings) = &mut session.view else {
        return Vec::new();
    };
    match (action, settings.row()) {
        (Action::Open, Some(row)) => {
            let dialog = match row {
                Row::Name => Dialog::Ask(Ask::new(Question::Name, &profile.name)),
                Row::Post => Dialog::Ask(Ask::new(Question::Post, &profile.post)),
                Row::Unit => {
                    let mut pick = Pick::new(Purpose::Unit);
                    pick.input.set(&profile.unit);
                    Dialog::Pick(pick)
                }
                Row::Passphrase => Dialog::Passphrase(Box::<PassphraseChange>::default()),
                Row::Idle => {
                    let minutes = u16::from(idle).to_string();
                    Dialog::Ask(Ask::new(Question::IdleMinutes, &minutes))
                }
                Row::Language => return language(model),
                Row::Typing => return typing(model),
            };
            push(model, dialog)
        }
        (Action::Back, _) => {
            session.go(Tab::Today);
            Vec::new()
        }
        (action, _) => {
            let to = step(settings.chosen, Row::ALL.len() as u64, action, size);
            settings.chosen = to.unwrap_or(settings.chosen);
            Vec::new()
        }
    }
}

/// Puts the cursor on a row of the list in front; on the row that has it, opens it.
pub(super) fn choose(model: &mut Model, at: u64) -> Vec<Effect> {
    let (setup, size) = (model.setup.clone(), model.size);
    let open = match model.dialogs.last_mut() {
        Some(Dialog::Pick(pick)) => {
            pick.chosen = at;
            return act(model, Action::Accept);
        }
        Some(Dialog::Import(import)) => {
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            if import.at == at {
                return act(model, Action::Accept);
            }
            import.at = at;
            return Vec::new();
        }
        Some(
            Dialog::Help(_)
            | Dialog::Ask(_)
            | Dialog::Passphrase(_)
            | Dialog::Send(_)
            | Dialog::Export(_)
            | Dialog::Tend(_)
            | Dialog::Compact(_)
            | Dialog::Confirm(_)
            | Dialog::Personal(_)
            | Dialog::Work(_),
        ) => {
            return Vec::new();
        }
        None => Action::Open,
    };
    let chosen = match &mut model.screen {
        Screen::FirstRun(run) => return choose_offer(run, at),
        Screen::Unlock(_) | Screen::Failed(_) => return Vec::new(),
        Screen::Open(session) => match &mut session.view {
            View::Today => &mut session.today.chosen,
            View::Visits if session.visits.chosen != at => {
                return session.choose_visit(at, &setup, size);
            }
            View::Visits => &mut session.visits.chosen,
            View::Records if session.records.chosen != at => {
                return session.choose_record(at, &setup, size);
            }
            View::Records => &mut session.records.chosen,
            View::Places(places) => &mut places.chosen,
            View::Coverage => &mut session.coverage.chosen,
            View::Report => match &mut session.report {
                Some(open) => open.chosen(),
                None => return Vec::new(),
            },
            View::Shared(Shared::Review(open)) => &mut open.at,
            View::Shared(Shared::Exchange(_)) => return Vec::new(),
            View::Settings(settings) => &mut settings.chosen,
            View::Quarantine(open) => &mut open.chosen,
            View::Owed(open) => &mut open.at,
            View::Detail(_) => return Vec::new(),
            View::Pairs(pairs) => {
                pairs.side = usize::try_from(at).unwrap_or(0).min(1);
                return Vec::new();
            }
            View::Capture(_) => return writing::click_offer(model, at),
        },
    };
    if *chosen == at {
        return act(model, open);
    }
    *chosen = at;
    Vec::new()
}

fn choose_offer(run: &mut FirstRun, at: u64) -> Vec<Effect> {
    let at = usize::try_from(at).unwrap_or(0);
    match run.step {
        Step::Role => run.role = at,
        Step::Person => run.offer = Some(at),
        Step::Language | Step::Passphrase | Step::Making | Step::Recovery | Step::Repeat => {}
    }
    Vec::new()
}

/// Puts the cursor into a field of the form in front.
pub(super) fn focus_field(model: &mut Model, at: usize) -> Vec<Effect> {
    match (model.dialogs.last_mut(), &mut model.screen) {
        (Some(Dialog::Passphrase(change)), _) => change.field = at.min(2),
        (Some(Dialog::Export(export)), _) => export.choose(at),
        (Some(Dialog::Tend(form)), _) => form.at = at.min(form.inputs.len().saturating_sub(1)),
        (None, Screen::FirstRun(run)) if at < run.fields() => {
            run.field = at;
            run.offer = None;
        }
        (None, Screen::Open(session)) if matches!(session.view, View::Capture(_)) => {
            return writing::click(model, at);
        }
        (None, Screen::Open(session)) if matches!(session.view, View::Quarantine(_)) => {
            let row = session.quarantine().and_then(|open| open.open.as_mut());
            if let Some(row) = row.filter(|row| at < row.fields.len()) {
                row.at = at;
            }
        }
        (None, Screen::Open(session)) if matches!(session.view, View::Visits) => {
            session.visits.searching = Searching::Words;
        }
        (None, Screen::Open(session)) if matches!(session.view, View::Records) => {
            session.records.searching = Searching::Words;
        }
        (Some(_) | None, _) => {}
    }
    Vec::new()
}
