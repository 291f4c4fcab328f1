use super::*;
use crate::stats::simulation::{Random, within_binomial_limits};
use crate::validation::series::{Noise, step};

fn found(values: &[f64], seed: u64) -> Vec<Step> {
    let settings = Settings {
        level: LEVEL,
        least: 0.0,
        seed,
    };
    steps(values, &settings)
}

fn share(trials: u32, mut one: impl FnMut(u64) -> bool) -> u32 {
    (0..trials).filter(|trial| one(u64::from(*trial))).count() as u32
}

#[test]
fn noise_of_any_shape_has_no_more_steps_than_stated() {
    const TRIALS: u32 = 400;
    for noise in Noise::ALL {
        for points in [30, 100] {
            let mut random = Random::new(points as u64);
            let false_alarms = share(TRIALS, |trial| {
                !found(&noise.series(points, &mut random), trial).is_empty()
            });
            let most = LEVEL + 4.0 * (LEVEL * (1.0 - LEVEL) / f64::from(TRIALS)).sqrt();
            assert!(
                f64::from(false_alarms) <= most * f64::from(TRIALS),
                "{noise}, {points} points: {false_alarms} of {TRIALS}"
            );
        }
    }
}

#[test]
fn a_step_of_three_sigma_is_found_near_its_place_with_five_points_after_it() {
    const TRIALS: u32 = 200;
    const TRUTH: usize = 95;
    let mut random = Random::new(3);
    let mut held = 0;
    let hits = share(TRIALS, |trial| {
        let mut values = Noise::Gaussian.series(100, &mut random);
        step(&mut values, TRUTH, 3.0);
        let steps = found(&values, trial);
        let near = steps.iter().find(|step| step.at.abs_diff(TRUTH) <= 3);
        held += u32::from(near.is_some_and(|step| (step.lo..=step.hi).contains(&TRUTH)));
        near.is_some()
    });
    assert!(hits >= TRIALS * 9 / 10, "{hits} of {TRIALS}");
    assert!(
        held >= hits * 9 / 10,
        "the place is held in {held} of {hits}"
    );
}

#[test]
fn one_spike_is_never_a_step() {
    for at in [0, 1, 2, 20, 37, 38, 39] {
        for size in [4.0, 10.0, 1000.0] {
            let mut values = Noise::Gaussian.series(40, &mut Random::new(11));
            assert_eq!(found(&values, 1), []);
            values[at] += size;
            assert_eq!(found(&values, 1), [], "{size} at {at}");
        }
    }
}

#[test]
fn levels_and_their_steps_are_told() {
    let mut values = Noise::Gaussian.series(60, &mut Random::new(5));
    step(&mut values, 20, 8.0);
    step(&mut values, 40, -4.0);
    let steps = found(&values, 1);
    let places: Vec<usize> = steps.iter().map(|step| step.at).collect();
    assert_eq!(places, [20, 40]);
    assert_eq!((steps[0].points, steps[1].points), ((20, 20), (20, 20)));
    assert_eq!(steps[0].after, steps[1].before);
    assert!((steps[0].size() - 8.0).abs() < 1.5 && (steps[1].size() + 4.0).abs() < 1.5);
    let (lo, hi) = steps[0].change.unwrap();
    assert!(lo < 8.0 && 8.0 < hi);
    assert!(
        steps
            .iter()
            .all(|step| step.p <= LEVEL && step.p >= LEAST_P)
    );
    assert_eq!(found(&values, 1), steps, "the same seed gives the same");
}

#[test]
fn a_level_between_two_others_is_two_steps() {
    let mut values = Noise::Gaussian.series(80, &mut Random::new(6));
    step(&mut values, 40, 6.0);
    step(&mut values, 46, -6.0);
    let places: Vec<usize> = found(&values, 1).iter().map(|step| step.at).collect();
    assert_eq!(places, [40, 46]);
}

#[test]
fn what_is_smaller_than_what_counts_is_none() {
    let mut values = Noise::Gaussian.series(60, &mut Random::new(5));
    step(&mut values, 30, 4.0);
    let least = |least| Settings {
        level: LEVEL,
        least,
        seed: 1,
    };
    assert_eq!(steps(&values, &least(3.0)).len(), 1);
    assert_eq!(steps(&values, &least(6.0)), []);
}

#[test]
fn odd_series_have_none() {
    assert_eq!(found(&[], 1), []);
    assert_eq!(found(&[1.0; 5], 1), []);
    assert_eq!(found(&[1.0; 50], 1), []);
    // Counters: more than half of the values are the same.
    let mut counts = vec![3.0; 40];
    counts[7] = 4.0;
    counts[23] = 2.0;
    assert_eq!(found(&counts, 1), []);
    let mut jump = vec![3.0; 20];
    jump.extend([5.0; 20]);
    assert_eq!(found(&jump, 1)[0].at, 20);
}

#[test]
fn adding_points_of_the_same_level_adds_no_step() {
    let mut values = Noise::Gaussian.series(120, &mut Random::new(8));
    step(&mut values, 40, 5.0);
    for points in 60..120 {
        let places: Vec<usize> = found(&values[..points], 1).iter().map(|s| s.at).collect();
        assert_eq!(places, [40], "with {points} points");
    }
}

#[test]
fn scaling_and_shifting_moves_no_step() {
    let mut values = Noise::RightSkewed.series(70, &mut Random::new(9));
    step(&mut values, 50, 4.0);
    let moved: Vec<f64> = values.iter().map(|value| 1e3 - 7.0 * value).collect();
    let places =
        |values: &[f64]| -> Vec<usize> { found(values, 4).iter().map(|step| step.at).collect() };
    assert_eq!(places(&values), [50]);
    assert_eq!(places(&moved), places(&values));
}

#[test]
fn p_is_uniform_where_there_is_no_step() {
    // Of the single cut: the share of p up to 0.2 is 0.2.
    const TRIALS: u32 = 400;
    let mut random = Random::new(21);
    let mut draw = ChaCha8Rng::seed_from_u64(4);
    let hits = share(TRIALS, |_| {
        let values = Noise::RightSkewed.series(40, &mut random);
        let cut = scan::best(&values).unwrap();
        let mut series = values.clone();
        let score = |values: &[f64]| scan::best(values).map_or(0.0, |cut| cut.score);
        let p = tail::p_of(cut.score, 20, || {
            rand::seq::SliceRandom::shuffle(&mut series[..], &mut draw);
            score(&series)
        });
        p <= 0.2
    });
    within_binomial_limits(hits, TRIALS, 0.2, "p of permutation");
}
