//! What start-up programs told: counts that are the same in every process, and times with the interval of their median.

use super::super::Test;
use super::super::relation::{Order, Term};
use super::{ClaimVerdict, Court, Missing, Point, together};
use crate::names::STARTUP;
use crate::report::format;
use crate::stats::startup::INTERVALS;
use crate::stats::told::Middle;

impl Court<'_> {
    /// Each term beside the next.
    pub(super) fn told(
        &self,
        test: &Test,
        params: &str,
        terms: &[Term],
        orders: &[Order],
    ) -> Result<Point, Missing> {
        let known = terms
            .iter()
            .map(|term| self.term(test, params, term))
            .collect::<Result<Vec<Middle>, Missing>>()?;
        let verdicts = known.windows(2).zip(orders);
        let verdicts = verdicts.map(|(pair, order)| beside(pair[0], pair[1], *order));
        let words = terms.iter().zip(&known).filter_map(words);
        Ok(Point {
            params: params.to_string(),
            verdict: together(verdicts),
            text: words.collect::<Vec<_>>().join(", "),
        })
    }

    fn term(&self, test: &Test, params: &str, term: &Term) -> Result<Middle, Missing> {
        let (variant, name) = match term {
            Term::Number(number) => {
                return Ok(Middle {
                    median: *number,
                    lo: *number,
                    hi: *number,
                    processes: 0,
                });
            }
            Term::Of { variant, name } => (variant, name),
        };
        let key = &self.row(test, params, variant, &[STARTUP])?.key;
        let startup = self.startups.iter().find(|one| one.key == *key);
        startup.and_then(|one| one.told(name)).ok_or_else(|| {
            Missing(
                ClaimVerdict::Inconclusive,
                format!("{}/{params}/{variant} told of no {name}", test.case),
            )
        })
    }
}

fn beside(a: Middle, b: Middle, order: Order) -> ClaimVerdict {
    let apart = a.hi < b.lo || b.hi < a.lo;
    let exact = a.lo == a.hi && b.lo == b.hi;
    match order {
        Order::Less if a.hi < b.lo => ClaimVerdict::Supported,
        Order::Less if a.lo >= b.hi => ClaimVerdict::Refuted,
        Order::Equal if exact && a.lo == b.lo => ClaimVerdict::Supported,
        Order::Equal if apart => ClaimVerdict::Refuted,
        _ => ClaimVerdict::Inconclusive,
    }
}

/// `LibraryImport: stubs 0`, `DllImport: first call 400 µs [360, 438]`; nothing for a number, which stands in the relation.
fn words((term, middle): (&Term, &Middle)) -> Option<String> {
    let Term::Of { variant, name } = term else {
        return None;
    };
    let shown = name.replace('_', " ");
    let is_time = INTERVALS.iter().any(|role| role.name() == name);
    let interval = middle.interval();
    Some(if is_time {
        let text = format::with_unit(middle.median, interval);
        format!("{variant}: {shown} {text}")
    } else {
        format!("{variant}: {shown} {}", format::number(middle.median))
    })
}
