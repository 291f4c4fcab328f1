//! What holds for any data.

use proptest::prelude::*;

use super::tests::{launches_of, one_row, sample};
use crate::sample::{Measured, Sample, Stage};

/// Launches of positive times.
fn any_launches() -> impl Strategy<Value = Vec<Vec<f64>>> {
    proptest::collection::vec(proptest::collection::vec(0.1..1e6f64, 1..40), 1..6)
}

fn measured_of(launches: &[Vec<f64>]) -> Measured {
    let slices: Vec<&[f64]> = launches.iter().map(Vec::as_slice).collect();
    launches_of(&slices)
}

proptest! {
    #[test]
    fn order_of_samples_lines_and_launch_numbers_does_not_matter(
        (launches, shuffled) in any_launches().prop_flat_map(|launches| {
            (Just(launches.clone()), Just(launches).prop_shuffle())
        }),
        keys in proptest::collection::vec(any::<u64>(), 200),
    ) {
        let expected = one_row(&measured_of(&launches));
        prop_assert_eq!(&one_row(&measured_of(&shuffled)), &expected);
        let mut measured = measured_of(&launches);
        let mut order: Vec<(u64, Sample)> = keys.into_iter().zip(measured.samples).collect();
        order.sort_by_key(|(at, _)| *at);
        measured.samples = order.into_iter().map(|(_, sample)| sample).collect();
        measured.launches.reverse();
        prop_assert_eq!(one_row(&measured), expected);
    }

    #[test]
    fn scaling_all_times_scales_value_and_interval(launches in any_launches(), factor in 0.001..1000.0f64) {
        let plain = one_row(&measured_of(&launches));
        let mut measured = measured_of(&launches);
        measured.samples.iter_mut().for_each(|sample| sample.elapsed_ns *= factor);
        let scaled = one_row(&measured);
        let size = plain.ns_per_call.0.unwrap().abs() + plain.ns_hi.0.unwrap_or(0.0).abs();
        for (num, expected) in [(scaled.ns_per_call, plain.ns_per_call), (scaled.ns_lo, plain.ns_lo), (scaled.ns_hi, plain.ns_hi)] {
            match (num.0, expected.0) {
                (Some(num), Some(expected)) => prop_assert!((num - factor * expected).abs() <= 1e-9 * factor * size),
                (num, expected) => prop_assert_eq!(num, expected),
            }
        }
    }

    #[test]
    fn the_interval_holds_the_value(launches in any_launches()) {
        let row = one_row(&measured_of(&launches));
        let value = row.ns_per_call.0.unwrap();
        if let (Some(lo), Some(hi)) = (row.ns_lo.0, row.ns_hi.0) {
            prop_assert!(lo <= value && value <= hi);
        }
        let has_interval = launches.len() > 1 || launches[0].len() >= 6;
        prop_assert_eq!(row.ns_lo.0.is_some(), has_interval);
    }

    #[test]
    fn other_stages_change_nothing(launches in any_launches(), others in proptest::collection::vec((1..6u32, 0..5usize, 0.1..1e9f64), 0..30)) {
        let mut measured = measured_of(&launches);
        let expected = one_row(&measured);
        let stages = [Stage::Warmup, Stage::Pilot, Stage::Jitting, Stage::Overhead, Stage::Other];
        measured.samples.extend(others.into_iter().map(|(launch, stage, ns)| sample(launch, stages[stage], 1, ns)));
        prop_assert_eq!(one_row(&measured), expected);
    }
}
