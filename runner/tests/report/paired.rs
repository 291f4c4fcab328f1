//! What a report says of rows that were compared, and what it stops saying when the rows no longer carry it.

use interop_lab::control::{Control, ControlKind};
use interop_lab::evidence::Evidence;
use interop_lab::manifest::Manifest;
use interop_lab::report::{File, Place, render};
use interop_lab::row::{Num, Row};
use interop_lab::verdict::Verdict;

use super::{controls, fixture, text};

fn parts() -> (Manifest, Vec<Row>, Vec<Control>) {
    let (manifest, rows) = fixture("paired");
    (manifest, rows, controls("paired"))
}

fn report(manifest: &Manifest, rows: &[Row], controls: &[Control]) -> Vec<File> {
    render(
        manifest,
        rows,
        controls,
        &[],
        &Evidence::default(),
        Place::Run,
    )
    .unwrap()
}

/// With plain spaces, and without the style sheet.
fn said(files: &[File], path: &str) -> String {
    let text = text(files, path).replace('\u{202f}', " ");
    match text.split_once("</style>") {
        Some((_, body)) => body.to_string(),
        None => text,
    }
}

fn findings(files: &[File]) -> usize {
    let page = said(files, "index.html");
    page.split_once("<ul class=\"findings\">")
        .map_or(0, |(_, rest)| {
            rest.split("</ul>").next().unwrap().matches("<li>").count()
        })
}

#[test]
fn findings_stand_on_verdicts_and_vanish_with_them() {
    let (manifest, mut rows, controls) = parts();
    let files = report(&manifest, &rows, &controls);
    assert!((3..=7).contains(&findings(&files)), "{}", findings(&files));
    let landing = said(&files, "index.html");
    let tie = "DllImport, DllImportRaw, LibraryImport, LibraryImportRaw and FunctionPointer tie within 0.2 %";
    assert!(landing.contains(tie), "{landing}");
    assert!(landing.contains("blittable_add_i32.html#blittable_add_i32/-/"));
    assert!(said(&files, "report.md").contains(tie));
    for row in rows.iter_mut().filter(|row| row.verdict.is_some()) {
        row.verdict = Some(Verdict::Inconclusive);
    }
    let files = report(&manifest, &rows, &controls);
    assert_eq!(findings(&files), 0);
    assert!(said(&files, "index.html").contains("No findings: no comparison of this run"));
    assert!(said(&files, "struct_by_value.html").contains("Nothing beyond the minimum effect; "));
}

#[test]
fn an_alarm_takes_the_findings_of_its_group_and_shows_everywhere() {
    let (manifest, rows, mut controls) = parts();
    for control in &mut controls {
        control.alarm.clear();
    }
    let files = report(&manifest, &rows, &controls);
    let landing = said(&files, "index.html");
    assert!(landing.contains(">controls passed;") && !landing.contains("<strong>Alarm</strong>"));
    let tie = "DllImport, DllImportRaw, LibraryImport, LibraryImportRaw and FunctionPointer tie";
    assert!(landing.contains(tie));
    let control = controls
        .iter_mut()
        .find(|control| {
            control.kind == ControlKind::SamePointer
                && control.key.case == "blittable_add_i32"
                && control.key.implementation == "rust"
        })
        .unwrap();
    control.alarm = "the same delegate differs from itself by 0.9 %".to_string();
    let files = report(&manifest, &rows, &controls);
    let landing = said(&files, "index.html");
    assert!(!landing.contains(tie), "no finding from such a row");
    assert!(landing.contains("<a href=\"#controls\" class=\"bad\">1 alarm</a>"));
    assert!(landing.contains("href=\"blittable_add_i32.html#controls\""));
    let page = said(&files, "blittable_add_i32.html");
    assert!(page.contains("<strong>Alarm</strong> same pointer, Rust kernel: the same delegate"));
    assert!(page.contains("No verdict: an alarm stands against these rows."));
    assert!(page.contains("<small>alarm: the same delegate differs from itself by 0.9 %</small>"));
    assert!(
        said(&files, "report.md")
            .contains("> **Alarm**, blittable\\_add\\_i32, Rust kernel, same pointer: ")
    );
}

#[test]
fn engines_of_one_question_share_a_line_and_their_disagreement_is_told() {
    let (manifest, mut rows, controls) = parts();
    let key = "handle_create/-/LibraryImport/rust/jit/";
    let at = |rows: &[Row], engine: &str| {
        let wanted = format!("{key}{engine}");
        rows.iter()
            .position(|row| row.key.to_string() == wanted)
            .unwrap()
    };
    let (paired, bdn) = (at(&rows, "paired"), at(&rows, "bdn"));
    rows[paired].ns_per_call = Num(Some(100.0));
    rows[bdn].ns_per_call = Num(Some(125.0));
    let files = report(&manifest, &rows, &controls);
    let page = said(&files, "handle_create.html");
    let line = page
        .lines()
        .find(|line| line.contains(&format!("<tr id=\"{key}paired\"")))
        .unwrap();
    assert!(line.contains(&format!("id=\"{key}bdn\"")), "{line}");
    assert!(
        line.contains("BenchmarkDotNet has 125 ns, 25 % more"),
        "{line}"
    );
    let differ = |files: &[File]| {
        said(files, "index.html").contains("Absolute times that two engines tell apart")
    };
    assert!(differ(&files));
    for row in rows.iter_mut() {
        row.ns_per_call = Num(Some(100.0));
    }
    let files = report(&manifest, &rows, &controls);
    assert!(!differ(&files));
    assert!(!said(&files, "handle_create.html").contains("Two engines differ"));
}

#[test]
fn the_chart_measures_over_an_empty_call_and_per_call_where_nothing_was_paired() {
    let (manifest, rows, controls) = parts();
    let files = report(&manifest, &rows, &controls);
    let title = "Every way across the border: time over an empty managed call";
    assert!(text(&files, "landing.svg").contains(title));
    assert!(text(&files, "transition_in_loop.svg").contains("time over the native floor"));
    assert!(said(&files, "blittable_add_i32.html").contains("Grey stripe: 1 ± "));
    assert!(said(&files, "index.html").contains("Grey stripe: as far from the reference as"));
    let alone: Vec<Row> = rows
        .iter()
        .filter(|row| row.key.engine != "paired")
        .cloned()
        .collect();
    let files = report(&manifest, &alone, &[]);
    assert!(text(&files, "landing.svg").contains("Every way across the border: time per call"));
    assert!(!files.iter().any(|file| file.path.ends_with("~ratio.svg")));
}

#[test]
fn words_stand_for_what_numbers_cannot_say() {
    let (manifest, rows, controls) = parts();
    let files = report(&manifest, &rows, &controls);
    let strings = said(&files, "string_utf8_in.html");
    for words in [
        "inconclusive, needs ",
        "launches fall into two modes, ",
        "to each side: only 4 launches, 52 % of the rounds were quiet, two modes",
        "4 of 10 launches had enough quiet rounds after 20",
    ] {
        assert!(strings.contains(words), "{words}");
    }
    let calls = said(&files, "blittable_add_i32.html");
    for words in [
        "not resolvable [−",
        ">reference<",
        ">faster<",
        ">tie<",
        "layout: placement",
    ] {
        assert!(calls.contains(words), "{words}");
    }
    let doubtful = said(&files, "struct_by_value.html");
    assert!(doubtful.contains("class=\"verdict bad\">not measurable<"));
    let mut shuffled = controls.clone();
    shuffled.reverse();
    assert!(
        report(&manifest, &rows, &shuffled) == files,
        "order of controls"
    );
}

#[test]
fn a_busy_machine_is_one_alarm_in_however_many_groups_it_shows() {
    let (manifest, rows, mut controls) = parts();
    assert!(controls.len() > 3);
    for control in controls.iter_mut().take(2) {
        control.alarm = "3 of 6 launches were usable".to_string();
    }
    let landing = said(&report(&manifest, &rows, &controls), "index.html");
    assert_eq!(landing.matches("3 of 6 launches were usable").count(), 2);
    controls[2].alarm = "2 of 6 launches were usable".to_string();
    controls[3].alarm = "the same delegate differs from itself by 0.9 %".to_string();
    let landing = said(&report(&manifest, &rows, &controls), "index.html");
    assert!(landing.contains("In 3 groups too few launches were usable"));
    assert!(!landing.contains("of 6 launches were usable"));
    assert!(landing.contains("differs from itself by 0.9 %"));
    assert!(landing.contains(" alarms</a>"), "each is counted");
}
