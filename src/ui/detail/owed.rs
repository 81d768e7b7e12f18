//! One concern, promise, reception, duty, inspection or assignment on the screen: what was done, who is in
//! charge, and why this date.

use ratatui::layout::Rect;

use super::{Sheet, beside, put_line};
use crate::app::screens::{Owed, Session, Shown};
use crate::app::{Model, deadlines, owed};
use crate::config::theme::Role;
use crate::domain::{
    Act, ConcernState, Day, Label, LabelChange, Listing, OwedDetail, OwedMatter, PersonId,
    RowTitle, Taken, standing,
};
use crate::i18n::messages::{concern, detail, law as law_texts, list, register, today};
use crate::law::deadline::Facts;
use crate::law::pressing::{Awaited, Pressing};
use crate::law::rules::Instance;
use crate::ui::canvas::{Canvas, capital, columns};
use crate::ui::glyph;
use crate::ui::records::list_name;

pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session, open: &Owed) {
    let area = canvas.area();
    let room = area.width.saturating_sub(2);
    let Some(found) = &open.detail else {
        canvas.tell(1, 4, room, &list::reading(), Role::Dim);
        return;
    };
    let title = title(canvas, found);
    let pressing = pressing(model, found);
    let mut left = 0;
    if let Some(first) = pressing.first() {
        let (sign, word, role) = glyph::due(first.due, model.today());
        let state = format!("{sign} {}", canvas.say(&word));
        left = columns(&state) + 2;
        canvas.put_right(area.width.saturating_sub(1), 2, room / 3, &state, role);
    }
    canvas.put(1, 2, room.saturating_sub(left), &title, Role::Title);
    let mut sheet = Sheet::new(canvas, model, session, Shown::Hidden, room);
    sheet.on = found.row.date;
    head(&mut sheet, found);
    beside::raised(&mut sheet, open);
    done(&mut sheet, found);
    why(&mut sheet, found, &pressing);
    let lines = sheet.lines;
    let mut shown = Rect {
        x: 1,
        y: 4,
        width: room,
        height: model.size.body().saturating_sub(2),
    };
    if let OwedMatter::Reception {
        rows, envelopes, ..
    } = &found.matter
    {
        let used = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX);
        let used = used.min(shown.height / 2);
        let below = Rect {
            x: 0,
            y: shown.y + used,
            width: area.width,
            height: shown.height - used,
        };
        shown.height = used;
        beside::register(canvas, model, (open, rows, envelopes), below);
    }
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    canvas.end = count.saturating_sub(shown.height);
    let top = open.top.min(canvas.end);
    for (y, line) in (shown.y..shown.bottom()).zip(lines.iter().skip(usize::from(top))) {
        put_line(canvas, line, shown.x, y, shown.width);
    }
}

fn title(canvas: &Canvas<'_>, found: &OwedDetail) -> String {
    let text = match &found.row.title {
        RowTitle::Concern { kind, line, .. } => {
            let kind = kind.map_or_else(today::concerns, super::kind_name);
            canvas.say(&today::concern(kind, line))
        }
        RowTitle::Promise { text, .. } => canvas.say(&today::promise(text)),
        RowTitle::Activity { .. } | RowTitle::Meeting { .. } => String::new(),
        RowTitle::Reception { .. } => canvas.say(&list_name(Listing::Receptions)),
        RowTitle::Duty { .. } => canvas.say(&list_name(Listing::Duties)),
        RowTitle::Inspection { .. } => canvas.say(&list_name(Listing::Inspections)),
        RowTitle::Assignment { .. } => canvas.say(&list_name(Listing::Assignments)),
    };
    format!("{} · {}", found.row.code.as_str(), capital(&text))
}

fn pressing<'m>(model: &'m Model, found: &OwedDetail) -> Vec<Pressing<'m>> {
    let case = found.case.as_ref();
    case.map_or_else(Vec::new, |case| {
        model.setup.law().pressing(case, model.setup.targets)
    })
}

fn name(sheet: &Sheet<'_, '_>, person: Option<PersonId>) -> String {
    let people = &sheet.known.people;
    let found = person.and_then(|id| people.iter().find(|(one, _)| *one == id));
    found.map_or_else(String::new, |(_, person)| person.name.clone())
}

fn head(sheet: &mut Sheet<'_, '_>, found: &OwedDetail) {
    let place = sheet.model.setup.site_on(&found.row.site, found.row.date);
    sheet.pair(&detail::where_label(), &place);
    let date = found.row.date;
    let language = sheet.canvas.language();
    let date = date.map_or_else(String::new, |date| language.date(date));
    sheet.pair(&detail::when_label(), &date);
    in_charge(sheet, found);
    for (_, charge) in &found.charges {
        if charge.accepted.is_none() {
            let to = name(sheet, charge.officer);
            sheet.below(&concern::offered(to));
        }
    }
    if let OwedMatter::Concern { life, labels, .. } = &found.matter {
        let state = sheet.say(&owed::state(life.state()));
        sheet.pair(&concern::label_state(), &state);
        let stand = standing(labels, sheet.model.today());
        let stand: Vec<String> = stand.iter().map(|l| sheet.say(&owed::label(*l))).collect();
        sheet.pair(&concern::label_labels(), &stand.join(" · "));
    }
}

/// Who has it to do; an inspection names its body instead.
fn in_charge(sheet: &mut Sheet<'_, '_>, found: &OwedDetail) {
    let label = match &found.matter {
        OwedMatter::Reception { .. } => register::head(),
        OwedMatter::Inspection(_) => return,
        OwedMatter::Concern { .. }
        | OwedMatter::Promise { .. }
        | OwedMatter::Duty(_)
        | OwedMatter::Assignment(_) => concern::label_officer(),
    };
    let officer = match found.officer {
        Some(_) => name(sheet, found.officer),
        None => sheet.say(&concern::nobody()),
    };
    sheet.pair(&label, &officer);
}

fn done(sheet: &mut Sheet<'_, '_>, found: &OwedDetail) {
    match &found.matter {
        OwedMatter::Reception { reception, .. } => return beside::reception(sheet, reception),
        OwedMatter::Duty(duty) => return beside::duty(sheet, duty),
        OwedMatter::Inspection(inspection) => return beside::inspection(sheet, inspection),
        OwedMatter::Assignment(assignment) => return beside::assignment(sheet, assignment),
        OwedMatter::Concern { .. } | OwedMatter::Promise { .. } => {}
    }
    sheet.blank();
    sheet.heading(&concern::heading_done());
    match &found.matter {
        OwedMatter::Reception { .. }
        | OwedMatter::Duty(_)
        | OwedMatter::Inspection(_)
        | OwedMatter::Assignment(_) => {}
        OwedMatter::Concern {
            life,
            passed_over,
            labels,
        } => {
            if let Some(heard) = found.row.date {
                line(
                    sheet,
                    heard,
                    &[sheet.say(&owed::state(ConcernState::Heard))],
                    Role::Text,
                );
            }
            for taken in life.taken() {
                step(sheet, taken, Role::Text);
            }
            for taken in passed_over {
                step(sheet, taken, Role::Bad);
            }
            if !passed_over.is_empty() {
                sheet.below(&concern::passed_over(passed_over.len()));
            }
            labels.iter().for_each(|change| label(sheet, change));
        }
        OwedMatter::Promise { answers } => {
            for answer in answers {
                let how = answer.manner.map(|how| sheet.say(&owed::manner(how)));
                let parts = [answer.text.clone(), how.unwrap_or_default()];
                if let Some(on) = answer.on {
                    line(sheet, on, &parts, Role::Text);
                }
            }
        }
    }
}

fn line(sheet: &mut Sheet<'_, '_>, on: Day, parts: &[String], role: Role) {
    let date = sheet.canvas.language().date(on);
    let said: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|p| !p.is_empty())
        .collect();
    sheet.wrapped(1, &format!("{date}  {}", said.join(" · ")), role);
}

fn step(sheet: &mut Sheet<'_, '_>, taken: &Taken, role: Role) {
    let more = match taken.act {
        Act::Suspend { until } => Some(concern::until(until)),
        Act::HoldDialogue(attendance) => Some(owed::attendance(attendance)),
        Act::WithdrawPart(brought) | Act::WithdrawWhole(brought) => Some(owed::brought(brought)),
        Act::Answer(manner) => Some(owed::manner(manner)),
        Act::WriteDown
        | Act::HandOver
        | Act::Receive
        | Act::Accept
        | Act::Refuse
        | Act::Transfer
        | Act::Guide
        | Act::InviteDialogue
        | Act::Resume
        | Act::Settle
        | Act::Stop
        | Act::EndByNotice => None,
    };
    let paper = (!taken.paper.is_empty()).then(|| sheet.say(&concern::paper(&taken.paper)));
    let parts = [
        sheet.say(&owed::step(taken.act.step())),
        more.map_or_else(String::new, |more| sheet.say(&more)),
        paper.unwrap_or_default(),
        taken.body.clone(),
        taken.reason.clone(),
        name(sheet, taken.person),
    ];
    line(sheet, taken.on, &parts, role);
}

fn label(sheet: &mut Sheet<'_, '_>, label: &Label) {
    let (Some(kind), Some(change), Some(on)) = (label.kind, label.change, label.on) else {
        return;
    };
    let what = match change {
        LabelChange::PutOn => concern::put_on(owed::label(kind)),
        LabelChange::TakenOff => concern::taken_off(owed::label(kind)),
    };
    let paper = (!label.paper.is_empty()).then(|| sheet.say(&concern::paper(&label.paper)));
    let parts = [
        sheet.say(&what),
        label.list.clone(),
        paper.unwrap_or_default(),
        name(sheet, label.person),
    ];
    line(sheet, on, &parts, Role::Dim);
}

/// Every date with its arithmetic and article, or that it is only our own target.
fn why(sheet: &mut Sheet<'_, '_>, found: &OwedDetail, pressing: &[Pressing<'_>]) {
    if pressing.is_empty() {
        return;
    }
    sheet.blank();
    sheet.heading(&concern::heading_dates());
    for one in pressing {
        let what = sheet.say(&owed::awaited(one));
        line(sheet, one.due, &[what], Role::Text);
        match one.awaited {
            Awaited::HandOver | Awaited::Receipt | Awaited::Tell | Awaited::Envelope => {
                sheet.below(&concern::own_target());
            }
            Awaited::Promised => {}
            Awaited::Law(_) => arithmetic(sheet, found, one),
        }
    }
}

fn arithmetic(sheet: &mut Sheet<'_, '_>, found: &OwedDetail, one: &Pressing<'_>) {
    use crate::domain::Matter;
    let Some(Matter::Concern(open)) = found.case.as_ref().map(|case| &case.matter) else {
        return;
    };
    let law = sheet.model.setup.law().clone();
    let Ok(dates) = law.deadlines(&Facts::of_concern(open, Instance::First)) else {
        return;
    };
    let language = sheet.canvas.language();
    let due = dates.steps.iter();
    for due in due.filter(|due| one.rule.is_some_and(|rule| rule.id == due.rule.id)) {
        for piece in deadlines::arithmetic(due, &law.calendar, language) {
            sheet.below(&piece);
        }
        if !due.rule.basis.checked {
            sheet.below(&law_texts::unchecked());
        }
    }
    for warning in &dates.warnings {
        sheet.below(&deadlines::warning(warning));
    }
}
