//! The communes of a province as dots: how often each was visited in the year, and the cursor among them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Session;
use super::coverage::{Covered, own_communes};
use crate::app::{Action, Setup};
use crate::config::units::{ProvinceCode, Spot};
use crate::domain::{CommuneCode, Day, Months, Site, SiteName, Unit, UnitBasis};

/// A commune on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dot {
    pub code: CommuneCode,
    /// The full name.
    pub name: String,
    pub spot: Spot,
    pub months: Months,
    /// The places in it that were visited in the year, and itself.
    pub sites: Vec<Site>,
}

impl Dot {
    /// Returns the visits of the year.
    pub fn visits(&self) -> u32 {
        self.months.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }
}

/// A way over the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    North,
    South,
    West,
    East,
}

impl Way {
    /// Reads the way off an action; `None` for one that leads nowhere.
    pub(super) fn of(action: Action) -> Option<Self> {
        match action {
            Action::Up => Some(Self::North),
            Action::Down => Some(Self::South),
            Action::West => Some(Self::West),
            Action::East => Some(Self::East),
            _ => None,
        }
    }

    /// Returns how far one spot lies from another this way, and how far beside it.
    fn apart(self, from: Spot, to: Spot) -> (i64, i64) {
        let north = i64::from(to.north) - i64::from(from.north);
        let east = i64::from(to.east) - i64::from(from.east);
        match self {
            Self::North => (north, east.abs()),
            Self::South => (-north, east.abs()),
            Self::West => (-east, north.abs()),
            Self::East => (east, north.abs()),
        }
    }
}

/// What the places of one commune have together.
type Visited = BTreeMap<CommuneCode, (Months, Vec<Site>)>;

impl Covered {
    /// Gives the communes of the province that most visits of the year lie in, from north to south.
    pub fn dots(&self, session: &Session, setup: &Setup) -> Vec<Dot> {
        let visited = self.by_commune(session, setup);
        let Some(province) = province(&visited, session, setup) else {
            return Vec::new();
        };
        let communes = setup.communes.all().iter();
        let within = communes.filter(|commune| commune.province == province);
        let dots = within.filter_map(|commune| {
            let found = visited.get(&commune.code);
            let mut sites = found.map_or_else(Vec::new, |(_, sites)| sites.clone());
            let own = Site::Commune(commune.code);
            if !sites.contains(&own) {
                sites.push(own);
            }
            Some(Dot {
                code: commune.code,
                name: commune.name.clone(),
                spot: commune.spot?,
                months: found.map_or([0; 12], |(months, _)| *months),
                sites,
            })
        });
        let mut dots: Vec<Dot> = dots.collect();
        dots.sort_by_key(|dot| (-dot.spot.north, dot.spot.east, dot.code));
        dots
    }

    fn by_commune(&self, session: &Session, setup: &Setup) -> Visited {
        let mut all = Visited::new();
        let Some(read) = &self.read else {
            return all;
        };
        let first = Day::from_ymd_opt(read.year, 1, 1);
        for (site, months) in &read.visited {
            let (code, sites) = match site {
                Site::Village(id) => {
                    let place = session.names.place(*id);
                    let code = place.and_then(|place| place.commune);
                    (code, session.names.sites_of(*id))
                }
                Site::Commune(code) => (Some(*code), vec![site.clone()]),
                Site::Former(former) => {
                    let name = SiteName {
                        former: Some(*former),
                        ..SiteName::default()
                    };
                    let today = match setup.unit(&name, first, UnitBasis::Today) {
                        Some(Unit::Today(code)) => Some(code),
                        // It was divided, and nobody has said which part is meant.
                        Some(Unit::Former(_)) | None => None,
                    };
                    (today, vec![site.clone()])
                }
                Site::Text(_) => (None, Vec::new()),
            };
            let Some(code) = code else {
                continue;
            };
            let (sum, places) = all.entry(code).or_default();
            for (sum, visits) in sum.iter_mut().zip(months) {
                *sum = sum.saturating_add(*visits);
            }
            places.extend(sites);
        }
        all
    }
}

/// Returns the province that most visits lie in; without any, that of the unit's own commune.
fn province(visited: &Visited, session: &Session, setup: &Setup) -> Option<ProvinceCode> {
    let province = |code: &CommuneCode| setup.communes.get(*code).map(|found| found.province);
    let mut provinces = BTreeMap::<ProvinceCode, u64>::new();
    for (code, (months, _)) in visited {
        if let Some(province) = province(code) {
            *provinces.entry(province).or_default() +=
                months.iter().copied().map(u64::from).sum::<u64>();
        }
    }
    let most = provinces
        .into_iter()
        .rev()
        .max_by_key(|(_, visits)| *visits);
    let own = || {
        let own = own_communes(&session.profile.unit, &session.names, setup);
        own.first().and_then(province)
    };
    most.map(|(province, _)| province).or_else(own)
}

impl Session {
    /// Puts the cursor on the commune that was visited most.
    pub(super) fn begin_map(&mut self, setup: &Setup) {
        let dots = self.coverage.dots(self, setup).into_iter();
        let most = (0..).zip(dots).min_by_key(|(_, dot)| Reverse(dot.visits()));
        self.coverage.chosen = match self.coverage.board {
            super::Board::Map => most.map_or(0, |(at, _)| at),
            super::Board::Places | super::Board::Duties => 0,
        };
    }

    /// Goes to the nearest commune that way; what lies beside the way counts twice.
    pub(super) fn go_on_map(&mut self, way: Way, setup: &Setup) {
        let dots = self.coverage.dots(self, setup);
        let at = usize::try_from(self.coverage.chosen).unwrap_or(usize::MAX);
        let Some(here) = dots.get(at) else {
            return;
        };
        let there = (0_u64..).zip(&dots).filter_map(|(at, dot)| {
            let (ahead, beside) = way.apart(here.spot, dot.spot);
            (ahead > 0).then_some((ahead + 2 * beside, at))
        });
        if let Some((_, next)) = there.min() {
            self.coverage.chosen = next;
        }
    }
}
