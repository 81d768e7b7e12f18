//! Where the unit has been in a year and where not; Saturdays, reception days, duties.

use std::sync::Arc;

use super::map::Way;
use super::visits::{Chip, Searching};
use super::{Session, Tab, View, step};
use crate::app::dialogs::{TendForm, TendWhat};
use crate::app::{Action, Effect, Model, Setup, Size, tending};
use crate::domain::{
    CommuneCode, Coverage, Day, Months, Names, Place, PlaceId, Site, Standing, Unit,
};
use crate::text::collate;
use crate::text::fold::fold;

/// The years that can be gone to.
const FIRST_YEAR: i32 = 1990;
const LAST_YEAR: i32 = 2100;

/// What is in front: one of the two tables, or the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Board {
    #[default]
    Places,
    Duties,
    /// The communes of the province as dots.
    Map,
}

/// Which places are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Area {
    /// Those of the unit's own communes, where its name says which these are.
    #[default]
    Own,
    All,
}

/// The screen of coverage; it stays where it was left.
#[derive(Default)]
pub struct Covered {
    pub year: i32,
    /// `None` until it was read.
    pub read: Option<Box<Coverage>>,
    pub board: Board,
    pub area: Area,
    /// The row of the board in front.
    pub chosen: u64,
    /// The month of the cursor, 0 to 11.
    pub month: usize,
    asked: u64,
}

/// A row of the table of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    pub site: Site,
    pub name: String,
    /// The commune that a village lies in.
    pub commune: String,
    pub months: Months,
}

impl PlaceRow {
    /// Returns the visits of the year.
    pub fn visits(&self) -> u32 {
        self.months.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }
}

impl Covered {
    /// Gives the rows of the table of places: first those where nobody has been in the year, then by commune
    /// and name in Vietnamese order. Every village that stands is there, whoever has been where.
    pub fn places(&self, session: &Session, setup: &Setup) -> Vec<PlaceRow> {
        let Some(read) = &self.read else {
            return Vec::new();
        };
        let own = self.communes(session, setup);
        let is_own = |code: Option<CommuneCode>| match code {
            Some(code) => own.is_empty() || own.contains(&code),
            None => own.is_empty(),
        };
        let mut rows = Vec::new();
        let standing = session.names.standing();
        for (id, place) in standing.filter(|(_, place)| is_own(place.commune)) {
            rows.push(row_of_village(read, setup, (id, place)));
        }
        for (site, months) in &read.visited {
            let unit = match site {
                Site::Commune(code) if is_own(Some(*code)) => Unit::Today(*code),
                Site::Former(code) if own.is_empty() => Unit::Former(*code),
                Site::Commune(_) | Site::Former(_) | Site::Village(_) | Site::Text(_) => continue,
            };
            let name = setup.unit_short(unit);
            let key = (collate::key(&name), collate::key(""), [0; 16]);
            let row = PlaceRow {
                site: site.clone(),
                name: setup
                    .unit_in_text(unit)
                    .split(", ")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                commune: String::new(),
                months: *months,
            };
            rows.push((key, row));
        }
        rows.sort_by(|(a, one), (b, other)| (one.visits() > 0, a).cmp(&(other.visits() > 0, b)));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Gives the communes that are shown; none: all of them.
    pub fn communes(&self, session: &Session, setup: &Setup) -> Vec<CommuneCode> {
        match self.area {
            Area::All => Vec::new(),
            Area::Own => own_communes(&session.profile.unit, &session.names, setup),
        }
    }

    /// Gives the duties of the year.
    pub fn duties(&self) -> &[Standing] {
        self.read.as_ref().map_or(&[], |read| &read.duties)
    }

    /// Gives the duties that are kept at a place: at it, or at the cell that bears its name.
    pub fn duties_at<'c>(&'c self, row: &'c PlaceRow) -> impl Iterator<Item = &'c Standing> {
        let name = fold(&row.name);
        let duties = self.duties().iter();
        duties.filter(move |one| {
            let cell = fold(one.duty.cell.trim());
            let of_name = cell == name || cell.strip_prefix("chi bo ") == Some(name.as_str());
            one.duty.site.as_ref() == Some(&row.site) || of_name
        })
    }

    fn rows(&self, session: &Session, setup: &Setup) -> u64 {
        match self.board {
            Board::Places => self.places(session, setup).len() as u64,
            Board::Duties => self.duties().len() as u64,
            Board::Map => self.dots(session, setup).len() as u64,
        }
    }
}

type Key = (Vec<u8>, Vec<u8>, [u8; 16]);

fn row_of_village(
    read: &Coverage,
    setup: &Setup,
    (id, place): (PlaceId, &Place),
) -> (Key, PlaceRow) {
    let site = Site::Village(id);
    let commune = place.commune.map(|code| setup.commune(code));
    let commune = commune.unwrap_or_default();
    let key = (collate::key(&commune), collate::key(&place.name), id.0);
    let row = PlaceRow {
        months: read.months(&site),
        site,
        name: place.name.clone(),
        commune,
    };
    (key, row)
}

/// Returns the communes that a unit's name names, where any known village lies in one of them: "Công an xã
/// Nà Hang, tỉnh Tuyên Quang".
pub(super) fn own_communes(unit: &str, names: &Names, setup: &Setup) -> Vec<CommuneCode> {
    let mut rest = unit.split(',').next().unwrap_or_default().trim();
    loop {
        let units = setup.units_named(rest).into_iter();
        let codes = units.filter_map(|unit| match unit {
            Unit::Today(code) => Some(code),
            Unit::Former(_) => None,
        });
        let lies = |code: &CommuneCode| names.standing().any(|(_, p)| p.commune == Some(*code));
        let own: Vec<CommuneCode> = codes.filter(lies).collect();
        if !own.is_empty() {
            return own;
        }
        match rest.split_once(' ') {
            Some((_, tail)) => rest = tail.trim_start(),
            None => return Vec::new(),
        }
    }
}

impl Session {
    /// Opens the screen where it was left, in the present year at first, and asks for what it shows.
    pub(in crate::app) fn open_coverage(&mut self, today: Day, setup: &Arc<Setup>) -> Vec<Effect> {
        use chrono::Datelike;
        if self.coverage.asked == 0 {
            self.coverage.year = today.year();
            self.coverage.month = today.month0() as usize;
        }
        self.go(Tab::Coverage);
        let mut effects = self.ask_coverage(today, setup);
        effects.push(Effect::QuerySpots);
        effects
    }

    /// Asks for the year again, where the screen is in front.
    pub(in crate::app) fn ask_coverage(&mut self, today: Day, setup: &Arc<Setup>) -> Vec<Effect> {
        if !matches!(self.view, View::Coverage) {
            return Vec::new();
        }
        let number = self.number();
        self.coverage.asked = number;
        vec![Effect::QueryCoverage {
            number,
            year: self.coverage.year,
            today,
            setup: setup.clone(),
        }]
    }

    pub(in crate::app) fn take_coverage(
        &mut self,
        number: u64,
        read: Box<Coverage>,
        setup: &Setup,
    ) {
        if self.coverage.asked == number {
            let is_first = self.coverage.read.is_none();
            self.coverage.read = Some(read);
            if is_first && self.coverage.board == Board::Map {
                self.begin_map(setup);
            }
            let last = self.coverage.rows(self, setup).saturating_sub(1);
            self.coverage.chosen = self.coverage.chosen.min(last);
        }
    }

    /// Shows in the list what stands behind the cell, or behind the duty, of the cursor.
    fn open_behind(&mut self, setup: &Setup, size: Size) -> Vec<Effect> {
        let open = &self.coverage;
        let at = usize::try_from(open.chosen).unwrap_or(usize::MAX);
        let (words, chips) = match open.board {
            Board::Places => {
                let Some(row) = open.places(self, setup).into_iter().nth(at) else {
                    return Vec::new();
                };
                let sites = match &row.site {
                    Site::Village(id) => self.names.sites_of(*id),
                    site => vec![site.clone()],
                };
                let month = Day::from_ymd_opt(open.year, open.month as u32 + 1, 1);
                let place = Chip::Place(sites, row.name);
                let chips = month.map(Chip::Month).into_iter().chain([place]);
                (String::new(), chips.collect())
            }
            Board::Duties => match open.duties().get(at) {
                Some(standing) => (standing.who.clone(), Vec::new()),
                None => return Vec::new(),
            },
            Board::Map => match open.dots(self, setup).into_iter().nth(at) {
                Some(dot) => (String::new(), vec![Chip::Place(dot.sites, dot.name)]),
                None => return Vec::new(),
            },
        };
        self.visits.words.set(&words);
        self.visits.chips = chips;
        self.visits.searching = Searching::Rows;
        self.go(Tab::Visits);
        self.search(setup, size)
    }
}

/// Does an action on the screen of coverage.
pub(in crate::app) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let (setup, size, today) = (model.setup.clone(), model.size, model.today());
    if action == Action::AddAssignment {
        return tending::ask(model, TendWhat::Assignment);
    }
    if action == Action::HotSpot {
        let chosen = model.session().and_then(|session| {
            let rows = session.coverage.places(session, &setup).into_iter();
            let at = usize::try_from(session.coverage.chosen).ok()?;
            rows.filter(|_| session.coverage.board == Board::Places)
                .nth(at)
        });
        if let Some(PlaceRow {
            site: Site::Village(id),
            name,
            ..
        }) = chosen
        {
            let form = TendForm::hot_spot(model, id, &name);
            return tending::open(model, form);
        }
        return Vec::new();
    }
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    if session.coverage.board == Board::Map
        && let Some(way) = Way::of(action)
    {
        session.go_on_map(way, &setup);
        return Vec::new();
    }
    let rows = session.coverage.rows(session, &setup);
    let open = &mut session.coverage;
    match action {
        Action::Map => {
            open.board = match open.board {
                Board::Map => Board::Places,
                Board::Places | Board::Duties => Board::Map,
            };
            session.begin_map(&setup);
        }
        Action::Back if open.board == Board::Map => {
            open.board = Board::Places;
            open.chosen = 0;
        }
        Action::Back => session.go(Tab::Today),
        Action::Open => return session.open_behind(&setup, size),
        Action::YearBefore | Action::YearAfter => {
            let by = if action == Action::YearBefore { -1 } else { 1 };
            open.year = open.year.saturating_add(by).clamp(FIRST_YEAR, LAST_YEAR);
            return session.ask_coverage(today, &setup);
        }
        Action::MonthBefore => open.month = open.month.saturating_sub(1),
        Action::MonthAfter => open.month = (open.month + 1).min(11),
        Action::OtherBoard => {
            open.board = match open.board {
                Board::Places => Board::Duties,
                Board::Duties | Board::Map => Board::Places,
            };
            open.chosen = 0;
        }
        Action::OtherArea => {
            open.area = match open.area {
                Area::Own => Area::All,
                Area::All => Area::Own,
            };
            open.chosen = 0;
        }
        action => open.chosen = step(open.chosen, rows, action, size).unwrap_or(open.chosen),
    }
    Vec::new()
}

/// Opens the duties of everybody.
pub(in crate::app) fn open_duties(model: &mut Model) -> Vec<Effect> {
    let (setup, today) = (model.setup.clone(), model.today());
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    session.coverage.board = Board::Duties;
    session.coverage.chosen = 0;
    session.open_coverage(today, &setup)
}
