//! Rows of one visit as a dossier, with the villages and cadres that nobody named before.

use std::collections::{HashMap, HashSet};

use super::place::Where;
use super::plan::coded;
use super::row::{Part, RowRead, Session, Trip};
use crate::domain::{
    ActivityFile, Beside, ConcernFile, Dossier, HelpedNames, MeetingFile, Names, Origin, Person,
    PersonId, Place, PlaceId, Reception, RowId, Site, Unit, Versioned, Visit, VisitState,
};
use crate::text::fold::fold;

/// What rows become: a visit to save and send, or only villages and cadres.
pub struct Incoming {
    /// `None` where the rows are no visit.
    pub dossier: Option<Dossier>,
    /// What they are instead, where they tell of a reception, a duty or an inspection.
    pub beside: Option<Beside>,
    pub places: Vec<(PlaceId, Place)>,
    pub people: Vec<(PersonId, Person)>,
    /// The rows in it.
    pub rows: Vec<RowId>,
    /// What says which visit of the logbook they were exported from they are parts of.
    pub visit: Option<RowId>,
    /// The codes that rows have where they were exported.
    pub codes: Vec<(RowId, String)>,
    /// The state that the visit has there.
    pub state: Option<VisitState>,
}

/// Makes visits of rows. New villages and cadres get the identifiers that `fresh` draws.
pub struct Assembler<F> {
    places: HashMap<(String, Unit), (PlaceId, Option<Place>)>,
    people: HashMap<String, (PersonId, Option<Person>)>,
    fresh: F,
}

impl<F: FnMut() -> [u8; 16]> Assembler<F> {
    /// Begins with the villages and cadres that are known.
    pub fn new(names: &Names, fresh: F) -> Self {
        let mut places = HashMap::new();
        let mut twice = HashSet::new();
        // A village is found by its unit of before and of today, unless two would be.
        for (id, place) in names.standing() {
            let units = place.commune.map(Unit::Today).into_iter();
            for unit in units.chain(place.former.map(Unit::Former)) {
                let key = (fold(&place.name), unit);
                if places.insert(key.clone(), (id, None)).is_some() {
                    twice.insert(key);
                }
            }
        }
        places.retain(|key, _| !twice.contains(key));
        let people = names.people.iter();
        Self {
            places,
            people: people
                .map(|(id, person)| (fold(&person.name), (*id, None)))
                .collect(),
            fresh,
        }
    }

    /// Makes one visit of rows that share it.
    ///
    /// What an export says is part of a visit names that visit, so that parts in tables of their own
    /// meet in it.
    pub fn assemble(&mut self, rows: Vec<RowRead>) -> Incoming {
        let mut incoming = Incoming {
            dossier: None,
            beside: None,
            places: Vec::new(),
            people: Vec::new(),
            rows: rows.iter().map(|row| row.id).collect(),
            visit: rows.first().and_then(of_export),
            codes: Vec::new(),
            state: rows.iter().find_map(|row| row.trip.state),
        };
        let coded = rows.iter().filter(|row| !row.code.is_empty());
        incoming
            .codes
            .extend(coded.map(|row| (row.id, row.code.clone())));
        for row in rows {
            match row.part {
                Part::Place(place) => drop(self.site(&place, &mut incoming)),
                Part::Person(name, post, unit) => {
                    let person = Person { name, post, unit };
                    self.person(person, &mut incoming);
                }
                part @ (Part::Reception(..) | Part::Duty(_) | Part::Inspection(_)) => {
                    let before = incoming.beside.take();
                    let beside = self.beside(part, (row.id, &row.trip), before, &mut incoming);
                    incoming.beside = beside;
                }
                part @ (Part::Nothing
                | Part::Activity(..)
                | Part::Meeting(..)
                | Part::Concern(..)) => {
                    let mut dossier = match incoming.dossier.take() {
                        Some(dossier) => dossier,
                        None => {
                            let row_of = incoming.visit;
                            let visit = self.visit(&row.trip, &mut incoming);
                            Dossier::new(Visit {
                                row: row_of,
                                ..visit
                            })
                        }
                    };
                    self.add(&mut dossier, part, row.id, &row.trip, &mut incoming);
                    incoming.dossier = Some(dossier);
                }
            }
        }
        incoming
    }

    fn visit(&mut self, trip: &Trip, incoming: &mut Incoming) -> Visit {
        let site = trip.places.first();
        let site = site.map(|place| self.site(place, incoming));
        let mut team = Vec::new();
        let lead = (!trip.lead.is_empty()).then_some(&trip.lead);
        for name in lead.into_iter().chain(&trip.team) {
            let person = Person {
                name: name.clone(),
                post: String::new(),
                unit: trip.unit.clone(),
            };
            let id = self.person(person, incoming);
            if !team.contains(&id) {
                team.push(id);
            }
        }
        Visit {
            site,
            from: trip.from,
            to: trip.to,
            lead: lead.and(team.first().copied()),
            team,
            shared: trip.shared.clone(),
            programme: trip.programme.clone(),
            reviewing_cell: trip.reviewing_cell.clone(),
            unit: trip.unit.clone(),
            note: trip.note.clone(),
            origin: Origin::Import,
            row: None,
        }
    }

    fn add(
        &mut self,
        dossier: &mut Dossier,
        part: Part,
        id: RowId,
        trip: &Trip,
        incoming: &mut Incoming,
    ) {
        let places = match trip.places.len() {
            0 | 1 => &trip.others,
            _ => &trip.places,
        };
        let sites = places.iter();
        let sites = sites.map(|place| self.site(place, incoming)).collect();
        // Where a part was elsewhere than the visit that it shares with others.
        let own = trip.places.first().map(|place| self.site(place, incoming));
        let own = own.filter(|site| dossier.visit.value.site.as_ref() != Some(site));
        match part {
            Part::Nothing => dossier.visit.value.row = Some(id),
            Part::Activity(mut activity, names) => {
                activity.row = Some(id);
                activity.sites = sites;
                let helped = (!names.is_empty()).then(|| {
                    Versioned::new(HelpedNames {
                        activity: None,
                        names,
                    })
                });
                dossier.activities.push(ActivityFile {
                    activity: Versioned::new(*activity),
                    helped,
                });
            }
            Part::Meeting(mut meeting, promises) => {
                meeting.row = Some(id);
                meeting.sites = sites;
                meeting.site = own;
                dossier.meetings.push(MeetingFile::new(*meeting, promises));
            }
            Part::Concern(mut concern, particulars) => {
                concern.row = Some(id);
                concern.site = own;
                dossier.concerns.push(ConcernFile {
                    concern: Versioned::new(*concern),
                    particulars: particulars.map(|of| Versioned::new(*of)),
                });
            }
            Part::Place(_)
            | Part::Person(..)
            | Part::Reception(..)
            | Part::Duty(_)
            | Part::Inspection(_) => {}
        }
    }

    /// Makes what is no visit of a row, or adds its matter to the session before it.
    fn beside(
        &mut self,
        part: Part,
        (id, trip): (RowId, &Trip),
        before: Option<Beside>,
        incoming: &mut Incoming,
    ) -> Option<Beside> {
        let site = trip.places.first().map(|place| self.site(place, incoming));
        Some(match part {
            Part::Reception(session, matter) => {
                let row = matter.is_none().then_some(id);
                let (reception, mut concerns) = match before {
                    Some(Beside::Reception(reception, concerns)) => (reception, concerns),
                    Some(Beside::Duty(_) | Beside::Inspection(_)) | None => {
                        let session = self.session(*session, (trip, site, row), incoming);
                        (Box::new(session), Vec::new())
                    }
                };
                concerns.extend(matter.map(|(mut concern, particulars)| {
                    concern.row = Some(id);
                    ConcernFile {
                        concern: Versioned::new(*concern),
                        particulars: particulars.map(|of| Versioned::new(*of)),
                    }
                }));
                Beside::Reception(reception, concerns)
            }
            Part::Duty(mut duty) => {
                let team = trip.team.iter();
                duty.people = team.map(|name| self.cadre(name, trip, incoming)).collect();
                duty.site = site;
                duty.row = Some(id);
                Beside::Duty(duty)
            }
            Part::Inspection(mut inspection) => {
                inspection.row = Some(id);
                Beside::Inspection(inspection)
            }
            Part::Nothing
            | Part::Activity(..)
            | Part::Meeting(..)
            | Part::Concern(..)
            | Part::Place(_)
            | Part::Person(..) => return before,
        })
    }

    fn session(
        &mut self,
        session: Session,
        (trip, site, row): (&Trip, Option<Site>, Option<RowId>),
        incoming: &mut Incoming,
    ) -> Reception {
        let head = (!session.head.is_empty()).then_some(&session.head);
        Reception {
            kind: session.kind,
            on: trip.to.or(trip.from),
            head: head.map(|name| self.cadre(name, trip, incoming)),
            site,
            unit: trip.unit.clone(),
            people: session.people,
            turns: session.turns,
            note: session.note,
            row,
        }
    }

    fn cadre(&mut self, name: &str, trip: &Trip, incoming: &mut Incoming) -> PersonId {
        let person = Person {
            name: name.to_owned(),
            post: String::new(),
            unit: trip.unit.clone(),
        };
        self.person(person, incoming)
    }

    fn site(&mut self, place: &Where, incoming: &mut Incoming) -> Site {
        match place {
            Where::Unit(unit) => Site::from(*unit),
            Where::Text(text) => Site::Text(text.clone()),
            Where::Village {
                name,
                kind,
                unit,
                commune,
            } => {
                let fresh = &mut self.fresh;
                let key = (fold(name), *unit);
                let (id, new) = self.places.entry(key).or_insert_with(|| {
                    let place = Place {
                        name: name.clone(),
                        kind: kind.clone(),
                        commune: *commune,
                        former: match unit {
                            Unit::Today(_) => None,
                            Unit::Former(code) => Some(*code),
                        },
                        ..Place::default()
                    };
                    (PlaceId(fresh()), Some(place))
                });
                // Every visit brings what it names: the one before it may not be taken.
                if let Some(new) = new
                    && !incoming.places.iter().any(|(known, _)| known == id)
                {
                    incoming.places.push((*id, new.clone()));
                }
                Site::Village(*id)
            }
        }
    }

    fn person(&mut self, person: Person, incoming: &mut Incoming) -> PersonId {
        let fresh = &mut self.fresh;
        let (id, new) = self
            .people
            .entry(fold(&person.name))
            .or_insert_with(|| (PersonId(fresh()), Some(person)));
        if let Some(new) = new
            && !incoming.people.iter().any(|(known, _)| known == id)
        {
            incoming.people.push((*id, new.clone()));
        }
        *id
    }
}

/// Returns what names the visit of a part in an export.
fn of_export(row: &RowRead) -> Option<RowId> {
    let is_part = match &row.part {
        Part::Activity(..) | Part::Meeting(..) | Part::Concern(..) => true,
        Part::Nothing
        | Part::Place(_)
        | Part::Person(..)
        | Part::Reception(..)
        | Part::Duty(_)
        | Part::Inspection(_) => false,
    };
    (is_part && !row.trip.code.is_empty()).then(|| RowId(coded(&row.trip)))
}
