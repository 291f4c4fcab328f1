//! The word for a comparison: a variant beside its reference, or a row in two runs. `stats` decides which one holds.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    #[serde(rename = "slower")]
    Slower,
    #[serde(rename = "faster")]
    Faster,
    /// The interval lies within the smallest effect that counts.
    #[serde(rename = "equivalent")]
    Equivalent,
    #[serde(rename = "inconclusive")]
    Inconclusive,
    /// One launch a side.
    #[serde(rename = "not decidable")]
    NotDecidable,
    /// A difference that is one of code placement.
    #[serde(rename = "layout")]
    Layout,
    /// An alarm forbids a verdict.
    #[serde(rename = "not measurable")]
    NotMeasurable,
    /// Across runs: slower, and confirmed by a fresh measurement.
    #[serde(rename = "regressed")]
    Regressed,
    #[serde(rename = "improved")]
    Improved,
    /// Across runs: slower or faster in the only measurement there is.
    #[serde(rename = "suspected")]
    Suspected,
    /// Across runs: not the same question, or more than one thing changed.
    #[serde(rename = "incomparable")]
    Incomparable,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Slower => "slower",
            Verdict::Faster => "faster",
            Verdict::Equivalent => "equivalent",
            Verdict::Inconclusive => "inconclusive",
            Verdict::NotDecidable => "not decidable",
            Verdict::Layout => "layout",
            Verdict::NotMeasurable => "not measurable",
            Verdict::Regressed => "regressed",
            Verdict::Improved => "improved",
            Verdict::Suspected => "suspected",
            Verdict::Incomparable => "incomparable",
        }
    }

    /// The word for readers of a report: two ways that cost the same tie.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Equivalent => "tie",
            other => other.name(),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
