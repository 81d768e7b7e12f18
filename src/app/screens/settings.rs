//! Settings: who keeps the logbook, its passphrase, and how the program behaves.

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Name,
    Post,
    Unit,
    Passphrase,
    Language,
    Typing,
    Idle,
}

impl Row {
    /// Every setting, in the order of the screen.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Post,
        Self::Unit,
        Self::Passphrase,
        Self::Language,
        Self::Typing,
        Self::Idle,
    ];
}

/// The screen of settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub chosen: u64,
}

impl Settings {
    /// Gives the setting that the cursor is on.
    pub fn row(&self) -> Option<Row> {
        let at = usize::try_from(self.chosen).ok()?;
        Row::ALL.get(at).copied()
    }
}
