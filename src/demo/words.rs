//! The vocabulary of the made-up records: lists of words and sentences that name them.
//!
//! Owns filling sentences. Never decides what a record says about numbers or dates.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dice::Dice;

/// The words by slot, and the sentences that draw from them.
pub(super) struct Words {
    slots: BTreeMap<String, Vec<String>>,
    pub(super) sentences: Sentences,
}

/// Sentences by what they are for; a name in braces is a slot.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sentences {
    pub(super) note: Vec<String>,
    pub(super) meeting_body: Vec<String>,
    pub(super) remarks: Vec<String>,
    pub(super) issues: Vec<String>,
    pub(super) promise: Vec<String>,
    pub(super) said: Vec<String>,
    pub(super) wish: Vec<String>,
    /// What came of a matter.
    pub(super) answer: Vec<String>,
    /// By the catalogue's code of the category.
    pub(super) activity: BTreeMap<String, Vec<String>>,
    /// By the catalogue's code of the topic.
    pub(super) concern: BTreeMap<String, Vec<String>>,
}

impl Words {
    /// Reads the vocabulary that is compiled in.
    pub(super) fn built_in() -> Self {
        let lists: BTreeMap<String, String> =
            toml::from_str(include_str!("../../config/demo/words.toml"))
                .expect("the compiled words are well-formed");
        let cut = |list: String| list.split(',').map(|word| word.trim().to_owned()).collect();
        Self {
            slots: lists
                .into_iter()
                .map(|(slot, list)| (slot, cut(list)))
                .collect(),
            sentences: toml::from_str(include_str!("../../config/demo/sentences.toml"))
                .expect("the compiled sentences are well-formed"),
        }
    }

    /// Draws a word of a slot.
    pub(super) fn word(&self, dice: &mut Dice, slot: &str) -> &str {
        let words = self.slots.get(slot).expect("a test knows every slot");
        let word: &String = dice.pick(words);
        word
    }

    /// Draws a sentence and fills its slots, no word twice in one sentence where that can be.
    pub(super) fn sentence(&self, dice: &mut Dice, of: &[String]) -> String {
        let mut out = String::new();
        let mut rest = dice.pick(of).as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').expect("a test knows every sentence");
            out.push_str(before);
            let mut word = self.word(dice, slot);
            if out.contains(word) {
                word = self.word(dice, slot);
            }
            let starts = out.is_empty() || out.ends_with(". ");
            match word.chars().next().filter(|_| starts) {
                Some(first) => {
                    out.extend(first.to_uppercase());
                    out.push_str(&word[first.len_utf8()..]);
                }
                None => out.push_str(word),
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// Draws from the sentences of a code, or from those of `other`.
    pub(super) fn about(
        &self,
        dice: &mut Dice,
        by: &BTreeMap<String, Vec<String>>,
        code: &str,
    ) -> String {
        let of = by.get(code).or_else(|| by.get("other"));
        self.sentence(dice, of.expect("a test knows that there is `other`"))
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfc;

    use super::*;
    use crate::config::catalogue::Catalogue;

    #[test]
    fn every_sentence_names_slots_that_there_are() {
        let words = Words::built_in();
        let s = &words.sentences;
        let plain = [
            &s.note,
            &s.meeting_body,
            &s.remarks,
            &s.issues,
            &s.promise,
            &s.said,
            &s.wish,
            &s.answer,
        ];
        let by_code = s.activity.values().chain(s.concern.values());
        let mut dice = Dice::new(1);
        for of in plain.into_iter().chain(by_code) {
            assert!(!of.is_empty());
            for sentence in of {
                assert!(is_nfc(sentence), "{sentence}");
                let filled = words.sentence(&mut dice, std::slice::from_ref(sentence));
                assert!(!filled.contains(['{', '}']), "{filled}");
            }
        }
    }

    #[test]
    fn every_category_and_topic_has_sentences() {
        let (words, catalogue) = (Words::built_in(), Catalogue::built_in());
        for choice in catalogue.activities.iter() {
            assert!(words.sentences.activity.contains_key(choice.code.as_str()));
        }
        for choice in catalogue.topics.iter() {
            assert!(words.sentences.concern.contains_key(choice.code.as_str()));
        }
        let known = catalogue.activities.iter().count() + catalogue.topics.iter().count();
        assert_eq!(
            words.sentences.activity.len() + words.sentences.concern.len(),
            known
        );
    }

    #[test]
    fn no_list_holds_an_empty_word() {
        for (slot, list) in Words::built_in().slots {
            assert!(
                list.iter().all(|word| !word.is_empty() && is_nfc(word)),
                "{slot}"
            );
        }
    }
}
