//! Two periods' withdrawals held against each other. Never a target: pressing people to withdraw is wrong.

use super::Value;

/// Below so many cases closed a rate says little.
const FEW: u64 = 20;

/// The rates of two periods, in thousandths of a hundredth, to one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    pub now: i64,
    pub before: i64,
    /// How far apart they are, in points of a hundredth.
    pub points: i64,
    /// The change against the rate before; `None` where that was zero.
    pub relative: Option<i64>,
    /// Either period closed fewer cases than a rate needs to mean something.
    pub few: bool,
}

impl Rates {
    /// Compares two shares; `None` where a period closed nothing.
    pub fn of(now: Value, before: Value) -> Option<Self> {
        let share = |value| match value {
            Value::Share { done, of } if of > 0 => Some((done, of)),
            Value::Share { .. } | Value::Count(_) | Value::Decimal(_) => None,
        };
        let (now, before) = (share(now)?, share(before)?);
        let [done, of] = [now.0, now.1].map(i128::from);
        let [done_before, of_before] = [before.0, before.1].map(i128::from);
        let apart = done * of_before - done_before * of;
        Some(Self {
            now: tenths(done, of),
            before: tenths(done_before, of_before),
            points: tenths(apart, of * of_before),
            relative: (done_before > 0).then(|| tenths(apart, done_before * of)),
            few: now.1.min(before.1) < FEW,
        })
    }
}

/// Returns a part of a hundredth in thousandths, rounded to one place.
fn tenths(done: i128, of: i128) -> i64 {
    let tenths = (done * 2000 + of * done.signum()) / (of * 2);
    i64::try_from(tenths * 100).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(done: u64, of: u64) -> Value {
        Value::Share { done, of }
    }

    #[test]
    fn points_and_relative_change_are_two_numbers() {
        let rates = Rates::of(share(18, 62), share(11, 49)).expect("rates");
        assert_eq!((rates.now, rates.before), (29_000, 22_400));
        assert_eq!((rates.points, rates.relative), (6_600, Some(29_300)));
        assert!(!rates.few);
        let rates = Rates::of(share(1, 10), share(0, 40)).expect("rates");
        assert_eq!((rates.points, rates.relative), (10_000, None));
        assert!(rates.few);
        assert_eq!(Rates::of(share(0, 0), share(1, 2)), None);
        assert_eq!(Rates::of(Value::Count(1), share(1, 2)), None);
    }
}
