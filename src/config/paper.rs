//! Heads and feet of papers (`config/report/paper.toml`) and the templates of those for print
//! (`config/report/*.html`), each changed by later layers.
//!
//! Owns what an office may change about a paper. Never decides what a paper says.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::{Deserialize, Serialize};

use super::{ConfigError, Problem, Source};
use crate::domain::PaperLayout;

/// What stands at head and foot of the papers of a layout; empty where it is to be filled in by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    pub superior: String,
    pub issuer: String,
    pub symbol: String,
    pub place: String,
    pub sign_for: String,
    pub post: String,
    pub signer: String,
    pub recipients: Vec<String>,
}

/// Heads and feet of both layouts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterheads {
    pub administrative: Letterhead,
    pub party: Letterhead,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    administrative: Changes,
    party: Changes,
}

/// What a layer says of a layout.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Changes {
    superior: Option<String>,
    issuer: Option<String>,
    symbol: Option<String>,
    place: Option<String>,
    sign_for: Option<String>,
    post: Option<String>,
    signer: Option<String>,
    recipients: Option<Vec<String>>,
}

impl Letterhead {
    fn take(&mut self, changes: Changes) {
        let own = [
            (&mut self.superior, changes.superior),
            (&mut self.issuer, changes.issuer),
            (&mut self.symbol, changes.symbol),
            (&mut self.place, changes.place),
            (&mut self.sign_for, changes.sign_for),
            (&mut self.post, changes.post),
            (&mut self.signer, changes.signer),
        ];
        for (field, change) in own {
            if let Some(change) = change {
                *field = change;
            }
        }
        if let Some(recipients) = changes.recipients {
            self.recipients = recipients;
        }
    }
}

impl Letterheads {
    /// Reads those that are compiled in.
    pub fn built_in() -> Self {
        let source = Source::built_in(
            "config/report/paper.toml",
            include_str!("../../config/report/paper.toml"),
        );
        let none = Self::default();
        none.with(&source)
            .expect("the compiled file is well-formed")
    }

    /// Lays a file over them.
    pub fn with(mut self, source: &Source) -> Result<Self, ConfigError> {
        let file: File = source.toml()?;
        self.administrative.take(file.administrative);
        self.party.take(file.party);
        Ok(self)
    }

    /// Gives those of a layout.
    pub fn of(&self, layout: PaperLayout) -> &Letterhead {
        match layout {
            PaperLayout::Administrative => &self.administrative,
            PaperLayout::Party => &self.party,
        }
    }
}

/// The templates of papers for print: one a layout, and the blocks that both include.
#[derive(Debug)]
pub struct Templates([(&'static str, Source); 3]);

impl Templates {
    /// Takes those that are compiled in.
    pub fn built_in() -> Self {
        Self([
            (
                "administrative.html",
                Source::built_in(
                    "config/report/administrative.html",
                    include_str!("../../config/report/administrative.html"),
                ),
            ),
            (
                "party.html",
                Source::built_in(
                    "config/report/party.html",
                    include_str!("../../config/report/party.html"),
                ),
            ),
            (
                "blocks.html",
                Source::built_in(
                    "config/report/blocks.html",
                    include_str!("../../config/report/blocks.html"),
                ),
            ),
        ])
    }

    /// Gives the names of their files.
    pub fn names(&self) -> [&'static str; 3] {
        [self.0[0].0, self.0[1].0, self.0[2].0]
    }

    /// Takes a file in the place of the one of that name; one that is no template is refused with its line.
    pub fn with(mut self, name: &str, source: Source) -> Result<Self, ConfigError> {
        if let Some(known) = self.0.iter_mut().find(|(known, _)| *known == name) {
            known.1 = source;
        }
        self.environment()?;
        Ok(self)
    }

    /// Fills a template. What is filled in is text, whatever it looks like.
    pub fn fill(&self, layout: PaperLayout, with: impl Serialize) -> Result<String, ConfigError> {
        let environment = self.environment()?;
        let name = match layout {
            PaperLayout::Administrative => "administrative.html",
            PaperLayout::Party => "party.html",
        };
        let template = environment.get_template(name);
        let filled = template.and_then(|template| template.render(Serde(with)));
        filled.map_err(|error| self.refused(name, &error))
    }

    fn environment(&self) -> Result<Environment<'_>, ConfigError> {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build();
        environment.set_syntax(syntax.expect("the usual marks"));
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, source) in &self.0 {
            let added = environment.add_template(name, source.text());
            added.map_err(|error| self.refused(name, &error))?;
        }
        Ok(environment)
    }

    /// Says in which file and on which line; what is included says it better than what includes it.
    fn refused(&self, name: &str, error: &minijinja::Error) -> ConfigError {
        let mut first = error;
        while let Some(inner) = std::error::Error::source(first)
            .and_then(|inner| inner.downcast_ref::<minijinja::Error>())
        {
            first = inner;
        }
        let name = first.name().unwrap_or(name);
        let known = self.0.iter().find(|(known, _)| *known == name);
        let (_, source) = known.unwrap_or(&self.0[0]);
        let what = first.detail();
        let what = what.map_or_else(|| first.kind().to_string(), str::to_owned);
        source.error_on_line(first.line().unwrap_or(0), Problem::Template(what))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn source(text: &str) -> Source {
        Source::new(Path::new("report/party.html"), text.as_bytes()).expect("text")
    }

    #[test]
    fn a_layer_changes_single_keys_and_unknown_ones_are_refused() {
        let heads = Letterheads::built_in();
        assert_eq!(heads.party.post, "Bí thư");
        let heads = heads
            .with(&source("[party]\nplace = \"Nà Hang\"\n"))
            .expect("is read");
        assert_eq!(heads.of(PaperLayout::Party).place, "Nà Hang");
        assert_eq!(heads.party.post, "Bí thư");
        let refused = heads
            .with(&source("[party]\nplaces = \"\"\n"))
            .expect_err("unknown");
        assert_eq!(refused.line, 2);
    }

    #[test]
    fn a_template_with_an_error_is_refused_with_its_line() {
        let broken = Templates::built_in().with("party.html", source("<p>\n{% for %}\n"));
        let refused = broken.expect_err("no template");
        assert_eq!(
            (refused.line, refused.path.to_str()),
            (2, Some("report/party.html"))
        );
        // What is not there is found only when it is filled.
        let strange = source("<p>\n\n{{ paper.nothing }}");
        let templates = Templates::built_in()
            .with("party.html", strange)
            .expect("a template");
        let refused = templates.fill(PaperLayout::Party, ()).expect_err("nothing");
        assert_eq!(refused.line, 3);
        // Behind what includes it.
        let strange = source("\n{{ nothing }}");
        let templates = Templates::built_in()
            .with("blocks.html", strange)
            .expect("a template");
        let party = templates.with("party.html", source("{% include 'blocks.html' %}"));
        let refused = party.expect("templates").fill(PaperLayout::Party, ());
        let refused = refused.expect_err("nothing");
        assert_eq!(
            (refused.line, refused.path.to_str()),
            (2, Some("report/party.html"))
        );
    }
}
