//! What a report says of claims and of programs.

use interop_lab::claims::{Absent, Claim, ClaimFinding, ClaimVerdict, Point, Test};
use interop_lab::evidence::Evidence;
use interop_lab::manifest::PlannedRow;
use interop_lab::names::RowKey;
use interop_lab::report::{File, Place, render};
use interop_lab::row::{Num, Row, State};
use interop_lab::stats::events::Events;
use interop_lab::stats::told::{Counted, Middle};

use super::{controls, fixture, text};

fn finding(id: &str, source: &str, verdict: ClaimVerdict) -> ClaimFinding {
    let computed = verdict.is_computed();
    let absent = match verdict {
        ClaimVerdict::NotMeasurableHere => Some(Absent::Never("needs another platform".into())),
        _ => None,
    };
    ClaimFinding {
        claim: Claim {
            id: id.to_string(),
            source: source.to_string(),
            text: format!("the text of {id}"),
            test: absent.is_none().then(|| Test {
                case: "blittable_add_i32".to_string(),
                relation: "DllImport < LibraryImport".to_string(),
                params: vec!["-".to_string()],
            }),
            absent,
        },
        verdict,
        reason: if computed { "" } else { "the reason" }.to_string(),
        points: if computed {
            vec![Point {
                params: "-".to_string(),
                verdict,
                text: "0.9 [0.8, 0.95]: faster".to_string(),
            }]
        } else {
            Vec::new()
        },
    }
}

fn report(claims: &[ClaimFinding]) -> Vec<File> {
    let (manifest, rows) = fixture("paired");
    let controls = controls("paired");
    let evidence = Evidence::default();
    render(&manifest, &rows, &controls, claims, &evidence, Place::Run).unwrap()
}

#[test]
fn claims_stand_under_their_page_with_what_they_rest_on() {
    let files = report(&[
        finding("one", "best-practices", ClaimVerdict::Supported),
        finding("two", "best-practices", ClaimVerdict::NotInThisRun),
        finding("three", "abi-support", ClaimVerdict::NotMeasurableHere),
        finding("four", "dotnet/runtime#1", ClaimVerdict::Refuted),
    ]);
    let (guidance, investigations) = (
        text(&files, "guidance.html"),
        text(&files, "investigations.html"),
    );
    let summary =
        "4\u{202f}claims: 1 supported, 1 refuted, 1 not measurable here, 1 not in this run";
    let landing = text(&files, "index.html");
    assert!(landing.contains(&format!(
        "{summary}: <a href=\"guidance.html\">Guidance</a>, <a href=\"investigations.html\">Known investigations</a>"
    )));
    assert!(
        guidance.contains("3\u{202f}claims: 1 supported") && !guidance.contains("<b>refuted</b>")
    );
    let page = &format!("{guidance}{investigations}");
    for said in [
        "<a href=\"https://learn.microsoft.com/dotnet/standard/native-interop/best-practices\">",
        "<a href=\"https://github.com/dotnet/runtime/issues/1\">The source</a>",
        "<code>./lab run --claim one</code>",
        "<td class=\"good\"><b>supported</b></td>",
        "<td class=\"bad\"><b>refuted</b></td>",
        "<a href=\"blittable_add_i32.html\">blittable_add_i32</a>: <code>DllImport &lt; LibraryImport</code>",
        "0.9 [0.8, 0.95]: faster",
        "<b>1 without rows here</b>",
        "<b>not measurable here</b>: the reason",
    ] {
        assert!(page.contains(said), "{said}");
    }
    // In the order of the guidance.
    let at = |anchor: &str| page.find(&format!("<section id=\"{anchor}\">")).unwrap();
    assert!(at("best-practices") < at("abi-support") && at("abi-support") < at("dotnet-runtime-1"));
    let twin = text(&files, "report.md");
    assert!(twin.contains("## Claims") && twin.contains("| supported |"));
    assert!(!twin.contains("the text of two"));
}

#[test]
fn a_run_without_claims_has_no_such_page() {
    let files = report(&[]);
    assert!(
        files
            .iter()
            .all(|file| file.path != "guidance.html" && file.path != "investigations.html")
    );
    assert!(!text(&files, "report.md").contains("## Claims"));
}

#[test]
fn a_program_shows_the_tails_of_its_events() {
    let (mut manifest, mut rows) = fixture("paired");
    let mut case = manifest.cases[0].clone();
    case.id = "handle_finalizer".to_string();
    case.signature = "n handles made and ended".to_string();
    manifest.cases.push(case);
    let key: RowKey = "handle_finalizer/n=10/Dispose/rust/jit/bounded"
        .parse()
        .unwrap();
    manifest.plan.rows.push(PlannedRow {
        key: key.clone(),
        ops: 1,
        not_applicable: None,
        refused: None,
        not_permitted: None,
    });
    rows.push(Row {
        ns_per_call: Num(Some(220.0)),
        ..Row::without_value(key.clone(), State::Ok, "")
    });
    let evidence = Evidence {
        events: vec![Events {
            key,
            processes: 5,
            count: 50,
            p50: 220.0,
            p90: 300.0,
            p99: 1500.0,
            largest: 2_000_000.0,
            cpus: Some(2),
            counts: vec![Counted {
                name: "peak_live_handles".to_string(),
                unit: "handles".to_string(),
                middle: Middle::of(vec![1.0; 5]).unwrap(),
            }],
        }],
        ..Evidence::default()
    };
    let files = render(&manifest, &rows, &[], &[], &evidence, Place::Run).unwrap();
    let page = text(&files, "handle_finalizer.html").replace('\u{202f}', " ");
    for said in [
        "One event: n handles made and ended. Events of 5 processes together, 2 processors",
        "<td>n 10</td><td>50</td><td>220 ns</td><td>300 ns</td>",
        "peak live handles 1 handles",
        "<dt>One event</dt>",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("Native signature"));
}
