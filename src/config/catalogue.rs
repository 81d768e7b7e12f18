//! What can be chosen in the forms: `config/catalogue.toml`, relabelled and added to by later layers.
//!
//! Owns codes with their labels. Never drops an entry: records name codes for ever.

use serde::Deserialize;
use toml::Spanned;

use super::{ConfigError, Problem, Source};
use crate::domain::Code;

/// One choice: the code that records store, and what people read and type for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub code: Code,
    pub vi: String,
    pub en: String,
    /// Other words that people type for it.
    pub also: Vec<String>,
    /// For a kind of activity, the measures of its amount, the usual one first; empty for all else.
    pub measures: Vec<Code>,
}

impl Choice {
    /// Gives everything that a person may type for it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let labels = [self.vi.as_str(), self.en.as_str()];
        labels
            .into_iter()
            .chain(self.also.iter().map(String::as_str))
    }
}

/// A list of choices in the order in which they are offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices(Vec<Choice>);

impl Choices {
    /// Gives the choices in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Choice> {
        self.0.iter()
    }

    /// Finds a choice; `None` for a code that this device's catalogue does not know.
    pub fn get(&self, code: &Code) -> Option<&Choice> {
        self.0.iter().find(|choice| choice.code == *code)
    }

    fn put(&mut self, choice: Choice) {
        match self.0.iter_mut().find(|known| known.code == choice.code) {
            Some(known) => *known = choice,
            None => self.0.push(choice),
        }
    }
}

/// Every list of choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Kinds of support activities.
    pub activities: Choices,
    /// Measure units of amounts.
    pub measures: Choices,
    /// What a team shares with the people.
    pub shared: Choices,
    /// Kinds of those helped.
    pub beneficiaries: Choices,
    /// Where value comes from.
    pub funding: Choices,
    /// Kinds of meetings attended.
    pub meetings: Choices,
    /// In which capacity a meeting was attended.
    pub capacities: Choices,
    /// What a concern is about.
    pub topics: Choices,
    /// What a place below the commune is called.
    pub villages: Choices,
}

/// The file of one layer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Lists {
    activity: Vec<ActivityEntry>,
    measure: Vec<Entry>,
    shared: Vec<Entry>,
    beneficiary: Vec<Entry>,
    funding: Vec<Entry>,
    meeting: Vec<Entry>,
    capacity: Vec<Entry>,
    topic: Vec<Entry>,
    village: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: Spanned<CheckedCode>,
    vi: Label,
    en: Label,
    #[serde(default)]
    also: Vec<Label>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActivityEntry {
    code: Spanned<CheckedCode>,
    vi: Label,
    en: Label,
    #[serde(default)]
    also: Vec<Label>,
    #[serde(default)]
    measures: Vec<Spanned<CheckedCode>>,
}

#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct CheckedCode(pub(super) Code);

impl TryFrom<String> for CheckedCode {
    type Error = crate::domain::CodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Code::new(&text).map(Self)
    }
}

/// Words that can be shown on one line.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Label(pub(super) String);

#[derive(Debug, thiserror::Error)]
#[error("a label is one line of visible words")]
pub(super) struct LabelError;

impl TryFrom<String> for Label {
    type Error = LabelError;

    fn try_from(text: String) -> Result<Self, LabelError> {
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            return Err(LabelError);
        }
        Ok(Self(text))
    }
}

impl Catalogue {
    /// Gives the catalogue that is compiled in.
    pub fn built_in() -> Self {
        let source = Source::built_in(
            "config/catalogue.toml",
            include_str!("../../config/catalogue.toml"),
        );
        let catalogue = Self::default().with(&source);
        catalogue.expect("the compiled catalogue is well-formed")
    }

    /// Lays a file over this catalogue: known codes are relabelled in place, new ones follow.
    pub fn with(mut self, source: &Source) -> Result<Self, ConfigError> {
        let lists: Lists = source.toml()?;
        for (choices, entries) in [
            (&mut self.measures, lists.measure),
            (&mut self.shared, lists.shared),
            (&mut self.beneficiaries, lists.beneficiary),
            (&mut self.funding, lists.funding),
            (&mut self.meetings, lists.meeting),
            (&mut self.capacities, lists.capacity),
            (&mut self.topics, lists.topic),
            (&mut self.villages, lists.village),
        ] {
            let entries = entries.into_iter().map(ActivityEntry::from);
            lay(source, choices, entries.collect())?;
        }
        for measure in lists.activity.iter().flat_map(|entry| &entry.measures) {
            if self.measures.get(&measure.get_ref().0).is_none() {
                let problem = Problem::Value("measures".to_owned());
                return Err(source.error(measure.span().start, problem));
            }
        }
        lay(source, &mut self.activities, lists.activity)?;
        Ok(self)
    }
}

/// Lays the entries of one list over what is known; a file may name each code once.
fn lay(
    source: &Source,
    choices: &mut Choices,
    entries: Vec<ActivityEntry>,
) -> Result<(), ConfigError> {
    let mut seen = std::collections::BTreeSet::new();
    for entry in entries {
        let at = entry.code.span().start;
        let choice = Choice::from(entry);
        if !seen.insert(choice.code.clone()) {
            let code = choice.code.as_str().to_owned();
            return Err(source.error(at, Problem::Twice(code)));
        }
        choices.put(choice);
    }
    Ok(())
}

impl From<Entry> for ActivityEntry {
    fn from(entry: Entry) -> Self {
        Self {
            code: entry.code,
            vi: entry.vi,
            en: entry.en,
            also: entry.also,
            measures: Vec::new(),
        }
    }
}

impl From<ActivityEntry> for Choice {
    fn from(entry: ActivityEntry) -> Self {
        let measures = entry.measures.into_iter();
        Self {
            code: entry.code.into_inner().0,
            vi: entry.vi.0,
            en: entry.en.0,
            also: entry.also.into_iter().map(|label| label.0).collect(),
            measures: measures.map(|code| code.into_inner().0).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn lay_over(text: &str) -> Result<Catalogue, ConfigError> {
        let source = Source::new(Path::new("mine.toml"), text.as_bytes()).expect("UTF-8");
        Catalogue::built_in().with(&source)
    }

    fn refused(text: &str) -> (usize, Problem) {
        let error = lay_over(text).expect_err("is refused");
        assert_eq!(error.path, Path::new("mine.toml"));
        (error.line, error.problem)
    }

    fn code(text: &str) -> Code {
        Code::new(text).expect("a code")
    }

    #[test]
    fn every_activity_has_a_usual_measure() {
        let catalogue = Catalogue::built_in();
        assert_eq!(catalogue.activities.iter().count(), 14);
        for activity in catalogue.activities.iter() {
            let usual = activity.measures.first().expect("has a measure");
            assert!(catalogue.measures.get(usual).is_some());
        }
    }

    #[test]
    fn labels_of_a_list_differ() {
        let catalogue = Catalogue::built_in();
        for list in [
            &catalogue.activities,
            &catalogue.measures,
            &catalogue.shared,
            &catalogue.beneficiaries,
            &catalogue.funding,
            &catalogue.meetings,
            &catalogue.capacities,
            &catalogue.topics,
            &catalogue.villages,
        ] {
            let labels = |of: fn(&Choice) -> &str| list.iter().map(of).collect::<BTreeSet<_>>();
            assert_eq!(labels(|choice| &choice.vi).len(), list.iter().count());
            assert_eq!(labels(|choice| &choice.en).len(), list.iter().count());
        }
    }

    /// The categories and sources of the real records are those of the catalogue.
    #[test]
    fn the_words_of_real_records_are_known() {
        let catalogue = Catalogue::built_in();
        let table = include_str!("../../tests/data/real_activities.csv");
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let column = |name| header.iter().position(|h| h == name).expect("a column");
        let (category, funding) = (column("category"), column("funding"));
        let knows = |list: &Choices, word: &str| list.iter().any(|choice| choice.vi == word);
        for record in reader.records() {
            let record = record.expect("a row");
            assert!(
                knows(&catalogue.activities, &record[category]),
                "{record:?}"
            );
            let source = &record[funding];
            let known = matches!(source, "" | "mixed") || knows(&catalogue.funding, source);
            assert!(known, "{record:?}");
        }
    }

    #[test]
    fn a_layer_relabels_in_place_and_adds_at_the_end() {
        let catalogue = lay_over(
            "[[shared]]\ncode = \"live\"\nvi = \"nghỉ lại\"\nen = \"stayed\"\n\
             [[shared]]\ncode = \"sing\"\nvi = \"hát\"\nen = \"sang\"\nalso = [\"văn nghệ\"]\n",
        );
        let shared = catalogue.expect("a layer").shared;
        let labels: Vec<_> = shared.iter().map(|choice| choice.vi.as_str()).collect();
        assert_eq!(
            labels,
            ["ăn", "nghỉ lại", "làm", "nói tiếng dân tộc", "hát"]
        );
        let sing = shared.get(&code("sing")).expect("was added");
        assert_eq!(
            sing.words().collect::<Vec<_>>(),
            ["hát", "sang", "văn nghệ"]
        );
    }

    #[test]
    fn an_unknown_key_is_refused_by_name_and_line() {
        let (line, problem) =
            refused("[[shared]]\ncode = \"x\"\nvi = \"x\"\nen = \"x\"\nfr = \"x\"\n");
        assert_eq!(line, 5);
        assert!(matches!(problem, Problem::UnknownKey(key) if key == "fr"));
        let (line, problem) = refused("\n[[shraed]]\ncode = \"x\"\n");
        assert_eq!(line, 2);
        assert!(matches!(problem, Problem::UnknownKey(key) if key == "shraed"));
    }

    #[test]
    fn a_wrong_entry_is_refused_by_key_and_line() {
        for (text, at, of) in [
            (
                "[[shared]]\ncode = \"Ăn\"\nvi = \"x\"\nen = \"x\"",
                2,
                "code",
            ),
            ("[[shared]]\ncode = \"x\"\nvi = \" \"\nen = \"x\"", 3, "vi"),
            (
                "[[shared]]\ncode = \"x\"\nvi = \"\\u001b[2J\"\nen = \"x\"",
                3,
                "vi",
            ),
            ("[[shared]]\ncode = \"x\"\nvi = 7\nen = \"x\"", 3, "vi"),
            ("\n[[shared]]\ncode = \"x\"\n", 2, "shared"),
            ("shared = 1", 1, "shared"),
            (
                "[[activity]]\ncode = \"x\"\nvi = \"x\"\nen = \"x\"\nmeasures = [\"m\", \"parsec\"]",
                5,
                "measures",
            ),
        ] {
            let (line, problem) = refused(text);
            assert_eq!(line, at, "{text}");
            assert!(
                matches!(&problem, Problem::Value(key) if key == of),
                "{text}: {problem:?}"
            );
        }
    }

    #[test]
    fn a_code_twice_in_a_file_is_refused() {
        let entry = "[[topic]]\ncode = \"x\"\nvi = \"x\"\nen = \"x\"\n";
        let (line, problem) = refused(&entry.repeat(2));
        assert_eq!(line, 6);
        assert!(matches!(problem, Problem::Twice(code) if code == "x"));
    }
}
