//! Telex and VNI for text fields, over the `vi` crate, with the tone mark where public offices put it: hòa, thủy, khóa.
//!
//! Owns what the keys of one word become; the field owns the cursor, and which letters are that word.

use unicode_normalization::UnicodeNormalization;
use vi::methods::{Definition, transform_buffer_incremental_with_style};
use vi::processor::AccentStyle;
use vi::validation::is_valid_syllable;

/// How marks are typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typing {
    /// The machine has an input method of its own.
    #[default]
    Off,
    /// `vieetj`
    Telex,
    /// `vie6t5`
    Vni,
}

/// Keys of the longest syllable with room for second thoughts; longer words are not Vietnamese.
const MAX_KEYS: usize = 16;

/// Composes the keys typed for one word; what cannot be a Vietnamese syllable stays as typed.
///
/// The same mark twice takes it back and leaves the rest of the word alone: `tesst` gives `test`.
pub fn compose(typing: Typing, keys: &str) -> String {
    let (definition, erasers) = match typing {
        Typing::Off => return keys.to_owned(),
        Typing::Telex => (&vi::TELEX, "zZ"),
        Typing::Vni => (&vi::VNI, "0"),
    };
    let alphanumeric = keys.chars().all(|c| c.is_ascii_alphanumeric());
    if keys.len() > MAX_KEYS || !alphanumeric || keys.starts_with(|c: char| c.is_ascii_digit()) {
        return keys.to_owned();
    }
    let lower = keys.to_ascii_lowercase();
    if !lower.contains(is_carrier(typing)) {
        return with_strokes(typing, keys);
    }
    let composed = with_final_k(definition, erasers, &lower)
        .unwrap_or_else(|| transformed(definition, erasers, &lower));
    if composed.is_ascii() {
        // Nothing but plain letters: give them the case they were typed in.
        return if composed.len() == keys.len() {
            keys.to_owned()
        } else {
            cased(keys, &composed)
        };
    }
    if is_syllable(&composed) {
        cased(keys, &composed)
    } else {
        restored(typing, keys)
    }
}

/// Gives the keys that would compose a word, to go on with one that already stands in a field.
///
/// `None` where no keys give exactly this word.
pub fn keys_of(typing: Typing, word: &str) -> Option<String> {
    let composed: String = word.nfc().collect();
    let mut keys = String::new();
    let mut tone = None;
    for c in composed.chars() {
        for part in std::iter::once(c).nfd() {
            match mark_key(typing, part, keys.chars().last()) {
                Mark::Tone(key) => tone = Some(key),
                Mark::Letter(key) => keys.push(key),
                Mark::Stroke(base, key) => keys.extend([base, key]),
                Mark::None => keys.push(part),
            }
        }
    }
    keys.extend(tone);
    (compose(typing, &keys) == composed).then_some(keys)
}

/// The key that a composed letter stands for where no text is typed: ơ → o, Đ → D.
pub fn unikey_base(letter: char) -> char {
    match letter {
        'đ' => 'd',
        'Đ' => 'D',
        _ => std::iter::once(letter)
            .nfd()
            .next()
            .filter(char::is_ascii)
            .unwrap_or(letter),
    }
}

/// A letter that can carry a mark; `w` alone is ư in Telex.
fn is_carrier(typing: Typing) -> impl Fn(char) -> bool {
    move |c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || (typing == Typing::Telex && c == 'w')
}

/// Runs keys in lower case through `vi`, up to a mark that was taken back.
fn transformed(definition: &Definition, erasers: &str, keys: &str) -> String {
    let mut buffer = transform_buffer_incremental_with_style(definition, AccentStyle::Old);
    let mut rest = keys.char_indices();
    for (at, key) in rest.by_ref() {
        let done = buffer.push(key);
        // After "ooo" the word goes on: xoong, Boòng.
        let letter = done.letter_modification_removed && key != 'o';
        let tone = done.tone_mark_removed && !erasers.contains(key);
        if letter || tone {
            let literal = keys.get(at + key.len_utf8()..).unwrap_or("");
            return format!("{}{literal}", buffer.view());
        }
    }
    buffer.view().to_owned()
}

/// `vi`'s own check, with the final k of the Central Highlands (Đắk Lắk).
fn is_syllable(word: &str) -> bool {
    match word.strip_suffix('k') {
        Some(stem) if stem.ends_with(['ă', 'ắ', 'ặ']) => {
            is_valid_syllable(&format!("{stem}c"))
        }
        _ => is_valid_syllable(word),
    }
}

/// Composes with c for a final k, which `vi` does not know, where that gives such a word.
fn with_final_k(definition: &Definition, erasers: &str, keys: &str) -> Option<String> {
    let (before, after) = keys
        .rsplit_once('k')
        .filter(|(before, _)| before.contains('a'))?;
    let composed = transformed(definition, erasers, &format!("{before}c{after}"));
    let word = format!("{}k", composed.strip_suffix('c')?);
    (!word.contains('c') && is_syllable(&word))
        .then_some(word)
        .filter(|word| word.contains(['ă', 'ắ', 'ặ']))
}

/// Words without a vowel are abbreviations; only đ is composed in them: `HDDND` → HĐND.
fn with_strokes(typing: Typing, keys: &str) -> String {
    let (typed, taken_back) = match typing {
        Typing::Off => return keys.to_owned(),
        Typing::Telex => (["DD", "dd", "Dd", "dD"], ["DDD", "ddd", "Ddd", "dDD"]),
        Typing::Vni => (["D9", "d9", "D9", "d9"], ["D99", "d99", "D99", "d99"]),
    };
    let mut out = String::new();
    let mut rest = keys;
    while let Some(next) = rest.chars().next() {
        let strokes = typed.iter().find(|pair| rest.starts_with(**pair));
        let undone = taken_back.iter().find(|triple| rest.starts_with(**triple));
        let used = match (undone, strokes) {
            (Some(triple), _) => {
                out.push_str(literal_stroke(typing, triple));
                triple.len()
            }
            (None, Some(pair)) => {
                out.push(if next == 'D' { 'Đ' } else { 'đ' });
                pair.len()
            }
            (None, None) => {
                out.push(next);
                1
            }
        };
        rest = rest.get(used..).unwrap_or("");
    }
    out
}

/// What a stroke taken back leaves: `ddd` gives `dd`, `d99` gives `d9`, in the case of the keys.
fn literal_stroke(typing: Typing, keys: &'static str) -> &'static str {
    match typing {
        Typing::Off => keys,
        Typing::Telex => keys.get(1..).unwrap_or(keys),
        Typing::Vni => keys.get(..2).unwrap_or(keys),
    }
}

/// What a word that is no syllable becomes: as typed, but for a leading Đ of an abbreviation (`DDUCA` → ĐUCA).
fn restored(typing: Typing, keys: &str) -> String {
    let stroke = match typing {
        Typing::Off => return keys.to_owned(),
        Typing::Telex => "DD",
        Typing::Vni => "D9",
    };
    match keys.strip_prefix(stroke) {
        Some(rest) if !rest.chars().any(|c| c.is_ascii_lowercase()) => format!("Đ{rest}"),
        _ => keys.to_owned(),
    }
}

/// Gives the composed word the case its keys had: all capitals, a first capital, or none.
fn cased(keys: &str, composed: &str) -> String {
    let letters: Vec<char> = keys.chars().filter(char::is_ascii_alphabetic).collect();
    let first = letters.first().is_some_and(char::is_ascii_uppercase);
    // "DDuwowngf", "AAn": the first two keys make one letter.
    let doubled = matches!(*letters.as_slice(), [a, b, ..] if a == b);
    let second = letters
        .get(if doubled { 2 } else { 1 })
        .is_some_and(char::is_ascii_uppercase);
    let capitals = if first && second {
        usize::MAX
    } else {
        usize::from(first)
    };
    let mut out = String::with_capacity(composed.len());
    for (at, c) in composed.chars().enumerate() {
        if at < capitals {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
    }
    out
}

/// How a decomposed character is typed.
enum Mark {
    Tone(char),
    Letter(char),
    Stroke(char, char),
    None,
}

fn mark_key(typing: Typing, part: char, base: Option<char>) -> Mark {
    let base = base.unwrap_or(' ').to_ascii_lowercase();
    let (tone, letter) = match part {
        '\u{301}' => (Some(['s', '1']), None),
        '\u{300}' => (Some(['f', '2']), None),
        '\u{309}' => (Some(['r', '3']), None),
        '\u{303}' => (Some(['x', '4']), None),
        '\u{323}' => (Some(['j', '5']), None),
        '\u{302}' => (None, Some([base, '6'])),
        '\u{31B}' => (None, Some(['w', '7'])),
        '\u{306}' => (None, Some(['w', '8'])),
        _ => (None, None),
    };
    let pick = |keys: [char; 2]| match typing {
        Typing::Off | Typing::Telex => keys[0],
        Typing::Vni => keys[1],
    };
    match (tone, letter, part) {
        (Some(keys), _, _) => Mark::Tone(pick(keys)),
        (_, Some(keys), _) => Mark::Letter(pick(keys)),
        (_, _, 'đ') => Mark::Stroke('d', pick(['d', '9'])),
        (_, _, 'Đ') => Mark::Stroke('D', pick(['D', '9'])),
        _ => Mark::None,
    }
}

#[cfg(test)]
mod tests;
