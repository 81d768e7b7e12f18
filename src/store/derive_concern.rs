//! What concerns and promises add to the views: rows with where they stand, and what is still owed.

use super::derive::{Deriving, cut};
use super::error::StoreError;
use super::family::{Loaded, parts};
use super::fresh::Records;
use super::life::{under_concern, under_promise};
use super::rows::Row;
use super::tables::Read;
use super::tokens;
use crate::domain::{
    Code, Concern, ConcernState, EntityId, Envelope, Listing, Matter, OpenCase, Promise, RowTitle,
    Settlement, VisitState,
};

impl<R: Read> Deriving<'_, '_, R> {
    /// Works out the row of a concern and, until the citizen was told, what is owed.
    pub(super) fn concern(
        &mut self,
        records: &impl Records,
        loaded: &Loaded<Concern>,
    ) -> Result<(Row, Option<OpenCase>), StoreError> {
        let concern = &loaded.value;
        let under = under_concern(records, &records.known(loaded.entity)?)?;
        let (life, _) = under.life(concern, self.day);
        let officer = under.officer(self.officer);
        let mut tokens = self.common();
        let lexicon = &mut *self.namer.lexicon;
        for text in [
            &concern.line,
            &concern.registered.settled_by,
            &concern.registered.passed_to,
            &concern.registered.note,
        ] {
            tokens.text(lexicon, text);
        }
        tokens.code(lexicon, &concern.topic);
        let kind = concern.kind.and_then(|kind| Code::new(kind.as_str()).ok());
        tokens.code(lexicon, &kind);
        tokens.add(lexicon, tokens::concern_state(life.state()));
        for step in under.steps.iter().filter_map(|s| s.value.taken.as_ref()) {
            for text in [&step.paper, &step.body, &step.reason] {
                tokens.text(lexicon, text);
            }
        }
        let site = self.own_site(&concern.site, &mut tokens)?;
        let title = RowTitle::Concern {
            kind: concern.kind,
            line: cut(&concern.line),
            settlement: concern.settlement,
            answer_by: concern.answer_by,
            state: life.state(),
            officer,
        };
        let settled = u64::from(concern.settlement == Settlement::OnTheSpot);
        let about = (&site, &title, tokens);
        let row = self.row(Listing::Concerns, loaded.entity, about, settled);
        let owed = life.state() != ConcernState::Answered && self.state != VisitState::Withdrawn;
        let case = owed.then(|| OpenCase {
            entity: loaded.entity,
            officer,
            matter: Matter::Concern(under.open(concern, &life, self.day)),
        });
        Ok((row, case))
    }

    /// Works out the row of a promise and, until it is answered, what is owed.
    pub(super) fn promise(
        &mut self,
        records: &impl Records,
        loaded: &Loaded<Promise>,
    ) -> Result<(Row, Option<OpenCase>), StoreError> {
        let promise = &loaded.value;
        let under = under_promise(records, &records.known(loaded.entity)?)?;
        let officer = under.officer(self.officer);
        let answered = under.answers.iter().find_map(|answer| answer.value.on);
        let mut tokens = self.common();
        tokens.text(self.namer.lexicon, &promise.text);
        for answer in &under.answers {
            tokens.text(self.namer.lexicon, &answer.value.text);
        }
        let site = self.own_site(&promise.site, &mut tokens)?;
        let title = RowTitle::Promise {
            text: cut(&promise.text),
            due: promise.due,
            answered,
            officer,
        };
        let row = self.row(Listing::Promises, loaded.entity, (&site, &title, tokens), 0);
        let owed = under.answers.is_empty() && self.state != VisitState::Withdrawn;
        let case = owed.then_some(OpenCase {
            entity: loaded.entity,
            officer,
            matter: Matter::Promise { due: promise.due },
        });
        Ok((row, case))
    }

    /// Returns the envelopes that were not handed over yet. They have no row: no list, search or count
    /// knows of them.
    pub(super) fn envelopes(
        &self,
        records: &impl Records,
        whole: EntityId,
    ) -> Result<Vec<OpenCase>, StoreError> {
        let envelopes = parts::<Envelope>(records, whole)?.into_iter();
        let waiting = envelopes.filter(|envelope| envelope.value.handed_over.is_none());
        let case = |envelope: Loaded<Envelope>| OpenCase {
            entity: envelope.entity,
            officer: self.officer,
            matter: Matter::Envelope {
                on: envelope.value.on,
            },
        };
        Ok(waiting.map(case).collect())
    }
}
