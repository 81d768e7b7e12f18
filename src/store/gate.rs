//! What of the journal the views believe: entries of devices that may sign such a thing, before the
//! cut of a chain, whose fields can be read. A function of the journal alone, so that every copy of
//! the logbook believes the same, in whatever order entries came.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::absorb::Owed;
use super::entity::Place;
use super::error::StoreError;
use super::marks::Cuts;
use super::meta::{ChainBytes, chains};
use super::rebuild::fold_all;
use super::tables::{Draft, Read, Tab};
use super::{absorb, dues, marks, roster};
use crate::domain::{
    Activity, Answer, Assignment, Charge, Closing, Concern, DataRequest, Deed, Duty, EntityId,
    EntityKind, Envelope, Erasure, HelpedNames, Inspection, Label, Meeting, MemberId, Pair,
    Particulars, Person, Place as Village, Promise, Reception, Review, Say, StepTaken, Visit,
};
use crate::journal::{
    Act, Admission, DeviceId, EntryView, FieldMap, Header, Logbook, Member, Recorded, Station,
    Stream,
};
use crate::keys::Roster;

/// Who may sign what, and where chains end.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Gate {
    pub(super) roster: Roster,
    pub(super) cuts: Cuts,
}

impl Gate {
    pub(super) fn read(read: &impl Read) -> Result<Self, StoreError> {
        let roster = roster::roster(read)?;
        let cuts = marks::cuts(read, &roster)?;
        Ok(Self { roster, cuts })
    }

    /// Returns whether the views take an entry in.
    fn lets(&self, view: &EntryView) -> bool {
        let Header {
            device,
            stream,
            seq,
            author,
            entity,
            ..
        } = view.header;
        let cut = self.cuts.get(&(device, stream));
        if cut.is_some_and(|cut| seq > cut.seq) {
            return false;
        }
        match &view.act {
            None => true,
            Some(act) => is_sound(entity.kind, act) && self.may_sign(device, author, entity, act),
        }
    }

    /// Returns whether a device may sign such an entry.
    pub(super) fn may_sign(
        &self,
        device: DeviceId,
        author: MemberId,
        entity: EntityId,
        act: &Act,
    ) -> bool {
        let Some(seat) = self.roster.seat(device) else {
            // Only this device's own entries come this far without an admission.
            return true;
        };
        match owner(entity) {
            Owner::Member(member) if member != author => return false,
            Owner::Member(_) | Owner::Roster | Owner::Unit => {}
        }
        let deed = deed(entity.kind, act);
        let signs = seat.role.is_some_and(|role| role.signs(deed));
        // Whoever began a logbook alone records in it, whatever the role.
        signs || deed == Deed::Own || seat.keeper && deed != Deed::Verdict
    }

    /// Returns whether what was taken in by this gate stands by another one.
    fn is_as_good_as(&self, before: &Self, chains: &BTreeMap<u32, ChainBytes>) -> bool {
        let mut held = chains.values();
        held.all(|chain| {
            let (device, stream) = (chain.device(), chain.stream());
            let cut = |gate: &Self| {
                let cut = gate.cuts.get(&(device, stream));
                cut.map_or(chain.seq, |cut| cut.seq.min(chain.seq))
            };
            let seat = |gate: &Self| {
                let seat = gate.roster.seat(device);
                seat.map(|seat| (seat.role, seat.keeper))
            };
            cut(self) == cut(before) && seat(self) == seat(before)
        })
    }
}

/// Who alone may write about a record.
enum Owner {
    Member(MemberId),
    /// The roster looks itself at who wrote.
    Roster,
    Unit,
}

fn owner(entity: EntityId) -> Owner {
    match entity.kind {
        EntityKind::Member => Owner::Member(MemberId(entity.id)),
        EntityKind::Admission | EntityKind::Device | EntityKind::Logbook => Owner::Roster,
        EntityKind::Visit
        | EntityKind::Activity
        | EntityKind::Meeting
        | EntityKind::Concern
        | EntityKind::Place
        | EntityKind::Person
        | EntityKind::Particulars
        | EntityKind::Helped
        | EntityKind::Envelope
        | EntityKind::Pair
        | EntityKind::Review
        | EntityKind::Step
        | EntityKind::Label
        | EntityKind::Promise
        | EntityKind::Answer
        | EntityKind::Charge
        | EntityKind::Reception
        | EntityKind::Duty
        | EntityKind::Inspection
        | EntityKind::Assignment
        | EntityKind::DataRequest
        | EntityKind::Erasure
        | EntityKind::Closing
        | EntityKind::Unknown(_) => Owner::Unit,
    }
}

/// Returns what an entry does, as far as roles differ in it.
fn deed(kind: EntityKind, act: &Act) -> Deed {
    match act {
        Act::Shown | Act::Receipt(_) | Act::Cut(_) | Act::Undo(_) => return Deed::Own,
        Act::Save(_) | Act::Withdraw(_) | Act::Send => {}
    }
    match kind {
        EntityKind::Visit
        | EntityKind::Activity
        | EntityKind::Meeting
        | EntityKind::Concern
        | EntityKind::Place
        | EntityKind::Step
        | EntityKind::Label
        | EntityKind::Promise
        | EntityKind::Answer
        | EntityKind::Charge
        | EntityKind::Reception
        | EntityKind::Duty
        | EntityKind::Inspection
        | EntityKind::Assignment
        | EntityKind::Closing
        | EntityKind::Pair => Deed::Record,
        EntityKind::Particulars
        | EntityKind::Helped
        | EntityKind::DataRequest
        | EntityKind::Erasure => Deed::Names,
        EntityKind::Envelope => Deed::Envelope,
        EntityKind::Review => match act {
            Act::Save(fields) => match Review::from_fields(fields).map(|review| review.say) {
                Ok(Some(Say::Ask)) => Deed::Word,
                // It is the unit's word of a paper, not a verdict.
                Ok(Some(Say::OnPaper)) => Deed::Record,
                Ok(Some(Say::Confirm | Say::Return | Say::Conclude) | None) | Err(_) => {
                    Deed::Verdict
                }
            },
            Act::Withdraw(_)
            | Act::Send
            | Act::Undo(_)
            | Act::Shown
            | Act::Receipt(_)
            | Act::Cut(_) => Deed::Verdict,
        },
        EntityKind::Person
        | EntityKind::Member
        | EntityKind::Logbook
        | EntityKind::Admission
        | EntityKind::Device
        | EntityKind::Unknown(_) => Deed::Own,
    }
}

/// Returns whether what a save writes can be read by itself, so that one bad entry spoils no record.
fn is_sound(kind: EntityKind, act: &Act) -> bool {
    let Act::Save(fields) = act else {
        return true;
    };
    let mut given = Cow::Borrowed(fields);
    if fields.iter().any(|(_, value)| value.is_null()) {
        let kept = fields.iter().filter(|(_, value)| !value.is_null());
        given = Cow::Owned(kept.map(|(n, value)| (n, value.clone())).collect());
    }
    fn reads<T: Recorded>(fields: &FieldMap) -> bool {
        T::from_fields(fields).is_ok()
    }
    match kind {
        EntityKind::Visit => reads::<Visit>(&given),
        EntityKind::Activity => reads::<Activity>(&given),
        EntityKind::Meeting => reads::<Meeting>(&given),
        EntityKind::Concern => reads::<Concern>(&given),
        EntityKind::Place => reads::<Village>(&given),
        EntityKind::Person => reads::<Person>(&given),
        EntityKind::Particulars => reads::<Particulars>(&given),
        EntityKind::Helped => reads::<HelpedNames>(&given),
        EntityKind::Envelope => reads::<Envelope>(&given),
        EntityKind::Member => reads::<Member>(&given),
        EntityKind::Logbook => reads::<Logbook>(&given),
        EntityKind::Pair => reads::<Pair>(&given),
        EntityKind::Admission => reads::<Admission>(&given),
        EntityKind::Device => reads::<Station>(&given),
        EntityKind::Review => reads::<Review>(&given),
        EntityKind::Step => reads::<StepTaken>(&given),
        EntityKind::Label => reads::<Label>(&given),
        EntityKind::Promise => reads::<Promise>(&given),
        EntityKind::Answer => reads::<Answer>(&given),
        EntityKind::Charge => reads::<Charge>(&given),
        EntityKind::Reception => reads::<Reception>(&given),
        EntityKind::Duty => reads::<Duty>(&given),
        EntityKind::Inspection => reads::<Inspection>(&given),
        EntityKind::Assignment => reads::<Assignment>(&given),
        EntityKind::DataRequest => reads::<DataRequest>(&given),
        EntityKind::Erasure => reads::<Erasure>(&given),
        EntityKind::Closing => reads::<Closing>(&given),
        EntityKind::Unknown(_) => true,
    }
}

/// Takes entries into the views as far as the roster believes them; where they change what it
/// believes of entries that are there, the views are made again in the same commit. `before` is the gate as
/// the views make it now.
pub(super) fn absorb(
    draft: &mut Draft<'_>,
    batch: Vec<(Place, EntryView)>,
    before: &Gate,
) -> Result<Owed, StoreError> {
    let may_change = batch.iter().any(|(_, view)| changes_the_gate(view));
    let owed = absorb_through(draft, batch, before)?;
    if !may_change {
        return Ok(owed);
    }
    let chains = chains(draft)?;
    if Gate::read(draft)?.is_as_good_as(before, &chains) {
        return Ok(owed);
    }
    for view in Tab::VIEWS {
        draft.clear(view)?;
    }
    fold_all(draft, &chains)?;
    // What is owed may be another now: its dates are reckoned anew when the logbook is next opened.
    dues::forget(draft)?;
    Ok(Owed::default())
}

/// Returns whether an entry may change what the views believe of others.
pub(super) fn changes_the_gate(view: &EntryView) -> bool {
    let is_cut = matches!(view.act, Some(Act::Cut(_)));
    is_cut || is_of_roster(view.header.entity.kind) && view.header.stream == Stream::Roster
}

fn is_of_roster(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Admission | EntityKind::Member | EntityKind::Logbook | EntityKind::Device
    )
}

/// Takes in what a gate lets through.
pub(super) fn absorb_through(
    draft: &mut Draft<'_>,
    batch: Vec<(Place, EntryView)>,
    gate: &Gate,
) -> Result<Owed, StoreError> {
    let mut records = Vec::with_capacity(batch.len());
    for (place, view) in batch {
        if is_mark(&view) {
            let author = view.header.device;
            marks::note(draft, &view, || gate.roster.is_keeper(author))?;
        } else if gate.lets(&view) {
            records.push((place, view));
        }
    }
    absorb::absorb(draft, records)
}

/// Returns whether an entry only marks a place in a chain.
pub(super) fn is_mark(view: &EntryView) -> bool {
    matches!(view.act, Some(Act::Receipt(_) | Act::Cut(_)))
}
