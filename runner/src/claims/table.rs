//! `claims.csv`: each claim with its verdict and what it rests on. Derived from the samples like `rows.csv`.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use super::ClaimFinding;

/// One line per claim and row that it was put to the test on; one line for a claim without such a row.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    source: &'a str,
    verdict: &'a str,
    case: &'a str,
    relation: &'a str,
    params: &'a str,
    /// Of this row alone.
    row_verdict: &'a str,
    found: &'a str,
    text: &'a str,
}

/// Writes `claims.csv`, header first.
pub fn write_claims(findings: &[ClaimFinding], to: impl Write) -> Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    for finding in findings {
        let test = finding.claim.test.as_ref();
        let whole = Line {
            id: &finding.claim.id,
            source: &finding.claim.source,
            verdict: finding.verdict.name(),
            case: test.map_or("", |test| &test.case),
            relation: test.map_or("", |test| &test.relation),
            params: "",
            row_verdict: "",
            found: &finding.reason,
            text: &finding.claim.text,
        };
        if finding.points.is_empty() {
            writer.serialize(whole)?;
            continue;
        }
        for point in &finding.points {
            writer.serialize(Line {
                params: &point.params,
                row_verdict: point.verdict.name(),
                found: &point.text,
                ..whole
            })?;
        }
    }
    writer.flush()?;
    Ok(())
}
