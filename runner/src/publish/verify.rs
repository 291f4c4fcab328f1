//! `lab publish --verify`: a publication computed again from the data it holds.
//!
//! Two questions, answered apart. Are the files those that were published? Their hashes tell. Do rows, verdicts, findings and pages
//! follow from the data? They are made again and compared byte for byte, so a number that was changed together with its hash is
//! found as well.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::MultiGzDecoder;

use super::seal::{Archive, Seal, SealedRun, hash, version};
use super::site::{self, Part};
use super::withhold;
use crate::level::write_levels;
use crate::run_folder::{LEVELS, PUBLISHED, files_below, read_published};
use crate::sample::{Measured, table};
use crate::stats;

/// What was found, in lines.
#[derive(Debug, Default)]
pub struct Verified {
    pub agrees: Vec<String>,
    pub differs: Vec<String>,
}

/// More differences than these are counted, not told.
const MOST: usize = 10;

/// `samples`: archives of runs of this publication. Fails where there is nothing that could be checked; what does not match is found.
pub fn verify(folder: &Path, samples: &[PathBuf]) -> Result<Verified> {
    let seal = Seal::read(folder)?;
    let mut verified = Verified::default();
    hashes(folder, &seal, &mut verified)?;
    let mut parts = Vec::new();
    for run in &seal.runs {
        match part(folder, run) {
            Ok(part) => parts.push(part),
            Err(error) => verified.differs.push(format!("{error:#}")),
        }
    }
    if parts.len() == seal.runs.len() {
        for part in &parts {
            of_run(&seal, part, &mut verified);
        }
        derived(folder, &seal, &parts, &mut verified)?;
    }
    for path in samples {
        archive(path, &seal, &parts, &mut verified)?;
    }
    Ok(verified)
}

/// A run of a publication, computed from its data.
pub fn part(folder: &Path, run: &SealedRun) -> Result<Part> {
    let found = read_published(&folder.join(&run.folder))?;
    let mut assessment = stats::assess(&found.manifest, &found.measured);
    withhold::withhold(&mut assessment);
    Part::of(run.folder.clone(), found, assessment)
}

fn hashes(folder: &Path, seal: &Seal, verified: &mut Verified) -> Result<()> {
    let mut same = 0;
    for (path, stated) in &seal.files {
        match fs::read(folder.join(path)) {
            Ok(bytes) if hash(&bytes) == *stated => same += 1,
            Ok(_) => verified
                .differs
                .push(format!("{path}: not the bytes that were published")),
            Err(error) => verified.differs.push(format!("{path}: {error}")),
        }
    }
    let known: BTreeSet<&str> = seal.files.keys().map(String::as_str).collect();
    for path in files_below(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        if !known.contains(name.as_str()) && name != PUBLISHED {
            verified.differs.push(format!("{name}: was not published"));
        }
    }
    if same == seal.files.len() {
        verified
            .agrees
            .push(format!("{same} files are those that were published"));
    }
    Ok(())
}

fn of_run(seal: &Seal, part: &Part, verified: &mut Verified) {
    let manifest = &part.run.manifest;
    let stated = seal.runs.iter().find(|run| run.folder == part.name);
    let same = stated.is_some_and(|run| {
        run.id == manifest.id && Some(&run.content_hash) == manifest.content_hash.as_ref()
    });
    if !same {
        verified.differs.push(format!(
            "{}: not the run that {PUBLISHED} names",
            part.path("manifest.json")
        ));
    }
}

/// Tables and pages, made again.
fn derived(folder: &Path, seal: &Seal, parts: &[Part], verified: &mut Verified) -> Result<()> {
    let fresh = site::derived_files(parts, seal.comparison.as_ref())?;
    let is_page = |path: &str| !path.ends_with(".csv");
    let mut pages = Vec::new();
    let (mut same_tables, mut same_pages) = (0, 0);
    for (path, bytes) in &fresh {
        let there = fs::read(folder.join(path)).unwrap_or_default();
        let same = there == *bytes;
        match (is_page(path), same) {
            (false, true) => same_tables += 1,
            (true, true) => same_pages += 1,
            (false, false) => verified.differs.push(format!(
                "{path}: {}",
                first_difference(&there, bytes, "the data give")
            )),
            (true, false) => pages.push(format!(
                "{path}: {}",
                first_difference(&there, bytes, "the data give")
            )),
        }
    }
    let rows: usize = parts.iter().map(|part| part.assessment.rows.len()).sum();
    let compared = parts.iter().flat_map(|part| &part.assessment.rows);
    let verdicts = compared.filter(|row| row.verdict.is_some()).count();
    if same_tables > 0 {
        verified.agrees.push(format!(
            "{same_tables} tables follow from the data: {rows} rows, {verdicts} verdicts"
        ));
    }
    if pages.is_empty() {
        verified.agrees.push(format!(
            "{same_pages} pages and charts follow from the data"
        ));
    } else if seal.lab == version() {
        verified.differs.append(&mut pages);
    } else {
        verified.differs.push(format!(
            "{} pages differ: lab {} wrote them, this is {}; check out the commit that published them",
            pages.len(),
            seal.lab,
            version()
        ));
    }
    let left = verified.differs.len().saturating_sub(MOST);
    if left > 0 {
        verified.differs.truncate(MOST);
        verified.differs.push(format!("and {left} more"));
    }
    Ok(())
}

/// The first line that differs, both ways, cut to what a terminal shows.
fn first_difference(there: &[u8], fresh: &[u8], gives: &str) -> String {
    if there.is_empty() {
        return "is missing".to_string();
    }
    let (there, fresh) = (
        String::from_utf8_lossy(there),
        String::from_utf8_lossy(fresh),
    );
    let mut lines = (1..).zip(there.lines().zip(fresh.lines()));
    match lines.find(|(_, (a, b))| a != b) {
        Some((number, (a, b))) => {
            let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
            let from = common.saturating_sub(20);
            let cut = |line: &str| line.chars().skip(from).take(60).collect::<String>();
            format!(
                "line {number} has \"{}\", where {gives} \"{}\"",
                cut(a),
                cut(b)
            )
        }
        None => format!(
            "has {} lines, where {gives} {}",
            there.lines().count(),
            fresh.lines().count()
        ),
    }
}

/// From the blocks to the levels.
fn archive(path: &Path, seal: &Seal, parts: &[Part], verified: &mut Verified) -> Result<()> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let found = Archive::of("", &bytes);
    let is_it = |run: &&SealedRun| run.samples.blake3 == found.blake3;
    let Some(run) = seal.runs.iter().find(is_it) else {
        let wanted: Vec<&str> = seal
            .runs
            .iter()
            .map(|run| run.samples.name.as_str())
            .collect();
        bail!(
            "{} is none of this publication's archives: expected {}",
            path.display(),
            wanted.join(" or ")
        );
    };
    let Some(part) = parts.iter().find(|part| part.name == run.folder) else {
        return Ok(());
    };
    let name = path.display().to_string();
    let samples = table::read(MultiGzDecoder::new(bytes.as_slice()), &name)?;
    let measured = Measured {
        samples,
        levels: Vec::new(),
        ..part.run.measured.clone()
    };
    let (mut assessment, levels) = stats::assess_with_levels(&part.run.manifest, &measured);
    withhold::withhold(&mut assessment);
    let mut fresh = Vec::new();
    write_levels(&levels, &mut fresh)?;
    let mut there = Vec::new();
    let published = part.run.folder.join(LEVELS);
    if published.exists() {
        let file = File::open(&published)
            .with_context(|| format!("cannot read {}", published.display()))?;
        MultiGzDecoder::new(BufReader::new(file)).read_to_end(&mut there)?;
    }
    let said = part.path(LEVELS);
    if there == fresh {
        verified.agrees.push(format!(
            "{said}: {} levels follow from {} blocks",
            levels.len(),
            measured.samples.len()
        ));
    } else {
        verified.differs.push(format!(
            "{said}: {}",
            first_difference(&there, &fresh, "the blocks give")
        ));
    }
    if assessment.rows != part.assessment.rows {
        verified.differs.push(format!(
            "{}: not the rows that the blocks give",
            part.path("rows.csv")
        ));
    }
    Ok(())
}
