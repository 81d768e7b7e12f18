//! Who is looked for, as people write it: a full name and a village, compared exactly.
//!
//! Nothing here guesses: another mark is another name, and a part of a name is nobody's.

use crate::config::units::Communes;
use crate::domain::{Names, Site, Sought};
use crate::text::exact::exact;

/// What may stand before the name of a village or commune.
const KINDS: &[&str] = &[
    "thôn",
    "bản",
    "xóm",
    "làng",
    "tổ dân phố",
    "tổ",
    "khu phố",
    "khu",
    "xã",
    "phường",
    "thị trấn",
];

/// Puts together who is looked for; `None` where it is no full name, or no village.
///
/// A commune may stand behind the village and a comma; without one every village of the name counts.
pub fn sought(name: &str, village: &str, names: &Names, communes: &Communes) -> Option<Sought> {
    let name = exact(name);
    let (place, commune) = village.split_once(',').unwrap_or((village, ""));
    let (village, commune) = (exact(place), exact(commune));
    if !name.contains(' ') || village.is_empty() {
        return None;
    }
    let bare = without_kind(&village);
    let bears = |called: &str| {
        let called = exact(called);
        called == village || called == bare
    };
    let in_commune = |place: &crate::domain::Place| {
        let unit = place.commune.and_then(|code| communes.get(code));
        let is_it = |unit: &str| exact(unit) == without_kind(&commune);
        commune.is_empty() || unit.is_none_or(|unit| is_it(unit.bare_name()))
    };
    let mut sites = Vec::new();
    for (id, place) in &names.places {
        if bears(&place.name) && in_commune(place) {
            sites.push(Site::Village(*id));
            sites.extend(place.merged_into.map(Site::Village));
        }
    }
    for (id, place) in &names.places {
        let into = place.merged_into.map(Site::Village);
        if into.is_some_and(|into| sites.contains(&into)) {
            sites.push(Site::Village(*id));
        }
    }
    let called = communes.all().iter().filter(|unit| bears(unit.bare_name()));
    sites.extend(called.map(|unit| Site::Commune(unit.code)));
    Some(Sought {
        name,
        village,
        sites,
    })
}

fn without_kind(name: &str) -> String {
    let behind = |kind: &&str| {
        let rest = name.strip_prefix(exact(kind).as_str())?;
        rest.strip_prefix(' ').map(str::to_owned)
    };
    let found = KINDS.iter().find_map(behind);
    found.unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Place, PlaceId};

    #[test]
    fn a_village_is_found_by_its_name_in_either_tone_style_and_by_nothing_like_it() {
        let communes = Communes::built_in();
        let place = |name: &str| Place {
            name: name.to_owned(),
            ..Place::default()
        };
        let names = Names {
            places: vec![
                (PlaceId([1; 16]), place("Khuổi Hoà")),
                (PlaceId([2; 16]), place("Bản Lãm")),
            ],
            ..Names::default()
        };
        let sites = |village: &str| {
            let sought = sought("Lò Thị Thúy", village, &names, &communes);
            sought.map(|sought| sought.sites)
        };
        let first = Some(vec![Site::Village(PlaceId([1; 16]))]);
        for village in ["Khuổi Hòa", "thôn khuổi hoà", "Thôn Khuổi Hòa, xã Nà Hang"] {
            assert_eq!(sites(village), first, "{village}");
        }
        assert_eq!(
            sites("bản lãm"),
            Some(vec![Site::Village(PlaceId([2; 16]))])
        );
        for village in ["Khuoi Hoa", "Khuổi", "Khuổi Hóa"] {
            assert_eq!(sites(village), Some(Vec::new()), "{village}");
        }
        assert!(sought("Thúy", "Bản Lãm", &names, &communes).is_none());
        assert!(sought("Lò Thị Thúy", " , Nà Hang", &names, &communes).is_none());
    }
}
