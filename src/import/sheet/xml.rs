//! XML as the two workbook formats use it: elements by their names, attributes, text. Expands no entity
//! but the five that XML itself has.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::Refused;
use super::package::refusal;

/// The longest run of text within one element, in bytes.
const MAX_RUN: usize = 1 << 20;

/// What comes next in a document; an empty element comes as its beginning and its end.
pub(super) enum Node<'b> {
    Start(BytesStart<'b>),
    /// The end of an element, by its name.
    End(&'b str),
    Text,
    Other,
    Eof,
}

/// A document being read.
pub(super) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    name: String,
    run: String,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.check_comments = false;
        config.allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            name: String::new(),
            run: String::new(),
        }
    }

    /// Reads on. Text is gathered until [`Xml::forget_text`].
    pub(super) fn next(&mut self) -> Result<Node<'_>, Refused> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer);
        match event.map_err(|error| broken(&error))? {
            Event::Start(start) => Ok(Node::Start(start)),
            Event::End(end) => {
                self.name.clear();
                self.name.push_str(end.name().0);
                Ok(Node::End(&self.name))
            }
            Event::Text(text) => gather(&mut self.run, &text.xml10_content()),
            Event::CData(text) => gather(&mut self.run, &text.xml10_content()),
            Event::GeneralRef(entity) => {
                let letter = entity.resolve_char_ref().ok().flatten();
                let mut bytes = [0; 4];
                let known = match letter {
                    Some(letter) => Some(&*letter.encode_utf8(&mut bytes)),
                    None => resolve_predefined_entity(&entity),
                };
                gather(&mut self.run, known.unwrap_or("\u{fffd}"))
            }
            Event::Eof => Ok(Node::Eof),
            Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => Ok(Node::Other),
        }
    }

    /// Forgets the text gathered so far.
    pub(super) fn forget_text(&mut self) {
        self.run.clear();
    }

    /// Gives the text gathered since it was last forgotten.
    pub(super) fn text(&self) -> &str {
        &self.run
    }

    /// Adds to the text what an element stands for.
    pub(super) fn push_text(&mut self, text: &str) {
        self.run.push_str(text);
    }
}

fn gather<'n>(run: &mut String, text: &str) -> Result<Node<'n>, Refused> {
    if run.len() + text.len() > MAX_RUN {
        return Err(Refused::TooLarge);
    }
    run.push_str(text);
    Ok(Node::Text)
}

fn broken(error: &quick_xml::Error) -> Refused {
    match error {
        quick_xml::Error::Io(error) => refusal(error),
        _ => Refused::Broken,
    }
}

/// Gives an attribute's value.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = start.attributes();
    let all = all.with_checks(false);
    let found = all.flatten().find(|attribute| attribute.key.0 == name)?;
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
    value.ok().map(std::borrow::Cow::into_owned)
}

/// Gives the name of an element without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
