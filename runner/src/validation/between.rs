//! `lab validate --across`: comparisons between runs on this machine. The launches of one run are cut into sets that are compared two
//! by two, as a run of before and a run of after: what is the same must not be suspected, and a kernel that was slowed must.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use super::injected::{CHAIN, INJECTED};
use super::{LAUNCHES, Rate, each_set};
use crate::catalogue::NATIVE;
use crate::manifest::Manifest;
use crate::names::{PAIRED, RowKey};
use crate::row::State;
use crate::sample::{Launch, Measured};
use crate::stats::across::{Across, Side, Sides, judged, sides};
use crate::stats::median::median_of;
use crate::stats::paired::blocks::GroupKey;
use crate::terminal::{align_right, plain, table_text};
use crate::verdict::Verdict;

/// What the run showed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Between {
    pub run: String,
    pub started: String,
    pub environment: String,
    pub command: String,
    /// Launches of a side, and pairs of sides.
    pub launches: u32,
    pub pairs: u32,
    /// Rows beside themselves that are called suspected, adjusted over the rows of their pair as `lab compare` does.
    pub suspected: Rate,
    /// The same over sets of ten launches as they came, of which a busy machine leaves fewer.
    pub as_they_came: Rate,
    /// Pairs in which any row is.
    pub pairs_suspected: Rate,
    pub equivalent: Rate,
    /// Rows whose 95 % interval, which is not adjusted, does not hold 1: expected in one of twenty.
    pub excludes_one: Rate,
    /// Rows that an alarm forbids to judge, of all.
    pub not_measurable: Rate,
    pub half_width_percent: Option<f64>,
    pub worst_percent: Option<f64>,
    pub injected: Vec<Injected>,
}

/// A kernel with more work after than before, judged together with the rows that are the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Injected {
    pub params: String,
    pub variant: String,
    /// Of the kernel's steps, and of the call that it is a part of.
    pub percent: f64,
    pub percent_of_call: Option<f64>,
    pub found_percent: Option<f64>,
    /// Suspected to be slower, and to be faster.
    pub slower: Rate,
    pub faster: Rate,
    /// Median of the smallest effect that is promised to be found in 90 %.
    pub mde_percent: Option<f64>,
    /// Of the comparisons that promised to find this one: how many did.
    pub promised: Rate,
}

/// Compares the sets of ten usable launches of a run two by two: a run replaces launches that are not.
pub fn between(manifest: &Manifest, measured: Measured) -> Between {
    let first = manifest.plan.implementations.first().map(String::as_str);
    let came = each_set(measured.clone(), |set| sides(manifest, set));
    let came = came.chunks_exact(2).flat_map(|two| {
        let rows = judged(&of_same(&[&two[0], &two[1]], &|_| true)).into_iter();
        rows.filter(|row| row.verdict != Verdict::NotMeasurable)
    });
    let as_they_came = came.fold(Rate::default(), |rate, row| Rate {
        hits: rate.hits + u32::from(is_suspected(&row)),
        of: rate.of + 1,
    });
    let sets = each_set(usable(measured, first), |set| sides(manifest, set));
    let pairs: Vec<[&Sides; 2]> = sets.chunks_exact(2).map(|two| [&two[0], &two[1]]).collect();
    let mut same: Vec<Across> = Vec::new();
    let mut pairs_suspected = Rate::default();
    for pair in &pairs {
        let rows = judged(&of_same(pair, &|_| true));
        pairs_suspected.of += 1;
        pairs_suspected.hits += u32::from(rows.iter().any(is_suspected));
        same.extend(rows);
    }
    let measurable: Vec<&Across> = same
        .iter()
        .filter(|row| row.verdict != Verdict::NotMeasurable)
        .collect();
    let rate = |of: &dyn Fn(&Across) -> bool| {
        Rate::of(
            measurable.iter().filter(|row| of(row)).count(),
            measurable.len(),
        )
    };
    let intervals = || measurable.iter().filter_map(|row| row.comparison.ratio);
    let half = intervals().map(|ratio| 100.0 * ratio.decides.half_width().exp_m1());
    let off = intervals().map(|ratio| 100.0 * ratio.decides.estimate.exp_m1().abs());
    Between {
        run: manifest.id.clone(),
        started: manifest.started.clone(),
        environment: manifest.environment.class.clone(),
        command: manifest.command.clone(),
        launches: LAUNCHES,
        pairs: pairs.len() as u32,
        suspected: rate(&is_suspected),
        as_they_came,
        pairs_suspected,
        equivalent: rate(&|row| row.verdict == Verdict::Equivalent),
        excludes_one: rate(&|row| {
            let interval = row.comparison.ratio.map(|ratio| ratio.decides.interval());
            interval.is_some_and(|(lo, hi)| lo > 0.0 || hi < 0.0)
        }),
        not_measurable: Rate::of(same.len() - measurable.len(), same.len()),
        half_width_percent: median_of(half.collect()),
        worst_percent: off.max_by(f64::total_cmp),
        injected: injected(manifest, &pairs),
    }
}

/// The usable launches of each group, numbered anew in their order; as many as fill sets.
fn usable(measured: Measured, first: Option<&str>) -> Measured {
    let mut of_group: BTreeMap<GroupKey, Vec<u32>> = BTreeMap::new();
    let paired = |launch: &&Launch| launch.engine == PAIRED && launch.state == State::Ok;
    for launch in measured.launches.iter().filter(paired) {
        of_group
            .entry(GroupKey::of(&launch.key(), first))
            .or_default()
            .push(launch.launch);
    }
    let mut number: BTreeMap<(GroupKey, u32), u32> = BTreeMap::new();
    for (group, mut launches) in of_group {
        launches.sort_unstable();
        launches.dedup();
        let full = launches.len() as u32 / LAUNCHES * LAUNCHES;
        let numbered = launches.into_iter().zip(1..=full);
        number.extend(numbered.map(|(launch, new)| ((group.clone(), launch), new)));
    }
    let of_key = |key: &RowKey, launch: u32| {
        let group = GroupKey::of(key, first);
        number.get(&(group, launch)).copied()
    };
    let mut groups: HashMap<Arc<RowKey>, GroupKey> = HashMap::new();
    let Measured {
        samples,
        launches,
        bodies,
        counts,
        levels: _,
    } = measured;
    Measured {
        levels: Vec::new(),
        samples: samples
            .into_iter()
            .filter_map(|mut sample| {
                let group = groups
                    .entry(sample.key.clone())
                    .or_insert_with(|| GroupKey::of(&sample.key, first));
                sample.launch = *number.get(&(group.clone(), sample.launch))?;
                Some(sample)
            })
            .collect(),
        launches: launches
            .into_iter()
            .filter(|launch| launch.engine == PAIRED)
            .filter_map(|mut launch| {
                launch.launch =
                    *number.get(&(GroupKey::of(&launch.key(), first), launch.launch))?;
                Some(launch)
            })
            .collect(),
        bodies: bodies
            .into_iter()
            .filter_map(|mut body| {
                body.launch = of_key(&body.key, body.launch)?;
                Some(body)
            })
            .collect(),
        counts,
    }
}

fn is_suspected(row: &Across) -> bool {
    row.verdict == Verdict::Suspected
}

/// The rows that both sides have.
fn of_same<'a>(
    [before, after]: &[&'a Sides; 2],
    chosen: &dyn Fn(&RowKey) -> bool,
) -> Vec<(&'a Side, &'a Side)> {
    let rows = before.rows.iter();
    rows.filter(|(key, side)| chosen(key) && !side.not_applicable)
        .filter_map(|(key, side)| Some((side, after.rows.get(key)?)))
        .collect()
}

fn injected(manifest: &Manifest, pairs: &[[&Sides; 2]]) -> Vec<Injected> {
    let case = manifest.cases.iter().find(|case| case.id == CHAIN);
    let base = case.map_or("", |case| case.reference.as_str());
    let Some(first) = pairs.first() else {
        return Vec::new();
    };
    let known = |key: &&RowKey| {
        let mut names = INJECTED.iter();
        let percent = names.find(|(variant, _)| *variant == key.variant);
        percent.map(|(_, percent)| *percent)
    };
    let chain = first[0].rows.keys().filter(|key| key.case == CHAIN);
    let mut all: Vec<Injected> = chain
        .filter_map(|key| Some((key, known(&key)?)))
        .map(|(key, percent)| one(pairs, base, key, percent))
        .collect();
    all.sort_by(|a, b| {
        (a.params.as_str(), a.percent)
            .partial_cmp(&(b.params.as_str(), b.percent))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    all
}

/// `key` after, its case's reference before, in every pair.
fn one(pairs: &[[&Sides; 2]], base: &str, key: &RowKey, percent: f64) -> Injected {
    let of = |variant: &str| RowKey {
        variant: variant.to_string(),
        ..key.clone()
    };
    let (base, floor) = (of(base), of(NATIVE));
    let mut found = Vec::new();
    for pair in pairs {
        let [before, after] = pair;
        let (Some(base), Some(slowed)) = (before.rows.get(&base), after.rows.get(key)) else {
            continue;
        };
        let mut rows = of_same(pair, &|key| key.case != CHAIN);
        rows.push((base, slowed));
        let Some(row) = judged(&rows).pop() else {
            continue;
        };
        if row.verdict == Verdict::NotMeasurable {
            continue;
        }
        let ns = base.ns_per_call();
        let kernel = before.rows.get(&floor).and_then(Side::ns_per_call);
        let share = kernel
            .zip(ns)
            .map_or(1.0, |(kernel, ns)| (kernel / ns).min(1.0));
        let mde = row.mde_percent;
        found.push((row, percent * share, mde));
    }
    let is_slower = |row: &Across| {
        let ratio = row.comparison.ratio;
        is_suspected(row) && ratio.is_some_and(|ratio| ratio.decides.estimate > 0.0)
    };
    let rate = |hits: usize| Rate::of(hits, found.len());
    let promised = found
        .iter()
        .filter(|(_, effect, mde)| mde.is_some_and(|mde| mde <= *effect));
    let promised: Vec<&Across> = promised.map(|(row, ..)| row).collect();
    let slower = found.iter().filter(|(row, ..)| is_slower(row)).count();
    let suspected = found.iter().filter(|(row, ..)| is_suspected(row)).count();
    let ratios = found.iter().filter_map(|(row, ..)| row.comparison.ratio);
    Injected {
        params: key.params.clone(),
        variant: key.variant.clone(),
        percent,
        percent_of_call: median_of(found.iter().map(|(_, effect, _)| *effect).collect()),
        found_percent: median_of(
            ratios
                .map(|ratio| 100.0 * ratio.decides.estimate.exp_m1())
                .collect(),
        ),
        slower: rate(slower),
        faster: rate(suspected - slower),
        mde_percent: median_of(found.iter().filter_map(|(.., mde)| *mde).collect()),
        promised: Rate::of(
            promised.iter().filter(|row| is_slower(row)).count(),
            promised.len(),
        ),
    }
}

/// What `lab validate --across` prints.
pub fn text(between: &Between) -> String {
    let percent =
        |value: Option<f64>| value.map_or("-".to_string(), |value| format!("{value:.2} %"));
    let mut text = format!(
        "run {} on {}: {} pairs of {} + {} launches, before and after\n\n",
        between.run, between.environment, between.pairs, between.launches, between.launches
    );
    let _ = write!(
        text,
        "Rows beside themselves\n  suspected: {}\n  suspected in sets of launches as they came, usable or not: {}\n  pairs with a suspected row: {}\n  equivalent: {}\n  \
         interval without 1 (5 % expected): {}\n  not measurable: {}\n  half-width of the interval: {} (median); farthest from 1: {}\n",
        between.suspected,
        between.as_they_came,
        between.pairs_suspected,
        between.equivalent,
        between.excludes_one,
        between.not_measurable,
        percent(between.half_width_percent),
        percent(between.worst_percent)
    );
    if between.injected.is_empty() {
        return text;
    }
    text += "\nKernels slowed after, each judged together with the rows that are the same\n";
    let mut table = plain([
        "case",
        "put in",
        "of the call",
        "found",
        "MDE (90 %)",
        "suspected slower",
        "faster",
        "found where promised",
    ]);
    align_right(&mut table, 1..5);
    for row in &between.injected {
        table.add_row([
            format!("{}/{}", row.params, row.variant),
            format!("{} %", row.percent),
            percent(row.percent_of_call),
            percent(row.found_percent),
            percent(row.mde_percent),
            row.slower.to_string(),
            row.faster.to_string(),
            row.promised.to_string(),
        ]);
    }
    text + &table_text(&table)
}
