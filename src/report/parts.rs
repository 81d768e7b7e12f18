//! The cells of activities, meetings, concerns and entries.

use super::Cell;
use super::rows::{Cells, Terms};
use crate::domain::{
    Activity, Beneficiaries, Code, Column, Concern, ConcernKind, EntityKind, EntryAct, ExportEntry,
    Meeting, Particulars, Promise, RaisedBy, Settlement, Summing,
};
use crate::i18n::Text;
use crate::i18n::messages::{common, export, history, privacy};

pub(super) fn activity(terms: &Terms<'_>, of: &Activity) -> Cells {
    let lists = terms.catalogue;
    let kinds = of.beneficiaries.iter().filter_map(|b| b.kind.as_ref());
    let sources = of.funding.iter().filter_map(|f| f.source.as_ref());
    let word = of.confirmation.as_ref();
    vec![
        (
            Column::Category,
            terms.label(&lists.activities, of.category.as_ref()),
        ),
        (
            Column::CategoryCode,
            Cell::of(of.category.clone(), Cell::Code),
        ),
        (Column::Description, Cell::text(&of.description)),
        (Column::Quantity, Cell::of(of.amount, Cell::Quantity)),
        (
            Column::QuantityUnit,
            terms.label(&lists.measures, of.measure.as_ref()),
        ),
        (
            Column::QuantityUnitCode,
            Cell::of(of.measure.clone(), Cell::Code),
        ),
        (Column::PersonDays, Cell::of(of.person_days, Cell::Quantity)),
        (Column::Officers, count(of.officers)),
        (
            Column::Beneficiary,
            terms.labels(&lists.beneficiaries, kinds),
        ),
        (Column::Households, sum(of, |b| b.households)),
        (Column::People, sum(of, |b| b.people)),
        (Column::Turns, sum(of, |b| b.turns)),
        (
            Column::BeneficiaryDetail,
            list(&of.beneficiaries, Cell::Beneficiaries),
        ),
        (Column::Value, Cell::of(of.value(), Cell::Vnd)),
        (Column::Funding, terms.labels(&lists.funding, sources)),
        (Column::FundingDetail, list(&of.funding, Cell::Funding)),
        (Column::LeadUnit, Cell::text(&of.lead_unit)),
        (Column::Partners, Cell::texts(of.partners.clone())),
        (
            Column::ConfirmedBy,
            Cell::of(word, |word| Cell::text(&word.by)),
        ),
        (
            Column::ConfirmedOn,
            Cell::of(word.and_then(|word| word.on), Cell::Day),
        ),
        (Column::Note, Cell::text(&of.note)),
        (Column::Cumulative, cumulative(of.summing)),
    ]
}

pub(super) fn meeting(terms: &Terms<'_>, of: &Meeting, promises: &[Promise]) -> Cells {
    let lists = terms.catalogue;
    vec![
        (Column::Kind, terms.label(&lists.meetings, of.kind.as_ref())),
        (Column::KindCode, Cell::of(of.kind.clone(), Cell::Code)),
        (
            Column::Capacity,
            terms.label(&lists.capacities, of.capacity.as_ref()),
        ),
        (
            Column::CapacityCode,
            Cell::of(of.capacity.clone(), Cell::Code),
        ),
        (Column::Body, Cell::text(&of.body)),
        (Column::Attendees, count(of.attendance)),
        (Column::Opinions, count(of.opinions)),
        (Column::Remarks, Cell::text(&of.remarks)),
        (Column::Issues, Cell::text(&of.issues)),
        (Column::Promises, list(promises, Cell::Promises)),
        (Column::Note, Cell::text(&of.note)),
        (Column::Cumulative, cumulative(of.summing)),
    ]
}

pub(super) fn concern(terms: &Terms<'_>, of: &Concern) -> Cells {
    let label = |kind: ConcernKind| {
        Cell::Text(terms.speech.text(&match kind {
            ConcernKind::Complaint => common::concern_complaint(),
            ConcernKind::Recommendation => common::concern_recommendation(),
            ConcernKind::Reflection => common::concern_reflection(),
        }))
    };
    let code = of.kind.and_then(|kind| Code::new(kind.as_str()).ok());
    let settlement = match of.settlement {
        Settlement::Pending => terms.term("pending", &common::settlement_pending()),
        Settlement::OnTheSpot => terms.term("on_the_spot", &common::settlement_on_the_spot()),
    };
    vec![
        (Column::Kind, Cell::of(of.kind, label)),
        (Column::KindCode, Cell::of(code, Cell::Code)),
        (
            Column::Topic,
            terms.label(&terms.catalogue.topics, of.topic.as_ref()),
        ),
        (Column::TopicCode, Cell::of(of.topic.clone(), Cell::Code)),
        (Column::Line, Cell::text(&of.line)),
        (Column::Settlement, settlement),
        (Column::AnswerBy, Cell::of(of.answer_by, Cell::Day)),
    ]
}

/// The cells of who raised a concern, where that is known.
pub(super) fn petitioner(of: Option<&Particulars>) -> Cells {
    let citizen = of.and_then(|of| match &of.raised_by {
        RaisedBy::Citizen(citizen) => Some((&citizen.name, &citizen.contact)),
        RaisedBy::Anonymous => None,
    });
    let anonymous = of.filter(|of| of.raised_by == RaisedBy::Anonymous);
    vec![
        (
            Column::RaisedBy,
            Cell::of(citizen, |(name, _)| Cell::text(name)),
        ),
        (
            Column::Contact,
            Cell::of(citizen, |(_, contact)| Cell::text(contact)),
        ),
        (Column::Anonymous, Cell::of(anonymous, |_| Cell::Yes)),
        (Column::Said, Cell::of(of, |of| Cell::text(&of.said))),
        (Column::Wish, Cell::of(of, |of| Cell::text(&of.wish))),
    ]
}

/// The cells of what an entry says in its header.
pub(super) fn entry(terms: &Terms<'_>, of: &ExportEntry) -> Cells {
    let hash = |bytes: &[u8; 32]| Cell::Text(hex(bytes));
    vec![
        (Column::Device, Cell::Text(hex(&of.device))),
        (Column::Seq, Cell::Count(of.seq)),
        (Column::When, Cell::Moment(of.at)),
        (Column::Who, Cell::text(&of.who)),
        (Column::Act, terms.term(of.act.as_str(), &act(of.act))),
        (Column::Record, record(terms, of.kind)),
        (Column::Code, Cell::text(of.code.as_str())),
        (Column::Time, Cell::Count(of.time)),
        (Column::Replaces, Cell::Count(of.replaces as u64)),
        (Column::Hash, hash(&of.hash.0)),
        (
            Column::Previous,
            Cell::of(of.previous.as_ref(), |before| hash(&before.0)),
        ),
        (Column::BodyHash, hash(&of.body_hash)),
        (
            Column::Signed,
            Cell::of(of.signed.then_some(()), |()| Cell::Yes),
        ),
    ]
}

fn act(act: EntryAct) -> Text {
    match act {
        EntryAct::Save => export::act_save(),
        EntryAct::Send => export::act_send(),
        EntryAct::Withdraw => export::act_withdraw(),
        EntryAct::Undo => export::act_undo(),
        EntryAct::Shown => export::act_shown(),
        EntryAct::Receipt => export::act_receipt(),
        EntryAct::Cut => export::act_cut(),
        EntryAct::Unknown => export::act_unknown(),
    }
}

fn record(terms: &Terms<'_>, kind: EntityKind) -> Cell {
    let text = match kind {
        EntityKind::Place => export::record_place(),
        EntityKind::Person => export::record_person(),
        EntityKind::Member => export::record_member(),
        EntityKind::Logbook => export::record_logbook(),
        EntityKind::Pair => export::record_pair(),
        EntityKind::Admission => export::record_admission(),
        EntityKind::Device => export::record_device(),
        EntityKind::Review => history::about_review(),
        EntityKind::Visit => history::about_visit(),
        EntityKind::Activity => history::about_activity(),
        EntityKind::Meeting => history::about_meeting(),
        EntityKind::Concern => history::about_concern(),
        EntityKind::Particulars => history::about_particulars(),
        EntityKind::Helped => history::about_helped(),
        EntityKind::Envelope => history::about_envelope(),
        EntityKind::Step => history::about_step(),
        EntityKind::Label => history::about_label(),
        EntityKind::Promise => history::about_promise(),
        EntityKind::Answer => history::about_answer(),
        EntityKind::Charge => history::about_charge(),
        EntityKind::Reception => history::about_reception(),
        EntityKind::Duty => history::about_duty(),
        EntityKind::Inspection => history::about_inspection(),
        EntityKind::Assignment => history::about_assignment(),
        EntityKind::DataRequest => privacy::about_request(),
        EntityKind::Erasure => privacy::about_erasure(),
        EntityKind::Closing => history::about_closing(),
        EntityKind::Unknown(_) => history::about_other(),
    };
    terms.term(kind.word().unwrap_or("unknown"), &text)
}

fn cumulative(summing: Summing) -> Cell {
    match summing {
        Summing::Cumulative => Cell::Yes,
        Summing::Summed => Cell::Empty,
    }
}

fn count(count: Option<u32>) -> Cell {
    Cell::of(count, |count| Cell::Count(u64::from(count)))
}

fn list<T: Clone>(all: &[T], cell: impl FnOnce(Vec<T>) -> Cell) -> Cell {
    match all {
        [] => Cell::Empty,
        all => cell(all.to_vec()),
    }
}

/// Sums a count over all kinds of those helped; nothing where none is known.
fn sum(activity: &Activity, of: impl Fn(&Beneficiaries) -> Option<u32>) -> Cell {
    let known = activity.beneficiaries.iter().filter_map(of).map(u64::from);
    Cell::of(known.reduce(|sum, count| sum + count), Cell::Count)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
