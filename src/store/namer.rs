//! The names of cadres and places with what finds them, each read and folded once a batch.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::error::StoreError;
use super::names;
use super::tables::Read;
use super::tokens::{self, Lexicon, Tokens};
use crate::domain::{Day, PersonId, Place, Site, SiteName};

/// A name and the tokens of rows that have it.
pub(super) struct Named<N> {
    pub(super) name: N,
    pub(super) tokens: Tokens,
}

/// Gives names; for as long as none of them changes.
pub(super) struct Namer<'r, R> {
    read: &'r R,
    /// The batch's, whose numbers the tokens are.
    pub(super) lexicon: &'r mut Lexicon,
    people: HashMap<PersonId, Named<String>, RandomState>,
    sites: HashMap<(Site, Option<Day>), Named<SiteName>, RandomState>,
}

impl<'r, R: Read> Namer<'r, R> {
    pub(super) fn new(read: &'r R, lexicon: &'r mut Lexicon) -> Self {
        Self {
            read,
            lexicon,
            people: HashMap::default(),
            sites: HashMap::default(),
        }
    }

    /// Returns a cadre's name.
    pub(super) fn person(&mut self, id: PersonId) -> Result<&Named<String>, StoreError> {
        use std::collections::hash_map::Entry;
        Ok(match self.people.entry(id) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(new) => {
                let name = names::person(self.read, id)?.unwrap_or_default().name;
                let mut tokens = Tokens::default();
                tokens.add(self.lexicon, tokens::names_person(id));
                tokens.text(self.lexicon, &name);
                let tokens = tokens.sorted();
                new.insert(Named { name, tokens })
            }
        })
    }

    /// Returns how a site is called on a day.
    pub(super) fn site(
        &mut self,
        site: &Site,
        day: Option<Day>,
    ) -> Result<&Named<SiteName>, StoreError> {
        use std::collections::hash_map::Entry;
        Ok(match self.sites.entry((site.clone(), day)) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(new) => new.insert(located(self.read, self.lexicon, site, day)?),
        })
    }
}

fn located(
    read: &impl Read,
    lexicon: &mut Lexicon,
    site: &Site,
    day: Option<Day>,
) -> Result<Named<SiteName>, StoreError> {
    let mut tokens = Tokens::default();
    tokens.add(lexicon, tokens::site(site));
    let mut name = SiteName::default();
    match site {
        Site::Village(id) => {
            let resolved = names::resolve(read, *id)?;
            for (place, _) in &resolved.path {
                tokens.add(lexicon, tokens::names_place(*place));
            }
            for place in resolved.found_by() {
                tokens.text(lexicon, &place.name);
                tokens.code(lexicon, &place.kind);
                tokens.commune(lexicon, place.commune);
                tokens.former(lexicon, place.former);
            }
            if let Some((standing, _)) = resolved.standing() {
                tokens.add(lexicon, tokens::site(&Site::Village(*standing)));
            }
            let place = resolved.of_its_day(day);
            name = place.map_or(name, Place::site_name);
        }
        Site::Commune(code) => name.commune = Some(*code),
        Site::Former(code) => name.former = Some(*code),
        Site::Text(text) => {
            tokens.text(lexicon, text);
            name.village.clone_from(text);
        }
    }
    let tokens = tokens.sorted();
    Ok(Named { name, tokens })
}
