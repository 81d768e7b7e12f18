//! What time it is. The only place that asks; everywhere else time is an argument.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::domain::{Day, Stamp};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Returns the present moment.
    fn now(&self) -> Stamp;

    /// Returns the day that counts as today in Vietnam (UTC+7).
    fn today(&self) -> Day {
        self.now().day()
    }
}

/// The clock of this machine; another day may count as today.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock {
    as_of: Option<Day>,
}

impl SystemClock {
    /// Makes a clock whose today is `as_of`, where given.
    pub fn new(as_of: Option<Day>) -> Self {
        Self { as_of }
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the room that reads the clock"
    )]
    fn now(&self) -> Stamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        // A clock before 1970 is unset; a moment is then not known better than "long ago".
        let millis = since.map_or(0, |since| since.as_millis());
        Stamp(i64::try_from(millis).unwrap_or(i64::MAX))
    }

    fn today(&self) -> Day {
        self.as_of.unwrap_or_else(|| self.now().day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_day_may_count_as_today() {
        let day = Day::from_ymd_opt(2026, 11, 23).expect("a real day");
        assert_eq!(SystemClock::new(Some(day)).today(), day);
        let clock = SystemClock::default();
        assert!(clock.today() > Day::from_ymd_opt(2025, 1, 1).expect("a real day"));
    }
}
