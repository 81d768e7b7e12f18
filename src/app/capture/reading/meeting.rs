//! A meeting out of its item, with what was promised in it.

use super::{Reader, Slot, with};
use crate::domain::{Meeting, MeetingFile, MeetingId, Promise, PromiseId, VisitId};

impl Reader<'_> {
    pub(super) fn meeting(&mut self, visit: Option<VisitId>) -> MeetingFile {
        let mut promises = Vec::new();
        for row in 0..self.item.rows(Slot::Promise) {
            let due = self.day(Slot::PromiseDue, row);
            let promise = Promise::new(self.text_of(Slot::Promise, row), due);
            if !promise.is_empty() {
                let saved = self
                    .item
                    .saved
                    .promises
                    .get(usize::from(row))
                    .unwrap_or(&None);
                promises.push(with(saved, PromiseId, promise));
            }
        }
        let meeting = Meeting {
            visit,
            kind: self.code(Slot::Meeting, 0),
            capacity: self.code(Slot::Capacity, 0),
            body: self.text(Slot::Body),
            site: self.site(Slot::MeetingSite),
            attendance: self.count(Slot::Attendance, 0),
            remarks: self.text(Slot::Remarks),
            issues: self.text(Slot::Issues),
            opinions: self.item.imported.opinions,
            sites: self.imported_sites(),
            note: self.item.imported.note.clone(),
            summing: self.item.imported.summing,
            row: self.item.imported.row,
        };
        MeetingFile {
            meeting: with(&self.item.saved.itself, MeetingId, meeting),
            promises,
        }
    }
}
