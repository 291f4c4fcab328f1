//! The chart of the landing page: every case once, by family.

use anyhow::Result;

use super::{dots, drawable, reading};
use crate::report::chart::{Body, Chart, DotChart, Group as DotGroup};
use crate::report::format::plural;
use crate::report::measure::{Measure, crosses};
use crate::report::params::Tuple;
use crate::report::view::groups::Group;
use crate::report::view::words::in_words;
use crate::report::view::{Figure, Source, labels};
use crate::row::Row;

/// More marks than this are not a chart any more; what is left out is said, and stands on the pages of the cases.
const MARKS: usize = 160;

pub fn figure(source: &Source, groups: &[Group]) -> Result<Option<Figure>> {
    let first = source.first_implementation();
    let measure = if groups
        .iter()
        .any(|group| group.leading() != Measure::PerCall)
    {
        Measure::OverManaged
    } else {
        Measure::PerCall
    };
    let mut chosen: Vec<(&Group, Vec<&Row>)> = groups
        .iter()
        .map(|group| (group, group.representative(first, measure)))
        .map(|(group, rows)| (group, drawable(&rows, measure)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    let whole: usize = chosen.iter().map(|(_, rows)| rows.len()).sum();
    let most = per_case(&chosen);
    for (group, rows) in &mut chosen {
        *rows = telling(rows, measure, &group.case.reference, most);
    }
    let undrawn = chosen.split_off(chosen.len().min(MARKS / FEWEST)).len();
    let mut drawn: Vec<DotGroup> = Vec::new();
    let mut words = Vec::new();
    let mut family = "";
    for (group, rows) in &chosen {
        let (name, params) = (
            labels::case(&group.case.id),
            Tuple::parse(&rows[0].key.params).words(),
        );
        let place = if params.is_empty() {
            name.clone()
        } else {
            format!("{name}, {params}")
        };
        words.push(format!("{place}: {}", in_words(rows, measure)));
        let mut dots = dots(source, rows, measure, name, params);
        if group.case.family != family {
            family = &group.case.family;
            dots.section = family.to_string();
        }
        drawn.push(dots);
    }
    if drawn.is_empty() {
        return Ok(None);
    }
    let shown: Vec<&Row> = chosen.iter().flat_map(|(_, rows)| rows.clone()).collect();
    let mut caption = reading(&shown, measure, "logarithmic axis", "Bar");
    let twins = groups
        .iter()
        .any(|group| group.of_first_implementation(first).len() < group.rows.len());
    caption.extend(source.stripe(&shown, measure));
    if twins {
        caption.push(format!(
            "Kernels written in {}; the others stand in the tables of the cases.",
            labels::implementation(first)
        ));
    }
    if groups.iter().any(|group| {
        group
            .rows
            .iter()
            .any(|row| row.key.params != group.rows[0].key.params)
    }) {
        caption.push(
            "Of a case with several params tuples the one with the most values is drawn."
                .to_string(),
        );
    }
    if undrawn > 0 {
        caption.push(format!(
            "{} not drawn here: see the pages of the cases.",
            plural(undrawn, "case")
        ));
    } else if shown.len() < whole {
        caption.push(format!(
            "At most {most} ways of a case are drawn: the floor, Managed, the reference, the cheapest, the dearest, then the \
             catalogue's first. {} on the pages of the cases only.",
            plural(whole - shown.len(), "row")
        ));
    }
    if groups
        .iter()
        .any(|group| group.representative(first, measure).is_empty())
    {
        caption.push("A case without such a value is on its own page only.".to_string());
    }
    let ways = if source.imported() {
        "Every imported benchmark"
    } else {
        "Every way across the border"
    };
    let chart = Chart {
        id: "landing".to_string(),
        title: format!("{ways}: {}", measure.noun()),
        desc: words.join(" "),
        body: Body::Dots(DotChart {
            unit: measure.unit(),
            groups: drawn,
        }),
    };
    Figure::of(&chart, "landing.svg".to_string(), caption).map(Some)
}

/// Floor, Managed, reference, cheapest and dearest: with fewer a case says nothing.
const FEWEST: usize = 5;

/// How many ways of each case can be drawn so that all cases are.
fn per_case(chosen: &[(&Group, Vec<&Row>)]) -> usize {
    let longest = chosen.iter().map(|(_, rows)| rows.len()).max().unwrap_or(0);
    let marks =
        |most: usize| -> usize { chosen.iter().map(|(_, rows)| rows.len().min(most)).sum() };
    (FEWEST..=longest)
        .rev()
        .find(|most| marks(*most) <= MARKS)
        .unwrap_or(FEWEST)
}

/// The rows that say most, in their order.
fn telling<'a>(rows: &[&'a Row], measure: Measure, reference: &str, most: usize) -> Vec<&'a Row> {
    let valued = || {
        rows.iter()
            .enumerate()
            .filter_map(|(index, row)| Some((index, measure.value(row)?)))
            .filter(|(index, _)| crosses(&rows[*index].key))
    };
    let cheapest = valued().min_by(|a, b| a.1.total_cmp(&b.1));
    let dearest = valued().max_by(|a, b| a.1.total_cmp(&b.1));
    let ends: Vec<usize> = [cheapest, dearest]
        .into_iter()
        .flatten()
        .map(|(index, _)| index)
        .collect();
    let rank = |index: usize| match rows[index].key.variant.as_str() {
        "Native" | "Managed" => 0,
        variant if variant == reference => 0,
        _ if ends.contains(&index) => 1,
        _ => 2,
    };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|index| (rank(*index), *index));
    order.truncate(most);
    order.sort();
    order.into_iter().map(|index| rows[index]).collect()
}
