//! What is read along the rows of a case: the steps of its ladder, and where two ways change places while a param grows.

use super::median::mean;
use super::paired::compare::Gated;
use super::paired::rows::Paired;
use super::student::mean_interval;
use crate::control::Control;
use crate::manifest::{CaseRecord, CrossoverRecord, LadderRecord, Manifest};
use crate::names::{RowKey, value_of};
use crate::plan::JIT;
use crate::sample::Role;
use crate::verdict::Verdict;

/// A value with the ends of its 95 % interval over launches.
pub type Known = (f64, f64, f64);

/// Totals of one group, from an empty managed call upwards. A rung is what a call costs, never a part of one.
#[derive(Clone, Debug)]
pub struct Ladder {
    pub case: String,
    pub params: String,
    pub rungs: Vec<Rung>,
}

#[derive(Clone, Debug)]
pub struct Rung {
    /// Absent for the empty managed call.
    pub key: Option<RowKey>,
    /// Nanoseconds per call.
    pub ns: Known,
    /// More than the rung below, nanoseconds, paired in rounds; absent for the lowest.
    pub step: Option<Known>,
}

/// Two ways beside each other while a param grows.
#[derive(Clone, Debug)]
pub struct Crossover {
    pub case: String,
    pub record: CrossoverRecord,
    /// In order of the param.
    pub points: Vec<Point>,
    pub found: Crossing,
}

#[derive(Clone, Debug)]
pub struct Point {
    pub x: f64,
    pub params: String,
    /// The first over the second.
    pub ratio: Option<Known>,
    /// Of the first beside the second.
    pub verdict: Verdict,
}

/// Which of both is the faster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    First,
    Second,
    Neither,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Crossing {
    /// Wherever it could be told, the same holds.
    Always(Side),
    /// `before` holds up to `from`, `after` from `to` on: the place lies between. `at`: where the line through the neighbouring
    /// ratios passes 1, where both sides have a winner.
    Between {
        before: Side,
        after: Side,
        from: f64,
        to: f64,
        at: Option<f64>,
    },
    /// More than one change: no single place.
    Several,
    /// Nowhere could be told which is the faster.
    Open,
}

/// Ladders and crossovers of the run's first implementation, compiled at run time.
pub fn of(
    manifest: &Manifest,
    paired: &Paired,
    controls: &[Control],
) -> (Vec<Ladder>, Vec<Crossover>) {
    let mut ladders = Vec::new();
    let mut crossovers = Vec::new();
    for case in &manifest.cases {
        let here = Here {
            manifest,
            paired,
            controls,
            case,
        };
        ladders.extend(case.ladder.as_ref().and_then(|record| here.ladder(record)));
        let found = case.crossovers.iter();
        crossovers.extend(found.filter_map(|record| here.crossover(record)));
    }
    (ladders, crossovers)
}

struct Here<'a> {
    manifest: &'a Manifest,
    paired: &'a Paired,
    controls: &'a [Control],
    case: &'a CaseRecord,
}

impl<'a> Here<'a> {
    fn group(&self, params: &str) -> Option<usize> {
        let first = self.manifest.plan.implementations.first()?;
        self.paired.groups.iter().position(|group| {
            let key = &group.key;
            key.case == self.case.id
                && key.params == params
                && key.implementation == *first
                && key.deployment == JIT
        })
    }

    fn ladder(&self, record: &LadderRecord) -> Option<Ladder> {
        let gated = self.paired.gated(self.group(&record.at)?);
        let entry = |name: &String| match name.as_str() {
            crate::catalogue::NATIVE => gated.group.entry(Role::Native),
            name => gated.group.variant(name),
        };
        let empty = gated.group.entry(Role::ManagedEmpty)?;
        let named = record.rungs.iter().map(entry).collect::<Option<Vec<_>>>()?;
        let mut below = None;
        let mut rungs = Vec::new();
        for at in [empty].into_iter().chain(named) {
            rungs.push(Rung {
                key: (at != empty).then(|| gated.group.entries[at].key.clone()),
                ns: total(&gated, at)?,
                step: match below {
                    None => None,
                    Some(below) => Some(difference(&gated, at, below)?),
                },
            });
            below = Some(at);
        }
        Some(Ladder {
            case: self.case.id.clone(),
            params: record.at.clone(),
            rungs,
        })
    }

    fn crossover(&self, record: &CrossoverRecord) -> Option<Crossover> {
        let points: Vec<Point> = record
            .params
            .iter()
            .filter_map(|params| self.point(record, params))
            .collect();
        if points.len() < 2 {
            return None;
        }
        Some(Crossover {
            case: self.case.id.clone(),
            record: record.clone(),
            found: crossing(&points),
            points,
        })
    }

    fn point(&self, record: &CrossoverRecord, params: &str) -> Option<Point> {
        let at = self.group(params)?;
        let group = &self.paired.groups[at];
        let [first, second] = record.between.each_ref().map(|name| group.variant(name));
        let (first, second) = (first?, second?);
        let judged = self.paired.judged(at, second, self.controls);
        let own = judged.iter().find(|one| one.entry == first)?;
        Some(Point {
            x: value_of(params, &record.param)?.parse().ok()?,
            params: params.to_string(),
            ratio: own.comparison.ratio.map(|ratio| {
                let (lo, hi) = ratio.decides.interval();
                (ratio.decides.estimate.exp(), lo.exp(), hi.exp())
            }),
            verdict: own.verdict,
        })
    }
}

fn total(gated: &Gated, entry: usize) -> Option<Known> {
    let mut values = gated.ns(entry);
    values.sort_by(f64::total_cmp);
    mean_interval(&values).or_else(|| mean(&values).map(|value| (value, value, value)))
}

fn difference(gated: &Gated, entry: usize, below: usize) -> Option<Known> {
    let difference = gated.compare(entry, below).difference_ns?;
    let (lo, hi) = difference.decides.interval();
    Some((difference.decides.estimate, lo, hi))
}

fn side(verdict: Verdict) -> Option<Side> {
    match verdict {
        Verdict::Faster => Some(Side::First),
        Verdict::Slower => Some(Side::Second),
        Verdict::Equivalent => Some(Side::Neither),
        _ => None,
    }
}

/// Points that nothing could be told of are passed over: the place is only the less known for them.
pub fn crossing(points: &[Point]) -> Crossing {
    let told: Vec<(usize, Side)> = points
        .iter()
        .enumerate()
        .filter_map(|(at, point)| Some((at, side(point.verdict)?)))
        .collect();
    let Some((_, first)) = told.first() else {
        return Crossing::Open;
    };
    let changes: Vec<&[(usize, Side)]> = told
        .windows(2)
        .filter(|pair| pair[0].1 != pair[1].1)
        .collect();
    match changes[..] {
        [] => Crossing::Always(*first),
        [change] => between(points, change[0], change[1]),
        // From one winner over a tie to the other is one change, seen twice.
        [one, two]
            if one[1].1 == Side::Neither && two[1].1 != one[0].1 && one[0].1 != Side::Neither =>
        {
            between(points, one[0], two[1])
        }
        _ => Crossing::Several,
    }
}

fn between(
    points: &[Point],
    (from, before): (usize, Side),
    (to, after): (usize, Side),
) -> Crossing {
    let winners = before != Side::Neither && after != Side::Neither;
    Crossing::Between {
        before,
        after,
        from: points[from].x,
        to: points[to].x,
        at: winners.then(|| passes_one(&points[from..=to])).flatten(),
    }
}

/// Where the ln of the ratio, a line between neighbours over ln x, passes 0.
fn passes_one(points: &[Point]) -> Option<f64> {
    points.windows(2).find_map(|pair| {
        let [a, b] = [&pair[0], &pair[1]];
        let (left, right) = (a.ratio?.0.ln(), b.ratio?.0.ln());
        let changes = left.signum() != right.signum() && a.x > 0.0 && b.x > 0.0;
        changes.then(|| {
            let share = left / (left - right);
            (a.x.ln() + share * (b.x.ln() - a.x.ln())).exp()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(told: &[(f64, f64, Verdict)]) -> Vec<Point> {
        let told = told.iter();
        told.map(|(x, ratio, verdict)| Point {
            x: *x,
            params: String::new(),
            ratio: Some((*ratio, *ratio, *ratio)),
            verdict: *verdict,
        })
        .collect()
    }

    #[test]
    fn one_change_lies_between_what_is_known() {
        use Verdict::{Equivalent, Faster, Inconclusive, Slower};
        let found = crossing(&points(&[
            (1.0, 0.5, Faster),
            (4.0, 0.5, Inconclusive),
            (16.0, 2.0, Slower),
        ]));
        let Crossing::Between {
            before,
            after,
            from,
            to,
            at,
        } = found
        else {
            panic!("{found:?}");
        };
        assert_eq!(
            (before, after, from, to),
            (Side::First, Side::Second, 1.0, 16.0)
        );
        assert!((at.unwrap() - 8.0).abs() < 1e-9, "{at:?}");
        // Over a tie.
        let over = crossing(&points(&[
            (1.0, 0.5, Faster),
            (4.0, 1.0, Equivalent),
            (16.0, 2.0, Slower),
        ]));
        assert!(
            matches!(
                over,
                Crossing::Between {
                    from: 1.0,
                    to: 16.0,
                    ..
                }
            ),
            "{over:?}"
        );
        // What ends in a tie has no place where the ratio passes 1.
        let fades = crossing(&points(&[(1.0, 0.5, Faster), (4.0, 1.001, Equivalent)]));
        assert!(
            matches!(
                fades,
                Crossing::Between {
                    after: Side::Neither,
                    at: None,
                    ..
                }
            ),
            "{fades:?}"
        );
    }

    #[test]
    fn no_change_several_and_nothing_known() {
        use Verdict::{Equivalent, Faster, Inconclusive, Slower};
        let of = |told: &[Verdict]| {
            let told: Vec<_> = (1..)
                .zip(told)
                .map(|(x, v)| (f64::from(x), 1.0, *v))
                .collect();
            crossing(&points(&told))
        };
        assert_eq!(of(&[Faster, Faster]), Crossing::Always(Side::First));
        assert_eq!(of(&[Inconclusive, Slower]), Crossing::Always(Side::Second));
        assert_eq!(of(&[Faster, Slower, Faster]), Crossing::Several);
        assert_eq!(of(&[Faster, Equivalent, Faster]), Crossing::Several);
        assert_eq!(of(&[Inconclusive, Inconclusive]), Crossing::Open);
    }
}
