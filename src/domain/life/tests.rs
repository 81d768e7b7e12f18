//! Proves the table for every kind, state and step, and what a step is refused for.

use super::*;

/// What every step does in every state, written down a second time: `.` not allowed, `=` stays, else
/// the first letters of the state it leads to. Columns are the steps in their order.
const COMPLAINT: &str = "
heard           =  ha re .  .  .  gu .  .  .  .  .  .  wi .  .  .
handed_over     =  .  re .  .  .  .  .  .  .  .  .  .  wi .  .  .
received        =  .  .  ac rf tr gu .  .  .  .  .  =  wi .  .  .
accepted        .  .  .  .  .  .  .  =  =  su .  se =  wi st .  .
refused         .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  en an
transferred     .  .  re .  .  .  .  .  .  .  .  .  .  .  .  .  an
guided          .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  an
suspended       .  .  .  .  .  .  .  .  .  .  ac .  =  wi st .  .
settled         .  .  .  .  .  .  .  =  =  .  .  .  .  .  .  en an
withdrawn       .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  an
stopped         .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  an
ended_by_notice .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  an
answered        .  .  .  .  .  .  .  =  =  .  .  .  .  .  .  en .
";

/// The same for recommendations and reflections: no suspension, no notice, settled on the spot.
const WISH: &str = "
heard           =  ha re .  .  .  gu .  .  .  .  se .  wi .  .  .
handed_over     =  .  re .  .  .  .  .  .  .  .  .  .  wi .  .  .
received        =  .  .  ac rf tr gu .  .  .  .  se .  wi .  .  .
accepted        .  .  .  .  .  .  .  =  =  .  .  se .  wi .  .  .
refused         .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  an
transferred     .  .  re .  .  .  .  .  .  .  .  .  .  .  .  .  an
guided          .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  an
suspended       .  .  .  .  .  .  .  .  .  .  .  .  .  wi .  .  .
settled         .  .  .  .  .  .  .  =  =  .  .  .  .  .  .  .  an
withdrawn       .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  an
stopped         .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  an
ended_by_notice .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  an
answered        .  .  .  .  .  .  .  =  =  .  .  .  .  .  .  .  .
";

fn letters(state: ConcernState) -> &'static str {
    match state {
        ConcernState::Refused => "rf",
        other => &other.as_str()[..2],
    }
}

#[test]
fn every_step_of_every_state_is_as_the_table_says() {
    for kind in ConcernKind::ALL {
        let grid = match kind {
            ConcernKind::Complaint => COMPLAINT,
            ConcernKind::Recommendation | ConcernKind::Reflection => WISH,
        };
        let rows: Vec<&str> = grid.trim().lines().collect();
        assert_eq!(rows.len(), ConcernState::ALL.len());
        for (row, state) in rows.iter().zip(ConcernState::ALL) {
            let mut cells = row.split_whitespace();
            assert_eq!(cells.next(), Some(state.as_str()));
            let found = ConcernStep::ALL.map(|step| match next_state(kind, state, step) {
                None => ".",
                Some(next) if next == state => "=",
                Some(next) => letters(next),
            });
            assert_eq!(
                found.to_vec(),
                cells.collect::<Vec<_>>(),
                "{kind:?} {state:?}"
            );
        }
    }
}

#[test]
fn a_step_that_leads_somewhere_says_what_it_carries() {
    for kind in ConcernKind::ALL {
        for step in ConcernStep::ALL {
            let leads = |state| next_state(kind, state, step).is_some();
            let allowed = ConcernState::ALL.into_iter().any(leads);
            assert_eq!(
                step_carries(kind, step).is_some(),
                allowed,
                "{kind:?} {step:?}"
            );
        }
    }
}

/// From wherever a concern may come to stand, it can come to its end.
#[test]
fn every_state_that_can_be_reached_leads_to_the_citizen() {
    let reach = |kind, start: ConcernState| {
        let mut seen = vec![start];
        let mut at = 0;
        while let Some(state) = seen.get(at).copied() {
            at += 1;
            for step in ConcernStep::ALL {
                let next = next_state(kind, state, step);
                seen.extend(next.filter(|next| !seen.contains(next)));
            }
        }
        seen
    };
    for kind in ConcernKind::ALL {
        let reached = reach(kind, ConcernState::Heard);
        for state in &reached {
            assert!(
                reach(kind, *state).contains(&ConcernState::Answered),
                "{state:?}"
            );
        }
        let all = kind == ConcernKind::Complaint;
        assert_eq!(reached.len() == ConcernState::ALL.len(), all);
    }
}

fn day(of_november: u32) -> Day {
    Day::from_ymd_opt(2026, 11, of_november).expect("a day")
}

fn taken(act: Act, on: u32) -> Taken {
    Taken {
        act,
        on: day(on),
        paper: "12/QĐ-UBND".to_owned(),
        body: "UBND xã Nà Hang".to_owned(),
        person: Some(PersonId([1; 16])),
        reason: "chờ giám định".to_owned(),
    }
}

fn lived(acts: &[(Act, u32)]) -> ConcernLife {
    let mut life = ConcernLife::heard(ConcernKind::Complaint, day(2));
    for (act, on) in acts {
        let done = life.take(taken(*act, *on), PartWithdrawal::Allowed);
        assert_eq!(done, Ok(()), "{act:?}");
    }
    life
}

const ACCEPTED: [(Act, u32); 4] = [
    (Act::WriteDown, 2),
    (Act::HandOver, 3),
    (Act::Receive, 4),
    (Act::Accept, 5),
];

fn accepted() -> ConcernLife {
    lived(&ACCEPTED)
}

#[test]
fn a_complaint_lives_from_the_village_to_the_answer() {
    let mut life = accepted();
    for (act, on) in [
        (Act::Suspend { until: day(12) }, 6),
        (Act::Resume, 10),
        (Act::InviteDialogue, 11),
        (Act::HoldDialogue(Attendance::Came), 13),
        (Act::Settle, 20),
    ] {
        assert_eq!(life.take(taken(act, on), PartWithdrawal::Allowed), Ok(()));
        assert!(!life.is_finished());
    }
    assert_eq!(life.suspended(), [(day(6), day(9))]);
    let told = taken(Act::Answer(Manner::InPerson), 21);
    assert_eq!(life.take(told, PartWithdrawal::Allowed), Ok(()));
    assert!(life.is_finished());
    assert_eq!(life.last(ConcernStep::Receive), Some(day(4)));
    assert_eq!(life.taken().len(), 10);
}

#[test]
fn a_step_before_the_one_before_it_is_refused_and_changes_nothing() {
    let mut life = accepted();
    let before = life.clone();
    let (on, not_before) = (day(4), day(5));
    let found = life.take(taken(Act::Settle, 4), PartWithdrawal::Allowed);
    assert_eq!(found, Err(StepRefused::TooEarly { on, not_before }));
    assert_eq!(life, before);
    let mut heard = ConcernLife::heard(ConcernKind::Reflection, day(2));
    let found = heard.take(taken(Act::Receive, 1), PartWithdrawal::Allowed);
    let (on, not_before) = (day(1), day(2));
    assert_eq!(found, Err(StepRefused::TooEarly { on, not_before }));
}

#[test]
fn what_a_step_must_carry_is_asked_for() {
    let allowed = PartWithdrawal::Allowed;
    let mut settle = taken(Act::Settle, 6);
    settle.paper = " ".to_owned();
    let lacks = |field| Err(StepRefused::Lacks(field));
    assert_eq!(
        accepted().take(settle.clone(), allowed),
        lacks(StepField::Paper)
    );
    let mut wish = ConcernLife::heard(ConcernKind::Recommendation, day(2));
    assert_eq!(
        wish.take(settle, allowed),
        Ok(()),
        "on the spot, without a paper"
    );
    let mut hand_over = taken(Act::HandOver, 3);
    hand_over.body.clear();
    let mut life = lived(&ACCEPTED[..1]);
    assert_eq!(
        life.take(hand_over.clone(), allowed),
        lacks(StepField::Body)
    );
    hand_over.body = "UBND xã".to_owned();
    hand_over.person = None;
    assert_eq!(life.take(hand_over, allowed), lacks(StepField::Person));
    let mut stop = taken(Act::Stop, 6);
    stop.reason.clear();
    assert_eq!(accepted().take(stop, allowed), lacks(StepField::Reason));
}

#[test]
fn what_cannot_be_is_refused() {
    let (allowed, not) = (PartWithdrawal::Allowed, PartWithdrawal::NotAllowed);
    let (from, until) = (day(6), day(5));
    let found = accepted().take(taken(Act::Suspend { until }, 6), allowed);
    assert_eq!(found, Err(StepRefused::SuspensionBackwards { from, until }));
    let part = || taken(Act::WithdrawPart(Brought::ByDialogue), 6);
    assert_eq!(
        accepted().take(part(), not),
        Err(StepRefused::PartNotAllowed)
    );
    assert_eq!(accepted().take(part(), allowed), Ok(()));
    let held = taken(Act::HoldDialogue(Attendance::StayedAway), 6);
    assert_eq!(accepted().take(held, allowed), Err(StepRefused::NotInvited));
    let mut answered = accepted();
    let found = answered.take(taken(Act::Answer(Manner::InWriting), 6), allowed);
    let (state, step) = (ConcernState::Accepted, ConcernStep::Answer);
    assert_eq!(found, Err(StepRefused::NotAllowed { state, step }));
}

#[test]
fn only_steps_that_can_be_taken_are_offered() {
    let life = accepted();
    let offered: Vec<_> = life.allowed().collect();
    assert!(!offered.contains(&ConcernStep::HoldDialogue));
    assert!(offered.contains(&ConcernStep::InviteDialogue));
    let invited = lived(&[&ACCEPTED[..], &[(Act::InviteDialogue, 6)]].concat());
    assert!(
        invited
            .allowed()
            .any(|step| step == ConcernStep::HoldDialogue)
    );
}

#[test]
fn a_notice_without_a_dialogue_is_marked() {
    let settled = [&ACCEPTED[..], &[(Act::Settle, 6), (Act::EndByNotice, 7)]].concat();
    assert!(lived(&settled).lacks_dialogue());
    let talked = [
        &ACCEPTED[..],
        &[
            (Act::InviteDialogue, 6),
            (Act::HoldDialogue(Attendance::Came), 6),
            (Act::Settle, 7),
            (Act::EndByNotice, 8),
        ],
    ];
    assert!(!lived(&talked.concat()).lacks_dialogue());
}

#[test]
fn a_suspension_that_nothing_ends_runs_to_its_last_day() {
    let until = day(20);
    let acts = [
        &ACCEPTED[..],
        &[
            (Act::Suspend { until }, 6),
            (Act::WithdrawPart(Brought::Otherwise), 7),
        ],
    ];
    let mut life = lived(&acts.concat());
    assert_eq!(life.suspended(), [(day(6), day(20))]);
    let resumed = life.take(taken(Act::Resume, 28), PartWithdrawal::Allowed);
    assert_eq!(resumed, Ok(()));
    assert_eq!(life.suspended(), [(day(6), day(20))]);
}
