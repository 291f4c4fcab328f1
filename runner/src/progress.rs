//! Progress on standard error: a spinner for a step, a bar for a count. Silent when standard error is not a terminal.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Runs one step under a spinner.
pub fn step<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let spinner = ProgressBar::with_draw_target(None, target());
    spinner.set_style(
        ProgressStyle::with_template("{spinner} {msg} {elapsed}").expect("a constant template"),
    );
    spinner.set_message(what.to_string());
    spinner.enable_steady_tick(Duration::from_millis(120));
    let result = run();
    spinner.finish_and_clear();
    result
}

/// A bar over `length` rows that are expected to take `seconds` in all.
pub fn bar(what: &str, length: u64, seconds: f64) -> ProgressBar {
    let bar = counting(what, "rows", length);
    bar.set_message(duration(seconds));
    bar
}

/// A bar over launches; their number and how long they take is told when it is known.
pub fn launches(what: &str) -> ProgressBar {
    counting(what, "launches", 0)
}

/// A bar over builds of programs, with the name of the one that is being built.
pub fn builds() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), target());
    bar.set_style(
        ProgressStyle::with_template(
            "{prefix:>12} [{bar:30}] {pos}/{len} builds, {elapsed}, now {msg}",
        )
        .expect("a constant template")
        .progress_chars("=> "),
    );
    bar.set_prefix("deploying");
    bar
}

fn counting(what: &str, unit: &str, length: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), target());
    let template =
        format!("{{prefix:>12}} [{{bar:30}}] {{pos}}/{{len}} {unit}, {{elapsed}} of about {{msg}}");
    bar.set_style(
        ProgressStyle::with_template(&template)
            .expect("a constant template")
            .progress_chars("=> "),
    );
    bar.set_prefix(what.to_string());
    bar
}

fn target() -> ProgressDrawTarget {
    if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    }
}

/// `45 s`, `3 min 20 s`, `1 h 5 min`.
pub fn duration(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, 0) => format!("{m} min"),
        (0, m, s) => format!("{m} min {s} s"),
        (h, m, _) => format!("{h} h {m} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations() {
        assert_eq!(duration(44.6), "45 s");
        assert_eq!(duration(200.0), "3 min 20 s");
        assert_eq!(duration(120.0), "2 min");
        assert_eq!(duration(3900.0), "1 h 5 min");
    }
}
