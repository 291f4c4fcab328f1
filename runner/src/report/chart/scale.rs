//! A logarithmic axis: values to pixels, and the ticks a reader can count on.

/// From the first value of 1, 2, 5 x 10^n below the data to the first above.
#[derive(Clone, Copy, Debug)]
pub struct LogScale {
    low: f64,
    high: f64,
    from_px: f64,
    to_px: f64,
}

impl LogScale {
    /// `None` when no value is positive: there is nothing to place on such an axis.
    pub fn over(values: impl Iterator<Item = f64>, from_px: f64, to_px: f64) -> Option<LogScale> {
        let (min, max) = values
            .filter(|value| value.is_finite() && *value > 0.0)
            .fold((f64::INFINITY, 0.0f64), |(min, max), value| {
                (min.min(value), max.max(value))
            });
        // Four per cent of air, so that no marker sits on the frame.
        (max > 0.0).then(|| LogScale {
            low: step_below(min * 0.96),
            high: step_above(max * 1.04),
            from_px,
            to_px,
        })
    }

    /// Pixel of a value; what lies outside the axis is put on its end.
    pub fn at(&self, value: f64) -> f64 {
        let share = (value.max(self.low).min(self.high) / self.low).log10()
            / (self.high / self.low).log10();
        self.from_px + share * (self.to_px - self.from_px)
    }

    pub fn holds(&self, value: f64) -> bool {
        value >= self.low
    }

    /// 1, 2, 5 x 10^n while a label each has `room_px`, otherwise powers of ten, as many as have it.
    pub fn ticks(&self, room_px: f64) -> Vec<f64> {
        let most = ((self.to_px - self.from_px).abs() / room_px) as usize + 1;
        let fine = self.multiples(&[1.0, 2.0, 5.0], 1);
        if fine.len() <= most {
            return fine;
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

fn step_below(value: f64) -> f64 {
    let unit = 10f64.powi(value.log10().floor() as i32);
    [5.0, 2.0]
        .into_iter()
        .map(|digit| digit * unit)
        .find(|step| *step <= value)
        .unwrap_or(unit)
}

fn step_above(value: f64) -> f64 {
    let unit = 10f64.powi(value.log10().floor() as i32);
    [1.0, 2.0, 5.0]
        .into_iter()
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
