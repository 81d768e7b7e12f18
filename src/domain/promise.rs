//! Promises made to villagers, and what became of them.

use super::{Day, Manner, MeetingId, PersonId, PromiseId, Site, VisitId};

/// A promise made to villagers: what, and by when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// The visit that it was made on, where it was not made in a meeting.
    pub visit: Option<VisitId>,
    pub meeting: Option<MeetingId>,
    pub text: String,
    pub due: Option<Day>,
    /// The place, where it is not the visit's.
    pub site: Option<Site>,
}

impl Promise {
    /// Returns a promise by what was said and by when.
    pub fn new(text: impl Into<String>, due: Option<Day>) -> Self {
        Self {
            text: text.into(),
            due,
            ..Self::default()
        }
    }

    /// Tells whether nothing of it was written down.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.due.is_none() && self.site.is_none()
    }
}

/// What villagers were told about a promise; only this ends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub promise: Option<PromiseId>,
    pub on: Option<Day>,
    pub text: String,
    pub manner: Option<Manner>,
    pub person: Option<PersonId>,
}
