//! Ranges of numbers, and how a number outside of one is reported.

use super::report::{Finding, Report};

/// From and to, both allowed.
#[derive(Clone, Copy)]
pub(super) struct Range(pub(super) f64, pub(super) f64);

impl Range {
    pub(super) fn holds(self, value: f64) -> bool {
        // Half a millisecond of leave, for numbers that were multiplied.
        value >= self.0 - 0.0005 && value <= self.1 + 0.0005
    }

    fn nearest(self, value: f64) -> f64 {
        value.clamp(self.0, self.1)
    }
}

/// Reports a number outside its range, with the nearest allowed one for a person to decide on: a dose is never a
/// machine's to choose.
pub(super) fn check<'r>(
    report: &'r mut Report<'_>,
    path: &str,
    what: &str,
    unit: &str,
    value: f64,
    range: Range,
) -> Option<&'r mut Finding> {
    if range.holds(value) {
        return None;
    }
    let Range(from, to) = range;
    let message = format!(
        "{what} is {}{unit}; from {from} to {to}{unit} is allowed",
        short(value)
    );
    Some(report.at(path, message).guess(short(range.nearest(value))))
}

/// Reports the parts of a length, or the length itself, that are outside the range.
pub(super) fn check_length(
    report: &mut Report<'_>,
    path: &str,
    what: &str,
    (min, ideal, max): (f64, f64, f64),
    range: Range,
) {
    if min == max {
        check(report, path, what, " s", ideal, range);
        return;
    }
    for (name, value) in [("min", min), ("ideal", ideal), ("max", max)] {
        check(
            report,
            &format!("{path}.{name}"),
            &format!("{what} (its {name})"),
            " s",
            value,
            range,
        );
    }
}

/// A number with at most two decimals.
pub(super) fn short(value: f64) -> String {
    // Adding zero takes the sign off a zero.
    let rounded = (value * 100.0).round() / 100.0 + 0.0;
    format!("{rounded}")
}
