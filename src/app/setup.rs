//! What the program is set up with and no key changes: lists, communes, keys, sentences.

use super::Keymap;
use crate::config::catalogue::{Catalogue, Choices};
use crate::config::units::{Commune, Communes};
use crate::domain::{Code, CommuneCode, LabelMatch, SiteName};
use crate::i18n::{Catalog, Language};
use crate::text::fold::{fold, syllables};

use super::label;

/// Lists, communes, keys and sentences.
pub struct Setup {
    pub catalogue: Catalogue,
    pub communes: Communes,
    pub keymap: Keymap,
    vi: Catalog,
    en: Catalog,
    /// How each commune is looked for, in their order.
    folded: Vec<Folded>,
}

/// A commune's name without marks.
struct Folded {
    /// "Xã Nà Hang" as `xa`, `na`, `hang`.
    syllables: Vec<String>,
    whole: String,
    /// Without its kind.
    bare: String,
}

impl Folded {
    fn new(commune: &Commune) -> Self {
        Self {
            syllables: syllables(&commune.name).collect(),
            whole: fold(&commune.name),
            bare: fold(commune.bare_name()),
        }
    }

    /// Tells whether each word begins one of the syllables.
    fn has(&self, words: &[String]) -> bool {
        let begins = |word: &String| self.syllables.iter().any(|s| s.starts_with(word.as_str()));
        words.iter().all(begins)
    }
}

impl Setup {
    /// Prepares what is looked up at every key.
    pub fn new(catalogue: Catalogue, communes: Communes, keymap: Keymap) -> Self {
        let folded = communes.all().iter().map(Folded::new).collect();
        Self {
            catalogue,
            communes,
            keymap,
            vi: Catalog::new(Language::Vi),
            en: Catalog::new(Language::En),
            folded,
        }
    }

    /// Gives the sentences of a language.
    pub fn speech(&self, language: Language) -> &Catalog {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }

    /// Finds communes by the words of their names, without marks; those that begin so come first.
    pub fn find_communes(&self, typed: &str, most: usize) -> Vec<&Commune> {
        let words: Vec<String> = syllables(typed).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let typed = fold(typed.trim());
        let all = self.communes.all().iter().zip(&self.folded);
        let mut found: Vec<_> = all
            .filter(|(_, folded)| folded.has(&words))
            .map(|(commune, folded)| {
                let exact = folded.bare == typed;
                let begins = folded.whole.starts_with(&typed) || folded.bare.starts_with(&typed);
                (!exact, !begins, commune)
            })
            .collect();
        found.sort_by_key(|(exact, begins, commune)| (*exact, *begins, commune.code));
        found.into_iter().take(most).map(|(_, _, c)| c).collect()
    }

    /// Writes a commune with its province: "Xã Nà Hang, tỉnh Tuyên Quang".
    pub fn commune_in_full(&self, commune: &Commune) -> String {
        let province = &self.communes.province_of(commune).name;
        format!("{}, {}", commune.name, lower_first(province))
    }

    /// Names a place in short: "Pắc Ban · Nà Hang".
    pub fn site(&self, site: &SiteName) -> String {
        let commune = site.commune.map(|code| self.commune(code));
        match (site.village.is_empty(), commune) {
            (false, Some(commune)) => format!("{} · {commune}", site.village),
            (false, None) => site.village.clone(),
            (true, Some(commune)) => commune,
            (true, None) => String::new(),
        }
    }

    /// Names a commune in short; a code that this release does not know is shown as it is.
    pub fn commune(&self, code: CommuneCode) -> String {
        let known = self.communes.get(code);
        known.map_or_else(|| format!("{:05}", code.0), |c| c.bare_name().to_owned())
    }

    /// Names a code of a list; one that this catalogue does not know is shown as it is.
    pub fn choice(choices: &Choices, code: &Code, language: Language) -> String {
        let known = choices.get(code);
        known
            .map_or(code.as_str(), |c| label(c, language))
            .to_owned()
    }

    /// Offers names of units for what is typed: a commune, behind whatever words stand before it
    /// ("Công an na hang" offers "Công an xã Nà Hang, tỉnh Tuyên Quang").
    pub fn units(&self, typed: &str, most: usize) -> Vec<String> {
        let mut lead = String::new();
        let mut rest = typed.trim();
        if rest.contains(',') {
            // The province is there already.
            return Vec::new();
        }
        loop {
            let found = self.find_communes(rest, most);
            if !found.is_empty() {
                let name = |commune: &Commune| self.commune_in_full(commune);
                let all = found.into_iter().map(name);
                return all
                    .map(|name| match lead.as_str() {
                        "" => name,
                        lead => format!("{lead}{}", lower_first(&name)),
                    })
                    .collect();
            }
            let Some((word, tail)) = rest.split_once(' ') else {
                return Vec::new();
            };
            lead.push_str(word);
            lead.push(' ');
            rest = tail.trim_start();
        }
    }

    /// Finds the codes whose labels match each word of a search; a prefix counts on the last.
    pub fn labels(&self, typed: &str) -> Vec<Vec<LabelMatch>> {
        let words: Vec<String> = syllables(typed).collect();
        let last = words.len().saturating_sub(1);
        let each = words.iter().enumerate();
        each.map(|(at, word)| {
            if at == last {
                self.labels_of(|syllable| syllable.starts_with(word))
            } else {
                self.labels_of(|syllable| syllable == word)
            }
        })
        .collect()
    }

    fn labels_of(&self, fits: impl Fn(&str) -> bool) -> Vec<LabelMatch> {
        let lists = [
            &self.catalogue.activities,
            &self.catalogue.shared,
            &self.catalogue.meetings,
            &self.catalogue.topics,
        ];
        let choices = lists.iter().flat_map(|list| list.iter());
        let codes = choices
            .filter(|choice| choice.words().flat_map(syllables).any(|s| fits(&s)))
            .map(|choice| LabelMatch::Code(choice.code.clone()));
        let communes = self.communes.all().iter().zip(&self.folded);
        let communes = communes
            .filter(|(_, folded)| folded.syllables.iter().any(|s| fits(s)))
            .map(|(commune, _)| LabelMatch::Commune(commune.code));
        codes.chain(communes).collect()
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup() -> Setup {
        Setup::new(
            Catalogue::built_in(),
            Communes::built_in(),
            Keymap::built_in(),
        )
    }

    #[test]
    fn a_commune_is_found_without_marks_and_the_exact_name_comes_first() {
        let setup = setup();
        let found = setup.find_communes("na hang", 5);
        assert_eq!(found[0].name, "Xã Nà Hang");
        assert!(setup.find_communes("", 5).is_empty());
        assert!(setup.find_communes("khong co xa nao", 5).is_empty());
    }

    #[test]
    fn a_unit_keeps_the_words_before_its_commune() {
        let units = setup().units("Công an xa na hang", 5);
        assert_eq!(units[0], "Công an xã Nà Hang, tỉnh Tuyên Quang");
        assert!(setup().units("Chi bộ Qqq", 5).is_empty());
        assert!(setup().units(&units[0], 5).is_empty());
    }

    #[test]
    fn only_the_last_word_of_a_search_matches_a_beginning() {
        let setup = setup();
        let codes = |typed: &str| {
            let labels = setup.labels(typed);
            labels
                .into_iter()
                .map(|of_word| of_word.len())
                .collect::<Vec<_>>()
        };
        let [whole, begun] = codes("mươn mươn")[..] else {
            panic!("two words");
        };
        assert_eq!(whole, 0);
        assert!(begun > 0, "the label of canals begins so");
    }
}
