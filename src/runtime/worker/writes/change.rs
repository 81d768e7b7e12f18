//! The changes that one commit makes, and what is said of them.

use crate::app::{Answer, Effect, Naming, RosterDeed, SaveVisit};
use crate::domain::{Say, TendRefused, VisitId};
use crate::journal::{DeviceId, StreamIds};
use crate::store::{Moment, SaveDossier, Store, WriteError};

/// Makes a change and returns what to say of it.
pub(super) fn change(
    store: &Store,
    effect: Effect,
    now: Moment,
    ids: &mut StreamIds,
) -> Result<Vec<Answer>, WriteError> {
    let names = || -> Result<Vec<Answer>, WriteError> {
        let names = Box::new(store.reader().names()?);
        Ok(vec![Answer::NamesChanged(names)])
    };
    let code = |visit: VisitId| store.reader().code(visit.into());
    match effect {
        Effect::KeepTyping { key, bytes } => {
            store.keep_typing(key.0, now.now, &bytes)?;
            Ok(vec![Answer::Kept { key, at: now.now }])
        }
        Effect::DropTyping(key) => {
            store.drop_typing(key.0)?;
            Ok(Vec::new())
        }
        Effect::Save(save) => saved(store, *save, now, ids),
        Effect::Send(visit) => {
            store.send(visit, now, ids)?;
            let code = code(visit)?;
            Ok(vec![Answer::Sent { visit, code }])
        }
        Effect::Withdraw { visit, reason } => {
            let code = code(visit)?;
            store.withdraw(visit, reason, now, ids)?;
            Ok(vec![Answer::Withdrawn { visit, code }])
        }
        Effect::NamesShown(visit) => {
            store.show_names(visit.into(), now, ids)?;
            Ok(Vec::new())
        }
        Effect::ShowRaised(concern) => {
            // First the entry: what could not be recorded is not shown.
            store.show_names(concern.into(), now, ids)?;
            let particulars = store.reader().particulars(concern)?.map(Box::new);
            Ok(vec![Answer::Raised {
                concern,
                particulars,
            }])
        }
        Effect::Undo(visit) => {
            let code = code(visit)?;
            let state = store.undo(visit, now, ids)?;
            Ok(vec![Answer::Undone { visit, code, state }])
        }
        Effect::Decide { pair, verdict } => {
            store.decide(pair, verdict, String::new(), now, ids)?;
            let codes = [code(pair.0)?, code(pair.1)?];
            Ok(vec![Answer::Decided {
                pair,
                verdict,
                codes,
            }])
        }
        Effect::Review {
            visit,
            say,
            text,
            seen,
        } => {
            store.review(visit, (say, text), Some(seen), now, ids)?;
            store.look(visit)?;
            let code = code(visit)?;
            Ok(vec![Answer::Reviewed { visit, code, say }])
        }
        Effect::ConfirmOnPaper { visit, paper, on } => {
            store.confirm_on_paper(visit, (paper, on), now, ids)?;
            let code = code(visit)?;
            let say = Say::OnPaper;
            Ok(vec![Answer::Reviewed { visit, code, say }])
        }
        Effect::Roster { deed, device, name } => {
            let device = DeviceId(device);
            match deed {
                RosterDeed::NameKeeper => store.name_keeper(device, now, ids)?,
                RosterDeed::ShutOut => store.revoke(device, now, ids)?,
            }
            Ok(vec![Answer::RosterChanged { deed, name }])
        }
        Effect::Tend(tend) => {
            if tend.naming == Naming::Asks && store.reader().names_a_citizen(&tend.tending)? {
                return Err(TendRefused::NamesACitizen.into());
            }
            let typing = tend.typing.map(|key| key.0);
            let entity = store.tend(tend.tending, typing, now, ids)?;
            let code = store.reader().code(entity)?;
            Ok(vec![Answer::Tended { entity, code }])
        }
        Effect::ChangePlace { place, change } => {
            store.change_place(place, change, now, ids)?;
            names()
        }
        Effect::DropWaiting(row) => {
            store.drop_quarantined(&[row])?;
            Ok(vec![Answer::RowDropped(row)])
        }
        Effect::TakeInRow { row, setup } => super::taking::take_row(store, &row, &setup, now, ids),
        Effect::ChangeProfile(profile) => {
            store.save_profile(profile.clone(), now, ids)?;
            Ok(vec![Answer::ProfileChanged(profile)])
        }
        Effect::Create(_)
        | Effect::Unlock(_)
        | Effect::Lock
        | Effect::Quit
        | Effect::ChangePassphrase { .. }
        | Effect::ChangeSettings(_)
        | Effect::Export(_)
        | Effect::Report(_)
        | Effect::StopExport
        | Effect::ReadTable(_)
        | Effect::ChangeTable(_)
        | Effect::TakeIn
        | Effect::StopImport
        | Effect::BackUp(_)
        | Effect::Compact(_)
        | Effect::Personal(_)
        | Effect::StopWork
        | Effect::ConfirmAll(_)
        | Effect::InJoined(..)
        | Effect::Join(_)
        | Effect::Invite { .. }
        | Effect::ReadRequest(_)
        | Effect::Admit(_)
        | Effect::FreshIds
        | Effect::QueryList { .. }
        | Effect::QueryToday { .. }
        | Effect::QuerySpots
        | Effect::QueryDuties { .. }
        | Effect::QueryOffered { .. }
        | Effect::QueryCoverage { .. }
        | Effect::QueryDossier(_)
        | Effect::Sync(_)
        | Effect::QueryReview(_)
        | Effect::QueryReviewOf(_)
        | Effect::QueryExchange(_)
        | Effect::QueryHistory(_)
        | Effect::QueryPairs { .. }
        | Effect::QueryPairsOf(_)
        | Effect::QueryAlike { .. }
        | Effect::QueryQuarantine
        | Effect::QueryWaiting(_)
        | Effect::QueryOwed(_)
        | Effect::QueryRecords { .. }
        | Effect::QueryLastVisit => Ok(Vec::new()),
    }
}

fn saved(
    store: &Store,
    save: SaveVisit,
    now: Moment,
    ids: &mut StreamIds,
) -> Result<Vec<Answer>, WriteError> {
    let typing = save.typing;
    let save = SaveDossier {
        dossier: save.dossier,
        places: save.places,
        people: save.people,
        typing: Some(typing.0),
    };
    let saved = store.save(save, now, ids)?;
    Ok(vec![Answer::Saved {
        typing,
        visit: saved.visit,
        code: saved.code,
        names: Box::new(store.reader().names()?),
    }])
}
