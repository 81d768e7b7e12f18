//! The states of a concern and the steps between them, as one table.

use crate::domain::ConcernKind;

/// Where a concern stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConcernState {
    #[default]
    Heard,
    HandedOver,
    /// The competent body has it.
    Received,
    Accepted,
    Refused,
    Transferred,
    /// The citizen was sent to the right body.
    Guided,
    Suspended,
    Settled,
    Withdrawn,
    /// Stopped for good (đình chỉ).
    Stopped,
    /// A notice ended its handling (thông báo chấm dứt thụ lý giải quyết).
    EndedByNotice,
    /// The citizen was told; only this ends a concern.
    Answered,
}

impl ConcernState {
    /// Tells whether the citizen was not told yet.
    pub fn is_open(self) -> bool {
        self != Self::Answered
    }

    /// Every state, in the order of its life.
    pub const ALL: [Self; 13] = [
        Self::Heard,
        Self::HandedOver,
        Self::Received,
        Self::Accepted,
        Self::Refused,
        Self::Transferred,
        Self::Guided,
        Self::Suspended,
        Self::Settled,
        Self::Withdrawn,
        Self::Stopped,
        Self::EndedByNotice,
        Self::Answered,
    ];

    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::HandedOver => "handed_over",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Transferred => "transferred",
            Self::Guided => "guided",
            Self::Suspended => "suspended",
            Self::Settled => "settled",
            Self::Withdrawn => "withdrawn",
            Self::Stopped => "stopped",
            Self::EndedByNotice => "ended_by_notice",
            Self::Answered => "answered",
        }
    }
}

/// What is done about a concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConcernStep {
    /// The oral complaint is written down and signed (Law on Complaints 2011, Art. 8).
    WriteDown,
    HandOver,
    Receive,
    Accept,
    Refuse,
    Transfer,
    Guide,
    InviteDialogue,
    HoldDialogue,
    /// For a time (Law on Complaints 2011, Art. 11a).
    Suspend,
    Resume,
    Settle,
    WithdrawPart,
    WithdrawWhole,
    Stop,
    EndByNotice,
    /// The citizen is told.
    Answer,
}

impl ConcernStep {
    /// Every step, in the order in which it is offered.
    pub const ALL: [Self; 17] = [
        Self::WriteDown,
        Self::HandOver,
        Self::Receive,
        Self::Accept,
        Self::Refuse,
        Self::Transfer,
        Self::Guide,
        Self::InviteDialogue,
        Self::HoldDialogue,
        Self::Suspend,
        Self::Resume,
        Self::Settle,
        Self::WithdrawPart,
        Self::WithdrawWhole,
        Self::Stop,
        Self::EndByNotice,
        Self::Answer,
    ];
}

impl ConcernStep {
    /// Returns the word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WriteDown => "write_down",
            Self::HandOver => "hand_over",
            Self::Receive => "receive",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::Transfer => "transfer",
            Self::Guide => "guide",
            Self::InviteDialogue => "invite_dialogue",
            Self::HoldDialogue => "hold_dialogue",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Settle => "settle",
            Self::WithdrawPart => "withdraw_part",
            Self::WithdrawWhole => "withdraw_whole",
            Self::Stop => "stop",
            Self::EndByNotice => "end_by_notice",
            Self::Answer => "answer",
        }
    }
}

/// Whether a field of a step is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Must,
    May,
}

/// Which fields a step must carry beside its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carries {
    /// The number of the paper.
    pub paper: Need,
    /// The body that it goes to, or that acts.
    pub body: Need,
    pub person: Need,
    pub reason: Need,
}

/// The kinds of concern that a row of the table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    All,
    Complaints,
    /// Recommendations and reflections.
    Wishes,
}

impl About {
    fn holds(self, kind: ConcernKind) -> bool {
        match (self, kind) {
            (Self::All, _) | (Self::Complaints, ConcernKind::Complaint) => true,
            (Self::Wishes, ConcernKind::Recommendation | ConcernKind::Reflection) => true,
            (Self::Complaints, ConcernKind::Recommendation | ConcernKind::Reflection)
            | (Self::Wishes, ConcernKind::Complaint) => false,
        }
    }
}

/// A step: which kinds, from which states, to which state (`None`: it stays), and what it carries.
struct Row {
    step: ConcernStep,
    about: About,
    from: &'static [ConcernState],
    to: Option<ConcernState>,
    carries: Carries,
}

const fn row(
    step: ConcernStep,
    about: About,
    from: &'static [ConcernState],
    to: Option<ConcernState>,
    [paper, body, person, reason]: [Need; 4],
) -> Row {
    Row {
        step,
        about,
        from,
        to,
        carries: Carries {
            paper,
            body,
            person,
            reason,
        },
    }
}

use About::{All, Complaints, Wishes};
use ConcernState::{
    Accepted, Answered, EndedByNotice, Guided, HandedOver, Heard, Received, Refused, Settled,
    Stopped, Suspended, Transferred, Withdrawn,
};
use Need::{May, Must};

#[rustfmt::skip]
const TABLE: &[Row] = &[
    //  step                          about       from                                               to                    paper body  person reason
    row(ConcernStep::WriteDown,       All,        &[Heard, HandedOver, Received],                    None,                 [May,  May,  Must, May]),
    row(ConcernStep::HandOver,        All,        &[Heard],                                          Some(HandedOver),     [May,  Must, Must, May]),
    row(ConcernStep::Receive,         All,        &[Heard, HandedOver, Transferred],                 Some(Received),       [May,  Must, May,  May]),
    row(ConcernStep::Accept,          All,        &[Received],                                       Some(Accepted),       [Must, May,  May,  May]),
    row(ConcernStep::Refuse,          All,        &[Received],                                       Some(Refused),        [Must, May,  May,  Must]),
    row(ConcernStep::Transfer,        All,        &[Received],                                       Some(Transferred),    [Must, Must, May,  May]),
    row(ConcernStep::Guide,           All,        &[Heard, Received],                                Some(Guided),         [May,  Must, May,  May]),
    row(ConcernStep::InviteDialogue,  All,        &[Accepted, Settled, Answered],                    None,                 [May,  May,  May,  May]),
    row(ConcernStep::HoldDialogue,    All,        &[Accepted, Settled, Answered],                    None,                 [May,  May,  May,  May]),
    row(ConcernStep::Suspend,         Complaints, &[Accepted],                                       Some(Suspended),      [Must, May,  May,  Must]),
    row(ConcernStep::Resume,          Complaints, &[Suspended],                                      Some(Accepted),       [May,  May,  May,  May]),
    row(ConcernStep::Settle,          Complaints, &[Accepted],                                       Some(Settled),        [Must, May,  May,  May]),
    row(ConcernStep::Settle,          Wishes,     &[Heard, Received, Accepted],                      Some(Settled),        [May,  May,  May,  May]),
    row(ConcernStep::WithdrawPart,    Complaints, &[Received, Accepted, Suspended],                  None,                 [May,  May,  May,  May]),
    row(ConcernStep::WithdrawWhole,   All,        &[Heard, HandedOver, Received, Accepted, Suspended], Some(Withdrawn),    [May,  May,  May,  May]),
    row(ConcernStep::Stop,            Complaints, &[Accepted, Suspended],                            Some(Stopped),        [Must, May,  May,  Must]),
    row(ConcernStep::EndByNotice,     Complaints, &[Refused, Settled, Answered],                     Some(EndedByNotice),  [Must, Must, May,  May]),
    row(ConcernStep::Answer,          All,        &[Refused, Transferred, Guided, Settled, Withdrawn, Stopped, EndedByNotice], Some(Answered), [May, May, May, May]),
];

fn of(kind: ConcernKind, step: ConcernStep) -> Option<&'static Row> {
    let mut rows = TABLE.iter();
    rows.find(|row| row.step == step && row.about.holds(kind))
}

/// Returns the state after a step; `None` where the table has no such step.
pub fn next_state(
    kind: ConcernKind,
    state: ConcernState,
    step: ConcernStep,
) -> Option<ConcernState> {
    let row = of(kind, step).filter(|row| row.from.contains(&state))?;
    Some(row.to.unwrap_or(state))
}

/// Tells what a step must carry; `None` where a kind has no such step.
pub fn step_carries(kind: ConcernKind, step: ConcernStep) -> Option<Carries> {
    of(kind, step).map(|row| row.carries)
}
