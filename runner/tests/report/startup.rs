//! What a report says of starts: invented numbers for the first calls of two mechanisms under two deployments.

use std::sync::Arc;

use interop_lab::evidence::Evidence;
use interop_lab::manifest::{CaseRecord, Manifest, ParamRecord, PlannedRow, VariantRecord};
use interop_lab::names::RowKey;
use interop_lab::report::{File, Place, render};
use interop_lab::sample::{Count, Launch, Measured, Role, Sample, Stage};
use interop_lab::stats;

use super::{fixture, text};

const PROCESSES: u32 = 30;

fn case() -> CaseRecord {
    let variant = |name: &str| VariantRecord {
        name: name.to_string(),
        what: format!("{name}, bound by the runtime"),
    };
    CaseRecord {
        id: "loading_first_call".to_string(),
        family: "loading".to_string(),
        question: "What does the first call take?".to_string(),
        signature: "the first call in a process".to_string(),
        reference: "LibraryImport".to_string(),
        ops: "1".to_string(),
        pages: vec!["native-library-loading".to_string()],
        params: vec![ParamRecord {
            name: "signature".to_string(),
            what: "what it takes".to_string(),
            values: vec!["text".to_string()],
        }],
        variants: vec![variant("DllImport"), variant("LibraryImport")],
        steps: Vec::new(),
        must_tie: Vec::new(),
        ladder: None,
        crossovers: Vec::new(),
    }
}

/// Code that was compiled ahead has no stubs to count, and no assembly.
fn process(measured: &mut Measured, key: &RowKey, launch: u32, first_call_us: f64) {
    let ahead = key.deployment != "jit";
    measured.launches.push(Launch::of(key, launch));
    let count = |name: &str, value: f64, unit: &str| Count {
        key: key.clone(),
        launch,
        name: name.to_string(),
        value,
        unit: unit.to_string(),
    };
    let is_stub_made = key.variant == "DllImport";
    let spread = f64::from(launch * 7 % PROCESSES) / 10.0;
    if launch > PROCESSES {
        if !ahead {
            let stubs = f64::from(u8::from(is_stub_made));
            measured.counts.push(count("stubs", stubs, "stubs"));
            measured
                .counts
                .push(count("jitted_methods", 9.0, "methods"));
        }
        measured.counts.push(count("opens", 1.0, "opens"));
        return;
    }
    let intervals = [
        (Role::Main, if ahead { 3_000.0 } else { 40_000.0 }),
        (Role::Load, 150.0),
        (Role::Bind, 200.0),
        (Role::FirstCall, first_call_us),
        (Role::SecondCall, 0.25),
    ];
    for (round, (role, us)) in (1..).zip(intervals) {
        measured.samples.push(Sample {
            key: Arc::new(key.clone()),
            role,
            launch,
            replica: None,
            round,
            position: None,
            calls: 1,
            elapsed_ns: us * 1000.0 * (1.0 + spread / 100.0),
            gc_count: None,
            gc_pause_ns: None,
            switches: None,
            flags: Stage::Actual,
        });
    }
    let (name, bytes) = if ahead {
        ("native_file_bytes", 1_870_000.0)
    } else {
        ("managed_file_bytes", 375_296.0)
    };
    measured.counts.push(count(name, bytes, "bytes"));
    let peak = 27e6 + 4096.0 * f64::from(launch);
    measured.counts.push(count("peak_memory", peak, "bytes"));
}

fn run() -> (Manifest, Measured) {
    let (mut manifest, _) = fixture("paired");
    manifest.cases = vec![case()];
    manifest.plan.rows.clear();
    let mut measured = Measured::default();
    for (deployment, variant, first_call_us) in [
        ("jit", "DllImport", 1400.0),
        ("jit", "LibraryImport", 500.0),
        ("aot", "DllImport", 40.0),
        ("aot", "LibraryImport", 40.0),
    ] {
        let key = format!("loading_first_call/signature=text/{variant}/rust/{deployment}/startup");
        let key: RowKey = key.parse().unwrap();
        for launch in 1..=PROCESSES + 3 {
            process(&mut measured, &key, launch, first_call_us);
        }
        manifest.plan.rows.push(PlannedRow {
            key,
            ops: 1,
            not_applicable: None,
            refused: None,
            not_permitted: None,
        });
    }
    (manifest, measured)
}

pub fn files() -> Vec<File> {
    let (manifest, measured) = run();
    let assessment = stats::assess(&manifest, &measured);
    let evidence = Evidence {
        startups: assessment.startups.clone(),
        ..Evidence::default()
    };
    render(&manifest, &assessment.rows, &[], &[], &evidence, Place::Run).unwrap()
}

#[test]
fn the_page_of_starts_is_linked_and_has_deployments_side_by_side() {
    let files = files();
    assert!(text(&files, "index.html").contains("<a href=\"startup.html\">Start-up</a>"));
    let page = text(&files, "startup.html").replace('\u{202f}', " ");
    for said in [
        "DllImport, aot",
        "<td class=\"n\">1 870 000</td>",
        "<td class=\"n\">375 296</td>",
        "process to main",
        "axis from 0",
    ] {
        assert!(page.contains(said), "{said}");
    }
    // What no process told of is no part of the chart.
    assert!(!page.contains(">stub<"));
}

#[test]
fn what_cannot_be_counted_is_no_zero() {
    let files = files();
    let page = text(&files, "loading_first_call.html").replace('\u{202f}', " ");
    let table = page.split("<section id=\"startup\">").nth(1).unwrap();
    let table = table.split("</section>").next().unwrap();
    let line = |deployment: &str, variant: &str| {
        let mut lines = table.lines();
        let found = lines.find(|line| {
            line.contains(&format!(
                "<th scope=\"row\">{variant}</th><td>{deployment}</td>"
            ))
        });
        found.unwrap_or_else(|| panic!("{deployment} {variant}: {table}"))
    };
    let counts = "<td>–</td><td>–</td><td>1</td>"; // stubs, methods, opens
    assert!(line("aot", "DllImport").contains(counts));
    assert!(line("jit", "LibraryImport").contains("<td>0</td><td>9</td><td>1</td>"));
    assert!(line("jit", "DllImport").contains("<td>1</td><td>9</td><td>1</td>"));
}

#[test]
fn a_run_without_starts_has_no_such_page() {
    let files = super::render_fixture("run");
    assert!(files.iter().all(|file| !file.path.starts_with("startup")));
}
