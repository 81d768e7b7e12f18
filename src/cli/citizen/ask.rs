//! Who it is about: name and village from a file or from the terminal, and what is to be put right.

use std::io::{BufRead, Read};
use std::path::Path;

use super::super::desk::{Desk, tell};
use super::super::stop::Stop;
use crate::app::system_text;
use crate::domain::Citizen;
use crate::i18n::Text;
use crate::i18n::messages::{errors, privacy};
use crate::text::clean::clean_line;

/// No file of questions is longer than this many bytes.
const LONGEST: u64 = 64 * 1024;

/// A field of particulars and what is right.
pub(super) struct Correction {
    field: Field,
    text: String,
}

#[derive(Clone, Copy)]
enum Field {
    Name,
    Contact,
    Address,
    IdNumber,
}

impl Correction {
    fn read(line: &str) -> Option<Self> {
        let (name, text) = line.split_once('=')?;
        let field = match name.trim() {
            "name" => Field::Name,
            "contact" => Field::Contact,
            "address" => Field::Address,
            "id_number" => Field::IdNumber,
            _ => return None,
        };
        Some(Self {
            field,
            text: text.trim().to_owned(),
        })
    }

    /// Puts it right.
    pub(super) fn apply(&self, citizen: &mut Citizen) {
        let field = match self.field {
            Field::Name => &mut citizen.name,
            Field::Contact => &mut citizen.contact,
            Field::Address => &mut citizen.address,
            Field::IdNumber => &mut citizen.id_number,
        };
        field.clone_from(&self.text);
    }
}

/// Who was named.
///
/// No `Debug`: it is a citizen's name.
pub(super) struct Asked {
    pub(super) name: String,
    pub(super) village: String,
    pub(super) corrections: Vec<Correction>,
}

/// Asks who it is about.
pub(super) fn ask(desk: &Desk, file: Option<&Path>) -> Result<Asked, Stop> {
    let lines = match file {
        Some(path) => read(path)?,
        None => vec![
            typed(desk, &privacy::ask_name())?,
            typed(desk, &privacy::ask_village())?,
        ],
    };
    let mut lines = lines.into_iter().map(|line| clean_line(&line));
    let (name, village) = (lines.next(), lines.next());
    let corrections = lines.filter(|line| !line.trim().is_empty());
    let corrections = corrections.map(|line| Correction::read(&line));
    let corrections = corrections.collect::<Option<Vec<_>>>();
    Ok(Asked {
        name: name.unwrap_or_default(),
        village: village.unwrap_or_default(),
        corrections: corrections.ok_or_else(|| Stop::refused(privacy::bad_correction()))?,
    })
}

fn read(path: &Path) -> Result<Vec<String>, Stop> {
    let refused = |error: std::io::Error| {
        let path = path.display().to_string();
        Stop::refused(errors::input_file(path, system_text(&error)))
    };
    let file = std::fs::File::open(path).map_err(refused)?;
    let mut text = String::new();
    file.take(LONGEST)
        .read_to_string(&mut text)
        .map_err(refused)?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// Asks on the terminal.
pub(super) fn typed(desk: &Desk, question: &Text) -> Result<String, Stop> {
    tell(&desk.speech.text(question));
    let mut line = String::new();
    let read = std::io::stdin().lock().take(LONGEST).read_line(&mut line);
    match read {
        Ok(length) if length > 0 => Ok(line),
        Ok(_) | Err(_) => Err(Stop::refused(privacy::nobody_answers())),
    }
}
