//! Two entries of a group over all usable launches.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Group, Placement};
use super::gate::Gate;
use super::launch::{Pair, View};
use super::{EPSILON, EPSILON_WIDE, LEVEL, REPLICAS_ENOUGH};
use crate::manifest::layout_of;
use crate::stats::interval::{Centre, Estimate};
use crate::stats::median::{self, mean};
use crate::stats::quantile::ascending;

/// A group with its gates, ready to be asked.
#[derive(Clone, Copy)]
pub struct Gated<'a> {
    pub group: &'a Group,
    pub gates: &'a [Gate],
    /// Per entry: whether it takes memory from the managed heap.
    pub allocates: &'a [bool],
    /// The comparisons that somebody has asked for.
    pub asked: &'a RefCell<BTreeSet<(usize, usize)>>,
}

/// Entry A beside entry B.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Usable launches that hold both; where launches share builds, the builds.
    pub launches: usize,
    /// ln(A / B) over launches.
    pub ratio: Option<Estimate>,
    /// The same at the best placement.
    pub best: Option<Estimate>,
    pub difference_ns: Option<Estimate>,
    pub difference_cycles: Option<Estimate>,
    /// With one launch: ln ratio and an interval for its median within that launch, which says nothing of another launch.
    pub within_launch: Option<(f64, Option<(f64, f64)>)>,
    /// One of both takes memory: collections are charged to it, and there is no best placement.
    pub allocating: bool,
    /// Collections in the blocks of both.
    pub collections: u64,
}

impl<'a> Gated<'a> {
    /// Launches that are usable, by the gate alone.
    pub fn usable(&self) -> impl Iterator<Item = View<'a>> + use<'a> {
        let group = self.group;
        group
            .launches
            .iter()
            .zip(self.gates)
            .filter(|(_, gate)| gate.usable)
            .map(move |(launch, gate)| View {
                group,
                launch,
                gate,
                only: None,
            })
    }

    /// Smallest difference that counts here, nanoseconds.
    pub fn epsilon(&self) -> f64 {
        if self.group.replicas >= REPLICAS_ENOUGH {
            EPSILON
        } else {
            EPSILON_WIDE
        }
    }

    /// Quiet rounds over all rounds.
    pub fn quiet_share(&self) -> Option<f64> {
        let rounds: usize = self.gates.iter().map(|gate| gate.quiet.len()).sum();
        let quiet: usize = self.gates.iter().map(Gate::quiet_rounds).sum();
        (rounds > 0).then(|| quiet as f64 / rounds as f64)
    }

    /// What each draw of the placement says. Launches of one build have the same placement, whatever their number: they are one
    /// value; so are a copy's shares in all launches, but for what belongs to a launch as a whole.
    pub fn draws<T>(
        &self,
        value: impl Fn(View<'a>) -> Option<T>,
        together: fn(&[T]) -> Option<T>,
        of_launch: bool,
    ) -> Vec<T> {
        let views: Vec<View> = self.usable().collect();
        let mut draws: BTreeMap<usize, Vec<T>> = BTreeMap::new();
        let mut add = |draw: usize, view: View<'a>| {
            if let Some(value) = value(view) {
                draws.entry(draw).or_default().push(value);
            }
        };
        match self.group.placement {
            Placement::Copies if of_launch => return views.into_iter().filter_map(value).collect(),
            Placement::Fresh => return views.into_iter().filter_map(value).collect(),
            Placement::Builds(layouts) => {
                for view in views {
                    add(layout_of(view.launch.number, layouts) as usize, view);
                }
            }
            Placement::Copies => {
                for view in views {
                    for copy in 0..self.group.replicas {
                        let only = Some(copy);
                        add(copy, View { only, ..view });
                    }
                }
            }
        }
        let draws = draws.into_values();
        draws.filter_map(|values| together(&values)).collect()
    }

    /// Launch values of an entry, ns per call.
    pub fn ns(&self, entry: usize) -> Vec<f64> {
        self.draws(|view| self.ns_of(view, entry), mean, self.allocates[entry])
    }

    /// Usable launches that hold an entry.
    pub fn launches_of(&self, entry: usize) -> usize {
        self.usable()
            .filter_map(|view| self.ns_of(view, entry))
            .count()
    }

    pub(super) fn ns_of(&self, view: View<'a>, entry: usize) -> Option<f64> {
        if self.allocates[entry] {
            view.allocating_ns(entry)
        } else {
            view.ns(entry)
        }
    }

    /// Whether one of both takes memory.
    pub(super) fn is_allocating(&self, a: usize, b: usize) -> bool {
        self.allocates[a] || self.allocates[b]
    }

    pub(super) fn pair_of(&self, view: View<'a>, a: usize, b: usize) -> Option<Pair> {
        if self.is_allocating(a, b) {
            view.allocating_pair(a, b)
        } else {
            view.pair(a, b)
        }
    }

    pub fn compare(&self, a: usize, b: usize) -> Comparison {
        self.asked.borrow_mut().insert((a, b));
        let allocating = self.is_allocating(a, b);
        let pair = |view: View| self.pair_of(view, a, b);
        let pairs: Vec<Pair> = self.draws(pair, Pair::together, allocating);
        let over = |value: fn(&Pair) -> Option<f64>| {
            let values: Vec<f64> = pairs.iter().filter_map(value).collect();
            // A quantity that some launches lack is not the same quantity.
            (values.len() == pairs.len())
                .then(|| Estimate::over(values))
                .flatten()
        };
        let collections = self
            .group
            .launches
            .iter()
            .map(|launch| launch.collections(a) + launch.collections(b))
            .sum();
        Comparison {
            launches: pairs.len(),
            ratio: over(|pair| Some(pair.ln_ratio)),
            best: over(|pair| pair.ln_best),
            difference_ns: over(|pair| Some(pair.difference_ns)),
            difference_cycles: over(|pair| pair.difference_cycles),
            // Several launches of the only build say less of another build than its rounds pretend.
            within_launch: match pairs[..] {
                [only] => {
                    let single = self.usable().count() == 1;
                    let interval = single.then(|| self.within_launch(a, b)).flatten();
                    Some((only.ln_ratio, interval))
                }
                _ => None,
            },
            allocating,
            collections,
        }
    }

    /// Of the first usable launch.
    pub(super) fn within_launch(&self, a: usize, b: usize) -> Option<(f64, f64)> {
        let view = self.usable().next()?;
        if let Some(levels) = &view.launch.levels {
            return levels.within(a, b);
        }
        let rounds = (0..view.launch.rounds()).filter(|round| view.gate.quiet[*round]);
        let logs = rounds.filter_map(|round| {
            let (a, b) = (view.launch.blocks[a][round]?, view.launch.blocks[b][round]?);
            Some(a.ns.ln() - b.ns.ln())
        });
        median::interval(&ascending(logs.collect()))
    }
}

impl Comparison {
    /// p of "no difference that counts": the largest over ratio and ns, Student and Yuen.
    pub fn p(&self, delta: f64, epsilon: f64) -> f64 {
        match (&self.ratio, &self.difference_ns) {
            (Some(ratio), Some(difference)) => {
                ratio.p_beyond(delta).max(difference.p_beyond(epsilon))
            }
            _ => 1.0,
        }
    }

    /// The interval of the ratio lies within `delta` of 1, or that of the difference within `epsilon` of 0.
    pub fn is_within(&self, delta: f64, epsilon: f64) -> bool {
        let ratio = self.ratio.is_some_and(|ratio| ratio.within(delta));
        ratio
            || self
                .difference_ns
                .is_some_and(|difference| difference.within(epsilon))
    }

    /// Whether a difference at mean placement is there at the best one, too: on the same side of 1, and not shown to lie within
    /// `delta`.
    pub fn placements_agree(&self, delta: f64) -> bool {
        match (&self.ratio, &self.best) {
            (Some(ratio), Some(best)) => {
                let sides = [ratio, best].map(|of| of.decides.estimate.signum());
                sides[0] == sides[1] && !best.within(delta)
            }
            _ => true,
        }
    }

    /// `max(delta, epsilon / ns of the reference) + (t(.975) + t(.90)) se`, in percent of the reference; the larger of both methods',
    /// because a verdict needs both. Holm's adjustment is not in it.
    pub fn mde_percent(&self, delta: f64, epsilon: f64, reference_ns: f64) -> Option<f64> {
        self.mde_percent_of(delta, epsilon, reference_ns, 1)
    }

    /// The same with the first step of Holm's over the comparisons judged `together`: `t(1 - .025 / together)`.
    pub fn mde_percent_of(
        &self,
        delta: f64,
        epsilon: f64,
        reference_ns: f64,
        together: usize,
    ) -> Option<f64> {
        let bound = delta.max(epsilon / reference_ns);
        let level = LEVEL / together.max(1) as f64;
        let ratio = self.ratio?;
        let beyond = ratio.decides.detectable(level);
        Some(100.0 * (bound + beyond.max(ratio.student.detectable(level))))
    }

    /// Launches (between runs, of each side) after which the interval would leave the bound, or lie within it, were the estimate to
    /// stay: `L (t se / h)^2`, h the distance to the bound, which is the larger of `delta` and `epsilon / reference_ns`. To be called
    /// different takes the first step of Holm's over the comparisons judged `together`; to be called equivalent does not. `None`
    /// where launches are not what is missing, and where nobody would make as many.
    pub fn launches_needed(
        &self,
        delta: f64,
        epsilon: f64,
        reference_ns: f64,
        together: usize,
    ) -> Option<u32> {
        const MOST: f64 = 10_000.0;
        let ratio = self.ratio?;
        let level = LEVEL / together.max(1) as f64;
        if self.p(delta, epsilon) <= level {
            return None;
        }
        let bound = delta.max(epsilon / reference_ns);
        let needed = |centre: Centre| {
            let distance = centre.estimate.abs() - bound;
            let half_width = if distance > 0.0 {
                centre.half_width_at(level)
            } else {
                centre.half_width()
            };
            ratio.launches as f64 * (half_width / distance).powi(2)
        };
        let needed = needed(ratio.decides).max(needed(ratio.student)).ceil();
        // As many as there are have not decided it.
        let needed = needed.max(ratio.launches as f64 + 1.0);
        (needed <= MOST).then_some(needed as u32)
    }
}
