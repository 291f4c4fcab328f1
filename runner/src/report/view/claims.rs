//! Claims with their verdicts, by page of the guidance and by investigation.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::case::CaseView;
use super::{Link, family};
use crate::claims::{ClaimFinding, ClaimVerdict, PAGES, Test};
use crate::report::format::plural;

/// Names of their pages.
pub const GUIDANCE_PAGE: &str = "guidance.html";
pub const INVESTIGATIONS_PAGE: &str = "investigations.html";
const GUIDANCE: &str = "https://learn.microsoft.com/dotnet/standard/native-interop/";

/// Both pages; at least one is there.
#[derive(Debug, Serialize)]
pub struct ClaimsView {
    /// `69 claims: 40 supported, 10 refuted, ...`
    pub summary: String,
    pub pages: Vec<ClaimsPage>,
}

/// The claims of the guidance, or those of investigations.
#[derive(Debug, Serialize)]
pub struct ClaimsPage {
    pub page: &'static str,
    pub title: &'static str,
    pub subtitle: &'static str,
    /// What the first column of its table holds.
    pub source: &'static str,
    pub summary: String,
    /// What was found, in numbers, by source.
    pub table: Vec<PageLine>,
    pub sections: Vec<Section>,
}

/// What one run says of the claims it knows, with the pages that show its rows.
pub struct Answers<'a> {
    pub findings: &'a [ClaimFinding],
    pub cases: &'a [CaseView],
    /// What stands before the name of a page, from where the claims are shown: `deployments/`, or nothing.
    pub folder: &'a str,
    /// How the run is called among several; empty for one.
    pub run: &'a str,
}

/// A finding with the run that it comes from.
#[derive(Clone, Copy)]
struct Answer<'a> {
    finding: &'a ClaimFinding,
    of: &'a Answers<'a>,
}

/// What became of the claims of one page.
#[derive(Debug, Serialize)]
pub struct PageLine {
    /// As that of its section.
    pub title: String,
    pub anchor: String,
    pub claims: usize,
    /// Claims in the order of [`PageLine::COLUMNS`].
    pub counts: Vec<usize>,
    /// Cases that answer them.
    pub cases: Vec<String>,
}

impl PageLine {
    const COLUMNS: [&[ClaimVerdict]; 4] = [
        &[ClaimVerdict::Supported],
        &[ClaimVerdict::Refuted, ClaimVerdict::EqualWithin],
        &[ClaimVerdict::Inconclusive],
        &[
            ClaimVerdict::NotMeasurableHere,
            ClaimVerdict::NotMeasuredYet,
            ClaimVerdict::NotInThisRun,
        ],
    ];

    fn of(title: &str, of: &[Answer]) -> PageLine {
        let tests = of.iter().filter_map(|one| one.finding.claim.test.as_ref());
        let cases: BTreeSet<&str> = tests.map(|test| test.case.as_str()).collect();
        PageLine {
            title: title.to_string(),
            anchor: family::anchor_of(title),
            claims: of.len(),
            counts: Self::COLUMNS
                .iter()
                .map(|verdicts| {
                    of.iter()
                        .filter(|one| verdicts.contains(&one.finding.verdict))
                        .count()
                })
                .collect(),
            cases: cases.into_iter().map(str::to_string).collect(),
        }
    }
}

/// A page of the guidance, or an investigation.
#[derive(Debug, Serialize)]
pub struct Section {
    pub title: String,
    pub anchor: String,
    /// Where it is to be read.
    pub address: String,
    pub counted: String,
    /// Those that the run decided, or could not.
    pub claims: Vec<ClaimLine>,
    /// Those that it has no rows for.
    pub others: Vec<ClaimLine>,
}

#[derive(Debug, Serialize)]
pub struct ClaimLine {
    pub id: String,
    pub text: String,
    /// `A < B at n=16`; empty where there is none.
    pub relation: String,
    pub case: Option<Link>,
    /// Its id, where the run has no page for it.
    pub case_id: String,
    pub verdict: &'static str,
    /// A class for its colour.
    pub kind: &'static str,
    pub reason: String,
    pub points: Vec<PointLine>,
    /// Which of several runs it comes from; empty for one.
    pub run: String,
}

#[derive(Debug, Serialize)]
pub struct PointLine {
    pub params: String,
    pub verdict: &'static str,
    pub text: String,
}

impl ClaimsView {
    /// Of each claim, the answer of the first run that has one with numbers, else that of the first that knows the claim.
    pub fn of(runs: &[Answers]) -> Option<ClaimsView> {
        let mut chosen: Vec<Answer> = Vec::new();
        let all = runs.iter().flat_map(|of| {
            of.findings
                .iter()
                .map(move |finding| Answer { finding, of })
        });
        for answer in all {
            let is_same = |other: &&mut Answer| other.finding.claim.id == answer.finding.claim.id;
            match chosen.iter_mut().find(is_same) {
                None => chosen.push(answer),
                Some(known) if known.finding.verdict.is_computed() => {}
                Some(known) if answer.finding.verdict.is_computed() => *known = answer,
                Some(_) => {}
            }
        }
        if chosen.is_empty() {
            return None;
        }
        let summary = counted(chosen.iter().map(|one| one.finding));
        let (guidance, investigations): (Vec<Answer>, Vec<Answer>) = chosen
            .into_iter()
            .partition(|one| one.finding.claim.is_of_a_page());
        let mut sources: Vec<&str> = Vec::new();
        for one in &investigations {
            if !sources.contains(&one.finding.claim.source.as_str()) {
                sources.push(&one.finding.claim.source);
            }
        }
        let mut pages = vec![
            ClaimsPage::of(GUIDANCE_PAGE, &PAGES, &guidance),
            ClaimsPage::of(INVESTIGATIONS_PAGE, &sources, &investigations),
        ];
        pages.retain(|page| !page.sections.is_empty());
        Some(ClaimsView { summary, pages })
    }
}

impl ClaimsPage {
    fn of(page: &'static str, sources: &[&str], answers: &[Answer]) -> ClaimsPage {
        let is_guidance = page == GUIDANCE_PAGE;
        let of = |source: &str| -> Vec<Answer> {
            let all = answers.iter().copied();
            all.filter(|one| one.finding.claim.source == source)
                .collect()
        };
        let sources: Vec<(&str, Vec<Answer>)> = sources
            .iter()
            .map(|source| (*source, of(source)))
            .filter(|(_, of)| !of.is_empty())
            .collect();
        let (title, subtitle, source) = if is_guidance {
            (
                "Guidance",
                "What the pages of the .NET documentation on native interoperability say, and what was found",
                "Page",
            )
        } else {
            (
                "Known investigations",
                "What somebody found, asked for or proposed elsewhere, and what was found here",
                "Investigation",
            )
        };
        ClaimsPage {
            page,
            title,
            subtitle,
            source,
            summary: counted(answers.iter().map(|one| one.finding)),
            table: sources
                .iter()
                .map(|(source, of)| PageLine::of(source, of))
                .collect(),
            sections: sources
                .iter()
                .map(|(source, of)| section(source, of))
                .collect(),
        }
    }
}

fn section(source: &str, of: &[Answer]) -> Section {
    let (claims, others) = of
        .iter()
        .partition::<Vec<Answer>, _>(|one| one.finding.verdict.is_computed());
    let lines = |of: Vec<Answer>| of.into_iter().map(line).collect();
    Section {
        title: source.to_string(),
        anchor: family::anchor_of(source),
        address: match source.split_once('#') {
            Some((repository, number)) => {
                format!("https://github.com/{repository}/issues/{number}")
            }
            None => format!("{GUIDANCE}{source}"),
        },
        counted: counted(of.iter().map(|one| one.finding)),
        claims: lines(claims),
        others: lines(others),
    }
}

fn line(answer: Answer) -> ClaimLine {
    let Answer { finding, of } = answer;
    let claim = &finding.claim;
    let test = claim.test.as_ref();
    let case = test.and_then(|test| of.cases.iter().find(|case| case.id == test.case));
    let is_computed = finding.verdict.is_computed();
    ClaimLine {
        id: claim.id.clone(),
        text: claim.text.clone(),
        relation: test.map_or(String::new(), relation),
        case_id: match case {
            Some(_) => String::new(),
            None => test.map_or(String::new(), |test| test.case.clone()),
        },
        case: case.map(|case| Link {
            page: format!("{}{}", of.folder, case.page),
            ..family::link(case)
        }),
        verdict: finding.verdict.name(),
        kind: match finding.verdict {
            ClaimVerdict::Supported => "good",
            ClaimVerdict::Refuted | ClaimVerdict::EqualWithin => "bad",
            _ => "why",
        },
        reason: finding.reason.clone(),
        points: finding
            .points
            .iter()
            .map(|point| PointLine {
                params: point.params.clone(),
                verdict: point.verdict.name(),
                text: point.text.clone(),
            })
            .collect(),
        run: if is_computed {
            of.run.to_string()
        } else {
            String::new()
        },
    }
}

fn relation(test: &Test) -> String {
    match test.params.join(" ").as_str() {
        "" | "-" => test.relation.clone(),
        params => format!("{} at {params}", test.relation),
    }
}

/// `69 claims: 40 supported, 10 refuted`.
pub fn counted<'a>(findings: impl Iterator<Item = &'a ClaimFinding>) -> String {
    let mut counts: BTreeMap<ClaimVerdict, usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.verdict).or_default() += 1;
    }
    let each: Vec<String> = counts
        .iter()
        .map(|(verdict, count)| format!("{count} {}", verdict.name()))
        .collect();
    format!(
        "{}: {}",
        plural(counts.values().sum(), "claim"),
        each.join(", ")
    )
}
