//! What must hold for every report, whatever its rows.

use std::collections::BTreeSet;

use interop_lab::evidence::Evidence;
use interop_lab::manifest::Manifest;
use interop_lab::report::{File, Place, render};
use interop_lab::row::{Num, Row, State};

use super::markup::balanced;
use super::{evidence, fixture, page_of, render_fixture, text};

/// Without evidence.
fn plain(manifest: &Manifest, rows: &[Row]) -> Vec<File> {
    render(manifest, rows, &[], &[], &Evidence::default(), Place::Run).unwrap()
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    for name in ["run", "paired", "import"] {
        for file in render_fixture(name) {
            let text = String::from_utf8(file.bytes)
                .unwrap()
                .replace("xmlns=\"http://www.w3.org/2000/svg\"", "")
                .replace("<a href=\"https://learn.microsoft.com/", "<a href=\"")
                .replace("<a href=\"https://github.com/", "<a href=\"");
            for forbidden in [
                "http://", "https://", "//fonts", "@import", "url(", "<link", "<script", "<iframe",
                "<img", " src=", " onload",
            ] {
                assert!(
                    !text.contains(forbidden),
                    "{name}/{}: {forbidden}",
                    file.path
                );
            }
        }
    }
}

#[test]
fn tags_balance() {
    for name in ["run", "paired", "import"] {
        for file in render_fixture(name) {
            if !file.path.ends_with(".md") {
                balanced(&file.path, std::str::from_utf8(&file.bytes).unwrap());
            }
        }
    }
}

#[test]
fn order_of_rows_does_not_matter_and_nothing_is_random() {
    for name in ["run", "paired", "import"] {
        let (manifest, rows) = fixture(name);
        let once = plain(&manifest, &rows);
        assert_eq!(once, plain(&manifest, &rows));
        let reversed: Vec<Row> = rows.iter().rev().cloned().collect();
        assert!(once == plain(&manifest, &reversed), "{name}: reversed rows");
        // A prime that does not divide the count visits every row.
        let stride = [7, 11, 13, 17]
            .into_iter()
            .find(|stride| rows.len() % stride != 0)
            .unwrap();
        let mixed: Vec<Row> = (0..rows.len())
            .map(|index| rows[index * stride % rows.len()].clone())
            .collect();
        assert_eq!(
            mixed
                .iter()
                .map(|row| &row.key)
                .collect::<BTreeSet<_>>()
                .len(),
            rows.len()
        );
        assert!(once == plain(&manifest, &mixed), "{name}: mixed rows");
    }
}

#[test]
fn text_from_outside_is_escaped() {
    let (mut manifest, mut rows) = fixture("run");
    let attack = "<script>alert(1)</script> & \"x\" | `y` <img src=x>";
    rows[0] = Row::without_value(rows[0].key.clone(), State::Error, attack);
    manifest.notes = vec![attack.to_string()];
    manifest.command = attack.to_string();
    manifest.cases[0].question = attack.to_string();
    manifest.cases[0].variants[0].what = attack.to_string();
    manifest.environment.cpu = attack.to_string();
    let mut evidence = evidence::of(&manifest, &rows);
    for generated in evidence.generated.values_mut().flatten() {
        generated.declaration = attack.to_string();
        generated.text = attack.to_string();
    }
    for code in evidence.disassembly.values_mut() {
        *code = attack.to_string();
    }
    let files = render(&manifest, &rows, &[], &[], &evidence, Place::Run).unwrap();
    for file in &files {
        let text = std::str::from_utf8(&file.bytes).unwrap();
        assert!(
            !text.contains("<script") && !text.contains("<img"),
            "{}",
            file.path
        );
    }
    let html = text(&files, "index.html");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;"));
    balanced("index.html", html);
    let case = page_of(&files, &manifest.cases[0].id);
    assert!(case.contains("<code>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;"));
    balanced("case", case);
}

#[test]
fn interval_of_one_launch_is_called_so() {
    let (manifest, mut rows) = fixture("run");
    for row in &mut rows {
        row.launches = row.launches.min(1);
    }
    let one = plain(&manifest, &rows);
    assert!(text(&one, "index.html").contains("the interval is within one launch"));
    assert!(
        text(&one, "report.md")
            .contains("within one launch, which says nothing about the next launch")
    );
    for row in &mut rows {
        row.launches *= 5;
    }
    let five = plain(&manifest, &rows);
    assert!(
        !text(&five, "index.html").contains("within one launch"),
        "five launches are not one"
    );
}

#[test]
fn values_that_no_axis_holds_are_drawn_as_text() {
    let (manifest, mut rows) = fixture("run");
    for (row, ns) in rows
        .iter_mut()
        .zip([0.0, -0.2, 1e-9, 1e15, f64::MIN_POSITIVE])
    {
        row.state = State::Ok;
        row.ns_per_call = Num(Some(ns));
        (row.ns_lo, row.ns_hi) = (Num(None), Num(None));
    }
    for file in plain(&manifest, &rows) {
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(
            !text.contains("NaN") && !text.contains(">inf"),
            "{}",
            file.path
        );
    }
    let nothing = plain(&manifest, &[]);
    assert!(text(&nothing, "index.html").contains("nothing was planned"));
    assert!(
        !nothing.iter().any(|file| file.path.ends_with(".svg")),
        "no row, no chart"
    );
}

#[test]
fn every_row_is_on_the_page_of_its_case_and_can_be_linked() {
    for name in ["run", "paired", "import"] {
        let (manifest, rows) = fixture(name);
        let files = plain(&manifest, &rows);
        let markdown = text(&files, "report.md");
        for row in &rows {
            assert_eq!(
                page_of(&files, &row.key.case)
                    .matches(&format!("id=\"{}\"", row.key))
                    .count(),
                1,
                "{}",
                row.key
            );
        }
        // The twin has a line per question: the other engine's row stands on the paired one's.
        let questions: BTreeSet<[&str; 4]> = rows
            .iter()
            .map(|row| {
                let key = &row.key;
                [&key.case, &key.params, &key.variant, &key.implementation].map(String::as_str)
            })
            .collect();
        let expected = if name == "paired" {
            questions.len()
        } else {
            rows.len()
        };
        let lines = markdown.lines().filter(|line| {
            line.starts_with("| ")
                && (line.ends_with(" ok |")
                    || line.contains(" | error: ")
                    || line.contains(" | contended: ")
                    || line.contains(" | ok: ")
                    || line.contains(" | not applicable: "))
        });
        let cut = markdown
            .lines()
            .last()
            .and_then(|line| line.strip_prefix("Cut at 65000 characters: "))
            .map_or(0, |rest| rest.split(' ').next().unwrap().parse().unwrap());
        assert_eq!(lines.count() + cut, expected, "{name}: rows in report.md");
    }
}

#[test]
fn a_column_that_no_row_fills_is_not_there() {
    let (manifest, mut rows) = fixture("run");
    let files = plain(&manifest, &rows);
    let heading = "Native allocs / frees";
    assert!(page_of(&files, "handle_create").contains(heading));
    assert!(!page_of(&files, "blittable_add_i32").contains(heading));
    for row in &mut rows {
        row.native_allocs = None;
        row.native_frees = None;
    }
    assert!(!page_of(&plain(&manifest, &rows), "handle_create").contains(heading));
}

#[test]
fn a_case_without_a_value_says_so_and_nothing_else() {
    let (manifest, rows) = fixture("run");
    let failed: Vec<Row> = rows
        .iter()
        .map(|row| Row::without_value(row.key.clone(), State::Error, "it failed"))
        .collect();
    let files = plain(&manifest, &failed);
    let page = page_of(&files, "blittable_arity");
    assert!(page.contains("<p>No row of this case has a value.</p>"));
    assert!(!page.contains("<figure>") && !page.contains("Over n "));
}

#[test]
fn expected_steps_are_called_expected() {
    let files = render_fixture("run");
    let page = page_of(&files, "string_utf8_in");
    assert!(page.contains("Expected, not a finding, at length 86: "));
    assert!(page.contains(">expected: 86</text>"), "in the chart");
}

#[test]
fn a_panel_holds_eight_lines_and_names_the_rest() {
    let page = render_fixture("run");
    let svg = text(&page, "string_utf8_in.svg");
    let page = page_of(&page, "string_utf8_in");
    assert!(
        page.contains("In the tables only: PooledEncode, PreEncoded, ReadOnlySpanByte."),
        "{page}"
    );
    assert!(svg.contains(">Native floor</text>") && svg.contains(">LibraryImport</text>"));
    assert!(!svg.contains(">PooledEncode</text>"));
}

#[test]
fn evidence_stands_once_and_every_row_leads_to_it() {
    let files = render_fixture("run");
    let page = page_of(&files, "blittable_arity");
    assert_eq!(
        page.matches("Generated source of BlittableArityImports.LibraryImport(")
            .count(),
        1
    );
    // Six ways, two kernels, seven tuples: one text per way.
    assert_eq!(page.matches("Machine code of ").count(), 6);
    assert_eq!(page.matches("href=\"#code-1\"").count(), 14);
    let (manifest, rows) = fixture("run");
    let without = plain(&manifest, &rows);
    assert!(!page_of(&without, "blittable_arity").contains("class=\"fold\""));
}

#[test]
fn sources_of_many_shapes_are_folded_together() {
    let (manifest, rows) = fixture("run");
    let mut evidence = evidence::of(&manifest, &rows);
    let sources = evidence.generated.get_mut("blittable_arity").unwrap();
    let pattern = sources[0].clone();
    for n in [2, 4, 6] {
        let mut other = pattern.clone();
        other.declaration = format!("BlittableArity{n}Imports.LibraryImport()");
        sources.push(other);
    }
    let mut raw = pattern.clone();
    raw.declaration = "StructByValueRaw.LibraryImportNowhere()".to_string();
    evidence
        .generated
        .get_mut("struct_by_value")
        .unwrap()
        .push(raw);
    let files = render(&manifest, &rows, &[], &[], &evidence, Place::Run).unwrap();
    let page = page_of(&files, "blittable_arity");
    assert!(page.contains("<summary>4 generated sources</summary>"));
    balanced("blittable_arity", page);
    // One that no row is named after stands below the tables.
    let (_, below) = page_of(&files, "struct_by_value")
        .split_once("Other generated sources")
        .unwrap();
    assert!(below.contains("StructByValueRaw.LibraryImportNowhere()"));
    assert!(!page_of(&render_fixture("run"), "blittable_arity").contains("class=\"many\""));
}

#[test]
fn rows_can_be_run_again() {
    let files = render_fixture("run");
    let command = "./lab run --profile standard --filter &#39;^string_utf8_in/entry=z,length=8,text=ascii/&#39;";
    assert!(page_of(&files, "string_utf8_in").contains(command));
    let import = render_fixture("import");
    assert!(
        import
            .iter()
            .all(|file| !String::from_utf8_lossy(&file.bytes).contains("Run these rows"))
    );
}
