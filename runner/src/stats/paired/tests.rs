//! Simulated truth: what is there is found as often as promised, what is not there is not.

use proptest::prelude::*;

use super::simulated::{REFERENCE, World, key};
use crate::control::ControlKind;
use crate::row::{Row, State};
use crate::sample::{Body, Measured, Role};
use crate::stats::simulation::within_binomial_limits;
use crate::stats::{Assessment, assess};
use crate::verdict::Verdict;

fn assessed(world: &World, seed: u64) -> Assessment {
    assess(&world.manifest(), &world.measure(seed))
}

fn row(assessment: &Assessment, variant: &str) -> Row {
    let of = |row: &&Row| row.key == key(variant);
    assessment.rows.iter().find(of).unwrap().clone()
}

fn with(variants: &[(&'static str, f64)]) -> World {
    World {
        variants: variants.to_vec(),
        ..World::default()
    }
}

fn near(found: crate::row::Num, expected: f64, within: f64) {
    let found = found.0.unwrap();
    assert!(
        (found / expected - 1.0).abs() < within,
        "{found}, expected {expected}"
    );
}

#[test]
fn without_noise_every_number_is_the_truth() {
    let world = World {
        noise: 0.0,
        ..with(&[("DllImport", 0.1_f64.ln_1p())])
    };
    let assessment = assessed(&world, 1);
    let found = row(&assessment, "DllImport");
    near(found.ratio, 1.1, 1e-9);
    near(found.ratio_best, 1.1, 1e-9);
    near(found.difference_ns, 2.0, 1e-9);
    near(found.ns_per_call, 22.0, 1e-9);
    near(found.over_managed_ns, 20.0, 1e-9);
    assert_eq!(found.over_native_ns.0, None);
    assert_eq!((found.verdict, found.launches), (Some(Verdict::Slower), 10));
    assert_eq!(row(&assessment, REFERENCE).verdict, None);
    // A percent of 20 ns is twice the smallest difference that counts.
    near(found.mde_percent, 1.0, 1e-6);
}

#[test]
fn verdicts_of_clear_cases() {
    for (effect, expected) in [
        (0.05, Verdict::Slower),
        (-0.05, Verdict::Faster),
        (0.0, Verdict::Equivalent),
        (0.004, Verdict::Equivalent),
    ] {
        let found = row(&assessed(&with(&[("DllImport", effect)]), 7), "DllImport");
        assert_eq!(found.verdict, Some(expected), "{effect}: {found:?}");
    }
}

/// One percent is the bound itself: whatever the data, it is not called a difference more often than the level says.
#[test]
fn an_effect_at_the_bound_stays_open() {
    let found = row(&assessed(&with(&[("DllImport", 0.01)]), 3), "DllImport");
    assert_eq!(found.verdict, Some(Verdict::Inconclusive));
    assert!(
        found.ratio_lo.0.unwrap() > 1.0,
        "its interval excludes no difference"
    );
}

#[test]
fn a_difference_too_small_in_nanoseconds_is_a_tie() {
    let world = World {
        ns: 3.0,
        ..with(&[("DllImport", 0.02)])
    };
    assert_eq!(
        row(&assessed(&world, 5), "DllImport").verdict,
        Some(Verdict::Equivalent)
    );
}

#[test]
fn rounds_with_a_neighbour_do_not_count() {
    let world = World {
        contention: 0.3,
        rounds: 320,
        ..with(&[("DllImport", 0.05)])
    };
    let found = row(&assessed(&world, 11), "DllImport");
    near(found.ratio, 0.05_f64.exp(), 0.002);
    let quiet = found.quiet_share.0.unwrap();
    assert!((0.3..0.75).contains(&quiet), "{quiet}");
    assert_eq!(found.verdict, Some(Verdict::Slower));
}

#[test]
fn launches_without_quiet_rounds_are_dropped_and_too_many_of_them_forbid_a_verdict() {
    let world = World {
        contention: 0.9,
        ..with(&[("DllImport", 0.05)])
    };
    let assessment = assessed(&world, 2);
    let found = row(&assessment, "DllImport");
    assert!(assessment.groups[0].usable < 6, "{:?}", assessment.groups);
    assert!(
        found.state == State::Contended || found.verdict == Some(Verdict::NotMeasurable),
        "{found:?}"
    );
    assert!(found.reason.contains("of 10 launches"), "{}", found.reason);
    assert!(
        assessment
            .controls
            .iter()
            .any(|control| control.alarm.contains("of 10 launches were usable"))
    );
}

#[test]
fn an_alarm_takes_the_verdict_away_and_says_why() {
    // A copy that differs by 5 % is a control that failed.
    let world = with(&[("DllImport", 0.2), ("Tie", 0.05)]);
    let assessment = assessed(&world, 4);
    let tie = assessment
        .controls
        .iter()
        .find(|control| control.kind == ControlKind::MustTie)
        .unwrap();
    assert_eq!(tie.verdict, Verdict::Slower);
    assert!(
        tie.alarm.contains("Tie, which must tie, differs by 5."),
        "{}",
        tie.alarm
    );
    let found = row(&assessment, "DllImport");
    assert_eq!(found.verdict, Some(Verdict::NotMeasurable));
    assert_eq!(found.reason, tie.alarm);
}

fn body(variant: &str, replica: u32, size: u64) -> Body {
    Body {
        key: key(variant),
        launch: 1,
        replica: Some(replica),
        tier: None,
        address_mod_64: None,
        size_bytes: Some(size),
        code_hash: None,
    }
}

#[test]
fn a_body_that_is_not_one_code_is_judged_beside_nothing() {
    let world = with(&[("DllImport", 0.05), ("FunctionPointer", 0.05)]);
    let mut measured = world.measure(8);
    let verdicts = |measured: &Measured| {
        let assessment = assess(&world.manifest(), measured);
        ["DllImport", "FunctionPointer"].map(|variant| row(&assessment, variant))
    };
    measured.bodies.push(body("DllImport", 0, 150));
    measured.bodies.push(body(REFERENCE, 0, 150));
    for found in verdicts(&measured) {
        assert_eq!(found.verdict, Some(Verdict::Slower));
    }
    measured.bodies.push(body("DllImport", 1, 160));
    let [own, other] = verdicts(&measured);
    assert_eq!(own.verdict, Some(Verdict::NotMeasurable));
    assert!(own.reason.contains("different sizes"), "{}", own.reason);
    assert_eq!(other.verdict, Some(Verdict::Slower));
    // Nothing can be said beside a reference that is not one code.
    measured.bodies.push(body(REFERENCE, 1, 160));
    assert_eq!(verdicts(&measured)[1].verdict, Some(Verdict::NotMeasurable));
}

/// Half of the bodies of one variant lie badly in every launch, and all can lie well: a difference of placement alone.
#[test]
fn a_difference_that_vanishes_at_the_best_placement_is_layout() {
    let world = with(&[("DllImport", 0.0)]);
    let mut measured = world.measure(21);
    for sample in &mut measured.samples {
        if *sample.key == key("DllImport") && sample.replica.unwrap() % 2 == 0 {
            sample.elapsed_ns *= 1.3;
        }
    }
    let found = row(&assess(&world.manifest(), &measured), "DllImport");
    near(found.ratio, 1.3_f64.sqrt(), 0.01);
    near(found.ratio_best, 1.0, 0.01);
    assert_eq!(found.verdict, Some(Verdict::Layout));
}

/// What a copy of the reference shows is the least that counts.
#[test]
fn a_difference_must_be_larger_than_what_a_copy_shows() {
    let world = with(&[("DllImport", 0.05), ("FunctionPointer", 0.5)]);
    let mut measured = world.measure(22);
    for sample in &mut measured.samples {
        if sample.role == Role::Copy {
            // Another 10 % in every second launch: no control fails, and nobody knows what a copy costs.
            sample.elapsed_ns *= if sample.launch % 2 == 0 {
                1.1
            } else {
                1.0 / 1.1
            };
        }
    }
    let assessment = assess(&world.manifest(), &measured);
    let found = row(&assessment, "DllImport");
    assert_eq!(found.verdict, Some(Verdict::Inconclusive));
    assert!(
        found.reason.starts_with("a copy of the reference reaches"),
        "{}",
        found.reason
    );
    assert!(found.mde_percent.0.unwrap() > 5.0);
    let found = row(&assessment, "FunctionPointer");
    assert_eq!(found.verdict, Some(Verdict::Slower));
}

#[test]
fn one_launch_decides_nothing() {
    let world = World {
        launches: 1,
        ..with(&[("DllImport", 0.5)])
    };
    let found = row(&assessed(&world, 6), "DllImport");
    assert_eq!(found.verdict, Some(Verdict::NotDecidable));
    assert!(found.ratio_lo.0.unwrap() < found.ratio.0.unwrap());
}

#[test]
fn what_takes_memory_pays_for_its_collections() {
    let world = World {
        noise: 0.0,
        ..with(&[("DllImport", 0.0)])
    };
    let mut measured = world.measure(9);
    // A pause of 12 us in every eighth block of 1000 calls: 1500 ns a block, over its calls and the 500 of its lead-in.
    for sample in &mut measured.samples {
        if *sample.key == key("DllImport") && sample.round % 8 == 1 {
            sample.gc_count = Some(1);
            sample.gc_pause_ns = Some(12_000.0);
            sample.elapsed_ns += 12_000.0;
        }
    }
    let found = row(&assess(&world.manifest(), &measured), "DllImport");
    near(found.ns_per_call, 21.0, 1e-9);
    near(found.difference_ns, 1.0, 1e-9);
    assert_eq!(found.ratio_best.0, None);
    assert_eq!(found.gc_count, Some(80));
    assert!(found.reason.starts_with("allocating"), "{}", found.reason);
}

#[test]
fn rounds_whose_cpu_was_taken_away_do_not_count() {
    let world = World {
        theft: 0.4,
        rounds: 320,
        ..with(&[("DllImport", 0.05)])
    };
    let found = row(&assessed(&world, 13), "DllImport");
    near(found.ratio, 0.05_f64.exp(), 0.002);
    near(found.ns_per_call, 20.0 * 0.05_f64.exp(), 0.01);
    let quiet = found.quiet_share.0.unwrap();
    assert!((0.3..0.7).contains(&quiet), "{quiet}");
}

/// Of a ratio, over three levels with two-state placement and heavy tails: printed as 95 %.
#[test]
fn intervals_of_ratios_hold_the_truth_as_often_as_they_say() {
    const TRIALS: u32 = 300;
    for (launches, what) in [(10, "Yuen over ten launches"), (6, "Student over six")] {
        let world = World {
            launches,
            rounds: 64,
            placement: 0.15,
            launch: 0.003,
            ..with(&[("DllImport", 0.03)])
        };
        let hits = (0..TRIALS).filter(|trial| {
            let found = row(&assessed(&world, 9000 + u64::from(*trial)), "DllImport");
            let truth = 0.03_f64.exp();
            found.ratio_lo.0.unwrap() <= truth && truth <= found.ratio_hi.0.unwrap()
        });
        within_binomial_limits(hits.count() as u32, TRIALS, 0.95, what);
    }
}

/// Three levels: rounds with heavy tails, placements of two states, launches; nothing differs. Fixed seeds.
#[test]
fn nothing_is_called_different_more_often_than_the_level_says() {
    let world = World {
        placement: 0.15,
        launch: 0.002,
        contention: 0.2,
        rounds: 160,
        replicas: 16,
        variants: vec![("DllImport", 0.0), ("FunctionPointer", 0.0)],
        ..World::default()
    };
    let (mut different, mut compared) = (0, 0);
    for seed in 0..60 {
        let assessment = assessed(&world, 1000 + seed);
        for variant in ["DllImport", "FunctionPointer"] {
            let verdict = row(&assessment, variant).verdict.unwrap();
            compared += 1;
            different += u32::from(matches!(verdict, Verdict::Slower | Verdict::Faster));
        }
    }
    // Level 5 % beyond a bound of 1 % around a truth of 0: the rate is far below the level.
    assert!(different * 100 <= compared * 5, "{different} of {compared}");
}

/// The printed minimum detectable effect is one that is found.
#[test]
fn two_percent_is_found_where_the_minimum_detectable_effect_says_so() {
    let world = with(&[("DllImport", 0.02_f64.ln_1p())]);
    let (mut found, mut promised) = (0, 0);
    const TRIALS: u64 = 60;
    for seed in 0..TRIALS {
        let row = row(&assessed(&world, 5000 + seed), "DllImport");
        promised += u64::from(row.mde_percent.0.unwrap() <= 2.0);
        found += u64::from(row.verdict == Some(Verdict::Slower));
    }
    assert!(promised * 10 >= TRIALS * 9, "{promised}");
    assert!(found * 10 >= TRIALS * 9, "{found}");
}

fn csv(assessment: &Assessment) -> Vec<u8> {
    let tables = crate::derived::tables(assessment).unwrap();
    tables.into_values().flatten().collect()
}

fn small() -> impl Strategy<Value = (World, u64)> {
    (
        2..6u32,
        8..20u32,
        1..4u32,
        -0.3..0.3f64,
        0.0..0.05f64,
        any::<u64>(),
    )
        .prop_map(|(launches, rounds, replicas, effect, noise, seed)| {
            let world = World {
                launches,
                rounds,
                replicas,
                noise,
                ..with(&[("DllImport", effect)])
            };
            (world, seed)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_of_samples_and_launches_gives_the_same_bytes((world, seed) in small(), stride in 1..97usize) {
        let measured = world.measure(seed);
        let expected = csv(&assess(&world.manifest(), &measured));
        let count = measured.samples.len();
        let mut shuffled = Measured { launches: measured.launches.iter().rev().cloned().collect(), ..Measured::default() };
        for start in 0..stride {
            let of = (start..count).step_by(stride).map(|at| measured.samples[at].clone());
            shuffled.samples.extend(of);
        }
        prop_assert_eq!(csv(&assess(&world.manifest(), &shuffled)), expected);
    }

    #[test]
    fn scaling_all_times_leaves_ratios((world, seed) in small(), factor in 0.01..100.0f64) {
        let measured = world.measure(seed);
        let mut scaled = measured.clone();
        scaled.samples.iter_mut().for_each(|sample| sample.elapsed_ns *= factor);
        let ratio = |measured: &Measured| {
            let row = row(&assess(&world.manifest(), measured), "DllImport");
            (row.ratio.0, row.ratio_lo.0, row.ratio_best.0)
        };
        let (before, after) = (ratio(&measured), ratio(&scaled));
        for (before, after) in [(before.0, after.0), (before.1, after.1), (before.2, after.2)] {
            prop_assert_eq!(before.is_some(), after.is_some());
            if let (Some(before), Some(after)) = (before, after) {
                prop_assert!((before / after - 1.0).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn the_other_side_as_reference_gives_the_reciprocal((world, seed) in small()) {
        let measured = world.measure(seed);
        let mut swapped = measured.clone();
        for sample in &mut swapped.samples {
            if sample.role == Role::Variant {
                let other = if sample.key.variant == REFERENCE { "DllImport" } else { REFERENCE };
                sample.key = key(other).into();
            }
        }
        let ratio = |measured: &Measured| row(&assess(&world.manifest(), measured), "DllImport");
        let (before, after) = (ratio(&measured), ratio(&swapped));
        if let (Some(a), Some(b), Some(lo), Some(hi)) = (before.ratio.0, after.ratio.0, before.ratio_lo.0, after.ratio_hi.0) {
            prop_assert!((a * b - 1.0).abs() < 1e-9);
            prop_assert!((lo * hi - 1.0).abs() < 1e-9);
        }
    }
}

/// A world in another deployment, in which `worse` says of a launch and a replica whether one body is placed 6 % worse there.
fn placed(
    deployment: &str,
    world: &World,
    layouts: &[(&str, u32)],
    worse: impl Fn(u32, u32) -> bool,
) -> Row {
    const WORSE: f64 = 0.06;
    let moved = |key: &crate::names::RowKey| crate::names::RowKey {
        deployment: deployment.to_string(),
        ..key.clone()
    };
    let mut manifest = world.manifest();
    for row in &mut manifest.plan.rows {
        row.key = moved(&row.key);
    }
    let named = layouts.iter().map(|(name, of)| (name.to_string(), *of));
    manifest.plan.layouts = named.collect();
    let mut measured = world.measure(3);
    for launch in &mut measured.launches {
        launch.deployment = deployment.to_string();
    }
    let mut shared = std::collections::BTreeMap::new();
    for sample in &mut measured.samples {
        let replica = sample.replica.unwrap_or_default();
        if sample.key.variant == "DllImport" && worse(sample.launch, replica) {
            sample.elapsed_ns *= WORSE.exp();
        }
        let key = shared
            .entry(sample.key.clone())
            .or_insert_with(|| std::sync::Arc::new(moved(&sample.key)));
        sample.key = key.clone();
    }
    let assessment = assess(&manifest, &measured);
    let is = |row: &&Row| row.key.variant == "DllImport";
    assessment.rows.iter().find(is).unwrap().clone()
}

#[test]
fn launches_of_one_build_are_one_draw_of_its_placement() {
    let world = World {
        launches: 20,
        replicas: 1,
        ..World::default()
    };
    let worse = |launch: u32, _| (launch - 1) % 5 % 2 == 1;
    let five = placed("aot", &world, &[("aot", 5)], worse);
    near(five.ratio, (0.4 * 0.06_f64).exp(), 0.005);
    let (lo, hi) = (five.ratio_lo.0.unwrap(), five.ratio_hi.0.unwrap());
    // t with 4 degrees of freedom, not with 19: 2.78 of 0.033 / sqrt(5).
    assert!(lo < 0.99 && hi > 1.05, "[{lo}, {hi}]");
    assert_eq!(five.launches, 20);
    assert_eq!(five.verdict, Some(Verdict::Inconclusive));

    let one = placed("aot", &world, &[("aot", 1)], worse);
    let interval = (one.ratio_lo.0, one.ratio_hi.0);
    assert_eq!(
        (interval, one.verdict),
        ((None, None), Some(Verdict::NotDecidable))
    );
    assert!(one.ratio.0.is_some());
}

#[test]
fn the_same_copies_in_every_launch_are_so_many_draws() {
    let world = World {
        launches: 20,
        replicas: 4,
        ..World::default()
    };
    let worse = |_, replica: u32| replica < 2;
    let width = |row: &Row| row.ratio_hi.0.unwrap() - row.ratio_lo.0.unwrap();
    let stays = placed("r2r", &world, &[("r2r", 8)], worse);
    near(stays.ratio, 0.03_f64.exp(), 0.005);
    // t with 3 degrees of freedom over two states: 3.18 of 0.035 / 2, to each side.
    assert!(width(&stays) > 0.09, "{}", width(&stays));
    // Compiled again in every launch, its places are new ones in each.
    let again = placed("r2r_tier1", &world, &[("r2r", 8)], worse);
    assert!(width(&again) < 0.01, "{}", width(&again));
}
