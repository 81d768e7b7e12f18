//! Takes citizens' names out of the texts of a row that many will read. They stand in the row's own columns of
//! names, which go to the drawer of names, so that nothing is lost.

use super::{Part, Reader, Trip};
use crate::domain::ColumnField;
use crate::import::sheet::Row;
use crate::text::private::Private;

impl Reader<'_> {
    /// Takes them out, and tells whether there were any.
    pub(super) fn hide(&self, row: Row<'_>, trip: &mut Trip, part: &mut Part) -> Hidden {
        let private = self.private(row);
        if private.is_empty() {
            return Hidden::Nothing;
        }
        let mut hidden = Hidden::Nothing;
        for text in texts(trip, part) {
            let kept = private.hide(text);
            if kept != text.as_str() {
                *text = kept.into_owned();
                hidden = Hidden::Names;
            }
        }
        hidden
    }

    fn private(&self, row: Row<'_>) -> Private {
        let mut private = Private::default();
        for field in [ColumnField::Names, ColumnField::RaisedBy] {
            for column in self.columns.all_of(field) {
                if let Some(cell) = row.cell(column) {
                    private.add_names(cell.text);
                }
            }
        }
        for field in [ColumnField::Contact, ColumnField::IdNumber] {
            if let Some((_, cell)) = self.cell(row, field) {
                private.add_numbers(cell.text);
            }
        }
        private
    }
}

/// Whether names were taken out of a row's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hidden {
    Nothing,
    Names,
}

/// Gives the texts of a row that many will read.
fn texts<'r>(trip: &'r mut Trip, part: &'r mut Part) -> Vec<&'r mut String> {
    let mut texts = vec![&mut trip.note];
    match part {
        Part::Nothing | Part::Place(_) | Part::Person(..) => {}
        Part::Reception(session, matter) => {
            texts.push(&mut session.note);
            if let Some((concern, _)) = matter {
                let told = &mut concern.registered;
                texts.extend([&mut concern.line, &mut told.note, &mut told.passed_to]);
            }
        }
        Part::Duty(duty) => texts.push(&mut duty.note),
        Part::Inspection(inspection) => texts.push(&mut inspection.note),
        Part::Activity(activity, _) => {
            texts.extend([&mut activity.description, &mut activity.note]);
        }
        Part::Meeting(meeting, promises) => {
            texts.extend([&mut meeting.remarks, &mut meeting.issues, &mut meeting.note]);
            texts.extend(promises.iter_mut().map(|promise| &mut promise.text));
        }
        Part::Concern(concern, _) => {
            let told = &mut concern.registered;
            texts.extend([&mut concern.line, &mut told.note]);
        }
    }
    texts
}
