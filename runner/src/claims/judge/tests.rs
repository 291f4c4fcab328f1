//! Verdicts of claims about data whose truth is known.

use super::*;
use crate::row::Num;
use crate::stats::assess;
use crate::stats::paired::simulated::World;
use crate::stats::tests::{manifest, planned};

fn claim(case: &str, relation: &str, params: &[&str]) -> Claim {
    Claim {
        id: "claim".to_string(),
        source: "best-practices".to_string(),
        text: "text".to_string(),
        absent: None,
        test: Some(Test {
            case: case.to_string(),
            relation: relation.to_string(),
            params: params.iter().map(|one| one.to_string()).collect(),
        }),
    }
}

/// `Fast` takes 20 % less than the reference, `Same` what it takes, `Slow` twice as long.
fn found(relation: &str) -> ClaimFinding {
    let world = World {
        variants: vec![("Fast", -0.2_f64), ("Same", 0.0), ("Slow", 2.0_f64.ln())],
        ..World::default()
    };
    let mut manifest = world.manifest();
    manifest.claims = vec![claim("blittable_add_i32", relation, &["-"])];
    assess(&manifest, &world.measure(1)).claims.remove(0)
}

#[test]
fn times_of_one_group() {
    for (relation, verdict) in [
        ("Fast < LibraryImport", ClaimVerdict::Supported),
        ("LibraryImport < Fast", ClaimVerdict::Refuted),
        ("Same < LibraryImport", ClaimVerdict::EqualWithin),
        ("Same <= LibraryImport", ClaimVerdict::Supported),
        ("Fast <= LibraryImport", ClaimVerdict::Supported),
        ("Slow <= LibraryImport", ClaimVerdict::Refuted),
        ("Same = LibraryImport", ClaimVerdict::Supported),
        ("Fast = LibraryImport", ClaimVerdict::Refuted),
        ("LibraryImport = Same = Slow", ClaimVerdict::Refuted),
        ("1.5 LibraryImport < Slow", ClaimVerdict::Supported),
        ("3 LibraryImport < Slow", ClaimVerdict::Refuted),
        ("1.5 Fast < LibraryImport", ClaimVerdict::Refuted),
    ] {
        let found = found(relation);
        assert_eq!(found.verdict, verdict, "{relation}: {:?}", found.points);
        assert!(found.points.iter().all(|point| point.text.contains('[')));
    }
}

#[test]
fn what_the_run_lacks_is_said() {
    let found = found("Nonesuch < LibraryImport");
    assert_eq!(found.verdict, ClaimVerdict::NotInThisRun);
    assert_eq!(found.reason, "needs blittable_add_i32/-/Nonesuch");
}

/// A judge of rows alone.
fn of_rows(relation: &str, params: &[&str], rows: Vec<Row>) -> ClaimFinding {
    let keys: Vec<String> = rows.iter().map(|row| row.key.to_string()).collect();
    let mut manifest = manifest(keys.iter().map(|key| planned(key)).collect());
    manifest.plan.implementations = vec!["rust".into()];
    manifest.claims = vec![claim("handle_contention", relation, params)];
    let paired = Paired::of(&manifest, &crate::sample::Measured::default());
    judge(&manifest, &rows, &paired, &[], &[]).remove(0)
}

fn row(params: &str, variant: &str, engine: &str) -> Row {
    let key = format!("handle_contention/{params}/{variant}/rust/jit/{engine}");
    Row::without_value(key.parse().unwrap(), State::Ok, "")
}

fn timed(variant: &str, ns: f64, half: f64) -> Row {
    Row {
        ns_per_call: Num(Some(ns)),
        ns_lo: Num(Some(ns - half)),
        ns_hi: Num(Some(ns + half)),
        ..row("-", variant, BOUNDED)
    }
}

#[test]
fn programs_share_no_rounds() {
    let rows = |half| vec![timed("Shared", 60.0, half), timed("Each", 20.0, 1.0)];
    let verdict = |relation, half| of_rows(relation, &["-"], rows(half)).verdict;
    assert_eq!(verdict("Each < Shared", 3.0), ClaimVerdict::Supported);
    assert_eq!(verdict("2 Each < Shared", 3.0), ClaimVerdict::Supported);
    assert_eq!(verdict("4 Each < Shared", 3.0), ClaimVerdict::Refuted);
    assert_eq!(verdict("Each < Shared", 70.0), ClaimVerdict::Inconclusive);
    assert_eq!(verdict("Shared < Each", 3.0), ClaimVerdict::Refuted);
}

#[test]
fn what_ends_the_process_and_what_comes_back() {
    let ends = |state| {
        let one = Row {
            state,
            reason: "signal 6".to_string(),
            ..row("-", "Thrown", BOUNDED)
        };
        of_rows("Thrown ends the process", &["-"], vec![one])
    };
    let found = ends(State::EndsTheProcess);
    assert_eq!(found.verdict, ClaimVerdict::Supported);
    assert_eq!(found.points[0].text, "Thrown: signal 6");
    assert_eq!(ends(State::Ok).verdict, ClaimVerdict::Refuted);
    assert_eq!(ends(State::Error).verdict, ClaimVerdict::Inconclusive);
}

#[test]
fn memory_is_counted() {
    let allocates = |relation: &str, managed, native| {
        let one = Row {
            managed_bytes: managed,
            native_allocs: native,
            ..row("n=1", "A", PAIRED)
        };
        of_rows(relation, &["n=1"], vec![one]).verdict
    };
    let (yes, no) = (ClaimVerdict::Supported, ClaimVerdict::Refuted);
    assert_eq!(allocates("A allocates 0", Some(0), Some(0)), yes);
    assert_eq!(allocates("A allocates 0", Some(0), Some(1)), no);
    assert_eq!(
        allocates("A allocates 32 managed bytes", Some(32), None),
        yes
    );
    assert_eq!(
        allocates("A allocates 1 native blocks", Some(0), Some(2)),
        no
    );
    assert_eq!(
        allocates("A allocates 1 native blocks", Some(0), None),
        ClaimVerdict::Inconclusive
    );
}

/// ns per call and over the floor at each n; half a nanosecond either way.
fn grows(relation: &str, over_floor: &[(u32, f64)]) -> ClaimFinding {
    let params: Vec<String> = over_floor.iter().map(|(n, _)| format!("n={n}")).collect();
    let rows = over_floor
        .iter()
        .zip(&params)
        .flat_map(|((n, over), params)| {
            let total = 10.0 + f64::from(*n) + over;
            let around = |value: f64| {
                let at = |by: f64| Num(Some(value + by));
                (at(0.0), at(-0.2), at(0.2))
            };
            let (ns_per_call, ns_lo, ns_hi) = around(total);
            let (over_native_ns, over_native_lo, over_native_hi) = around(*over);
            let variant = Row {
                ns_per_call,
                ns_lo,
                ns_hi,
                over_native_ns,
                over_native_lo,
                over_native_hi,
                ..row(params, "A", PAIRED)
            };
            let (ns_per_call, ns_lo, ns_hi) = around(10.0 + f64::from(*n));
            let native = Row {
                ns_per_call,
                ns_lo,
                ns_hi,
                ..row(params, "Native", PAIRED)
            };
            [variant, native]
        });
    let texts: Vec<&str> = params.iter().map(String::as_str).collect();
    of_rows(relation, &texts, rows.collect())
}

#[test]
fn growth_over_a_param() {
    let verdict = |relation, over: &[(u32, f64)]| grows(relation, over).verdict;
    let (yes, no) = (ClaimVerdict::Supported, ClaimVerdict::Refuted);
    assert_eq!(verdict("A flat in n", &[(16, 5.0), (64, 5.3)]), yes);
    assert_eq!(verdict("A flat in n", &[(16, 5.0), (64, 9.0)]), no);
    assert_eq!(
        verdict("A flat in n", &[(16, 5.0), (64, 6.1)]),
        ClaimVerdict::Inconclusive
    );
    assert_eq!(verdict("A step at n 64", &[(16, 5.0), (64, 30.0)]), yes);
    assert_eq!(verdict("A step at n 64", &[(16, 5.0), (64, 5.1)]), no);
    let slopes = "slope of A = slope of Native in n";
    assert_eq!(verdict(slopes, &[(16, 5.0), (1000, 5.3)]), yes);
    assert_eq!(verdict(slopes, &[(16, 5.0), (1000, 500.0)]), no);
}

/// 7 stubs and a first call of 101 to 112 ns in each of twelve processes; the other variant's are twice as long.
#[test]
fn chains_of_what_processes_told() {
    use crate::stats::startup::tests::measured;
    let judged = |relation: &str| {
        let measured = measured();
        let mut keys: Vec<String> = measured
            .launches
            .iter()
            .map(|launch| launch.key().to_string())
            .collect();
        keys.dedup();
        let mut manifest = manifest(keys.iter().map(|key| planned(key)).collect());
        manifest.plan.implementations = vec!["rust".into()];
        manifest.claims = vec![claim("blittable_add_i32", relation, &["-"])];
        assess(&manifest, &measured).claims.remove(0)
    };
    for (relation, verdict) in [
        ("7 = DllImport.stubs", ClaimVerdict::Supported),
        (
            "0 < LibraryImport.stubs = DllImport.stubs < 8",
            ClaimVerdict::Supported,
        ),
        (
            "LibraryImport.stubs < DllImport.stubs",
            ClaimVerdict::Refuted,
        ),
        ("0 = DllImport.stubs", ClaimVerdict::Refuted),
        ("7 = DllImport.stubs < 7", ClaimVerdict::Refuted),
        ("200 < DllImport.first_call", ClaimVerdict::Supported),
        ("DllImport.first_call < 200", ClaimVerdict::Refuted),
        ("213 < DllImport.first_call", ClaimVerdict::Inconclusive),
        (
            "LibraryImport.first_call < DllImport.first_call",
            ClaimVerdict::Supported,
        ),
        ("DllImport.opens < 7", ClaimVerdict::Inconclusive),
        ("1.5 LibraryImport < DllImport", ClaimVerdict::Supported),
    ] {
        let found = judged(relation);
        assert_eq!(found.verdict, verdict, "{relation}: {found:?}");
    }
    let text = &judged("200 < DllImport.first_call").points[0].text;
    assert_eq!(
        text.replace('\u{202f}', " "),
        "DllImport: first call 213 ns [206, 220]"
    );
    assert!(
        judged("DllImport.opens < 7")
            .reason
            .contains("told of no opens")
    );
}
