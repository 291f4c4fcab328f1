//! Which row a benchmark of the file is. Its job stands only in `DisplayInfo`, as text made for people:
//! `Type.Method: Job-ABCDEF(IterationCount=3, LaunchCount=2) [Len=8, Kind=ascii]`.

use super::json::Benchmark;
use crate::names::encode;

/// A benchmark's names as they stand in the file.
pub(super) struct Naming {
    /// `Namespace.Outer+Type`.
    pub type_name: String,
    pub method: String,
    /// What people read instead of the method's name, where the project gives one.
    pub title: String,
    pub params: Vec<(String, String)>,
    pub job: String,
    /// The job with everything `DisplayInfo` says of it.
    pub job_settings: String,
}

impl Naming {
    /// `None` without a type or a method: then it is no benchmark.
    pub fn of(benchmark: &Benchmark) -> Option<Naming> {
        let method = benchmark.method.clone().filter(|name| !name.is_empty())?;
        let type_name = type_name(benchmark, &method)?;
        let title = benchmark
            .method_title
            .clone()
            .unwrap_or_else(|| method.clone());
        let parameters = benchmark.parameters.as_deref().unwrap_or_default();
        let display = benchmark.display_info.as_deref().unwrap_or_default();
        let (head, pieces) = take_params(display, parameters);
        let params = pieces
            .iter()
            .map(|piece| piece.split_once('=').unwrap_or((piece, "")))
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect();
        let job_settings = job_settings(head, &title).trim().to_string();
        Some(Naming {
            type_name,
            method,
            title: title.trim_matches('\'').to_string(),
            params,
            job: job_id(&job_settings).to_string(),
            job_settings,
        })
    }

    /// The params part of the row key.
    pub fn params_text(&self) -> String {
        let pairs: Vec<String> = self
            .params
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode_value(value)))
            .collect();
        if pairs.is_empty() {
            "-".to_string()
        } else {
            pairs.join(",")
        }
    }
}

/// A value inside the params part, where a comma separates.
pub(super) fn encode_value(value: &str) -> String {
    match value {
        "" => String::new(),
        _ => encode(value).replace(',', "%2C"),
    }
}

/// `Type` is a nested class's own name; the classes around it stand in `FullName` only: `Ns.Outer+Inner.Method(Len: 8)`.
fn type_name(benchmark: &Benchmark, method: &str) -> Option<String> {
    let own = benchmark
        .type_name
        .as_deref()
        .filter(|name| !name.is_empty())?;
    let namespace = match benchmark.namespace.as_deref() {
        None | Some("") => String::new(),
        Some(namespace) => format!("{namespace}."),
    };
    let outer = benchmark
        .full_name
        .as_deref()
        .and_then(|full| full.strip_prefix(namespace.as_str()))
        .and_then(|rest| rest.split_once(&format!("{own}.{method}")))
        .map(|(outer, _)| outer)
        .filter(|outer| outer.ends_with('+') && !outer.contains(['.', '(', '"']))
        .unwrap_or_default();
    Some(format!("{namespace}{outer}{own}"))
}

/// Splits `DisplayInfo` into what stands before its params, and the params, `Name=value` each.
///
/// `Parameters` joins them by `&`, `DisplayInfo` by `, `, and a value may hold either. Read side by side from the end, the two
/// texts differ exactly where a separator stands, so no value is cut.
fn take_params<'a>(display: &'a str, parameters: &'a str) -> (&'a str, Vec<&'a str>) {
    if parameters.is_empty() {
        return (display, Vec::new());
    }
    side_by_side(display, parameters).unwrap_or_else(|| {
        let head = display.rfind(" [").map_or(display, |at| &display[..at]);
        (head, parameters.split('&').collect())
    })
}

fn side_by_side<'a>(display: &'a str, parameters: &'a str) -> Option<(&'a str, Vec<&'a str>)> {
    let mut shown = display.strip_suffix(']')?.as_bytes();
    let mut pieces = Vec::new();
    let mut end = parameters.len();
    for (at, &byte) in parameters.as_bytes().iter().enumerate().rev() {
        if byte == b'&' && shown.ends_with(b", ") {
            pieces.push(&parameters[at + 1..end]);
            end = at;
            shown = &shown[..shown.len() - 2];
        } else {
            shown = shown.strip_suffix(&[byte])?;
        }
    }
    pieces.push(&parameters[..end]);
    pieces.reverse();
    let head = shown.strip_suffix(b" [")?;
    // All that was taken off is whole characters of `parameters` and ASCII, so this cuts between characters.
    Some((&display[..head.len()], pieces))
}

/// What follows `Type.Method: `. A title may hold `: ` itself, so it is looked for as a whole first.
fn job_settings<'a>(head: &'a str, title: &str) -> &'a str {
    let after_title = format!(".{title}: ");
    head.split_once(&after_title)
        .or_else(|| head.split_once(": "))
        .map_or("", |(_, settings)| settings)
}

/// `Job-ABCDEF` of `Job-ABCDEF(IterationCount=3)`: what precedes the parenthesis that the last one closes.
fn job_id(settings: &str) -> &str {
    if !settings.ends_with(')') {
        return settings;
    }
    let mut depth = 0usize;
    let opening = settings.bytes().enumerate().rev().find_map(|(at, byte)| {
        match byte {
            b')' => depth += 1,
            b'(' => depth -= 1,
            _ => (),
        }
        (depth == 0).then_some(at)
    });
    // A value with a parenthesis of its own can leave none: then the first one must do.
    let opening = opening.or_else(|| settings.find('('));
    opening.map_or(settings, |at| settings[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split<'a>(display: &'a str, parameters: &'a str) -> (&'a str, Vec<&'a str>) {
        take_params(display, parameters)
    }

    #[test]
    fn params_are_cut_where_both_texts_separate() {
        let display = "T.M: DefaultJob [Len=8, Kind=a&b=c, d/e]";
        assert_eq!(
            split(display, "Len=8&Kind=a&b=c, d/e"),
            ("T.M: DefaultJob", vec!["Len=8", "Kind=a&b=c, d/e"])
        );
        assert_eq!(
            split("T.M: J [A=é [1], B=]", "A=é [1]&B="),
            ("T.M: J", vec!["A=é [1]", "B="])
        );
        assert_eq!(split("T.M: J", ""), ("T.M: J", vec![]));
        // Texts that do not match: the plain reading.
        assert_eq!(
            split("T.M: J [A=1,5]", "A=1.5&B=2"),
            ("T.M: J", vec!["A=1.5", "B=2"])
        );
        assert_eq!(split("", "A=1"), ("", vec!["A=1"]));
    }

    #[test]
    fn jobs() {
        for (settings, id) in [
            ("DefaultJob", "DefaultJob"),
            ("ShortRun(IterationCount=3, LaunchCount=1)", "ShortRun"),
            (
                "Two launches(EnvironmentVariables=ODD=a, b(c), LaunchCount=2)",
                "Two launches",
            ),
            ("Old (x)(IterationCount=3)", "Old (x)"),
            ("Odd(EnvironmentVariables=A=), LaunchCount=2)", "Odd"),
            (")", ")"),
            ("", ""),
        ] {
            assert_eq!(job_id(settings), id, "{settings}");
        }
        assert_eq!(
            job_settings("Text.'a: b': DefaultJob", "'a: b'"),
            "DefaultJob"
        );
        assert_eq!(
            job_settings("Text.Other: DefaultJob", "Missing"),
            "DefaultJob"
        );
        assert_eq!(job_settings("nothing", "M"), "");
    }
}
