//! Claims with their verdicts, by page of the guidance and by investigation.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::case::CaseView;
use super::{Link, family};
use crate::claims::{ClaimFinding, ClaimVerdict, PAGES, Test};
use crate::report::format::plural;

/// Name of their page.
pub const PAGE: &str = "claims.html";
const INVESTIGATIONS: &str = "investigations";
const GUIDANCE: &str = "https://learn.microsoft.com/dotnet/standard/native-interop/";

#[derive(Debug, Serialize)]
pub struct ClaimsView {
    pub page: &'static str,
    /// `69 claims: 40 supported, 10 refuted, ...`
    pub summary: String,
    /// The pages of the guidance, and the investigations last, in numbers.
    pub table: Vec<PageLine>,
    pub sections: Vec<Section>,
}

/// What became of the claims of one page.
#[derive(Debug, Serialize)]
pub struct PageLine {
    /// As that of its section, and its anchor.
    pub title: String,
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

    fn of(title: &str, of: &[&ClaimFinding]) -> PageLine {
        let tests = of.iter().filter_map(|finding| finding.claim.test.as_ref());
        let cases: BTreeSet<&str> = tests.map(|test| test.case.as_str()).collect();
        PageLine {
            title: title.to_string(),
            claims: of.len(),
            counts: Self::COLUMNS
                .iter()
                .map(|verdicts| {
                    of.iter()
                        .filter(|one| verdicts.contains(&one.verdict))
                        .count()
                })
                .collect(),
            cases: cases.into_iter().map(str::to_string).collect(),
        }
    }
}

/// A page of the guidance, or all investigations.
#[derive(Debug, Serialize)]
pub struct Section {
    pub title: String,
    pub anchor: String,
    /// Address of the page; empty for investigations, which have one each.
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
    /// Of an investigation; empty on a page's section, which names it.
    pub source: String,
    pub address: String,
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
}

#[derive(Debug, Serialize)]
pub struct PointLine {
    pub params: String,
    pub verdict: &'static str,
    pub text: String,
}

impl ClaimsView {
    pub fn of(findings: &[ClaimFinding], cases: &[CaseView]) -> Option<ClaimsView> {
        if findings.is_empty() {
            return None;
        }
        let section = |title: &str, address: String, of: Vec<&ClaimFinding>| {
            let counted = counted(of.iter().copied());
            let (claims, others) = of
                .into_iter()
                .partition::<Vec<_>, _>(|one| one.verdict.is_computed());
            let lines = |of: Vec<&ClaimFinding>| {
                let lines = of.into_iter().map(|finding| line(finding, cases));
                lines.collect()
            };
            Section {
                title: title.to_string(),
                anchor: title.to_string(),
                address,
                counted,
                claims: lines(claims),
                others: lines(others),
            }
        };
        let mut table = Vec::new();
        let mut sections = Vec::new();
        for page in PAGES {
            let of: Vec<_> = findings
                .iter()
                .filter(|finding| finding.claim.source == page)
                .collect();
            table.push(PageLine::of(page, &of));
            sections.push(section(page, format!("{GUIDANCE}{page}"), of));
        }
        let others: Vec<_> = findings
            .iter()
            .filter(|finding| !finding.claim.is_of_a_page())
            .collect();
        table.push(PageLine::of(INVESTIGATIONS, &others));
        sections.push(section(INVESTIGATIONS, String::new(), others));
        table.retain(|line| line.claims > 0);
        sections.retain(|section| !(section.claims.is_empty() && section.others.is_empty()));
        Some(ClaimsView {
            page: PAGE,
            summary: counted(findings.iter()),
            table,
            sections,
        })
    }
}

fn line(finding: &ClaimFinding, cases: &[CaseView]) -> ClaimLine {
    let claim = &finding.claim;
    let test = claim.test.as_ref();
    let case = test.and_then(|test| cases.iter().find(|case| case.title == test.case));
    ClaimLine {
        id: claim.id.clone(),
        source: if claim.is_of_a_page() {
            String::new()
        } else {
            claim.source.clone()
        },
        text: claim.text.clone(),
        address: match claim.source.split_once('#') {
            Some((repository, number)) => {
                format!("https://github.com/{repository}/issues/{number}")
            }
            None => String::new(),
        },
        relation: test.map_or(String::new(), relation),
        case_id: match case {
            Some(_) => String::new(),
            None => test.map_or(String::new(), |test| test.case.clone()),
        },
        case: case.map(family::link),
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
