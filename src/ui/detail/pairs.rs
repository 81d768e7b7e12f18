//! Two visits that may be one, side by side: what differs is marked, what is the same is quiet.

use super::{Sheet, record};
use crate::app::screens::{Pairs, Progress, Scope, Session, Shown};
use crate::app::{Action, Model};
use crate::config::theme::Role;
use crate::domain::{About, Decision, Duplicate, Likeness, Nearness, Side};
use crate::i18n::Text;
use crate::i18n::messages::{actions, detail, list, pairs};
use crate::text::{clean, width};
use crate::ui::canvas::{Canvas, Focus};
use crate::ui::glyph;

/// Columns of the labels, with the sign of what differs behind them.
const LABEL: u16 = 15;
/// Lines that one field may take.
const LINES: usize = 4;

/// A field of both visits, in lines.
struct Field {
    label: Text,
    sides: [Vec<String>; 2],
}

pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, model: &Model, session: &Session, open: &Pairs) {
    let area = canvas.area();
    let room = area.width.saturating_sub(2);
    canvas.tell(1, 2, room, &title(open), Role::Title);
    let Some(pair) = open.pair() else {
        let text = match (open.found.progress, open.scope) {
            (Progress::Asked(_) | Progress::Paused(_), _) => list::reading(),
            (Progress::Done, Scope::List) => pairs::none(),
            (Progress::Done, Scope::Of(_)) => pairs::none_of_visit(),
        };
        canvas.tell(2, 4, room, &text, Role::Dim);
        return;
    };
    let (text, role) = why(canvas, model, session, pair);
    canvas.put(1, 3, room, &text, role);
    let column = room.saturating_sub(LABEL) / 2;
    let fields = fields(canvas, model, session, pair);
    heads(canvas, open, pair, column);
    let bottom = 2 + model.size.body();
    let mut y = 6;
    for field in &fields {
        y += put_field(canvas, field, (y, bottom), column);
    }
    if y < bottom {
        canvas.tell(1, bottom - 1, room, &pairs::hint(), Role::Dim);
    }
}

fn title(open: &Pairs) -> Text {
    let count = open.found.pairs.len();
    let at = (open.at + 1).min(count);
    if count == 0 {
        return actions::scope_pairs();
    }
    match open.found.progress {
        Progress::Done => pairs::title(at, count),
        Progress::Asked(_) | Progress::Paused(_) => pairs::title_so_far(at, count),
    }
}

/// Says on the screen of a visit what other ones it may be one with, and which it is linked with.
pub(super) fn notes(sheet: &mut Sheet<'_, '_>, found: &[Duplicate]) {
    let key = sheet.model.key(Action::Pairs);
    let mut any = false;
    for pair in found {
        let row = &pair.sides[1].row;
        let Some(day) = row.to.or(row.from) else {
            continue;
        };
        let code = row.code.as_str();
        let (text, role) = match pair.decision {
            None => (pairs::may_repeat(code, day, key.as_str()), Role::Warn),
            Some(Decision::Disputed) => (pairs::disputed_with(code, day, key.as_str()), Role::Bad),
            Some(Decision::Linked) => (pairs::linked_with(code, day, key.as_str()), Role::Dim),
            Some(Decision::Dismissed) => continue,
        };
        let text = sheet.say(&text);
        sheet.wrapped(0, &format!("≈ {text}"), role);
        any = true;
    }
    if any {
        sheet.blank();
    }
}

/// Says why the two may be one, or what was decided.
fn why(canvas: &Canvas<'_>, model: &Model, session: &Session, pair: &Duplicate) -> (String, Role) {
    let mut parts = Vec::new();
    let mut role = Role::Dim;
    if let Some(decision) = pair.decision {
        let (text, look) = decision_name(decision);
        parts.push(canvas.say(&text));
        role = look;
    }
    if let Some(likeness) = &pair.likeness {
        parts.extend(reasons(canvas, model, session, likeness));
    }
    (parts.join(" · "), role)
}

/// Names what was decided.
pub(super) fn decision_name(decision: Decision) -> (Text, Role) {
    match decision {
        Decision::Linked => (pairs::linked(), Role::Good),
        Decision::Dismissed => (pairs::dismissed(), Role::Dim),
        Decision::Disputed => (pairs::disputed(), Role::Bad),
    }
}

fn reasons(
    canvas: &Canvas<'_>,
    model: &Model,
    session: &Session,
    likeness: &Likeness,
) -> Vec<String> {
    let place = match likeness.place {
        Nearness::Village => pairs::same_village(),
        Nearness::Words => pairs::same_words(),
        Nearness::Commune => pairs::same_commune(),
    };
    let days = match likeness.days {
        0 => pairs::same_day(),
        days => pairs::days_apart(days),
    };
    let mut reasons = vec![canvas.say(&place), canvas.say(&days)];
    let known = session.names.people.iter();
    let known = known.filter(|(id, _)| likeness.people.contains(id));
    let people: Vec<&str> = known.map(|(_, person)| person.name.as_str()).collect();
    if !people.is_empty() {
        reasons.push(people.join(", "));
    }
    let catalogue = &model.setup.catalogue;
    let language = canvas.language();
    let labels = likeness.about.iter().filter_map(|about| match about {
        About::Activity(Some(code)) => Some((&catalogue.activities, code)),
        About::Meeting(Some(code)) => Some((&catalogue.meetings, code)),
        About::Activity(None) | About::Meeting(None) | About::Concern(..) => None,
    });
    reasons.extend(labels.map(|(list, code)| crate::app::Setup::choice(list, code, language)));
    reasons
}

/// The code and the state of each; the cursor is on one of them.
fn heads(canvas: &mut Canvas<'_>, open: &Pairs, pair: &Duplicate, column: u16) {
    for (at, side) in pair.sides.iter().enumerate() {
        let x = side_at(at, column);
        let focus = Focus::at(open.side, at);
        if focus == Focus::Here {
            canvas.mark(x - 1, 5);
        }
        let code = side.row.code.as_str();
        let used = canvas.put(x, 5, column, code, Role::Title) + 2;
        let (sign, word, role) = glyph::state(side.row.state);
        let word = canvas.say(&word);
        let room = column.saturating_sub(used + 1);
        canvas.sign((x + used, 5), room, sign, &word, role);
    }
}

fn side_at(side: usize, column: u16) -> u16 {
    1 + LABEL + if side == 0 { 0 } else { column }
}

fn fields(canvas: &Canvas<'_>, model: &Model, session: &Session, pair: &Duplicate) -> Vec<Field> {
    let room = canvas.area().width;
    let sheet = Sheet::new(canvas, model, session, Shown::Hidden, room);
    let [one, other] = [&pair.sides[0], &pair.sides[1]].map(|side| texts(&sheet, side));
    let both = one.into_iter().zip(other);
    let field = |((label, one), (_, other))| Field {
        label,
        sides: [one, other],
    };
    let filled = |field: &Field| field.sides.iter().any(|side| !side.is_empty());
    both.map(field).filter(filled).collect()
}

/// The fields of one visit, always the same ones in the same order.
fn texts(sheet: &Sheet<'_, '_>, side: &Side) -> Vec<(Text, Vec<String>)> {
    let visit = &side.visit;
    let one = |text: String| if text.is_empty() { vec![] } else { vec![text] };
    let activities = side.activities.iter();
    let meetings = side.meetings.iter();
    let concerns = side.concerns.iter();
    vec![
        (detail::where_label(), one(record::place(sheet, visit))),
        (detail::when_label(), one(record::when(sheet, visit))),
        (detail::team_label(), one(record::team(sheet, visit))),
        (detail::shared_label(), one(record::shared(sheet, visit))),
        (detail::unit_label(), one(visit.unit.clone())),
        (detail::programme_label(), one(visit.programme.clone())),
        (
            pairs::activities(),
            activities.map(|a| activity(sheet, a)).collect(),
        ),
        (
            pairs::meetings(),
            meetings.map(|m| record::meeting_line(sheet, m)).collect(),
        ),
        (
            pairs::concerns(),
            concerns.map(|c| record::concern_line(sheet, c)).collect(),
        ),
        (detail::note_label(), one(visit.note.clone())),
    ]
}

fn activity(sheet: &Sheet<'_, '_>, activity: &crate::domain::Activity) -> String {
    let mut parts = vec![
        record::activity_line(sheet, activity),
        activity.description.clone(),
    ];
    parts.retain(|part| !part.is_empty());
    parts.join(" — ")
}

/// Draws a field; returns the lines it took.
fn put_field(canvas: &mut Canvas<'_>, field: &Field, (y, bottom): (u16, u16), column: u16) -> u16 {
    if y >= bottom {
        return 0;
    }
    let differs = field.sides[0] != field.sides[1];
    canvas.tell(1, y, LABEL - 3, &field.label, Role::Dim);
    if differs {
        canvas.put(LABEL - 1, y, 1, "≠", Role::Warn);
    }
    let role = if differs { Role::Text } else { Role::Dim };
    let mut used = 1;
    for (at, texts) in field.sides.iter().enumerate() {
        let room = usize::from(column.saturating_sub(2)).max(1);
        let mut line = 0;
        if texts.is_empty() {
            canvas.put(side_at(at, column), y, 1, "—", Role::Dim);
        }
        for text in texts {
            let text = clean::clean_text(text);
            for part in width::wrap(&text, room).into_iter().take(LINES) {
                if y + line < bottom {
                    canvas.put(side_at(at, column), y + line, column - 1, part, role);
                    line += 1;
                }
            }
        }
        used = used.max(line);
    }
    used
}
