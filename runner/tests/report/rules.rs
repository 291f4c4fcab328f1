//! What must hold for every report, whatever its rows.

use std::collections::BTreeSet;

use interop_lab::report::render;
use interop_lab::row::{Num, Row, State};

use super::markup::{attributes, balanced};
use super::{fixture, render_fixture, text};

#[test]
fn every_row_is_on_the_page_and_can_be_linked() {
    for name in ["run", "import"] {
        let (manifest, rows) = fixture(name);
        let files = render(&manifest, &rows).unwrap();
        let (html, markdown) = (text(&files, "index.html"), text(&files, "report.md"));
        for row in &rows {
            assert_eq!(
                html.matches(&format!("id=\"{}\"", row.key)).count(),
                1,
                "{}",
                row.key
            );
        }
        let lines = markdown.lines().filter(|line| {
            line.starts_with("| ")
                && (line.ends_with(" ok |")
                    || line.contains(" | error: ")
                    || line.contains(" | not applicable: "))
        });
        assert_eq!(lines.count(), rows.len(), "{name}: rows in report.md");
    }
}

#[test]
fn links_inside_the_page_have_a_target() {
    for name in ["run", "import"] {
        let files = render_fixture(name);
        let html = text(&files, "index.html");
        let ids: Vec<&str> = attributes(html, "id").collect();
        assert_eq!(
            ids.len(),
            ids.iter().collect::<BTreeSet<_>>().len(),
            "{name}: an id occurs twice"
        );
        for target in attributes(html, "href") {
            match target.strip_prefix('#') {
                Some(id) => assert!(ids.contains(&id), "{name}: #{id} leads nowhere"),
                None => assert!(
                    target.starts_with("../") || files.iter().any(|file| file.path == target),
                    "{name}: {target} is not a file of the report"
                ),
            }
        }
        for list in attributes(html, "aria-labelledby") {
            assert!(
                list.split(' ').all(|id| ids.contains(&id)),
                "{name}: {list}"
            );
        }
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    for name in ["run", "import"] {
        for file in render_fixture(name) {
            let text = String::from_utf8(file.bytes)
                .unwrap()
                .replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
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
    for name in ["run", "import"] {
        for file in render_fixture(name) {
            if !file.path.ends_with(".md") {
                balanced(&file.path, std::str::from_utf8(&file.bytes).unwrap());
            }
        }
    }
}

#[test]
fn order_of_rows_does_not_matter_and_nothing_is_random() {
    for name in ["run", "import"] {
        let (manifest, rows) = fixture(name);
        let once = render(&manifest, &rows).unwrap();
        assert_eq!(once, render(&manifest, &rows).unwrap());
        let reversed: Vec<Row> = rows.iter().rev().cloned().collect();
        assert!(
            once == render(&manifest, &reversed).unwrap(),
            "{name}: reversed rows"
        );
        // A stride that shares no factor with the count visits every row.
        let stride = (7..).find(|stride| rows.len() % stride != 0).unwrap();
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
        assert!(
            once == render(&manifest, &mixed).unwrap(),
            "{name}: mixed rows"
        );
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
    let files = render(&manifest, &rows).unwrap();
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
}

#[test]
fn a_page_of_300_rows_stays_small() {
    let (manifest, rows) = fixture("run");
    // The string case at more lengths, until there are 300 rows.
    let (mut manifest, mut rows) = (manifest, rows);
    let pattern: Vec<Row> = rows
        .iter()
        .filter(|row| row.key.params == "entry=z,length=8,text=ascii")
        .cloned()
        .collect();
    for length in ["64", "127", "128", "2048", "65536"] {
        for row in &pattern {
            if rows.len() < 300 {
                let mut row = row.clone();
                row.key.params = row
                    .key
                    .params
                    .replace("length=8", &format!("length={length}"));
                rows.push(row);
            }
        }
    }
    assert_eq!(rows.len(), 300);
    manifest.plan.rows.clear();
    let files = render(&manifest, &rows).unwrap();
    let size = text(&files, "index.html").len();
    assert!(size < 300_000, "{size} bytes");
}

#[test]
fn markdown_is_cut_before_a_comment_is_refused_and_says_so() {
    let (manifest, rows) = fixture("run");
    let mut many = Vec::new();
    for length in 0..12u32 {
        for row in &rows {
            let mut row = row.clone();
            row.key.params = format!("copy={length}");
            many.push(row);
        }
    }
    many.sort_by(|a, b| a.key.cmp(&b.key));
    many.dedup_by(|a, b| a.key == b.key);
    let files = render(&manifest, &many).unwrap();
    let markdown = text(&files, "report.md");
    assert!(
        markdown.chars().count() <= 65_000,
        "{}",
        markdown.chars().count()
    );
    let last = markdown.lines().last().unwrap();
    let shown = markdown
        .lines()
        .filter(|line| line.ends_with(" ok |"))
        .count();
    let not_ok = many.iter().filter(|row| row.state != State::Ok).count();
    assert!(last.starts_with("Cut at 65000 characters: "), "{last}");
    let cut: usize = last.split(' ').nth(4).unwrap().parse().unwrap();
    assert!(
        cut > 0 && shown + cut <= many.len() && shown + cut + not_ok >= many.len(),
        "{shown} shown, {cut} cut of {}",
        many.len()
    );
    assert!(
        markdown.find("What could not be resolved") < markdown.find("## blittable"),
        "the worst first"
    );
    assert!(!text(&render(&manifest, &rows).unwrap(), "report.md").contains("Cut at"));
}

#[test]
fn interval_of_one_launch_is_called_so() {
    let (manifest, mut rows) = fixture("run");
    for row in &mut rows {
        row.launches = row.launches.min(1);
    }
    let one = render(&manifest, &rows).unwrap();
    assert!(text(&one, "index.html").contains("the interval is within one launch"));
    assert!(
        text(&one, "report.md")
            .contains("within one launch, which says nothing about the next launch")
    );
    for row in &mut rows {
        row.launches *= 5;
    }
    let five = render(&manifest, &rows).unwrap();
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
    for file in render(&manifest, &rows).unwrap() {
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(
            !text.contains("NaN") && !text.contains(">inf"),
            "{}",
            file.path
        );
    }
    let nothing = render(&manifest, &[]).unwrap();
    assert!(text(&nothing, "index.html").contains("nothing was planned"));
    assert!(
        !nothing.iter().any(|file| file.path.ends_with(".svg")),
        "no row, no chart"
    );
}
