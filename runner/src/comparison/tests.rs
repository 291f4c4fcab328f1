//! Provenance of two runs, and what a terminal shows.

use super::subject::{Difference, Subject, differences, shared_key, subjects};
use super::*;
use crate::manifest::{LibraryRecord, Manifest};
use crate::stats::across::{self, Side};
use crate::stats::tests::{manifest, planned};

const ROW: &str = "blittable_add_i32/-/DllImport/rust/jit/paired";

fn key(text: &str) -> RowKey {
    text.parse().unwrap()
}

fn found(change: impl Fn(&mut Manifest), rows: &[&str]) -> Vec<Difference> {
    let before = manifest(rows.iter().map(|row| planned(row)).collect());
    let mut after = before.clone();
    change(&mut after);
    let keys: Vec<RowKey> = rows.iter().map(|row| key(row)).collect();
    differences((&before, &keys), (&after, &keys))
}

fn groups(change: impl Fn(&mut Manifest), rows: &[&str]) -> Vec<Subject> {
    subjects(&found(change, rows)).into_iter().collect()
}

#[test]
fn each_field_belongs_to_its_group() {
    assert_eq!(found(|_| (), &[ROW]), []);
    let hash = |name: &str| (name.to_string(), "other".to_string());
    let version = |name: &'static str| {
        move |run: &mut Manifest| {
            let versions = &mut run.provenance.versions;
            versions.insert(name.to_string(), "2".to_string());
        }
    };
    let kernel = |run: &mut Manifest| {
        run.provenance
            .kernel_hashes
            .extend([hash("blittable/rust")])
    };
    let body = |run: &mut Manifest| {
        run.provenance
            .body_hashes
            .extend([hash("blittable_add_i32")])
    };
    assert_eq!(groups(kernel, &[ROW]), [Subject::Kernel]);
    assert_eq!(groups(version("rustc"), &[ROW]), [Subject::Kernel]);
    assert_eq!(groups(body, &[ROW]), [Subject::Body]);
    for name in ["runtime", "dotnet SDK"] {
        assert_eq!(groups(version(name), &[ROW]), [Subject::Runtime]);
    }
    let flags = |run: &mut Manifest| {
        let library = LibraryRecord {
            hash: String::new(),
            size_bytes: 0,
            compiler: "rustc -O2".to_string(),
        };
        run.provenance.libraries.insert("rust".to_string(), library);
    };
    assert_eq!(groups(flags, &[ROW]), [Subject::Kernel]);
    let machines: [fn(&mut Manifest); 4] = [
        |run| run.environment.class = "other".into(),
        |run| run.environment.kernel = Some("6.1".into()),
        |run| run.environment.microcode = Some("0x1".into()),
        |run| run.environment.governor = Some("powersave".into()),
    ];
    for machine in machines {
        assert_eq!(groups(machine, &[ROW]), [Subject::Machine]);
    }
    let both = |run: &mut Manifest| {
        kernel(run);
        run.environment.cpu = "other".into();
    };
    assert_eq!(groups(both, &[ROW]), [Subject::Kernel, Subject::Machine]);
}

#[test]
fn what_the_rows_do_not_rest_on_does_not_count() {
    let others = |run: &mut Manifest| {
        let hash = |name: &str| (name.to_string(), "other".to_string());
        run.provenance
            .kernel_hashes
            .extend([hash("blittable/c"), hash("string/rust")]);
        run.provenance.body_hashes.extend([hash("blittable_noop")]);
        let engines = ["cc", "BenchmarkDotNet", "criterion", "cargo"].map(hash);
        run.provenance.versions.extend(engines);
        run.environment.load_1m = Some(7.0);
    };
    assert_eq!(found(others, &[ROW]), []);
    // Managed code calls no kernel, and a floor has no C# body.
    let hash = |name: &str| (name.to_string(), "other".to_string());
    let managed = "blittable_add_i32/-/Managed/-/jit/paired";
    let kernel = |run: &mut Manifest| {
        run.provenance
            .kernel_hashes
            .extend([hash("blittable/rust")])
    };
    assert_eq!(found(kernel, &[managed]), []);
    let floor = "blittable_add_i32/-/Native/rust/jit/paired";
    let body = |run: &mut Manifest| {
        run.provenance
            .body_hashes
            .extend([hash("blittable_add_i32")])
    };
    assert_eq!(found(body, &[floor]), []);
}

#[test]
fn axes_are_dropped_where_they_are_the_subject() {
    let row = key("a_b/-/DllImport/rust/jit+TieredPGO=0+runtime=net9/bdn");
    for (named, expected) in [
        (&[][..], "jit+TieredPGO=0+runtime=net9"),
        (&[Subject::Kernel], "jit+TieredPGO=0+runtime=net9"),
        (&[Subject::Env], "jit+runtime=net9"),
        (&[Subject::Runtime], "jit+TieredPGO=0"),
        (&[Subject::Runtime, Subject::Env], "jit"),
    ] {
        assert_eq!(shared_key(&row, named).deployment, expected, "{named:?}");
    }
    let manifest = manifest(vec![]);
    let (old, new) = (key("a_b/-/V/rust/jit/bdn"), row);
    let found = differences((&manifest, &[old]), (&manifest, &[new]));
    let texts: Vec<String> = found.iter().map(Difference::to_string).collect();
    assert_eq!(
        texts,
        [
            "runtime differs: runtime: unknown -> net9",
            "env differs: TieredPGO: unknown -> 0",
        ]
    );
}

#[test]
fn the_slowest_first_and_what_has_no_ratio_last() {
    let row = |name: &str, before: &Side, after: &Side| {
        let across = across::judged(&[(before, after)]).remove(0);
        let key = key(&format!("a_b/-/{name}/rust/jit/paired"));
        Compared {
            reason: across.reason.clone(),
            differs: Some(vec![]),
            ..Compared::of(&key, "new", "old", &across.comparison, across.verdict)
        }
    };
    let mut rows = vec![
        row("Silent", &side(1.0), &Side::default()),
        row("Faster", &side(1.0), &side(0.5)),
        row("Same", &side(1.0), &side(1.0)),
        row("Slower", &side(1.0), &side(2.0)),
    ];
    worst_first(&mut rows);
    let outcome = Outcome {
        notes: vec!["run new beside run old".to_string()],
        rows,
        controls: vec![("new".to_string(), vec![])],
        incomparable: None,
    };
    assert!(outcome.is_unsettled());
    let text = text(&outcome);
    let order: Vec<usize> = ["Slower", "Same", "Faster", "Silent"]
        .map(|name| text.find(&format!("/{name}/")).unwrap())
        .to_vec();
    assert!(order.is_sorted(), "{text}");
    assert!(
        text.contains("4 rows: 1 equivalent, 1 not measurable, 2 suspected"),
        "{text}"
    );
    assert!(
        text.contains("suspected: slower in one measurement"),
        "{text}"
    );
    let header = text.lines().find(|line| line.contains("verdict")).unwrap();
    assert!(
        !header.contains("beside"),
        "no column for what is said above"
    );
}

/// Ten launches around 100 ns times a factor.
fn side(factor: f64) -> Side {
    let ns: Vec<f64> = (0..10)
        .map(|at| factor * (100.0 + 0.1 * f64::from(at)))
        .collect();
    Side {
        ln_ns: ns.iter().map(|ns| ns.ln()).collect(),
        ns,
        ..Side::default()
    }
}

/// Rows of two sides, `after` by a factor.
fn outcome(factors: &[(&str, f64)]) -> Outcome {
    let sides: Vec<[Side; 2]> = factors
        .iter()
        .map(|(_, factor)| [side(1.0), side(*factor)])
        .collect();
    let pairs: Vec<(&Side, &Side)> = sides.iter().map(|[old, new]| (old, new)).collect();
    let rows = across::judged(&pairs).into_iter().zip(factors);
    let row = |(across, (name, _)): (across::Across, &(&str, f64))| Compared {
        reason: across.reason.clone(),
        differs: Some(vec![]),
        ..Compared::of(
            &key(&format!("a_b/-/{name}/rust/jit/paired")),
            "new",
            "old",
            &across.comparison,
            across.verdict,
        )
    };
    let mut rows: Vec<Compared> = rows.map(row).collect();
    worst_first(&mut rows);
    Outcome {
        notes: Vec::new(),
        rows,
        controls: Vec::new(),
        incomparable: None,
    }
}

fn verdict_of(outcome: &Outcome, name: &str) -> (Verdict, String) {
    let rows = outcome.rows.iter();
    let row = rows.clone().find(|row| row.row.variant == name).unwrap();
    (row.verdict, row.reason.clone())
}

#[test]
fn a_suspicion_needs_a_fresh_measurement_that_agrees() {
    let first = [
        ("Stays", 1.10),
        ("Gone", 1.10),
        ("Turned", 1.10),
        ("Small", 1.10),
        ("Better", 0.90),
        ("Lost", 1.10),
        ("Tie", 1.0),
    ];
    let mut outcome_of = outcome(&first);
    assert_eq!(outcome_of.suspected().len(), 6);
    let again = [
        ("Stays", 1.08),
        ("Gone", 1.0),
        ("Turned", 0.9),
        // Beyond 1 for sure, but less than what counts.
        ("Small", 1.015),
        ("Better", 0.92),
    ];
    outcome_of.confirm(&outcome(&again));
    let verdict = |name: &str| verdict_of(&outcome_of, name).0;
    assert_eq!(verdict("Stays"), Verdict::Regressed);
    assert_eq!(verdict("Better"), Verdict::Improved);
    for dropped in ["Gone", "Turned", "Small"] {
        assert_eq!(verdict(dropped), Verdict::Inconclusive, "{dropped}");
    }
    // What was not measured again stays what it was.
    let (verdict, reason) = verdict_of(&outcome_of, "Lost");
    assert_eq!(verdict, Verdict::Suspected);
    assert!(reason.ends_with("it was not measured again"), "{reason}");
    assert_eq!(verdict_of(&outcome_of, "Tie").0, Verdict::Equivalent);
    let gate = outcome_of.gate(FailOn::Regressed);
    assert_eq!(gate.stopped_by.len(), 1);
    assert_eq!(gate.stopped_by[0].row.variant, "Stays");
    assert_eq!(outcome_of.gate(FailOn::Suspected).stopped_by.len(), 2);
    let row = &outcome_of
        .rows
        .iter()
        .find(|row| row.row.variant == "Stays");
    let confirmation = row.unwrap().confirmation.as_ref().unwrap();
    assert!((confirmation.ratio.unwrap() - 1.08).abs() < 1e-9);
}

#[test]
fn a_comment_holds_what_it_may_and_says_what_is_left_out() {
    let names: Vec<String> = (0..900).map(|at| format!("Variant{at}")).collect();
    let factors: Vec<(&str, f64)> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), if at % 2 == 0 { 1.1 } else { 1.0 }))
        .collect();
    let comment = markdown(&outcome(&factors), None);
    let letters = comment.chars().count();
    assert!((60_000..=65_000).contains(&letters), "{letters}");
    assert_eq!(comment.matches("left out, because a comment").count(), 2);
    assert_eq!(
        comment.matches("<details").count(),
        comment.matches("</details>").count()
    );
    let evil = outcome(&[("<b>|`x`", 1.1)]);
    let text = markdown(&evil, None);
    assert!(!text.contains("|`x`/"), "{text}");
    let xml = junit(&evil, None);
    assert!(
        xml.contains("&lt;b&gt;|`x`") && !xml.contains("<b>"),
        "{xml}"
    );
}
