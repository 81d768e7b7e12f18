//! Merging gives one record whatever the order and repetition, and agrees with the rule as it is
//! written down, worked out the slow way.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::domain::{EntityId, HistoryEvent, LogbookId, MemberId, Stamp, VisitId};
use crate::journal::{DeviceId, EntryKind, Header, Stream, history};

const DEVICES: usize = 3;

/// Devices that edit one record and show each other what they have.
#[derive(Default)]
struct Unit {
    entries: Vec<EntryView>,
    /// Which entries each device holds.
    known: [BTreeSet<usize>; DEVICES],
    seqs: [u64; DEVICES],
}

impl Unit {
    fn view(&self, device: usize) -> Vec<EntryView> {
        let known = self.known[device].iter();
        known.map(|&i| self.entries[i].clone()).collect()
    }

    /// Adds an entry on top of what the device sees.
    fn act(&mut self, device: usize, act: Act) -> usize {
        let heads = fold(&self.view(device)).heads;
        self.act_on(device, heads, act)
    }

    fn act_on(&mut self, device: usize, heads: Vec<EntryHash>, act: Act) -> usize {
        let seen = self.known[device].iter();
        let time = seen.map(|&i| self.entries[i].header.time).max();
        let number = self.entries.len();
        self.seqs[device] += 1;
        self.entries.push(EntryView {
            hash: EntryHash(blake3::hash(&number.to_le_bytes()).into()),
            header: Header {
                logbook: LogbookId([0; 16]),
                device: DeviceId([device as u8; 16]),
                stream: Stream::Open,
                seq: self.seqs[device],
                prev: None,
                time: time.unwrap_or(0) + 1,
                wall: Stamp(0),
                author: MemberId([0; 16]),
                kind: act.kind(),
                entity: EntityId::from(VisitId([0; 16])),
                heads,
                body: [0; 32],
            },
            act: Some(act),
        });
        self.known[device].insert(number);
        number
    }

    fn show(&mut self, from: usize, to: usize) {
        let known = self.known[from].clone();
        self.known[to].extend(known);
    }

    fn all(&self) -> Record {
        fold(&self.entries)
    }

    fn hash(&self, number: usize) -> EntryHash {
        self.entries[number].hash
    }
}

fn save(fields: &[(u32, u8)]) -> Act {
    let bytes = |&(number, value): &(u32, u8)| {
        FieldMap::from_bytes(&[0xa1, number as u8, value]).expect("small numbers")
    };
    let maps: Vec<FieldMap> = fields.iter().map(bytes).collect();
    let pairs = maps.iter().flat_map(FieldMap::iter);
    Act::Save(pairs.map(|(n, v)| (n, v.clone())).collect())
}

/// The values of a field; small numbers are their own bytes.
fn values(record: &Record, field: u32) -> Vec<u8> {
    let values = record.fields.iter().filter(|of| of.field == field);
    values.map(|of| of.value.as_bytes()[0]).collect()
}

#[derive(Clone, Debug)]
enum Op {
    Save(usize, Vec<(u32, u8)>),
    Send(usize),
    Withdraw(usize, String),
    Undo(usize, Index),
    Show(usize, usize),
}

fn op() -> impl Strategy<Value = Op> {
    let device = 0..DEVICES;
    prop_oneof![
        6 => (device.clone(), vec((1..4_u32, 0..4_u8), 1..3)).prop_map(|(d, f)| Op::Save(d, f)),
        1 => device.clone().prop_map(Op::Send),
        1 => (device.clone(), "[a-c]").prop_map(|(d, reason)| Op::Withdraw(d, reason)),
        3 => (device.clone(), any::<Index>()).prop_map(|(d, which)| Op::Undo(d, which)),
        4 => (device.clone(), device).prop_map(|(from, to)| Op::Show(from, to)),
    ]
}

fn unit(ops: &[Op]) -> Unit {
    let mut unit = Unit::default();
    for op in ops {
        match op {
            Op::Save(device, fields) => drop(unit.act(*device, save(fields))),
            Op::Send(device) => drop(unit.act(*device, Act::Send)),
            Op::Withdraw(device, why) => drop(unit.act(*device, Act::Withdraw(why.clone()))),
            // Any entry at all, its own or not: taking back another device's does nothing.
            Op::Undo(device, which) if !unit.entries.is_empty() => {
                let target = unit.hash(which.index(unit.entries.len()));
                unit.act(*device, Act::Undo(target));
            }
            Op::Undo(..) => {}
            Op::Show(from, to) => unit.show(*from, *to),
        }
    }
    unit
}

/// The rule, word for word: a writer stands unless it was taken back or another standing writer of
/// the field has it among its ancestors.
fn by_the_rule(unit: &Unit) -> BTreeMap<u32, BTreeSet<Vec<u8>>> {
    let entries = &unit.entries;
    let place = |hash: &EntryHash| entries.iter().position(|e| e.hash == *hash);
    let later = |a: usize, b: usize| entries[a].header.order() > entries[b].header.order();
    fn taken_back(i: usize, undos: &[(usize, usize)]) -> bool {
        let mut of_it = undos.iter().filter(|(_, target)| *target == i);
        of_it.any(|(undo, _)| !taken_back(*undo, undos))
    }
    let undos: Vec<(usize, usize)> = (0..entries.len())
        .filter_map(|i| match &entries[i].act {
            Some(Act::Undo(target)) => Some((i, place(target)?)),
            _ => None,
        })
        .filter(|&(i, t)| later(i, t) && entries[i].header.device == entries[t].header.device)
        .collect();
    let mut ancestors: Vec<BTreeSet<usize>> = Vec::new();
    for entry in entries {
        let mut of_it = BTreeSet::new();
        for parent in entry.header.heads.iter().filter_map(place) {
            of_it.insert(parent);
            of_it.extend(ancestors[parent].iter().copied());
        }
        ancestors.push(of_it);
    }
    let mut writers = BTreeMap::<u32, Vec<(usize, Vec<u8>)>>::new();
    for (i, entry) in entries.iter().enumerate() {
        if let Some(Act::Save(fields)) = &entry.act
            && !taken_back(i, &undos)
        {
            for (number, value) in fields.iter() {
                let of_it = writers.entry(number).or_default();
                of_it.push((i, value.as_bytes().to_vec()));
            }
        }
    }
    let standing = |writers: Vec<(usize, Vec<u8>)>| {
        let all = writers.clone();
        let stands = |w: usize| !all.iter().any(|(other, _)| ancestors[*other].contains(&w));
        let values = writers.into_iter().filter(|(w, _)| stands(*w));
        values.map(|(_, value)| value).collect()
    };
    let merged = writers.into_iter().map(|(n, w)| (n, standing(w)));
    merged.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_order_and_repetition_gives_the_same_record(
        ops in vec(op(), 1..40),
        swaps in vec((any::<Index>(), any::<Index>()), 0..60),
        again in vec(any::<Index>(), 0..20),
    ) {
        let unit = unit(&ops);
        prop_assume!(!unit.entries.is_empty());
        let mut entries = unit.entries.clone();
        entries.extend(again.iter().map(|i| unit.entries[i.index(unit.entries.len())].clone()));
        for (a, b) in swaps {
            let len = entries.len();
            entries.swap(a.index(len), b.index(len));
        }
        prop_assert_eq!(fold(&entries), unit.all());
        prop_assert_eq!(history(&entries), history(&unit.entries));
    }

    #[test]
    fn the_fast_way_agrees_with_the_rule(ops in vec(op(), 1..40)) {
        let unit = unit(&ops);
        let record = unit.all();
        let merged = record.by_field().map(|values| {
            let bytes = |of: &Standing| of.value.as_bytes().to_vec();
            let distinct: BTreeSet<_> = values.iter().map(bytes).collect();
            assert_eq!(distinct.len(), values.len(), "equal values collapse");
            (values[0].field, distinct)
        });
        prop_assert_eq!(merged.collect::<BTreeMap<_, _>>(), by_the_rule(&unit));
    }

    /// Whoever sees all heads and writes every field again is alone with what was written.
    #[test]
    fn an_edit_of_all_heads_settles_everything(ops in vec(op(), 1..30)) {
        let mut unit = unit(&ops);
        for device in 1..DEVICES {
            unit.show(device, 0);
        }
        let last = unit.act(0, save(&[(1, 1), (2, 2), (3, 3)]));
        let record = unit.all();
        prop_assert_eq!(record.conflicts(), []);
        prop_assert_eq!(&record.heads, &[unit.hash(last)]);
        prop_assert_eq!([1, 2, 3].map(|f| values(&record, f)), [[1], [2], [3]]);
    }

    /// Entries that are missing, and links that lead nowhere or in a circle.
    #[test]
    fn hostile_links_do_no_harm(
        ops in vec(op(), 1..20),
        links in vec((any::<Index>(), any::<Index>()), 0..20),
        lost in any::<Index>(),
    ) {
        let mut entries = unit(&ops).entries;
        prop_assume!(!entries.is_empty());
        for (from, to) in links {
            let hash = entries[to.index(entries.len())].hash;
            let from = from.index(entries.len());
            entries[from].header.heads.push(hash);
        }
        entries.remove(lost.index(entries.len()));
        let record = fold(&entries);
        entries.reverse();
        prop_assert_eq!(fold(&entries), record);
    }
}

/// A record that two devices hold, with field 1 = 1 and field 2 = 1.
fn shared() -> Unit {
    let mut unit = Unit::default();
    unit.act(0, save(&[(1, 1), (2, 1)]));
    unit.show(0, 1);
    unit
}

#[test]
fn edits_of_different_fields_merge() {
    let mut unit = shared();
    unit.act(0, save(&[(1, 2)]));
    unit.act(1, save(&[(2, 3)]));
    let record = unit.all();
    assert_eq!((values(&record, 1), values(&record, 2)), (vec![2], vec![3]));
    assert_eq!((record.conflicts().len(), record.heads.len()), (0, 2));
}

#[test]
fn edits_of_the_same_field_are_both_kept_until_a_person_resolves() {
    let mut unit = shared();
    let first = unit.act(0, save(&[(1, 2)]));
    let second = unit.act(1, save(&[(1, 3)]));
    let record = unit.all();
    let conflict = Conflict {
        field: 1,
        entries: vec![unit.hash(first), unit.hash(second)],
    };
    assert_eq!(record.conflicts(), [conflict]);
    assert_eq!(record.shown().get(1).map(RawCbor::as_bytes), Some(&[3][..]));
    unit.show(1, 0);
    // An edit of something else leaves the question open.
    unit.act(0, save(&[(2, 2)]));
    assert_eq!(unit.all().conflicts().len(), 1);
    unit.act(0, save(&[(1, 2)]));
    assert_eq!(unit.all().conflicts(), []);
    assert_eq!(values(&unit.all(), 1), [2]);
}

#[test]
fn the_same_edit_on_two_devices_is_no_conflict() {
    let mut unit = shared();
    unit.act(0, save(&[(1, 2)]));
    unit.act(1, save(&[(1, 2)]));
    assert_eq!(
        (values(&unit.all(), 1), unit.all().conflicts()),
        (vec![2], vec![])
    );
}

#[test]
fn taking_an_edit_back_restores_what_was_there() {
    let mut unit = shared();
    let edit = unit.act(0, save(&[(1, 2)]));
    let edit = unit.hash(edit);
    let undo = unit.act(0, Act::Undo(edit));
    assert_eq!(values(&unit.all(), 1), [1]);
    assert_eq!(unit.all().heads, [unit.hash(undo)]);
    let undo = unit.hash(undo);
    unit.act(0, Act::Undo(undo));
    assert_eq!(values(&unit.all(), 1), [2]);
}

#[test]
fn nobody_takes_back_the_edit_of_another_device() {
    let mut unit = shared();
    let first = unit.hash(0);
    unit.act(1, Act::Undo(first));
    assert_eq!(values(&unit.all(), 1), [1]);
}

#[test]
fn what_was_never_saved_or_taken_back_whole_is_void() {
    let mut unit = Unit::default();
    assert!(unit.all().is_void());
    let first = unit.act(0, save(&[]));
    assert!(!unit.all().is_void());
    let first = unit.hash(first);
    unit.act(0, Act::Undo(first));
    assert!(unit.all().is_void());
}

#[test]
fn a_visit_sent_on_one_device_and_edited_on_another_is_sent_and_edited() {
    let mut unit = shared();
    let sent = unit.act(0, Act::Send);
    unit.act(1, save(&[(2, 3)]));
    let record = unit.all();
    assert_eq!(
        (record.state, values(&record, 2)),
        (VisitState::Sent, vec![3])
    );
    let sent = unit.hash(sent);
    unit.act(0, Act::Undo(sent));
    assert_eq!(unit.all().state, VisitState::Draft);
}

#[test]
fn a_withdrawn_record_stays_withdrawn_whatever_others_did_meanwhile() {
    let mut unit = shared();
    let withdrawn = unit.act(0, Act::Withdraw("trùng".into()));
    unit.act(1, Act::Send);
    unit.act(1, save(&[(1, 2)]));
    let record = unit.all();
    assert_eq!(record.state, VisitState::Withdrawn);
    assert_eq!(record.withdrawn.as_deref(), Some("trùng"));
    let withdrawn = unit.hash(withdrawn);
    unit.act(0, Act::Undo(withdrawn));
    let record = unit.all();
    assert_eq!((record.state, record.withdrawn), (VisitState::Sent, None));
}

#[test]
fn a_field_taken_out_is_gone_and_can_be_in_conflict() {
    let mut unit = shared();
    unit.act(0, save(&[(1, 0xf6_u8)]));
    assert_eq!(unit.all().shown().get(1), None);
    unit.act(1, save(&[(1, 2)]));
    assert_eq!(unit.all().conflicts().len(), 1);
}

#[test]
fn an_erased_body_is_listed_and_a_good_copy_replaces_it() {
    let mut unit = shared();
    unit.act(0, save(&[(1, 2)]));
    let whole = unit.all();
    let mut erased = unit.entries[1].clone();
    erased.act = None;
    let entries = [unit.entries[0].clone(), erased.clone()];
    assert_eq!(fold(&entries).unread, [erased.hash]);
    unit.entries.push(erased);
    assert_eq!(unit.all(), whole);
}

#[test]
fn an_entry_of_a_later_kind_is_kept_and_passes_on_what_it_replaced() {
    let mut unit = shared();
    let later = unit.act(0, Act::Send);
    unit.entries[later].header.kind = EntryKind::Unknown(77);
    unit.entries[later].act = None;
    let edit = unit.act(0, save(&[(1, 2)]));
    let record = unit.all();
    assert_eq!(record.conflicts(), []);
    assert_eq!(record.heads, [unit.hash(edit)]);
    let events: Vec<_> = history(&unit.entries)
        .into_iter()
        .map(|line| line.event)
        .collect();
    let amended = HistoryEvent::Amended(vec!["site"]);
    assert_eq!(
        events,
        [HistoryEvent::Created, HistoryEvent::Unknown, amended]
    );
}
