//! How long the launches of a run may take, and what a busy machine is given of it.

use std::time::Instant;

use super::launch::EXTEND_MAX;

/// Counts from where it is made.
#[derive(Debug)]
pub(super) struct Time {
    since: Instant,
    limit: Option<f64>,
}

impl Time {
    pub(super) fn new(limit: Option<f64>) -> Time {
        Time {
            since: Instant::now(),
            limit,
        }
    }

    fn left(&self) -> Option<f64> {
        self.limit
            .map(|limit| limit - self.since.elapsed().as_secs_f64())
    }

    /// Whether a launch of so many seconds still fits.
    pub(super) fn has(&self, seconds: f64) -> bool {
        self.left().is_none_or(|left| left >= seconds)
    }

    /// How many times its rounds a group may get that lacks quiet ones, when so many seconds of launches are ahead.
    pub(super) fn extension(&self, ahead: f64) -> f64 {
        self.left()
            .map_or(EXTEND_MAX, |left| extension_of(left, ahead))
    }
}

fn extension_of(left: f64, ahead: f64) -> f64 {
    (left / ahead.max(1e-3)).clamp(1.0, EXTEND_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_shared_among_the_launches_ahead() {
        assert_eq!(extension_of(600.0, 300.0), 2.0);
        assert_eq!(extension_of(100.0, 300.0), 1.0);
        assert_eq!(extension_of(-5.0, 300.0), 1.0);
        assert_eq!(extension_of(600.0, 1.0), EXTEND_MAX);
    }

    #[test]
    fn without_a_limit_everything_fits() {
        let time = Time::new(None);
        assert!(time.has(1e9));
        assert_eq!(time.extension(1e9), EXTEND_MAX);
        assert!(!Time::new(Some(1.0)).has(2.0));
    }
}
