//! Slow-downs that were put into a kernel: what is found of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::excludes_one;
use super::rate::Rate;
use crate::catalogue::NATIVE;
use crate::row::Row;
use crate::stats::Assessment;
use crate::stats::median::median_of;
use crate::verdict::Verdict;

/// The case whose differences are put in, and what its variants add, in percent of the steps of `Base`.
pub const CHAIN: &str = "control_chain";
pub(super) const INJECTED: [(&str, f64); 6] = [
    ("Twin", 0.0),
    ("Plus05", 0.5),
    ("Plus1", 1.0),
    ("Plus2", 2.0),
    ("Plus5", 5.0),
    ("Plus10", 10.0),
];

/// Slow-downs of a known size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Injected {
    /// As in the row key.
    pub params: String,
    pub variant: String,
    /// Percent of the base's steps.
    pub percent: f64,
    /// Median over comparisons of what was found, percent.
    pub found_percent: Option<f64>,
    pub excludes_none: Rate,
    pub slower: Rate,
    pub faster: Rate,
    /// Median over comparisons of the smallest effect that is promised to be found in 90 %.
    pub mde_percent: Option<f64>,
    /// Of the comparisons that promised to find this one: how many did.
    #[serde(default)]
    pub promised: Rate,
}

/// A row of the chain and what share of the reference's call its kernel is: what is put into the kernel is less of the call.
struct Put<'a> {
    row: &'a Row,
    kernel_share: f64,
}

impl Put<'_> {
    fn is_promised(&self, percent: f64) -> bool {
        let mde = self.row.mde_percent.0;
        mde.is_some_and(|mde| mde <= percent * self.kernel_share)
    }
}

/// 1 where the floor was not timed.
fn kernel_share(set: &Assessment, row: &Row) -> f64 {
    let ns = |variant: &str| {
        let mut rows = set.rows.iter();
        let found =
            rows.find(|other| other.key.variant == variant && other.key.group() == row.key.group());
        found.and_then(|other| other.ns_per_call.0)
    };
    let (floor, reference) = (ns(NATIVE), ns(&row.reference));
    floor
        .zip(reference)
        .map_or(1.0, |(floor, reference)| (floor / reference).min(1.0))
}

pub fn injected(sets: &[Assessment]) -> Vec<Injected> {
    let mut found: BTreeMap<(&str, usize), Vec<Put>> = BTreeMap::new();
    for (set, row) in sets
        .iter()
        .flat_map(|set| set.rows.iter().map(move |row| (set, row)))
    {
        let known = INJECTED
            .iter()
            .position(|(variant, _)| *variant == row.key.variant);
        if let Some(at) = known.filter(|_| row.key.case == CHAIN && row.ratio.0.is_some()) {
            found.entry((&row.key.params, at)).or_default().push(Put {
                row,
                kernel_share: kernel_share(set, row),
            });
        }
    }
    found
        .into_iter()
        .map(|((params, at), rows)| {
            let percent = INJECTED[at].1;
            let rate = |of: &dyn Fn(&Row) -> bool| {
                Rate::of(rows.iter().filter(|put| of(put.row)).count(), rows.len())
            };
            let values = |of: fn(&Row) -> Option<f64>| {
                median_of(rows.iter().filter_map(|put| of(put.row)).collect())
            };
            let is_slower = |row: &Row| row.verdict == Some(Verdict::Slower);
            let promised: Vec<&Put> = rows.iter().filter(|put| put.is_promised(percent)).collect();
            let kept = promised.iter().filter(|put| is_slower(put.row)).count();
            Injected {
                params: params.to_string(),
                variant: INJECTED[at].0.to_string(),
                percent,
                found_percent: values(|row| Some(100.0 * (row.ratio.0? - 1.0))),
                excludes_none: rate(&|row| excludes_one(row.ratio_lo, row.ratio_hi)),
                slower: rate(&is_slower),
                faster: rate(&|row| row.verdict == Some(Verdict::Faster)),
                mde_percent: values(|row| row.mde_percent.0),
                promised: Rate::of(kept, promised.len()),
            }
        })
        .collect()
}
