//! Whether a change may pass.

use clap::ValueEnum;

use super::table::plain;
use super::{Compared, Outcome};
use crate::report::format::plural;
use crate::verdict::Verdict;

/// What a gate stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Rows that are slower in two measurements
    #[default]
    Regressed,
    /// Rows that are slower in one measurement too: for stored runs and imports, which nobody can measure again
    Suspected,
}

/// What the gate found.
#[derive(Clone, Debug)]
pub struct Gate<'a> {
    /// The rows that stop it, worst first.
    pub stopped_by: Vec<&'a Compared>,
    /// In one line.
    pub says: String,
}

impl Outcome {
    pub fn gate(&self, fail_on: FailOn) -> Gate<'_> {
        let slower = |row: &&Compared| row.ratio.is_some_and(|ratio| ratio > 1.0);
        let of = |verdict: Verdict| {
            let rows = self.rows.iter();
            rows.filter(move |row| row.verdict == verdict)
        };
        let regressed: Vec<&Compared> = of(Verdict::Regressed).collect();
        let suspected: Vec<&Compared> = of(Verdict::Suspected).filter(slower).collect();
        let mut says = format!(
            "gate: {}, {}",
            plural(regressed.len(), "regressed row"),
            plural(suspected.len(), "suspected one")
        );
        let stopped_by = match fail_on {
            FailOn::Regressed => regressed,
            FailOn::Suspected => [regressed, suspected.clone()].concat(),
        };
        says += if stopped_by.is_empty() {
            ": passed"
        } else {
            ": stopped"
        };
        if stopped_by.is_empty() && !suspected.is_empty() {
            let is_tried = suspected.iter().any(|row| row.confirmation.is_some());
            says += if is_tried {
                " (the machine was too busy to confirm: run it again; --fail-on suspected stops at them)"
            } else {
                " (--confirm measures suspected rows again; --fail-on suspected stops at them)"
            };
        }
        let unknown = of(Verdict::NotMeasurable).count() + of(Verdict::NotDecidable).count();
        if stopped_by.is_empty() && unknown > 0 {
            says += &format!(
                " ({unknown} of {} could not be told: --strict makes that exit code 3)",
                plural(self.rows.len(), "row")
            );
        }
        Gate {
            stopped_by,
            says: plain(&says),
        }
    }
}
