//! Curves from 0 to 1 that motion and sound follow.

use std::f64::consts::PI;

/// Half a cosine: starts and ends at rest. Values outside 0–1 count as the nearer end.
pub fn soft(x: f64) -> f64 {
    (1.0 - (PI * x.clamp(0.0, 1.0)).cos()) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_and_ends_at_rest() {
        assert_eq!(soft(0.0), 0.0);
        assert_eq!(soft(1.0), 1.0);
        assert!((soft(0.5) - 0.5).abs() < 1e-12);
        assert!(soft(0.01) < 0.001 && soft(0.99) > 0.999);
        assert_eq!((soft(-3.0), soft(7.0)), (0.0, 1.0));
    }
}
