//! A params tuple as values: its order, its words, its numbers. Only for showing; keys are built and parsed in `names`.

use std::cmp::Ordering;

use super::format::shown;
use crate::manifest::CaseRecord;

/// `entry=z,length=8` as pairs in the order of the key; empty for `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tuple(pub Vec<(String, String)>);

impl Tuple {
    pub fn parse(params: &str) -> Tuple {
        if params == "-" {
            return Tuple(Vec::new());
        }
        let mut pairs: Vec<(String, String)> = Vec::new();
        for part in params.split(',') {
            match (part.split_once('='), pairs.last_mut()) {
                (Some((name, value)), _) => pairs.push((shown(name), shown(value))),
                // An imported value may hold a comma: what follows it has no name of its own.
                (None, Some((_, value))) => *value += &format!(",{}", shown(part)),
                (None, None) => pairs.push((String::new(), shown(part))),
            }
        }
        Tuple(pairs)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// The tuple without one param: what stays fixed while that one runs.
    pub fn without(&self, name: &str) -> Tuple {
        Tuple(
            self.0
                .iter()
                .filter(|(own, _)| own != name)
                .cloned()
                .collect(),
        )
    }

    /// `entry z, length 8`; empty when there are no params.
    pub fn words(&self) -> String {
        let words = self.0.iter().map(|(name, value)| format!("{name} {value}"));
        let words: Vec<String> = words.map(|pair| pair.trim_start().to_string()).collect();
        words.join(", ")
    }

    /// The order of the catalogue's values, then of numbers, then of text.
    pub fn compare(&self, other: &Tuple, case: &CaseRecord) -> Ordering {
        for ((name, left), (_, right)) in self.0.iter().zip(&other.0) {
            let listed = |value: &str| {
                let param = case.params.iter().find(|param| &param.name == name)?;
                param.values.iter().position(|known| known == value)
            };
            let order = match (listed(left), listed(right)) {
                (Some(left), Some(right)) => left.cmp(&right),
                _ => match (numeric(left), numeric(right)) {
                    (Some(left), Some(right)) => left.total_cmp(&right),
                    _ => left.cmp(right),
                },
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        self.0.cmp(&other.0)
    }
}

/// A param's value that can stand on a logarithmic axis; zero has a place of its own there.
pub fn numeric(value: &str) -> Option<f64> {
    value
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite() && *number >= 0.0)
}

/// The param whose values are all numbers and differ most: what a line chart runs over.
pub fn running(tuples: &[Tuple]) -> Option<String> {
    let names = tuples.first()?.0.iter().map(|(name, _)| name);
    let mut best: Option<(usize, &String)> = None;
    for name in names {
        let Some(mut values) = tuples
            .iter()
            .map(|tuple| tuple.get(name).and_then(numeric))
            .collect::<Option<Vec<f64>>>()
        else {
            continue;
        };
        values.sort_by(f64::total_cmp);
        values.dedup();
        if values.len() > best.map_or(1, |(count, _)| count) {
            best = Some((values.len(), name));
        }
    }
    best.map(|(_, name)| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_imported_value_may_hold_commas_and_escapes() {
        assert_eq!(Tuple::parse("-").words(), "");
        assert_eq!(
            Tuple::parse("Len=8,Kind=a%20b,c").words(),
            "Len 8, Kind a b,c"
        );
        assert_eq!(Tuple::parse("plain").words(), "plain");
    }

    #[test]
    fn the_running_param_is_the_number_with_most_values() {
        let tuples = |keys: &[&str]| keys.iter().map(|key| Tuple::parse(key)).collect::<Vec<_>>();
        assert_eq!(
            running(&tuples(&["a=1,b=1", "a=1,b=2", "a=2,b=3"])),
            Some("b".into())
        );
        assert_eq!(running(&tuples(&["a=x,b=1", "a=y,b=1"])), None);
        assert_eq!(
            running(&tuples(&["a=-1", "a=1"])),
            None,
            "a negative number has no place on a log axis"
        );
    }
}
