use super::*;
use crate::environment::Environment;
use crate::manifest::{CaseRecord, Origin, PlanRecord, PlannedRow, Provenance, SCHEMA};
use crate::row::{Num, Row, State};
use crate::system::CpuTicks;
use crate::verdict::Verdict;

const KEYS: [&str; 6] = [
    "text_in/length=8/Managed/-/jit/bdn",
    "text_in/length=8/LibraryImport/rust/jit/bdn",
    "text_in/length=64/LibraryImport/rust/jit/bdn",
    "text_in/length=64/DllImport/rust/jit/bdn",
    "text_in/length=64/DllImport/c/jit/bdn",
    "text_in/length=64/Native/rust/-/criterion",
];

fn manifest() -> Manifest {
    let planned = |key: &&str| PlannedRow {
        key: key.parse().unwrap(),
        ops: 1,
        not_applicable: None,
        refused: None,
        not_permitted: None,
    };
    let environment = Environment {
        class: "linux-x86-64-some-cpu-2cpu-kvm".into(),
        os: "linux".into(),
        arch: "x86_64".into(),
        cpu: "Some_CPU".into(),
        logical_cpus: 2,
        hypervisor: Some("kvm".into()),
        kernel: Some("6.1".into()),
        load_1m: Some(0.5),
        cpu_ticks: Some(CpuTicks {
            total: 1000,
            stolen: 0,
        }),
        ..Environment::default()
    };
    let case = CaseRecord {
        id: "text_in".into(),
        family: "text".into(),
        question: "What does passing *text* cost?".into(),
        signature: String::new(),
        reference: "LibraryImport".into(),
        ops: "1".into(),
        pages: vec![],
        params: vec![],
        variants: vec![],
        steps: vec![],
        must_tie: vec![],
        ladder: None,
        crossovers: Vec::new(),
    };
    Manifest {
        schema: SCHEMA,
        id: "20261123T235959Z-00000000".into(),
        origin: Origin::Run,
        content_hash: None,
        files: std::collections::BTreeMap::new(),
        command: "./lab run".into(),
        started: "2026-11-23T23:59:59Z".into(),
        ended: None,
        resumed: vec![],
        plan: PlanRecord {
            seed: 1,
            profile: "standard".into(),
            filter: None,
            implementations: vec!["rust".into(), "c".into()],
            engines: vec!["bdn".into()],
            estimate_seconds: 1.0,
            effort: None,
            targets: Vec::new(),
            runtimes: std::collections::BTreeMap::new(),
            layouts: std::collections::BTreeMap::new(),
            cpu: Some(1),
            rows: KEYS.iter().map(planned).collect(),
        },
        environment_end: Some(Environment {
            load_1m: Some(1.5),
            cpu_ticks: Some(CpuTicks {
                total: 2000,
                stolen: 25,
            }),
            ..environment.clone()
        }),
        environment,
        provenance: Provenance {
            git_commit: Some("4f1e6f3c0a5b7d2e9c8f".into()),
            git_dirty: Some(false),
            versions: [("runtime".to_string(), ".NET 10.0.12".to_string())].into(),
            ..Provenance::default()
        },
        cases: vec![case],
        claims: Vec::new(),
        notes: vec![],
    }
}

fn rows() -> Vec<Row> {
    let row = |(index, key): (usize, &&str)| Row {
        launches: 3,
        samples: 45,
        ns_per_call: Num(Some(index as f64 + 1.0)),
        ns_lo: Num(Some(index as f64 + 0.9)),
        ns_hi: Num(Some(index as f64 + 1.1)),
        ..Row::without_value(key.parse().unwrap(), State::Ok, "")
    };
    KEYS.iter().enumerate().map(row).collect()
}

/// The one refusal there is, and that `--allow-dirty` does not lift it.
fn only_refusal(manifest: &Manifest, rows: &[Row]) -> String {
    let refusals = gate::refusals(manifest, rows, true);
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    assert_eq!(gate::refusals(manifest, rows, false), refusals);
    assert!(!refusals[0].contains('\n'));
    refusals.into_iter().next().unwrap()
}

#[test]
fn a_complete_clean_run_passes() {
    assert_eq!(
        gate::refusals(&manifest(), &rows(), false),
        Vec::<String>::new()
    );
    assert_eq!(
        gate::noise(&manifest()),
        "load before the run 0.50, steal during it 2.50 %"
    );
}

#[test]
fn local_changes_need_the_flag_and_a_commit_needs_to_be_known() {
    let mut dirty = manifest();
    dirty.provenance.git_dirty = Some(true);
    let refusals = gate::refusals(&dirty, &rows(), false);
    assert!(
        refusals.len() == 1 && refusals[0].contains("--allow-dirty"),
        "{refusals:?}"
    );
    assert!(gate::refusals(&dirty, &rows(), true).is_empty());
    let mut unknown = manifest();
    unknown.provenance.git_commit = None;
    unknown.provenance.git_dirty = None;
    assert!(only_refusal(&unknown, &rows()).contains("no git commit"));
}

#[test]
fn an_import_is_refused_once() {
    let mut import = manifest();
    import.origin = Origin::Import;
    import.provenance = Provenance::default();
    import.environment_end = None;
    assert!(only_refusal(&import, &rows()).contains("import"));
}

#[test]
fn rows_without_a_value_are_named_unless_that_is_the_answer() {
    let with = |state| {
        let mut rows = rows();
        rows[3] = Row::without_value(rows[3].key.clone(), state, "because");
        rows
    };
    for state in [State::Error, State::NotMeasuredYet] {
        let refusal = only_refusal(&manifest(), &with(state));
        assert!(
            refusal.contains(KEYS[3]) && refusal.contains(&format!("{state}: because")),
            "{refusal}"
        );
    }
    assert!(only_refusal(&manifest(), &with(State::Ok)).contains("without a value"));
    for state in [
        State::NotApplicable,
        State::NotPermitted,
        State::EndsTheProcess,
        State::NotMeasurable,
        State::Contended,
    ] {
        assert!(
            gate::refusals(&manifest(), &with(state), false).is_empty(),
            "{state}"
        );
    }
    let mut fewer = rows();
    fewer.remove(2);
    assert!(only_refusal(&manifest(), &fewer).contains(KEYS[2]));
    let mut empty = manifest();
    empty.plan.rows.clear();
    assert!(only_refusal(&empty, &[]).contains("no rows"));
}

#[test]
fn a_machine_that_changed_is_refused_and_noise_is_not() {
    let mut changed = manifest();
    let end = changed.environment_end.as_mut().unwrap();
    end.governor = Some("powersave".into());
    let refusal = only_refusal(&changed, &rows());
    assert!(
        refusal.contains("frequency governor was unknown, then powersave"),
        "{refusal}"
    );
    let end = changed.environment_end.as_mut().unwrap();
    end.microcode = Some("0x2".into());
    assert_eq!(gate::refusals(&changed, &rows(), false).len(), 2);
    changed.environment_end = None;
    assert!(only_refusal(&changed, &rows()).contains("nobody knows whether it changed"));
}

#[test]
fn stored_rows_and_size_are_checked() {
    assert_eq!(gate::stale_rows(Some(b"a"), b"a", "id"), None);
    for stored in [Some(&b"b"[..]), None] {
        let refusal = gate::stale_rows(stored, b"a", "id").unwrap();
        assert!(refusal.contains("./lab report id"), "{refusal}");
    }
    let of = |bytes| Files::from([("a".to_string(), vec![0; bytes])]);
    assert_eq!(gate::too_large(&of(gate::MOST_BYTES)), None);
    assert!(gate::too_large(&of(gate::MOST_BYTES + 1)).is_some());
}

fn published(folder: &str, id: &str, started: &str) -> Published {
    Published {
        folder: folder.into(),
        manifest: Manifest {
            id: id.into(),
            started: started.into(),
            ..manifest()
        },
        reading: false,
        seal: String::new(),
        since: None,
    }
}

#[test]
fn folders_are_dated_numbered_and_kept() {
    const NAME: &str = "2026-11-23-linux-x86-64-some-cpu-2cpu-kvm";
    let own = manifest();
    assert_eq!(folder(&own, None, &[]).unwrap(), NAME);
    let other = published(NAME, "other", "2026-11-23T01:00:00Z");
    let second = format!("{NAME}-2");
    assert_eq!(
        folder(&own, None, std::slice::from_ref(&other)).unwrap(),
        second
    );
    let again = published(&second, &own.id, &own.started);
    assert_eq!(
        folder(&own, None, &[other, again.clone()]).unwrap(),
        second,
        "its own folder"
    );
    assert_eq!(
        folder(&own, None, &[again]).unwrap(),
        second,
        "also when the first one is gone"
    );
    let mut hostile = manifest();
    hostile.environment.class = "../../outside".into();
    assert_eq!(folder(&hostile, None, &[]).unwrap(), "2026-11-23-outside");
    hostile.started = "now".into();
    assert!(folder(&hostile, None, &[]).is_err());
}

#[test]
fn the_index_has_the_newest_of_each_class_first() {
    let mut other_class = published("c", "3", "2026-10-01T00:00:00Z");
    other_class.manifest.environment.class = "another".into();
    let shelf = [
        published("a", "1", "2026-09-01T00:00:00Z"),
        other_class,
        published("b", "2", "2026-11-01T00:00:00Z"),
    ];
    let page = index::page(&shelf, &Default::default());
    let at = |part: &str| {
        page.find(part)
            .unwrap_or_else(|| panic!("no {part}: {page}"))
    };
    assert!(at("## linux-x86-64-some") < at("(b/index.html)"));
    assert!(at("(b/index.html)") < at("(a/index.html)"));
    assert!(at("(a/index.html)") < at("## another"));
    assert!(page.contains("| Some\\_CPU | .NET 10.0.12 | standard | 1 | 6 | `4f1e6f3c0a5b` |"));
    assert!(!page.contains("read critically"));
    let mut read = shelf.to_vec();
    read[0].reading = true;
    let link = format!("[read critically]({}.md)", read[0].folder);
    assert!(index::page(&read, &Default::default()).contains(&link));
    let mut reversed = shelf.to_vec();
    reversed.reverse();
    assert_eq!(
        index::page(&reversed, &Default::default()),
        page,
        "the order of reading does not matter"
    );
}

#[test]
fn the_headline_has_a_line_per_case_and_no_verdict() {
    let own = published("f", "1", "2026-11-23T23:59:59Z");
    let table = headline::table(&own, &rows());
    let line = table.lines().nth(4).unwrap();
    assert_eq!(
        line,
        "| [What does passing \\*text\\* cost?](reports/f/text_in.html) | length 64 | \
         LibraryImport 3.00 [2.90, 3.10] | LibraryImport 3.00 [2.90, 3.10] | DllImport 4.00 [3.90, 4.10] |"
    );
    for part in [
        "Some\\_CPU, 2 logical CPUs, virtual, kvm, linux",
        "23 November 2026",
        ".NET 10.0.12",
        "profile standard",
        "Intervals are over launches",
        "reports/f/index.html",
        "reports/f/landing.svg",
    ] {
        assert!(table.contains(part), "{part}: {table}");
    }
    for word in ["faster", "slower", "better", "cheap"] {
        assert!(!table.contains(word), "{word}: {table}");
    }
    let mut one_launch = rows();
    one_launch[0].launches = 1;
    assert!(headline::table(&own, &one_launch).contains("one launch say nothing about the next"));
    let empty = headline::table(&own, &[]);
    assert!(empty.contains("| – | – | – | – |"), "{empty}");
}

#[test]
fn the_headline_of_compared_rows_is_over_an_empty_call_with_the_verdict() {
    let own = published("f", "1", "2026-11-23T23:59:59Z");
    let mut rows = rows();
    let compared: Vec<Row> = rows
        .iter()
        .filter(|row| row.key.params == "length=64" && row.key.implementation == "rust")
        .map(|row| {
            let mut row = row.clone();
            row.key.engine = "paired".into();
            row.key.deployment = "jit".into();
            let ns = row.ns_per_call.0.unwrap() - 1.5;
            row.over_managed_ns = Num(Some(ns));
            row.over_managed_lo = Num(Some(ns - 0.1));
            row.over_managed_hi = Num(Some(ns + 0.1));
            row.verdict = (row.key.variant == "DllImport").then_some(Verdict::Slower);
            row
        })
        .collect();
    rows.extend(compared);
    let table = headline::table(&own, &rows);
    let line = table.lines().nth(4).unwrap();
    assert_eq!(
        line,
        "| [What does passing \\*text\\* cost?](reports/f/text_in.html) | length 64 | \
         LibraryImport 1.50 [1.40, 1.60] | LibraryImport 1.50 [1.40, 1.60] | DllImport 2.50 [2.40, 2.60], slower |"
    );
    assert!(table.contains("reference way, ns over an empty managed call"));
    assert!(!table.contains("no verdict rests on them"));
}

#[test]
fn the_headline_stands_between_its_markers() {
    let readme =
        "# Lab\n<!-- headline: written by ./lab publish -->\nold\n<!-- /headline -->\nrest\n";
    let new = headline::insert(readme, "new\n").unwrap();
    assert_eq!(new, readme.replace("old", "new"));
    assert_eq!(headline::insert(&new, "new\n").unwrap(), new);
    for broken in [
        "# Lab\n",
        "<!-- headline: written by ./lab publish -->\n",
        "<!-- /headline -->\n<!-- headline: written by ./lab publish -->\n",
    ] {
        let error = headline::insert(broken, "new\n").unwrap_err().to_string();
        assert!(
            error.contains("<!-- /headline -->") && !error.contains('\n'),
            "{error}"
        );
    }
}
