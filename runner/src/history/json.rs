//! A history for programs.

use anyhow::Result;
use serde_json::{Value, json};

use super::History;
use super::incidents::Member;
use super::series::Series;

/// Runs, series with their points and changes, incidents, annotations, skipped folders; runs and series are referred to by index.
pub fn json(history: &History) -> Result<String> {
    let runs: Vec<Value> = history
        .runs
        .iter()
        .map(|run| {
            let facts = &run.facts;
            json!({
                "id": facts.id,
                "started": facts.started,
                "environment": facts.environment.class,
                "commit": facts.provenance.git_commit,
            })
        })
        .collect();
    let series: Vec<Value> = history
        .series
        .iter()
        .zip(&history.found)
        .map(|(series, found)| {
            json!({
                "name": series.key,
                "role": series.role,
                "measure": series.measure,
                "environment": series.class,
                "epoch": series.epoch,
                "points": points(series),
                "epochs": found.epochs,
                "changes": found.changes,
                "young": found.young,
            })
        })
        .collect();
    let incidents: Vec<Value> = history
        .incidents
        .iter()
        .map(|incident| {
            let member =
                |member: &Member| json!({"series": member.series, "change": member.change});
            json!({
                "from": incident.from,
                "to": incident.to,
                "cause": incident.cause,
                "markers": incident.markers,
                "open": incident.is_open(&history.found),
                "regression": incident.is_regression(&history.found),
                "members": incident.members.iter().map(member).collect::<Vec<Value>>(),
            })
        })
        .collect();
    let skipped: Vec<Value> = history
        .skipped
        .iter()
        .map(|skipped| json!({"folder": skipped.folder, "why": skipped.why}))
        .collect();
    let all = json!({
        "schema": 1,
        "runs": runs,
        "series": series,
        "incidents": incidents,
        "annotations": history.annotations,
        "skipped": skipped,
    });
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

fn points(series: &Series) -> Vec<Value> {
    let point = |point: &super::series::Point| json!({"run": point.run, "value": point.value, "ns": point.ns, "interval": point.interval});
    series.points.iter().map(point).collect()
}
