//! `lab validate --history`: the detector of steps on series with known truth.

use std::fmt::Write as _;

use serde::Serialize;

use super::Rate;
use super::series::{self, Noise};
use crate::stats::simulation::Random;
use crate::stats::steps::{self, LEVEL, Settings, Step};
use crate::terminal::{align_right, plain, table_text};

/// Points of a series.
const LENGTHS: [usize; 4] = [30, 50, 100, 200];
/// Points of the series that have something in them.
const POINTS: usize = 100;
/// A step counts as found within so many points.
const NEAR: usize = 3;
const SIZES: [f64; 3] = [2.0, 3.0, 5.0];
const AFTER: [usize; 4] = [3, 5, 10, 40];

/// What came out.
#[derive(Debug, Serialize)]
pub struct Detector {
    /// Probability of a step in a series without one, as stated.
    pub level: f64,
    pub seed: u64,
    pub false_alarms: Vec<FalseAlarms>,
    pub recall: Vec<Recall>,
    pub location: Location,
    pub shapes: Vec<Shape>,
}

/// Series without a step in which one is found.
#[derive(Debug, Serialize)]
pub struct FalseAlarms {
    pub noise: Noise,
    pub points: usize,
    pub found: Rate,
}

/// One step in 100 points, found within three points.
#[derive(Debug, Serialize)]
pub struct Recall {
    pub noise: Noise,
    /// In standard deviations of the noise.
    pub size: f64,
    pub points_after: usize,
    pub found: Rate,
}

/// How often the interval of location holds the true place of a step that was found, in Gaussian noise.
#[derive(Debug, Serialize)]
pub struct Location {
    pub holds: Rate,
}

/// Other things that a series may hold.
#[derive(Debug, Serialize)]
pub struct Shape {
    pub what: String,
    /// What is counted.
    pub counted: String,
    pub found: Rate,
}

/// Runs every experiment; `trials` series for each cell.
pub fn detector(trials: usize, seed: u64) -> Detector {
    // A seed of its own for each cell: adding one moves no other.
    let random = |cell: String| {
        let hash = blake3::hash(format!("{seed} {cell}").as_bytes());
        let bytes: [u8; 8] = hash.as_bytes()[..8].try_into().unwrap_or_default();
        Random::new(u64::from_le_bytes(bytes))
    };
    let false_alarms = Noise::ALL
        .into_iter()
        .flat_map(|noise| LENGTHS.map(|points| (noise, points)))
        .map(|(noise, points)| {
            let mut random = random(format!("false alarms {noise} {points}"));
            let found = rate(trials, |trial| {
                !found(&noise.series(points, &mut random), trial).is_empty()
            });
            FalseAlarms {
                noise,
                points,
                found,
            }
        });
    let mut holds = Rate::default();
    let mut recall = Vec::new();
    for noise in Noise::ALL {
        for size in SIZES {
            for points_after in AFTER {
                let mut random = random(format!("recall {noise} {size} {points_after}"));
                let truth = POINTS - points_after;
                let found = rate(trials, |trial| {
                    let mut values = noise.series(POINTS, &mut random);
                    series::step(&mut values, truth, size);
                    let steps = found(&values, trial);
                    let near = near(&steps, truth);
                    if let (Noise::Gaussian, Some(step)) = (noise, near) {
                        holds.of += 1;
                        holds.hits += u32::from((step.lo..=step.hi).contains(&truth));
                    }
                    near.is_some()
                });
                recall.push(Recall {
                    noise,
                    size,
                    points_after,
                    found,
                });
            }
        }
    }
    Detector {
        level: LEVEL,
        seed,
        false_alarms: false_alarms.collect(),
        recall,
        location: Location { holds },
        shapes: shapes(trials, random),
    }
}

fn shapes(trials: usize, random: impl Fn(String) -> Random) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut shape = |what: &str, counted: &str, one: &mut dyn FnMut(&mut Random, usize) -> bool| {
        let mut random = random(what.to_string());
        shapes.push(Shape {
            what: what.to_string(),
            counted: counted.to_string(),
            found: rate(trials, |trial| one(&mut random, trial)),
        });
    };
    let gaussian = |random: &mut Random| Noise::Gaussian.series(POINTS, random);
    let any = |values: &[f64], trial: usize| !found(values, trial).is_empty();

    shape(
        "one spike of 4 to 100 sigma",
        "called a step",
        &mut |random, trial| {
            let mut values = gaussian(random);
            let at = (random.uniform() * POINTS as f64) as usize;
            values[at] += 4.0 * 25.0_f64.powf(random.uniform());
            any(&values, trial)
        },
    );
    shape(
        "one spike among the last three points",
        "called a step",
        &mut |random, trial| {
            let mut values = gaussian(random);
            let at = POINTS - 1 - (random.uniform() * 3.0) as usize;
            values[at] += 4.0 * 25.0_f64.powf(random.uniform());
            any(&values, trial)
        },
    );
    shape(
        "spread doubles in the middle",
        "called a step",
        &mut |random, trial| {
            let mut values = gaussian(random);
            values[POINTS / 2..]
                .iter_mut()
                .for_each(|value| *value *= 2.0);
            any(&values, trial)
        },
    );
    shape(
        "three of ten points are missing",
        "called a step",
        &mut |random, trial| {
            let mut values = gaussian(random);
            values.retain(|_| random.uniform() >= 0.3);
            any(&values, trial)
        },
    );
    shape(
        "drift of 1 sigma over all points",
        "called a step",
        &mut |random, trial| {
            let mut values = gaussian(random);
            series::ramp(&mut values, 0, POINTS - 1, 1.0);
            any(&values, trial)
        },
    );
    shape(
        "drift of 4 sigma over all points",
        "called a step",
        &mut |random, trial| {
            let mut values = gaussian(random);
            series::ramp(&mut values, 0, POINTS - 1, 4.0);
            any(&values, trial)
        },
    );
    shape(
        "ramp of 5 sigma over 10 points",
        "a step in it or next to it",
        &mut |random, trial| {
            let mut values = gaussian(random);
            series::ramp(&mut values, 50, 60, 5.0);
            found(&values, trial)
                .iter()
                .any(|step| (47..=63).contains(&step.at))
        },
    );
    shape(
        "up 3 sigma at 30, down at 70",
        "both found within 3 points, nothing else",
        &mut |random, trial| {
            let mut values = gaussian(random);
            series::step(&mut values, 30, 3.0);
            series::step(&mut values, 70, -3.0);
            let steps = found(&values, trial);
            steps.len() == 2 && near(&steps, 30).is_some() && near(&steps, 70).is_some()
        },
    );
    shape(
        "up 5 sigma for 10 points",
        "both found within 3 points, nothing else",
        &mut |random, trial| {
            let mut values = gaussian(random);
            series::step(&mut values, 45, 5.0);
            series::step(&mut values, 55, -5.0);
            let steps = found(&values, trial);
            steps.len() == 2 && near(&steps, 45).is_some() && near(&steps, 55).is_some()
        },
    );
    shape(
        "steps of 3 sigma at 40 and 60, both up",
        "both found within 3 points, nothing else",
        &mut |random, trial| {
            let mut values = gaussian(random);
            series::step(&mut values, 40, 3.0);
            series::step(&mut values, 60, 3.0);
            let steps = found(&values, trial);
            steps.len() == 2 && near(&steps, 40).is_some() && near(&steps, 60).is_some()
        },
    );
    shapes
}

fn found(values: &[f64], trial: usize) -> Vec<Step> {
    let settings = Settings {
        level: LEVEL,
        least: 0.0,
        seed: trial as u64,
    };
    steps::steps(values, &settings)
}

fn near(steps: &[Step], truth: usize) -> Option<&Step> {
    steps.iter().find(|step| step.at.abs_diff(truth) <= NEAR)
}

fn rate(trials: usize, mut one: impl FnMut(usize) -> bool) -> Rate {
    let hits = (0..trials).filter(|trial| one(*trial)).count();
    Rate::of(hits, trials)
}

/// What `lab validate --history` prints.
pub fn text(detector: &Detector) -> String {
    let mut text = format!(
        "Steps in series that have none, at a stated level of {} % per series\n",
        100.0 * detector.level
    );
    let mut table = plain(["noise", "points", "false alarms"]);
    align_right(&mut table, 1..2);
    for row in &detector.false_alarms {
        table.add_row([
            row.noise.to_string(),
            row.points.to_string(),
            row.found.to_string(),
        ]);
    }
    text += &table_text(&table);
    let _ = write!(
        text,
        "\nOne step in {POINTS} points, found within {NEAR} points\n"
    );
    let mut table = plain(["noise", "step, sigma", "points after it", "found"]);
    align_right(&mut table, 1..3);
    for row in &detector.recall {
        table.add_row([
            row.noise.to_string(),
            row.size.to_string(),
            row.points_after.to_string(),
            row.found.to_string(),
        ]);
    }
    text += &table_text(&table);
    let _ = write!(
        text,
        "\nThe interval of location of a step found in Gaussian noise holds the true place: {}\n\nOther series, {POINTS} points, Gaussian noise\n",
        detector.location.holds
    );
    let mut table = plain(["series", "counted", "share"]);
    for row in &detector.shapes {
        table.add_row([row.what.clone(), row.counted.clone(), row.found.to_string()]);
    }
    text + &table_text(&table)
}
