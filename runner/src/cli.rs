//! The command line: clap definitions only. What an option means is decided where it is used.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use regex::Regex;

use crate::build::runtimes::Named;
use crate::catalogue::Profile;
use crate::comparison::FailOn;
use crate::comparison::subject::Subject;
use crate::deployment::{Deployment, Switch};
use crate::plan::{Engine, Implementation};

/// Settles what calling native code from .NET costs: measures every way across the border and reports it with its raw data.
#[derive(Debug, Parser)]
#[command(
    name = "lab",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
#[command(
    after_help = "Exit codes: 0 done; 1 a finding (check disagrees, a test failed, publish refuses); 2 usage, input, build or toolchain; \
                        3 compare --strict left a row open; 4 not comparable; \
                        5 finished, with error rows; 130 interrupted (resumable).\n\
                        `./lab cargo ARGS...` runs cargo with the lab's choice of crates (bench, clippy, fmt)."
)]
pub struct Cli {
    #[command(subcommand)]
    pub verb: Verb,
}

/// `90s`, `5m`, `1h`, or a number of seconds.
fn seconds(text: &str) -> Result<f64, String> {
    let (number, unit) = match text.char_indices().last() {
        Some((at, 's')) => (&text[..at], 1.0),
        Some((at, 'm')) => (&text[..at], 60.0),
        Some((at, 'h')) => (&text[..at], 3600.0),
        _ => (text, 1.0),
    };
    match number.parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number * unit),
        _ => Err("expected a time like 90s, 5m or 1h, or a number of seconds".to_string()),
    }
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Print the rows and why each exists
    List(ListArgs),
    /// Build everything, prove that all variants agree and allocate what the catalogue states; no timing
    Check(CheckArgs),
    /// Measure, seal a run folder, write its report
    Run(RunArgs),
    /// Read full JSON of any BenchmarkDotNet project, criterion's sample.json, or samples in our own format
    Import(ImportArgs),
    /// Write rows.csv and the report of a run again; the same bytes each time
    Report(ReportArgs),
    /// Say what is slower, faster or the same: variants inside a run, or one run beside an earlier one
    Compare(CompareArgs),
    /// Say what changed since when: the rows of all runs as series, with their steps; or anybody's series
    History(HistoryArgs),
    /// Put a run's report and data into reports/, if nothing speaks against it
    Publish(PublishArgs),
    /// Say whether to believe this machine: compare what is the same, and find slow-downs that were put in
    Validate(ValidateArgs),
    /// Say what this machine can and cannot measure, and what would help; builds nothing
    Doctor(DoctorArgs),
    /// Run all tests of both halves
    Test,
    /// Write the tables that are generated from the catalogue
    Generate(GenerateArgs),
    /// Write a new case to be filled in: catalogue entry, declaration, both kernels, the class
    New(NewArgs),
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// Its id: the family, then words, joined by '_'
    #[arg(value_name = "ID")]
    pub id: String,
}

#[derive(Debug, Args)]
pub struct Selection {
    /// Only rows whose key matches this regular expression
    #[arg(long, value_name = "REGEX", value_parser = Regex::new)]
    pub filter: Option<Regex>,
    /// Implementations of the kernels, comma separated
    #[arg(long = "impl", value_enum, value_delimiter = ',', default_values = ["rust"])]
    pub implementations: Vec<Implementation>,
    /// Also the lab's own cases, whose differences are put in
    #[arg(long)]
    pub internal: bool,
}

#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub selection: Selection,
    /// How much would be measured
    #[arg(long, value_enum, default_value = "quick")]
    pub profile: Profile,
    /// Claims instead of rows: what each says, and how it is put to the test; --filter is then over their ids and sources
    #[arg(long, conflicts_with_all = ["internal", "profile"])]
    pub claims: bool,
    /// The C# of a case as one file that compiles in a bare BenchmarkDotNet project
    #[arg(long, value_name = "CASE", conflicts_with_all = ["claims", "filter", "internal", "profile", "json", "implementations"])]
    pub source: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Only rows whose key matches this regular expression
    #[arg(long, value_name = "REGEX", value_parser = Regex::new)]
    pub filter: Option<Regex>,
    /// Count calls of malloc and free too, per row, with the libraries rust and c (Linux)
    #[arg(long)]
    pub allocations: bool,
    /// The findings and counts as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct RunArgs {
    #[command(flatten)]
    pub selection: Selection,
    /// How much is measured, and for how long
    #[arg(long, value_enum, default_value = "quick")]
    pub profile: Profile,
    /// Engines, comma separated; all there are by default
    #[arg(long = "engine", value_enum, value_delimiter = ',')]
    pub engines: Vec<Engine>,
    /// Usable launches of each group by the paired engine: 10 by default, 30 in profile publish
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub launches: Option<u32>,
    /// Time for the paired engine instead of a number of launches: 90s, 5m, 1h
    #[arg(long, value_name = "TIME", value_parser = seconds, conflicts_with = "launches")]
    pub budget: Option<f64>,
    /// What the programs are deployed as, comma separated; the paired and the startup engine measure each
    #[arg(long = "deployment", value_enum, value_delimiter = ',', value_name = "NAME", default_values = ["jit"])]
    pub deployments: Vec<Deployment>,
    /// A switch of the runtime and the values that are compared, without DOTNET_: TieredPGO=default,0; may be given more than once
    #[arg(long = "env", value_name = "NAME=VALUE,VALUE")]
    pub switches: Vec<Switch>,
    /// Runtimes that are compared, comma separated: default, or folders with dotnet or corerun, or NAME=FOLDER
    #[arg(long = "runtime", value_name = "FOLDER", value_delimiter = ',')]
    pub runtimes: Vec<Named>,
    /// Only what these claims need, comma separated; ./lab list --claims prints them
    #[arg(long = "claim", value_name = "ID", value_delimiter = ',', conflicts_with_all = ["filter", "internal", "profile", "deployments", "switches", "runtimes"])]
    pub claims: Vec<String>,
    /// Continue an interrupted run; its own plan counts
    #[arg(long, value_name = "ID", conflicts_with_all = ["filter", "implementations", "internal", "profile", "engines", "launches", "budget", "claims", "deployments", "switches", "runtimes"])]
    pub resume: Option<String>,
}

/// The same is said at greater length in METHODOLOGY.md.
const SAMPLES_FORMAT: &str = "\
samples.csv of any producer: a header and one line per timed block, columns in any order, others ignored.
  key         case/params/variant/impl/deployment/engine; params name=value,... ; - for what does not apply
  launch      number of the process, from 1
  round       from 1; in a round every entry of a group (same case, params, impl, deployment) is timed once
  calls       calls of the measured function in the block, 1 or more
  elapsed_ns  nanoseconds of the whole block
  role        variant (if missing), native (the floor), and under the reference's key the controls managed_empty,
              same_pointer, copy and the probes clock, wide
  flags       actual (if missing); warmup, pilot, jitting, overhead and other are kept and not counted
  replica, position (numbers), gc_count, gc_pause_ns, switches (of the block): empty or missing where unknown

key,role,launch,round,calls,elapsed_ns
add_two/size=8/Loop/c/-/paired,variant,1,1,2500,51200
add_two/size=8/Loop/c/-/paired,same_pointer,1,1,2500,51187.5
add_two/size=8/Unrolled/c/-/paired,variant,1,1,2500,49875
add_two/size=8/Loop/c/-/paired,variant,1,2,2500,51240

Lines like these, of eight rounds or more in each launch and replica: with fewer a launch counts for nothing.
Ratios, controls and verdicts are computed where the key's engine is paired; other engines get a time per row and no comparison.
The reference of a group is the variant under whose key controls stand, else that of --reference, else there are no ratios.
launches.csv, bodies.csv and counts.csv beside a samples.csv are read as a run folder has them; otherwise launches follow from the samples.";

#[derive(Debug, Args)]
#[command(after_help = SAMPLES_FORMAT)]
pub struct ImportArgs {
    /// `*-report-full.json` of BenchmarkDotNet, `sample.json` of criterion (its benchmark.json beside it), samples.csv or
    /// samples.csv.gz in our own format (see below); all become one run
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What others are compared with in groups of samples without controls
    #[arg(long, value_name = "VARIANT")]
    pub reference: Option<String>,
}

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Folder or id of a run; the newest one by default
    pub run: Option<String>,
    /// Print rows.csv as the samples give it, and write nothing
    #[arg(long)]
    pub rows: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        lab compare                                 variants of the newest run beside the reference of their case\n  \
                        lab compare --reference DllImport           the same beside DllImport\n  \
                        lab compare 20260101T10 20260101T11         the rows of the second run beside the first\n  \
                        lab compare BEFORE AFTER --subject runtime  the runtime may differ, and nothing else\n  \
                        lab compare a1.json a2.json --against b1.json b2.json\n                                              \
                        files of BenchmarkDotNet, each a launch of its side\n  \
                        lab compare --worktree main --gate --confirm\n                                              \
                        build commit main too, measure both in turns, fail on what is slower twice\n\n\
                        Between runs one group of provenance may differ; where --subject names groups, those and no others. One \
                        measurement of each side makes a difference suspected at most; --confirm measures what is suspected again, in fresh \
                        processes, and calls it regressed or improved where it stays.\n\
                        Exit codes: 0 done; 1 with --gate: it stops; 2 usage or input; 3 with --strict: a row is inconclusive, suspected, \
                        not decidable or not measurable; 4 not comparable.")]
pub struct CompareArgs {
    /// Folder or id of a run, the beginning of one id, or a file as `lab import` reads it; the newest run by default. Of two, the
    /// earlier one first; of more, launches of one side, with the other after --against
    #[arg(value_name = "RUN")]
    pub runs: Vec<String>,
    /// The side that the runs named before are compared with; several are launches of it
    #[arg(long, value_name = "RUN", num_args = 1.., requires = "runs", conflicts_with = "reference")]
    pub against: Vec<String>,
    /// Measure this checkout beside another commit of it, which is built below target/lab/commits; their launches take turns
    #[arg(long, value_name = "COMMIT", conflicts_with_all = ["runs", "against", "reference"])]
    pub worktree: Option<String>,
    /// With --worktree: which rows are there to be measured
    #[arg(long, value_enum, default_value = "quick")]
    pub profile: Profile,
    /// With --worktree: usable launches of each side and group
    #[arg(long, value_name = "N", default_value = "10", value_parser = clap::value_parser!(u32).range(2..=200))]
    pub launches: u32,
    /// With --worktree: the lab's own cases, whose differences are put in, too
    #[arg(long)]
    pub internal: bool,
    /// Inside a run: the variant that the others are compared with, instead of their case's own reference
    #[arg(long, value_name = "VARIANT")]
    pub reference: Option<String>,
    /// Between runs: what may differ, comma separated
    #[arg(long, value_name = "GROUPS", value_enum, value_delimiter = ',')]
    pub subject: Vec<Subject>,
    /// Only rows whose key matches this regular expression
    #[arg(long, value_name = "REGEX", value_parser = Regex::new)]
    pub filter: Option<Regex>,
    /// Measure what is suspected again, on both sides in turns; of stored runs the commits are built
    #[arg(long)]
    pub confirm: bool,
    /// Exit with 1 where a row is slower
    #[arg(long)]
    pub gate: bool,
    /// What --gate stops at
    #[arg(long, value_enum, default_value = "regressed", requires = "gate")]
    pub fail_on: FailOn,
    /// Exit with 3 when a row is left open
    #[arg(long)]
    pub strict: bool,
    /// The rows with all numbers as JSON
    #[arg(long)]
    pub json: bool,
    /// Write a comment for a pull request there too: at most 65,000 characters, worst first
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,
    /// Write the rows as JUnit tests there too
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "A series is one row on one class of machine; its values are the row over the native floor of the same run, so that a \
                        change of the machine cancels. Changes that happened at one time are one incident; where floors or empty calls \
                        moved with it, its cause is the environment. annotations.toml in the checkout explains changes:\n\n  \
                        [[annotation]]\n  kind = \"accepted\"          # accepted, fixed, environment, wrong\n  series = \"^string_\"      # \
                        over row keys; all where it is missing\n  run = \"20261101T02\"      # the first run after the change, the \
                        beginning of its id\n  reason = \"checks lengths now\"\n  who = \"A. Author\"\n  epoch = true             # the series \
                        start anew there\n\n\
                        --csv FILE has columns series, time or index, value, and where there are some lower and upper.\n\
                        Exit codes: 0 done; 1 with --gate: something is slower and nobody has explained it; 2 usage or input; 5 a run folder \
                        was skipped."
)]
pub struct HistoryArgs {
    /// Only rows whose key matches this regular expression; the floors and empty calls of the runs stay
    #[arg(long, value_name = "REGEX", value_parser = Regex::new)]
    pub filter: Option<Regex>,
    /// Search the series of this file instead
    #[arg(long, value_name = "FILE", conflicts_with_all = ["filter", "annotations", "out"])]
    pub csv: Option<PathBuf>,
    /// With --csv: the smallest change that counts, in percent of the level before
    #[arg(long, value_name = "PERCENT", default_value = "0", requires = "csv")]
    pub least: f64,
    /// With --csv: seed of the permutations
    #[arg(long, value_name = "N", default_value = "1", requires = "csv")]
    pub seed: u64,
    /// Explanations, instead of annotations.toml of the checkout
    #[arg(long, value_name = "FILE")]
    pub annotations: Option<PathBuf>,
    /// Write pages there: one of all series, and one of each with its points
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Exit with 1 where something is slower and nobody has explained it; with --csv where there is a step
    #[arg(long)]
    pub gate: bool,
    /// Everything as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Refused, with exit code 1 and every reason: local changes that are in no commit, no commit, an import, rows that failed, \
                  a machine that changed in mid-run, a rows.csv that the samples do not give, more than 5 MB. A row with too few launches \
                  or too wide an interval is shown as refused, with its reason."
)]
pub struct PublishArgs {
    /// Folders or ids of runs, the newest one by default: the first leads, each further one gets a folder of its own
    #[arg(value_name = "RUN")]
    pub runs: Vec<String>,
    /// Publish although the checkout had local changes when it was measured; the report says so
    #[arg(long)]
    pub allow_dirty: bool,
    /// Write there instead of reports/, and leave README.md as it is
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Put the archives of all measured blocks there, named by their hash
    #[arg(long, value_name = "DIR")]
    pub archive: Option<PathBuf>,
    /// What changed from one run to another, with the report of each: two runtimes, SDKs, machines or commits
    #[arg(long, num_args = 2, value_names = ["BEFORE", "AFTER"], conflicts_with = "runs")]
    pub compare: Vec<String>,
    /// With --compare: what may differ between the runs, comma separated
    #[arg(long, value_enum, value_delimiter = ',', requires = "compare")]
    pub subject: Vec<Subject>,
    /// Compute a published folder again from its own data, and say whether files, rows, verdicts and pages match; exit code 1 if not
    #[arg(long, value_name = "DIR", conflicts_with_all = ["runs", "allow_dirty", "out", "archive", "compare"])]
    pub verify: Option<PathBuf>,
    /// Write the pages of a published folder again from its own data, where the lab words them otherwise by now
    #[arg(long, value_name = "DIR", conflicts_with_all = ["runs", "allow_dirty", "out", "archive", "compare", "verify"])]
    pub renew: Option<PathBuf>,
    /// With --verify: archives of measured blocks, from which the published levels are computed again
    #[arg(long, value_name = "FILE", requires = "verify", num_args = 1..)]
    pub samples: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Launches are cut into disjoint sets of ten, and each set is judged like a run of its own. The certificate is kept beside the \
                  runs; doctor and every later report of this machine show it."
)]
pub struct ValidateArgs {
    /// Compute it from a run that is there (with ten launches or more of the paired engine) instead of measuring; several are
    /// launches of one
    #[arg(value_name = "RUN", conflicts_with_all = ["full", "quick", "launches"])]
    pub runs: Vec<String>,
    /// The chain with steps put in and calls of a few nanoseconds, 40 launches: a few minutes (the default)
    #[arg(long)]
    pub quick: bool,
    /// Every row of profile quick, 100 launches; the time is said first
    #[arg(long, conflicts_with = "quick")]
    pub full: bool,
    /// Launches of each group
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(10..=1000))]
    pub launches: Option<u32>,
    /// The detector of `lab history` instead of the machine: series with known truth, its false alarms and what it finds
    #[arg(long, conflicts_with_all = ["runs", "full", "quick", "launches", "across"])]
    pub history: bool,
    /// Series for each line of --history
    #[arg(long, value_name = "N", default_value = "1000", requires = "history", value_parser = clap::value_parser!(u32).range(10..=100_000))]
    pub trials: u32,
    /// Comparisons between runs instead of those inside one: disjoint sets of ten launches, two by two, before and after
    #[arg(long, conflicts_with_all = ["full", "quick"])]
    pub across: bool,
    /// The answer as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// The facts as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// Only say whether the tables are up to date
    #[arg(long)]
    pub check: bool,
}
