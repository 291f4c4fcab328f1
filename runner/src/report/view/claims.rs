//! Claims with their verdicts, by page of the guidance and by investigation.

use std::collections::BTreeMap;

use serde::Serialize;

use super::case::CaseView;
use super::{Link, family};
use crate::claims::{ClaimFinding, ClaimVerdict, PAGES};
use crate::report::format::plural;

/// Name of their page.
pub const PAGE: &str = "claims.html";

#[derive(Debug, Serialize)]
pub struct ClaimsView {
    pub page: &'static str,
    /// `69 claims: 40 supported, 10 refuted, ...`
    pub summary: String,
    pub sections: Vec<Section>,
}

/// A page of the guidance, or all investigations.
#[derive(Debug, Serialize)]
pub struct Section {
    pub title: String,
    pub anchor: String,
    pub counted: String,
    pub claims: Vec<ClaimLine>,
}

#[derive(Debug, Serialize)]
pub struct ClaimLine {
    pub id: String,
    /// Of an investigation; empty on a page's section, which names it.
    pub source: String,
    pub text: String,
    /// `case: relation`; empty where there is none.
    pub relation: String,
    pub case: Option<Link>,
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
        let section = |title: &str, of: Vec<&ClaimFinding>| Section {
            title: title.to_string(),
            anchor: title.to_string(),
            counted: counted(of.iter().copied()),
            claims: of.into_iter().map(|finding| line(finding, cases)).collect(),
        };
        let mut sections: Vec<Section> = PAGES
            .iter()
            .map(|page| {
                let of = findings
                    .iter()
                    .filter(|finding| finding.claim.source == *page);
                section(page, of.collect())
            })
            .collect();
        let others = findings
            .iter()
            .filter(|finding| !finding.claim.is_of_a_page());
        sections.push(section("investigations", others.collect()));
        sections.retain(|section| !section.claims.is_empty());
        Some(ClaimsView {
            page: PAGE,
            summary: counted(findings.iter()),
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
        relation: test.map_or(String::new(), |test| test.relation.clone()),
        case: case.map(family::link),
        verdict: finding.verdict.name(),
        kind: match finding.verdict {
            ClaimVerdict::Supported => "good",
            ClaimVerdict::Refuted | ClaimVerdict::EqualWithin => "bad",
            _ => "aside",
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
