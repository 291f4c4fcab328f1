//! What a page has to bear: sizes with a full catalogue, and what is cut.

use interop_lab::evidence::Evidence;
use interop_lab::report::{Place, render};
use interop_lab::row::{Row, State};

use super::{fixture, page_of, synthetic, text};

const PAGE_BYTES: usize = 300_000;

#[test]
fn every_page_of_a_full_run_stays_small() {
    let (manifest, rows, evidence) = synthetic::run();
    assert!(rows.len() >= 600, "{}", rows.len());
    let files = render(&manifest, &rows, &[], &[], &evidence, Place::Run).unwrap();
    let pages: Vec<_> = files
        .iter()
        .filter(|file| file.path.ends_with(".html"))
        .collect();
    assert_eq!(pages.len(), 18);
    // For a person to look at.
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("synthetic-report");
    std::fs::create_dir_all(&folder).unwrap();
    for file in &files {
        std::fs::write(folder.join(&file.path), &file.bytes).unwrap();
    }
    for page in pages {
        assert!(
            page.bytes.len() < PAGE_BYTES,
            "{}: {} bytes",
            page.path,
            page.bytes.len()
        );
    }
}

#[test]
fn every_page_of_a_full_run_of_comparisons_stays_small() {
    let (manifest, rows, controls, evidence) = synthetic::compared();
    assert!(rows.len() >= 1200 && controls.len() >= 600);
    let files = render(&manifest, &rows, &controls, &[], &evidence, Place::Run).unwrap();
    for page in files.iter().filter(|file| file.path.ends_with(".html")) {
        let bytes = page.bytes.len();
        assert!(bytes < PAGE_BYTES, "{}: {bytes} bytes", page.path);
    }
    assert!(text(&files, "index.html").contains("more alarms on the pages of their cases"));
}

#[test]
fn a_case_of_many_rows_and_long_evidence_is_cut_and_says_so() {
    let (mut manifest, rows, mut evidence) = synthetic::run();
    let mut many = Vec::new();
    for length in 0..40 {
        for row in rows.iter().filter(|row| row.key.case == "string_utf8_in") {
            let mut row = row.clone();
            row.key.params = row
                .key
                .params
                .replace("length=", &format!("copy={length},length="));
            let code = format!("; {}\n{}", row.key, "mov rax,<rbx>\n".repeat(2_000));
            evidence.disassembly.insert(row.key.clone(), code);
            many.push(row);
        }
    }
    manifest.plan.rows.clear();
    let files = render(&manifest, &many, &[], &[], &evidence, Place::Run).unwrap();
    let page = page_of(&files, "string_utf8_in");
    assert!(page.len() < PAGE_BYTES, "{} bytes", page.len());
    assert!(page.contains("params tuples without a table here, to keep the page small"));
    assert!(page.contains("machine code texts not shown, to keep the page small"));
    assert!(page.contains("lines more."), "one text is cut too");
}

#[test]
fn the_chart_of_all_cases_says_which_ways_it_leaves_out() {
    let (manifest, mut rows, evidence) = synthetic::run();
    let whole = render(&manifest, &rows, &[], &[], &evidence, Place::Run).unwrap();
    assert!(!text(&whole, "index.html").contains("ways of a case are drawn"));
    // Three more ways of each case, none the cheapest or the dearest.
    let middle: Vec<Row> = rows
        .iter()
        .filter(|row| row.key.variant == "LibraryImport")
        .flat_map(|row| {
            ["Other", "Further", "More"].map(|name| {
                let mut row = row.clone();
                row.key.variant = name.to_string();
                row
            })
        })
        .collect();
    rows.extend(middle);
    let files = render(&manifest, &rows, &[], &[], &evidence, Place::Run).unwrap();
    let chart = text(&files, "landing.svg");
    let marks = chart.matches("ns</text>").count();
    assert!(marks > 100, "values stand as text");
    for name in ["LibraryImport", "Native floor"] {
        let drawn = chart.matches(&format!(">{name}</text>")).count();
        assert_eq!(drawn, 17, "{name}, in each case");
    }
    for name in ["Other", "Further", "More"] {
        let drawn = chart.matches(&format!(">{name}</text>")).count();
        assert!(drawn < 17, "{name} is in the catalogue's last place");
    }
    assert!(text(&files, "index.html").contains("ways of a case are drawn"));
}

#[test]
fn markdown_is_cut_before_a_comment_is_refused_and_says_so() {
    let (manifest, rows) = fixture("run");
    let mut many: Vec<Row> = Vec::new();
    for length in 0..12u32 {
        for row in &rows {
            let mut row = row.clone();
            row.key.params = format!("copy={length}");
            many.push(row);
        }
    }
    many.sort_by(|a, b| a.key.cmp(&b.key));
    many.dedup_by(|a, b| a.key == b.key);
    let files = render(&manifest, &many, &[], &[], &Evidence::default(), Place::Run).unwrap();
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
    let few = &rows[..100];
    let whole = render(&manifest, few, &[], &[], &Evidence::default(), Place::Run).unwrap();
    assert!(!text(&whole, "report.md").contains("Cut at"));
}
