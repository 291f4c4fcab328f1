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
