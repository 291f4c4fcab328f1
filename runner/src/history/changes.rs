//! Steps of every series of a history, adjusted over all of them, and what looks like one but is too young.

use serde::Serialize;

use super::annotations::Annotation;
use super::series::{Measure, Role, Series};
use super::store::StoredRun;
use crate::stats::interval::Centre;
use crate::stats::median::median_of;
use crate::stats::paired::{DELTA_ACROSS, EPSILON_WIDE};
use crate::stats::steps::{self, LEVEL, Settings, Step};

/// A step of a series.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Index of the point of its series that is the first after it.
    pub point: usize,
    /// The first run after it; in 95 % it happened after run `from` and not after run `to`.
    pub run: usize,
    pub from: usize,
    pub to: usize,
    /// Levels before and after, of the series' values.
    pub before: f64,
    pub after: f64,
    pub points: (usize, usize),
    /// Change in percent, with its 95 % interval, and in ns per call.
    pub percent: f64,
    pub percent_interval: Option<(f64, f64)>,
    pub ns: f64,
    /// Of a segment without a step; adjusted for the number of series.
    pub p: f64,
    pub p_adjusted: f64,
    /// Index of the annotation that explains it.
    pub explained: Option<usize>,
}

impl Change {
    pub fn is_slower(&self) -> bool {
        self.percent > 0.0
    }
}

/// The newest points lie apart from the level before them, and are too few for a step.
#[derive(Clone, Debug, Serialize)]
pub struct Young {
    /// The first run of them.
    pub run: usize,
    pub points: usize,
    pub percent: f64,
}

/// What was found in one series.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Points at which it starts anew.
    pub epochs: Vec<usize>,
    pub changes: Vec<Change>,
    pub young: Option<Young>,
}

/// Searches all series. Steps of a series whose smallest p is not among the discoveries at 1 % (Benjamini and Hochberg 1995) are
/// dropped.
pub fn find(all: &[Series], runs: &[StoredRun], annotations: &[Annotation]) -> Vec<Found> {
    let mut found: Vec<Found> = all
        .iter()
        .map(|series| one(series, runs, annotations))
        .collect();
    let smallest: Vec<f64> = found
        .iter()
        .map(|found| found.changes.iter().map(|c| c.p).fold(1.0, f64::min))
        .collect();
    for (found, adjusted) in found.iter_mut().zip(benjamini_hochberg(&smallest)) {
        if adjusted > LEVEL {
            found.changes.clear();
        }
        for change in &mut found.changes {
            change.p_adjusted = adjusted;
        }
    }
    found
}

fn one(series: &Series, runs: &[StoredRun], annotations: &[Annotation]) -> Found {
    let name = series.key.to_string();
    let about: Vec<(usize, &Annotation)> = annotations
        .iter()
        .enumerate()
        .filter(|(_, annotation)| annotation.is_about(&name))
        .collect();
    let is_at =
        |annotation: &Annotation, run: usize| runs[run].facts.id.starts_with(&annotation.run);
    let epochs: Vec<usize> = (1..series.points.len())
        .filter(|point| {
            let run = series.points[*point].run;
            about
                .iter()
                .any(|(_, annotation)| annotation.epoch && is_at(annotation, run))
        })
        .collect();
    let mut changes = Vec::new();
    let mut start = 0;
    for end in epochs.iter().copied().chain([series.points.len()]) {
        let values: Vec<f64> = series.points[start..end].iter().map(|p| p.value).collect();
        for step in steps::steps(&values, &settings(series, &name)) {
            if let Some(mut change) = change(series, start, &step) {
                let explains = |(_, annotation): &&(usize, &Annotation)| {
                    (change.from + 1..=change.to).any(|run| is_at(annotation, run))
                };
                change.explained = about.iter().find(explains).map(|(at, _)| *at);
                changes.push(change);
            }
        }
        start = end;
    }
    let level = changes.last().map_or(0, |change| change.point);
    let level = level.max(epochs.last().copied().unwrap_or(0));
    Found {
        young: young(series, level),
        epochs,
        changes,
    }
}

/// The seed follows from the name: another series more changes nothing.
fn settings(series: &Series, name: &str) -> Settings {
    let hash = blake3::hash(format!("{name} {}", series.class).as_bytes());
    let bytes: [u8; 8] = hash.as_bytes()[..8].try_into().unwrap_or_default();
    let ns = median_of(series.points.iter().map(|point| point.ns).collect()).unwrap_or(1.0);
    Settings {
        level: LEVEL,
        least: DELTA_ACROSS.ln_1p().max((EPSILON_WIDE / ns).ln_1p()),
        seed: u64::from_le_bytes(bytes),
    }
}

fn change(series: &Series, start: usize, step: &Step) -> Option<Change> {
    let at = start + step.at;
    let run = |point: usize| series.points.get(point).map(|point| point.run);
    // What the change comes to in time: of the level before, at the floor of today.
    let level = |of: &[super::series::Point]| median_of(of.iter().map(|p| p.ns).collect());
    let before = level(&series.points[at - step.points.0..at])?;
    let after = level(&series.points[at..at + step.points.1])?;
    let ns = match series.measure {
        Measure::Ns => after - before,
        Measure::OverFloor => after - after / step.size().exp(),
    };
    if ns.abs() <= EPSILON_WIDE || step.size().abs() <= DELTA_ACROSS.ln_1p() {
        return None;
    }
    let percent = |ln: f64| 100.0 * ln.exp_m1();
    Some(Change {
        point: at,
        run: run(at)?,
        from: run((start + step.lo).saturating_sub(1))?,
        to: run(start + step.hi)?,
        before: step.before,
        after: step.after,
        points: step.points,
        percent: percent(step.size()),
        percent_interval: step.change.map(|(lo, hi)| (percent(lo), percent(hi))),
        ns,
        p: step.p,
        p_adjusted: step.p,
        explained: None,
    })
}

/// The last one or two points beside the level that began at `level`: by the prediction interval of Student's t for their mean,
/// at one in a thousand.
fn young(series: &Series, level: usize) -> Option<Young> {
    const FEWEST: usize = 6;
    const LEVEL: f64 = 0.001;
    if series.role == Role::Empty {
        return None;
    }
    (1..steps::FEWEST).rev().find_map(|points| {
        let end = series.points.len().checked_sub(points)?;
        let before: Vec<f64> = series
            .points
            .get(level..end)?
            .iter()
            .map(|p| p.value)
            .collect();
        if before.len() < FEWEST {
            return None;
        }
        let new: Vec<f64> = series.points[end..]
            .iter()
            .map(|point| point.value)
            .collect();
        let known = Centre::student(&before)?;
        let (n, k) = (before.len() as f64, points as f64);
        let predicted = Centre {
            // s sqrt(1 / n + 1 / k), of se = s / sqrt(n)
            se: known.se * (1.0 + n / k).sqrt(),
            ..known
        };
        let away = new.iter().sum::<f64>() / k - known.estimate;
        // All on one side: one spike of two points is no level.
        let together = new.iter().all(|value| {
            (value - known.estimate) * away > 0.0 && (value - known.estimate).abs() > DELTA_ACROSS
        });
        let beyond = away.abs() > predicted.half_width_at(LEVEL);
        (together && beyond).then(|| Young {
            run: series.points[end].run,
            points,
            percent: 100.0 * away.exp_m1(),
        })
    })
}

/// Adjusted p, in the order given.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let mut adjusted = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (from_largest, at) in order.into_iter().enumerate() {
        let rank = (p.len() - from_largest) as f64;
        least = least.min(p[at] * p.len() as f64 / rank);
        adjusted[at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_as_r_does() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.5), "BH")
        let adjusted = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.5]);
        let expected = [0.04, 0.053_333_333, 0.053_333_333, 0.5];
        for (found, expected) in adjusted.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-8, "{adjusted:?}");
        }
    }
}
