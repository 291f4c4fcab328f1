//! How the numbers came to be, in a few lines.

use crate::manifest::{Manifest, Origin};
use crate::row::Row;
use crate::stats::paired::{DELTA, EPSILON, EPSILON_WIDE, REPLICAS_ENOUGH};

/// What a verdict rests on, whoever measured.
fn verdicts() -> [String; 3] {
    [
        "Rounds that a neighbour on the core disturbed are left out by a probe of its own, never by their value.".to_string(),
        "Intervals of ratios are 95\u{202f}% over launches: Yuen's for trimmed means from ten launches on, Student's below; a verdict needs both to agree.".to_string(),
        format!(
            "Slower or faster: the interval lies beyond {}\u{202f}% and {EPSILON}\u{202f}ns ({EPSILON_WIDE}\u{202f}ns with fewer than {REPLICAS_ENOUGH} compiled copies), Holm-adjusted over the group; tie: it lies within either.",
            100.0 * DELTA
        ),
    ]
}

/// As many lines as fit a screen.
pub fn method(manifest: &Manifest, rows: &[Row]) -> Vec<String> {
    let one = rows.iter().any(|row| row.launches == 1);
    let several = rows.iter().any(|row| row.launches > 1);
    let paired = rows.iter().any(|row| row.key.is_paired());
    let verdicts = verdicts();
    let mut lines: Vec<&str> = Vec::new();
    if manifest.origin == Origin::Import {
        lines.push("The measurements were made elsewhere and read from an engine's own files; nothing was measured again.");
        lines.push("Every measurement of the files is kept in samples.csv.gz; values here are computed from them, not copied.");
        lines.push("What an engine calls its result (overhead subtracted, outliers dropped, where a project asks for it) is used where it is present.");
        if paired {
            lines.push("Ratios and verdicts are of paired samples: their key says that everything in a group was timed in turn, and the lab takes its word.");
            lines.extend(verdicts.iter().map(String::as_str));
        }
    } else {
        lines.push("A way to call is a method of one C# class per case.");
        if manifest.plan.engines.iter().any(|engine| engine == "bdn") {
            lines.push("BenchmarkDotNet runs each in a process of its own: an absolute time, compared with nothing.");
        }
        if paired {
            lines.push("The paired engine runs all ways of a case in one process, in turn and in random order: whatever disturbs one round disturbs all of it.");
            lines.push("Every body is compiled several times, because its place in memory alone can cost a cycle; the ratio is the mean over those places.");
            lines.extend(verdicts.iter().map(String::as_str));
            lines.push("Every group compares its reference with itself and with a copy of itself. A control that finds a difference forbids the verdicts of its group.");
        }
        lines.push("Before timing, all ways of a case gave the same answer, and a build that counts calls proved how many each makes.");
        lines.push("The kernels exist in Rust and in C, with the same names, and are loaded as release libraries; the timed ones count nothing.");
        lines.push("No overhead is subtracted from ns per call and no outlier is dropped: it is the time of the method's body, the loop around it included.");
        let by_criterion = |row: &Row| row.key.variant == "Native" && !row.key.is_paired();
        if rows.iter().any(by_criterion) {
            lines.push("The native floor is the same function called from native code through the exported symbol, timed by criterion.");
        }
    }
    if one {
        lines.push("Row of one launch: median of the samples; interval of the median by order statistics, at least 95\u{202f}% (Conover 1999, 3.2).");
    }
    if several
        && rows
            .iter()
            .any(|row| row.launches > 1 && !row.key.is_paired())
    {
        lines.push("Row of several launches: mean of the launch medians; 95\u{202f}% interval by Student's t over launches.");
    }
    lines.push("Numbers have three digits at most, and fewer where the interval is wide; rows.csv has seven.");
    if rows.iter().any(|row| row.managed_bytes.is_some()) {
        lines.push("Allocated bytes are managed bytes per call; code size is that of the compiled method body.");
    }
    lines.push("A row without a value keeps its place, with a state and a reason.");
    lines.into_iter().map(str::to_string).collect()
}
