//! Names of units found without marks, as people write them: "lang quan, yen son", "TT Na Hang",
//! "xã Lang Quán (huyện Yên Sơn)".
//!
//! Owns how what is typed is read. Knows units by their place in a list, never what they are.

use super::fold::syllables;

/// How well a unit fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The name, with or without its kind.
    Exact,
    /// The beginning of the name.
    Begins,
    /// Each word begins a word of the name.
    Words,
}

/// A list of units to find by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gazetteer {
    units: Vec<Unit>,
    regions: Vec<Region>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Region {
    name: String,
    words: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    /// The name with its kind: "xa lang quan".
    name: String,
    /// Where the name without its kind begins.
    bare: usize,
    region: usize,
}

impl Unit {
    fn bare(&self) -> &str {
        self.name.get(self.bare..).unwrap_or_default()
    }
}

/// What people write for longer words.
const SHORT: [(&str, [&str; 2]); 3] = [
    ("tt", ["thi", "tran"]),
    ("tp", ["thanh", "pho"]),
    ("tx", ["thi", "xa"]),
];

/// What is typed: the words of the unit, and of what it lies in.
struct Typed {
    name: Vec<String>,
    within: Vec<String>,
}

impl Typed {
    fn new(typed: &str) -> Self {
        let (name, within) = typed.split_once([',', '(', ';']).unwrap_or((typed, ""));
        Self {
            name: words(name),
            within: words(within),
        }
    }
}

fn words(typed: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in syllables(typed) {
        match SHORT.iter().find(|(short, _)| *short == word) {
            Some((_, long)) => words.extend(long.iter().map(|word| (*word).to_owned())),
            None => words.push(word),
        }
    }
    words
}

fn all_begin<'a>(words: &[String], syllables: impl Iterator<Item = &'a str> + Clone) -> bool {
    let begins = |word: &String| syllables.clone().any(|s| s.starts_with(word.as_str()));
    words.iter().all(begins)
}

impl Gazetteer {
    /// Adds a unit behind the last one: the word for its kind, its name behind that, what it lies in.
    pub fn push(&mut self, kind: &str, bare: &str, region: &str) {
        let mut name = words(kind).join(" ");
        let bare_at = name.len() + 1;
        for word in words(bare) {
            name.push(' ');
            name.push_str(&word);
        }
        let known = self.regions.iter().rposition(|known| known.name == region);
        let region = known.unwrap_or_else(|| {
            self.regions.push(Region {
                name: region.to_owned(),
                words: syllables(region).collect(),
            });
            self.regions.len() - 1
        });
        self.units.push(Unit {
            name,
            bare: bare_at,
            region,
        });
    }

    /// Tells how well a unit fits.
    fn fit(&self, unit: &Unit, typed: &Typed, name: &str) -> Option<Fit> {
        let region = self.regions.get(unit.region);
        let region = region.map_or(&[][..], |region| &region.words);
        let fits = all_begin(&typed.name, unit.name.split(' '))
            && all_begin(&typed.within, region.iter().map(String::as_str));
        if !fits {
            return None;
        }
        Some(if unit.name == name || unit.bare() == name {
            Fit::Exact
        } else if unit.name.starts_with(name) || unit.bare().starts_with(name) {
            Fit::Begins
        } else {
            Fit::Words
        })
    }

    /// Finds the units that fit what is typed, the best first and then in the order of the list;
    /// nothing where nothing is typed.
    pub fn find(&self, typed: &str) -> Vec<(Fit, usize)> {
        let typed = Typed::new(typed);
        if typed.name.is_empty() {
            return Vec::new();
        }
        let name = typed.name.join(" ");
        let units = self.units.iter().enumerate();
        let mut found: Vec<_> = units
            .filter_map(|(at, unit)| Some((self.fit(unit, &typed, &name)?, at)))
            .collect();
        found.sort();
        found
    }

    /// Finds the units whose name is what is typed.
    pub fn exactly(&self, typed: &str) -> Vec<usize> {
        let found = self.find(typed).into_iter();
        let exact = found.take_while(|(fit, _)| *fit == Fit::Exact);
        exact.map(|(_, at)| at).collect()
    }

    /// Finds the units with a word that fits.
    pub fn with_word(&self, fits: impl Fn(&str) -> bool) -> impl Iterator<Item = usize> {
        let units = self.units.iter().enumerate();
        units
            .filter(move |(_, unit)| unit.name.split(' ').any(&fits))
            .map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gazetteer() -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        for (kind, bare, region) in [
            ("Xã", "Lang Quán", "Huyện Yên Sơn Tỉnh Tuyên Quang"),
            ("Thị trấn", "Na Hang", "Huyện Na Hang Tỉnh Tuyên Quang"),
            ("Xã", "Đà Vị", "Huyện Na Hang Tỉnh Tuyên Quang"),
            ("Xã", "Xa Dung", "Huyện Điện Biên Đông Tỉnh Điện Biên"),
            ("Xã", "Hang", "Thành phố X Tỉnh Y"),
        ] {
            gazetteer.push(kind, bare, region);
        }
        gazetteer
    }

    #[test]
    fn units_are_found_as_people_write_them() {
        let gazetteer = gazetteer();
        for (typed, at) in [
            ("lang quan", 0),
            ("Lang Quán, Yên Sơn", 0),
            ("xã Lang Quán, huyện Yên Sơn, tỉnh Tuyên Quang", 0),
            ("Lang Quán (Yên Sơn)", 0),
            ("TT Na Hang", 1),
            ("TT. Na Hang", 1),
            ("thị trấn na hang", 1),
            ("Na Hang, Na Hang", 1),
            ("Xa Dung", 3),
            ("Hang, TP X", 4),
        ] {
            assert_eq!(gazetteer.exactly(typed), [at], "{typed}");
        }
        assert!(gazetteer.exactly("Lang Quán, Na Hang").is_empty());
        assert!(gazetteer.find("").is_empty());
        assert!(gazetteer.find(", yen son").is_empty());
    }

    #[test]
    fn the_best_come_first() {
        let found = gazetteer().find("hang");
        assert_eq!(found, [(Fit::Exact, 4), (Fit::Words, 1)]);
        assert_eq!(gazetteer().find("na h"), [(Fit::Begins, 1)]);
        assert_eq!(gazetteer().find("l q, y"), [(Fit::Words, 0)]);
    }

    #[test]
    fn a_search_asks_for_single_words() {
        let found = gazetteer()
            .with_word(|word| word == "hang")
            .collect::<Vec<_>>();
        assert_eq!(found, [1, 4]);
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(typed in any::<String>()) {
            gazetteer().find(&typed);
        }
    }
}
