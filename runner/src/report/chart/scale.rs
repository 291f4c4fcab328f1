//! A logarithmic axis: values to pixels, and the ticks a reader can count on.

/// Where an axis of times may end.
const COARSE: &[f64] = &[1.0, 2.0, 5.0];
/// Where an axis of ratios may end: most lie close to 1, where 1, 2, 5 leaves no room to see them.
const FINE: &[f64] = &[1.0, 1.1, 1.2, 1.5, 2.0, 3.0, 5.0, 7.0, 8.0, 9.0];

/// Ticks of a linear axis at 1, 2 or 5 x 10^n, no more than `most`.
pub fn linear_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let range = high - low;
    if !range.is_finite() || range <= 0.0 || most == 0 {
        return Vec::new();
    }
    let power = (range / most as f64).log10().floor() as i32;
    let steps = (power..power + 3).flat_map(|power| COARSE.iter().map(move |step| (*step, power)));
    let fits = steps
        .map(|(step, power)| step * 10f64.powi(power))
        .find(|step| ((high / step).floor() - (low / step).ceil() + 1.0) as usize <= most);
    let step = fits.unwrap_or(range);
    let first = (low / step).ceil() as i64;
    let last = (high / step).floor() as i64;
    (first..=last).map(|at| at as f64 * step).collect()
}

/// From the first of its steps x 10^n below the data to the first above.
#[derive(Clone, Copy, Debug)]
pub struct LogScale {
    low: f64,
    high: f64,
    from_px: f64,
    to_px: f64,
    steps: &'static [f64],
}

impl LogScale {
    /// `None` when no value is positive: there is nothing to place on such an axis.
    pub fn over(values: impl Iterator<Item = f64>, from_px: f64, to_px: f64) -> Option<LogScale> {
        LogScale::with(COARSE, values, from_px, to_px)
    }

    /// The same with ends close to the data.
    pub fn fine(values: impl Iterator<Item = f64>, from_px: f64, to_px: f64) -> Option<LogScale> {
        LogScale::with(FINE, values, from_px, to_px)
    }

    fn with(
        steps: &'static [f64],
        values: impl Iterator<Item = f64>,
        from_px: f64,
        to_px: f64,
    ) -> Option<LogScale> {
        let (min, max) = values
            .filter(|value| value.is_finite() && *value > 0.0)
            .fold((f64::INFINITY, 0.0f64), |(min, max), value| {
                (min.min(value), max.max(value))
            });
        // Four per cent of air, so that no marker sits on the frame.
        (max > 0.0).then(|| LogScale {
            low: step_below(min * 0.96, steps),
            high: step_above(max * 1.04, steps),
            from_px,
            to_px,
            steps,
        })
    }

    /// Pixel of a value; what lies outside the axis is put on its end.
    pub fn at(&self, value: f64) -> f64 {
        let share = (value.max(self.low).min(self.high) / self.low).log10()
            / (self.high / self.low).log10();
        self.from_px + share * (self.to_px - self.from_px)
    }

    /// Ends of a stripe, at least two pixels wide: narrower it is not seen.
    pub fn stripe(&self, lo: f64, hi: f64) -> (f64, f64) {
        let (from, to) = (self.at(lo), self.at(hi));
        let (middle, half) = ((from + to) / 2.0, ((to - from).abs() / 2.0).max(1.0));
        (middle - half, middle + half)
    }

    pub fn holds(&self, value: f64) -> bool {
        value >= self.low
    }

    /// All steps while a label each has `room_px`, otherwise 1, 2, 5 x 10^n, otherwise powers of ten, as many as have it.
    pub fn ticks(&self, room_px: f64) -> Vec<f64> {
        let most = ((self.to_px - self.from_px).abs() / room_px) as usize + 1;
        // A step of the fine axis is as narrow as its neighbours allow: 0.9 to 1.1 is no wider than 8 to 9.
        for steps in [self.steps, COARSE] {
            let ticks = self.multiples(steps, 1);
            let px: Vec<f64> = ticks.iter().map(|tick| self.at(*tick)).collect();
            let apart = px
                .windows(2)
                .all(|pair| (pair[1] - pair[0]).abs() >= room_px * 0.6);
            if ticks.len() <= most && (apart || steps == COARSE) {
                return ticks;
            }
        }
        let decades = self.multiples(&[1.0], 1);
        self.multiples(&[1.0], decades.len().div_ceil(most.max(1)).max(1))
    }

    fn multiples(&self, digits: &[f64], stride: usize) -> Vec<f64> {
        let first = self.low.log10().floor() as i32;
        let last = self.high.log10().ceil() as i32;
        // Through text, because a product such as 5 x 10^-9 is not the nearest number to 5e-9.
        let tick = |power: i32, digit: &f64| {
            format!("{digit}e{power}")
                .parse::<f64>()
                .unwrap_or(f64::NAN)
        };
        let inside = |tick: &f64| *tick >= self.low * 0.999 && *tick <= self.high * 1.001;
        (first..=last)
            .step_by(stride)
            .flat_map(|power| digits.iter().map(move |digit| tick(power, digit)))
            .filter(inside)
            .collect()
    }
}

fn step_below(value: f64, steps: &[f64]) -> f64 {
    let unit = 10f64.powi(value.log10().floor() as i32);
    steps
        .iter()
        .rev()
        .map(|digit| digit * unit)
        .find(|step| *step <= value)
        .unwrap_or(unit)
}

fn step_above(value: f64, steps: &[f64]) -> f64 {
    let unit = 10f64.powi(value.log10().floor() as i32);
    steps
        .iter()
        .map(|digit| digit * unit)
        .find(|step| *step >= value)
        .unwrap_or(10.0 * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_holds_its_data_and_grows_with_the_value() {
        let scale = LogScale::over([1.3, 87.0].into_iter(), 100.0, 500.0).unwrap();
        assert_eq!(scale.ticks(40.0), [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]);
        assert_eq!(
            scale.ticks(100.0),
            [1.0, 10.0, 100.0],
            "too narrow for more"
        );
        assert_eq!(scale.at(1.0), 100.0);
        assert!((scale.at(10.0) - 300.0).abs() < 1e-9);
        assert_eq!(
            scale.at(0.0),
            100.0,
            "what cannot be placed stays on the frame"
        );
        assert!(scale.at(5.0) < scale.at(6.0));
    }

    #[test]
    fn an_axis_of_ratios_ends_close_to_them() {
        let scale = LogScale::fine([0.99, 1.04].into_iter(), 0.0, 400.0).unwrap();
        assert_eq!(scale.ticks(44.0), [0.9, 1.0, 1.1]);
        let wide = LogScale::fine([0.3, 12.0].into_iter(), 0.0, 400.0).unwrap();
        assert_eq!(wide.ticks(44.0), [0.2, 0.5, 1.0, 2.0, 5.0, 10.0]);
    }

    #[test]
    fn a_linear_axis_has_round_ticks() {
        assert_eq!(linear_ticks(-1.3, 4.2, 6), [-1.0, 0.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(linear_ticks(-1.3, 4.2, 5), [0.0, 2.0, 4.0]);
        assert!(linear_ticks(3.0, 3.0, 5).is_empty());
    }

    #[test]
    fn odd_data_make_an_axis_or_none() {
        assert!(LogScale::over([0.0, f64::NAN].into_iter(), 0.0, 1.0).is_none());
        let one = LogScale::over([7.0].into_iter(), 0.0, 1.0).unwrap();
        assert!(one.at(7.0) > 0.0 && one.at(7.0) < 1.0);
        let wide = LogScale::over([1e-9, 1e12].into_iter(), 0.0, 400.0).unwrap();
        assert!(
            (4..=11).contains(&wide.ticks(40.0).len()),
            "{:?}",
            wide.ticks(40.0)
        );
    }
}
