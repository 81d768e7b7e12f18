//! Numbers as small pictures: a shade a number, a bar a number. They are told apart without colour.

use crate::config::theme::Role;

/// Bars of a line, the lowest first; none fills its line, so that the bars of two lines never touch.
const BARS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];

/// Shades for numbers up to a largest one: none, and its three thirds.
pub(super) struct Shades {
    ends: [u32; 3],
}

impl Shades {
    const GLYPHS: [&str; 3] = ["▒", "▓", "█"];

    pub(super) fn up_to(most: u32) -> Self {
        let third = |part: u64| {
            let end = (u64::from(most) * part).div_ceil(3);
            u32::try_from(end).unwrap_or(u32::MAX)
        };
        Self {
            ends: [third(1), third(2), most],
        }
    }

    /// Gives the shade of a number.
    pub(super) fn of(&self, number: u32) -> (&'static str, Role) {
        match number {
            0 => ("·", Role::Dim),
            _ if number <= self.ends[0] => (Self::GLYPHS[0], Role::Text),
            _ if number <= self.ends[1] => (Self::GLYPHS[1], Role::Text),
            _ => (Self::GLYPHS[2], Role::Title),
        }
    }

    /// Says which shade is which numbers.
    pub(super) fn legend(&self) -> String {
        let mut said = "· 0".to_owned();
        let mut from = 1;
        for (glyph, end) in Self::GLYPHS.iter().zip(self.ends) {
            match end.checked_sub(from) {
                None => continue,
                Some(0) => said.push_str(&format!("  {glyph} {end}")),
                Some(_) => said.push_str(&format!("  {glyph} {from}–{end}")),
            }
            from = end.saturating_add(1);
        }
        said
    }
}

/// Draws numbers as bars, the largest as the highest.
pub(super) fn spark(numbers: &[u64]) -> String {
    let most = numbers.iter().copied().max().unwrap_or(0).max(1);
    let bar = |number: &u64| {
        let at = (u128::from(*number) * 6).div_ceil(u128::from(most));
        BARS[usize::try_from(at).unwrap_or(6).min(6)]
    };
    numbers.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_third_has_a_shade_and_the_legend_says_which() {
        let legend = |most| Shades::up_to(most).legend();
        assert_eq!(legend(0), "· 0");
        assert_eq!(legend(1), "· 0  ▒ 1");
        assert_eq!(legend(2), "· 0  ▒ 1  ▓ 2");
        assert_eq!(legend(3), "· 0  ▒ 1  ▓ 2  █ 3");
        assert_eq!(legend(100), "· 0  ▒ 1–34  ▓ 35–67  █ 68–100");
        let shades = Shades::up_to(100);
        let drawn: Vec<&str> = [0, 1, 34, 35, 67, 68, 100].map(|n| shades.of(n).0).to_vec();
        assert_eq!(drawn, ["·", "▒", "▒", "▓", "▓", "█", "█"]);
    }

    #[test]
    fn the_largest_is_the_highest_and_none_is_the_lowest() {
        assert_eq!(spark(&[0, 1, 6, 3]), "▁▂▇▄");
        assert_eq!(spark(&[0, 0]), "▁▁");
        assert_eq!(spark(&[u64::MAX, 1]), "▇▂");
    }
}
