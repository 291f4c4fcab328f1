//! Two runs of known truth.

use proptest::prelude::*;

use super::*;
use crate::sample::{Launch, Sample, Stage};
use crate::stats::paired::simulated::{REFERENCE, World, key};
use crate::stats::simulation::Random;
use crate::stats::tests::{manifest, planned};

/// A side of these launch values, in ns.
fn side(ns: &[f64]) -> Side {
    Side {
        ln_ns: ns.iter().map(|ns| ns.ln()).collect(),
        ns: ns.to_vec(),
        ..Side::default()
    }
}

fn one(before: &Side, after: &Side) -> Across {
    judged(&[(before, after)]).remove(0)
}

/// Launches around `ns`, spread by `share` of it.
fn around(random: &mut Random, launches: u32, ns: f64, share: f64) -> Side {
    let values: Vec<f64> = (0..launches)
        .map(|_| ns * (share * random.normal()).exp())
        .collect();
    side(&values)
}

fn sides_of(world: &World, seed: u64) -> Sides {
    sides(&world.manifest(), &world.measure(seed))
}

fn beside(before: &World, after: &World, variant: &str) -> Across {
    let (before, after) = (sides_of(before, 21), sides_of(after, 22));
    one(&before.rows[&key(variant)], &after.rows[&key(variant)])
}

#[test]
fn a_row_of_the_paired_engine_in_two_runs() {
    let slow = World {
        variants: vec![("DllImport", 0.05)],
        ..World::default()
    };
    let found = beside(&World::default(), &slow, "DllImport");
    assert_eq!(found.verdict, Verdict::Suspected, "{found:?}");
    assert!(found.reason.starts_with("slower"), "{}", found.reason);
    let ratio = found.comparison.ratio.unwrap().decides;
    assert!((ratio.estimate - 0.05).abs() < 0.002, "{ratio:?}");
    let difference = found.comparison.difference_ns.unwrap().decides;
    assert!((difference.estimate - 1.025).abs() < 0.05, "{difference:?}");
    let over_clock = found.over_clock.unwrap().decides;
    assert!((over_clock.estimate - 0.05).abs() < 0.003, "{over_clock:?}");

    let back = beside(&slow, &World::default(), "DllImport");
    assert!(back.reason.starts_with("faster"), "{}", back.reason);
    let same = beside(&World::default(), &World::default(), REFERENCE);
    assert_eq!(
        (same.verdict, same.reason.as_str()),
        (Verdict::Equivalent, "")
    );
}

#[test]
fn verdicts_in_their_order() {
    let ten = |ns: f64| {
        side(
            &(0..10)
                .map(|at| ns + 0.01 * f64::from(at))
                .collect::<Vec<f64>>(),
        )
    };
    let wide = |ns: f64| {
        side(
            &(0..4)
                .map(|at| ns + 10.0 * f64::from(at))
                .collect::<Vec<f64>>(),
        )
    };
    let alarmed = |side: Side| Side {
        doubt: "a control".to_string(),
        ..side
    };
    for (before, after, expected) in [
        (ten(100.0), ten(110.0), Verdict::Suspected),
        (ten(100.0), ten(101.0), Verdict::Equivalent),
        // Five percent, and a quarter of a nanosecond.
        (ten(5.0), ten(5.25), Verdict::Equivalent),
        (wide(100.0), wide(110.0), Verdict::Inconclusive),
        (ten(100.0), side(&[150.0]), Verdict::NotDecidable),
        (alarmed(ten(100.0)), side(&[150.0]), Verdict::NotDecidable),
        (ten(100.0), alarmed(ten(100.0)), Verdict::NotMeasurable),
        (ten(100.0), Side::default(), Verdict::NotMeasurable),
    ] {
        let found = one(&before, &after);
        assert_eq!(found.verdict, expected, "{before:?} {after:?}");
        let is_open = expected == Verdict::Inconclusive;
        assert_eq!(found.launches_needed.is_some(), is_open, "{found:?}");
        assert!(found.launches_needed.is_none_or(|needed| needed > 4));
    }
    let found = one(&ten(100.0), &alarmed(ten(100.0)));
    assert_eq!(found.reason, "after: a control");
}

#[test]
fn one_launch_a_side_has_a_ratio_and_an_interval_within_it() {
    let single = |ns: f64| Side {
        within_launch: Some((0.97 * ns, 1.04 * ns)),
        ..side(&[ns])
    };
    let found = one(&single(10.0), &single(12.0));
    let (ratio, interval) = found.comparison.within_launch.unwrap();
    assert!((ratio - 1.2_f64.ln()).abs() < 1e-12);
    // Down: by the lower distance of the one and the upper one of the other; up alike, and here the same.
    let far = (0.97_f64.ln()).hypot(1.04_f64.ln());
    let (lo, hi) = interval.unwrap();
    assert!((lo - (ratio - far)).abs() < 1e-12 && (hi - (ratio + far)).abs() < 1e-12);
    assert_eq!(found.comparison.ratio, None);
    let without = one(&side(&[10.0]), &single(12.0));
    assert_eq!(without.comparison.within_launch.unwrap().1, None);
}

#[test]
fn an_empty_call_of_other_cycles_forbids_a_verdict() {
    let mut random = Random::new(4);
    let mut with = |cycles: f64| Side {
        ln_empty_call: Some(cycles.ln()),
        ..around(&mut random, 10, 100.0, 0.001)
    };
    let (before, near, far) = (with(8.0), with(8.3), with(8.48));
    assert_eq!(one(&before, &near).verdict, Verdict::Equivalent);
    let found = one(&before, &far);
    assert_eq!(found.verdict, Verdict::NotMeasurable);
    assert!(found.reason.contains("6.0 % more"), "{}", found.reason);
    let found = one(&far, &before);
    assert!(found.reason.contains("5.7 % fewer"), "{}", found.reason);
}

#[test]
fn what_goes_with_the_clock_is_said() {
    let mut random = Random::new(5);
    let mut at = |ns: f64, clock: f64| {
        let side = around(&mut random, 10, ns, 0.001);
        Side {
            ln_over_clock: side.ln_ns.iter().map(|ln| ln - clock.ln()).collect(),
            ..side
        }
    };
    let found = one(&at(100.0, 0.25), &at(110.0, 0.275));
    assert_eq!(found.verdict, Verdict::Suspected);
    assert!(found.reason.contains("clock rate"), "{}", found.reason);
    let found = one(&at(100.0, 0.25), &at(110.0, 0.25));
    assert!(!found.reason.contains("clock rate"), "{}", found.reason);
}

#[test]
fn rows_of_other_engines_are_their_launch_medians() {
    let text = "blittable_add_i32/-/DllImport/rust/jit/bdn";
    let key: RowKey = text.parse().unwrap();
    let mut measured = Measured::default();
    for (launch, times) in [(1, [9.0, 10.0, 99.0]), (2, [11.0, 12.0, 13.0])] {
        measured.launches.push(Launch::of(&key, launch));
        measured.samples.extend(times.map(|ns| Sample {
            key: key.clone().into(),
            role: Role::Variant,
            launch,
            replica: None,
            round: 1,
            position: None,
            calls: 10,
            elapsed_ns: 10.0 * ns,
            gc_count: None,
            gc_pause_ns: None,
            switches: None,
            flags: Stage::Actual,
        }));
    }
    let missing = "blittable_add_i32/-/Missing/rust/jit/bdn";
    let manifest = manifest(vec![planned(text), planned(missing)]);
    let found = sides(&manifest, &measured);
    assert_eq!(found.rows[&key], side(&[10.0, 12.0]));
    let doubt = &found.rows[&missing.parse().unwrap()].doubt;
    assert!(doubt.contains("left no data"), "{doubt}");

    // An engine that subtracts its own loop may leave less than nothing: no logarithm of that.
    for sample in measured.samples.iter_mut().filter(|of| of.launch == 2) {
        sample.elapsed_ns = -1.0;
    }
    let found = sides(&manifest, &measured);
    let found = one(&found.rows[&key], &found.rows[&key]);
    assert_eq!(found.verdict, Verdict::NotMeasurable);
}

/// A run beside itself again, in a hundred families of twenty rows: a suspicion in a family comes less often than the level says.
#[test]
fn false_suspicions_stay_below_the_level() {
    const FAMILIES: u32 = 400;
    let mut random = Random::new(20_261_201);
    for launches in [4, 10] {
        let mut families = 0;
        for _ in 0..FAMILIES {
            let pairs: Vec<(Side, Side)> = (0..20)
                .map(|row| {
                    // From far below what counts to far above it, and heavy tails.
                    let share = 0.002 * f64::from(row + 1);
                    let mut launch = || {
                        let tail = if random.uniform() < 0.1 { 5.0 } else { 1.0 };
                        100.0 * (tail * share * random.normal()).exp()
                    };
                    let mut values = || (0..launches).map(|_| launch()).collect::<Vec<f64>>();
                    (side(&values()), side(&values()))
                })
                .collect();
            let pairs: Vec<(&Side, &Side)> = pairs.iter().map(|(a, b)| (a, b)).collect();
            let found = judged(&pairs);
            families += u32::from(found.iter().any(|row| row.verdict == Verdict::Suspected));
        }
        let share = f64::from(families) / f64::from(FAMILIES);
        assert!(share <= LEVEL, "{launches} launches: {share}");
    }
}

/// The effect that is called detectable is found in about 90 %, where one row is compared.
#[test]
fn power_is_what_the_minimum_detectable_effect_says() {
    const TRIALS: u32 = 1000;
    let mut random = Random::new(31);
    let (mut found, mut mde) = (0, 0.0);
    let effect = 0.02 + (2.101 + 1.330) * 0.01 * (2.0_f64 / 10.0).sqrt();
    for _ in 0..TRIALS {
        let before = around(&mut random, 10, 100.0, 0.01);
        let after = around(&mut random, 10, 100.0 * effect.exp(), 0.01);
        let comparison = compare(&before, &after);
        // Of Welch's, whose degrees of freedom are known here.
        found += u32::from(comparison.ratio.unwrap().student.p_beyond(DELTA_ACROSS) <= LEVEL);
        mde += comparison
            .mde_percent(DELTA_ACROSS, EPSILON_WIDE, 100.0)
            .unwrap();
    }
    let share = f64::from(found) / f64::from(TRIALS);
    assert!((0.86..0.94).contains(&share), "{share}");
    // Yuen's, which decides, has fewer degrees of freedom and promises less.
    let mde = mde / f64::from(TRIALS);
    assert!(mde > 100.0 * effect && mde < 130.0 * effect, "{mde}");
}

proptest! {
    #[test]
    fn swapping_the_runs_gives_reciprocals_and_the_same_words(
        pairs in proptest::collection::vec(
            (proptest::collection::vec(0.5..200.0f64, 1..14), proptest::collection::vec(0.5..200.0f64, 1..14), 0.0..0.2f64),
            1..8,
        ),
    ) {
        // Some of the sides far apart, some near each other.
        let pairs: Vec<(Side, Side)> = pairs
            .into_iter()
            .map(|(before, after, spread)| {
                let near = |values: Vec<f64>| side(&values.iter().map(|ns| 50.0 + spread * ns).collect::<Vec<f64>>());
                (near(before), near(after))
            })
            .collect();
        let forth: Vec<(&Side, &Side)> = pairs.iter().map(|(a, b)| (a, b)).collect();
        let back: Vec<(&Side, &Side)> = pairs.iter().map(|(a, b)| (b, a)).collect();
        for (forth, back) in judged(&forth).iter().zip(judged(&back)) {
            prop_assert_eq!(forth.verdict, back.verdict);
            prop_assert_eq!(forth.comparison.ratio.is_some(), back.comparison.ratio.is_some());
            let ratios = forth.comparison.ratio.zip(back.comparison.ratio);
            if let Some((forth, back)) = ratios {
                prop_assert!((forth.decides.estimate + back.decides.estimate).abs() < 1e-12);
                let ((lo, hi), (back_lo, back_hi)) = (forth.decides.interval(), back.decides.interval());
                prop_assert!((lo + back_hi).abs() < 1e-9 && (hi + back_lo).abs() < 1e-9);
            }
            let within = forth.comparison.within_launch.zip(back.comparison.within_launch);
            if let Some((forth, back)) = within {
                prop_assert!((forth.0 + back.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_order_of_launches_does_not_matter(
        (before, shuffled) in proptest::collection::vec(0.5..200.0f64, 2..14)
            .prop_flat_map(|values| (Just(values.clone()), Just(values).prop_shuffle())),
        after in proptest::collection::vec(0.5..200.0f64, 2..14),
    ) {
        let (found, same) = (one(&side(&before), &side(&after)), one(&side(&shuffled), &side(&after)));
        prop_assert_eq!(found.comparison.ratio, same.comparison.ratio);
        prop_assert_eq!(found.p, same.p);
    }
}
