use super::*;
use crate::stats::paired::simulated::World;

/// The world's case under the name of the one whose differences are put in.
fn chain(world: &World, seed: u64) -> (Manifest, Measured) {
    let (mut manifest, mut measured) = (world.manifest(), world.measure(seed));
    let renamed = |key: &RowKey| RowKey {
        case: CHAIN.to_string(),
        ..key.clone()
    };
    manifest.cases[0].id = CHAIN.to_string();
    manifest
        .plan
        .rows
        .iter_mut()
        .for_each(|row| row.key = renamed(&row.key));
    let mut shared = BTreeMap::new();
    for sample in &mut measured.samples {
        let key = renamed(&sample.key);
        let arc = shared
            .entry(key.clone())
            .or_insert_with(|| std::sync::Arc::new(key));
        sample.key = arc.clone();
    }
    for launch in &mut measured.launches {
        launch.case = CHAIN.to_string();
    }
    (manifest, measured)
}

fn certified(variants: &[(&'static str, f64)], launches: u32) -> Certificate {
    let world = World {
        launches,
        ns: 200.0,
        variants: variants.to_vec(),
        ..World::default()
    };
    let (manifest, measured) = chain(&world, 12);
    certificate(&manifest, measured)
}

#[test]
fn a_good_machine_is_believed() {
    let certificate = certified(
        &[
            ("Twin", 0.0),
            ("Plus2", 0.02_f64.ln_1p()),
            ("Plus10", 0.1_f64.ln_1p()),
        ],
        65,
    );
    // 65 launches are six sets; the rest is not enough for one.
    assert_eq!(certificate.sets, 6);
    assert_eq!(certificate.copy.different, Rate::of(0, 6));
    assert_eq!(certificate.same_pointer.equivalent, Rate::of(6, 6));
    let of = |variant: &str| {
        certificate
            .injected
            .iter()
            .find(|one| one.variant == variant)
            .unwrap()
    };
    assert_eq!(of("Plus2").slower, Rate::of(6, 6));
    assert!((of("Plus10").found_percent.unwrap() - 10.0).abs() < 0.3);
    assert_eq!(of("Twin").slower.hits + of("Twin").faster.hits, 0);
    assert!(
        certificate.doubts().is_empty(),
        "{:?}",
        certificate.doubts()
    );
    assert!(text::page(&certificate).contains("this machine can be believed"));
    // A float may come back with another last digit: what is kept is compared by what is printed of it.
    let stored: Certificate =
        serde_json::from_str(&serde_json::to_string(&certificate).unwrap()).unwrap();
    assert_eq!(text::page(&stored), text::page(&certificate));
}

#[test]
fn a_twin_that_differs_is_a_doubt() {
    let certificate = certified(&[("Twin", 0.05)], 10);
    assert!(
        certificate.doubts()[0].contains("Twin of 0 % is called wrongly in 1 of 1"),
        "{:?}",
        certificate.doubts()
    );
    assert!(words::summary(&certificate).starts_with("this machine is in doubt"));
}

#[test]
fn a_slow_down_that_is_promised_and_not_found_is_a_doubt() {
    // It says 10 % and has none; one comparison is not enough to say so.
    assert!(certified(&[("Plus10", 0.0)], 10).doubts().is_empty());
    let certificate = certified(&[("Plus10", 0.0)], 40);
    assert!(
        certificate.doubts()[0].contains("Plus10 of 10 % is found in 0 of 4"),
        "{:?}",
        certificate.doubts()
    );
}

#[test]
fn too_few_launches_make_no_set() {
    let certificate = certified(&[("Twin", 0.0)], 9);
    assert_eq!((certificate.sets, certificate.copy.different.of), (0, 0));
}

#[test]
fn runs_are_compared_as_what_they_are() {
    let world = World {
        launches: 85,
        ns: 200.0,
        variants: vec![
            ("Twin", 0.0),
            ("Plus2", 0.02_f64.ln_1p()),
            ("Plus10", 0.1_f64.ln_1p()),
        ],
        launch: 0.005,
        ..World::default()
    };
    let (manifest, measured) = chain(&world, 12);
    let between = between::between(&manifest, measured);
    // 85 launches are eight sets, and they are four pairs.
    assert_eq!(between.pairs, 4);
    assert_eq!((between.suspected.hits, between.suspected.of), (0, 16));
    assert_eq!(between.not_measurable, Rate::of(0, 16));
    let of = |variant: &str| {
        let mut all = between.injected.iter();
        all.find(|one| one.variant == variant).unwrap()
    };
    assert_eq!(of("Twin").slower.hits + of("Twin").faster.hits, 0);
    assert_eq!(of("Plus10").slower, Rate::of(4, 4));
    assert!((of("Plus10").found_percent.unwrap() - 10.0).abs() < 1.0);
    // Two percent is the smallest effect that counts: nothing beyond it is shown.
    assert_eq!(of("Plus2").slower.hits, 0);
    assert_eq!(of("Plus2").promised.of, 0);
    assert!(between::text(&between).contains("suspected: 0 of 16"));
}

#[test]
fn what_differs_between_runs_is_not_called_the_same() {
    // The control of the test above: a row that is 10 % slower in every second set of launches.
    let world = |factor: f64| World {
        launches: 10,
        ns: 200.0 * factor,
        ..World::default()
    };
    let (manifest, mut measured) = chain(&world(1.0), 1);
    let (_, mut slower) = chain(&world(1.1), 2);
    for sample in &mut slower.samples {
        sample.launch += 10;
    }
    for launch in &mut slower.launches {
        launch.launch += 10;
    }
    measured.extend(slower);
    let between = between::between(&manifest, measured);
    assert_eq!(between.suspected, Rate::of(2, 2));
    assert_eq!(between.pairs_suspected, Rate::of(1, 1));
}

#[test]
fn the_detector_is_shown_series_with_known_truth() {
    let found = detector::detector(20, 1);
    assert_eq!(found.false_alarms.len(), 16);
    assert!(found.false_alarms.iter().all(|row| row.found.of == 20));
    let clear = found
        .recall
        .iter()
        .find(|row| row.size == 5.0 && row.points_after == 10);
    assert!(clear.unwrap().found.hits >= 18, "{clear:?}");
    let text = detector::text(&found);
    assert!(text.contains("bimodal, 30/70") && text.contains("one spike of 4 to 100 sigma"));
    let again = detector::detector(20, 1);
    assert_eq!(detector::text(&again), text, "the same seed, the same text");
}
