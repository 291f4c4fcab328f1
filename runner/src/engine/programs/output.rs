//! What `InteropLab.Bounded` and `InteropLab.Startup` write, one JSON object a line; the only code that knows its layout.

use std::collections::BTreeMap;
use std::process::ExitStatus;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::deployment::{Binding, Target};
use crate::engine::identity;
use crate::names::RowKey;
use crate::row::State;
use crate::sample::{Count, Launch, Measured, Role, Sample, Stage};

pub const SCHEMA: u32 = 1;

/// First line of a part file, written by the runner: what was started and how it ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    pub schema: u32,
    pub key: RowKey,
    pub launch: u32,
    pub misuse: bool,
    pub started: String,
    pub ended: String,
    /// Seconds from start to end.
    pub seconds: f64,
    pub end: End,
    /// Bytes of files, by the name of the count.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sizes: BTreeMap<String, u64>,
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// What a shell would show: the exit code, or 128 and the signal.
    pub code: i32,
    /// `signal 6 (SIGABRT)` or `exit code 2`.
    pub text: String,
    /// What it said on standard error; empty where it ended well.
    #[serde(default)]
    pub words: String,
}

impl End {
    pub fn of(status: ExitStatus, words: &str) -> End {
        let (code, text) = match signal(status) {
            Some(signal) => (128 + signal, format!("signal {signal}{}", name(signal))),
            None => {
                let code = status.code().unwrap_or(-1);
                (code, format!("exit code {code}"))
            }
        };
        End {
            code,
            text,
            words: if code == 0 {
                String::new()
            } else {
                words.to_string()
            },
        }
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt;
    status.signal()
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

fn name(signal: i32) -> &'static str {
    match signal {
        4 => " (SIGILL)",
        5 => " (SIGTRAP)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        11 => " (SIGSEGV)",
        _ => "",
    }
}

/// The runtime's own complaint, which stands before a long stack.
pub fn first_words(said: &str) -> Option<String> {
    const HEADING: &str = "Process terminated.";
    let complaints = [
        "Unhandled exception",
        "Fatal error",
        "Process terminated",
        "free()",
    ];
    let mut lines = said.lines().map(str::trim);
    let found = lines.find(|line| {
        complaints.iter().any(|start| line.starts_with(start)) && !line.ends_with("Fatal error.")
    })?;
    match lines.next() {
        Some(why) if found == HEADING && !why.is_empty() => Some(why.to_string()),
        _ => Some(found.to_string()),
    }
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line {
    Hello {
        #[serde(default)]
        cpus: Option<u32>,
        #[serde(flatten)]
        identity: Identity,
    },
    Begin {},
    Event {
        role: Role,
        calls: u64,
        ns: f64,
    },
    Count {
        name: String,
        value: f64,
        unit: String,
    },
    Done {},
    #[serde(other)]
    Other,
}

/// What a program says it is, as far as it does.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Identity {
    #[serde(default)]
    pub aot: Option<bool>,
    #[serde(default)]
    pub precompiled: Option<bool>,
    /// Imports that asked for the library when they were first called.
    #[serde(default)]
    pub resolved: Option<u32>,
}

impl Identity {
    /// What it is and was not to be; `None` where all of it fits.
    fn mismatch(&self, deployment: &str) -> Option<String> {
        let deployment = deployment.parse::<Target>().ok()?.deployment;
        let name = deployment.name();
        if let Some(other) = identity::mismatch(self.aot, self.precompiled, deployment) {
            return Some(other);
        }
        let asked = self
            .resolved
            .filter(|asked| *asked > 0 && deployment.binding() != Binding::Lazy);
        asked.map(|asked| {
            format!("imports of deployment {name} are bound before, and yet {asked} of them were resolved at run time")
        })
    }
}

/// What a process told before it ended.
#[derive(Debug, Default, PartialEq)]
pub struct Told {
    pub cpus: Option<u32>,
    pub identity: Identity,
    /// Role, calls, nanoseconds of all of them.
    pub events: Vec<(Role, u64, f64)>,
    pub counts: Vec<(String, f64, String)>,
    pub begun: bool,
    pub done: bool,
}

/// Reads a part file; `name` names it in errors.
pub fn read(text: &str, name: &str) -> Result<(Header, Told)> {
    let mut lines = text.lines();
    let header: Header = serde_json::from_str(lines.next().unwrap_or_default())
        .with_context(|| format!("{name}:1: not the head of a launch"))?;
    let mut told = Told::default();
    for (at, line) in lines.enumerate() {
        let line: Line = match serde_json::from_str(line) {
            Ok(line) => line,
            // A process that is ended may be cut off in its last line.
            Err(_) if header.end.code != 0 => break,
            Err(error) => bail!("{name}:{}: {error}", at + 2),
        };
        match line {
            Line::Hello { cpus, identity } => (told.cpus, told.identity) = (cpus, identity),
            Line::Begin {} => told.begun = true,
            Line::Event { role, calls, ns } => {
                if calls == 0 || !ns.is_finite() || ns < 0.0 {
                    bail!("{name}:{}: {calls} calls in {ns} ns", at + 2);
                }
                told.events.push((role, calls, ns));
            }
            Line::Count { name, value, unit } => told.counts.push((name, value, unit)),
            Line::Done {} => told.done = true,
            Line::Other => (),
        }
    }
    Ok((header, told))
}

/// Exit code of a process, as a count: misuse is proved by it.
pub const COUNT_EXIT_CODE: &str = "exit_code";
/// Processors that a process could use.
pub const COUNT_CPUS: &str = "cpus";

/// A launch as the run folder keeps it.
pub fn measured(header: &Header, told: Told, key: &Arc<RowKey>) -> Measured {
    let (state, reason) = judged(header, &told);
    let count = |name: &str, value: f64, unit: &str| Count {
        key: header.key.clone(),
        launch: header.launch,
        name: name.to_string(),
        value,
        unit: unit.to_string(),
    };
    let mut counts = vec![count(COUNT_EXIT_CODE, f64::from(header.end.code), "code")];
    if let Some(cpus) = told.cpus {
        counts.push(count(COUNT_CPUS, f64::from(cpus), "processors"));
    }
    let sizes = header.sizes.iter();
    counts.extend(sizes.map(|(name, bytes)| count(name, *bytes as f64, "bytes")));
    let others = told.counts.iter();
    counts.extend(others.map(|(name, value, unit)| count(name, *value, unit)));
    let sample = |(round, (role, calls, ns)): (u32, (Role, u64, f64))| Sample {
        key: key.clone(),
        role,
        launch: header.launch,
        replica: None,
        round,
        position: None,
        calls,
        elapsed_ns: ns,
        gc_count: None,
        gc_pause_ns: None,
        switches: None,
        flags: Stage::Actual,
    };
    Measured {
        samples: (1..).zip(told.events).map(sample).collect(),
        launches: vec![Launch {
            started: header.started.clone(),
            ended: header.ended.clone(),
            state,
            reason,
            ..Launch::of(&header.key, header.launch)
        }],
        counts,
        ..Measured::default()
    }
}

/// Misuse that was begun and never came back ends the process; anything else that did not reach its last line is an error.
fn judged(header: &Header, told: &Told) -> (State, String) {
    let End { code, text, words } = &header.end;
    if let Some(other) = told.identity.mismatch(&header.key.deployment) {
        return (State::Error, other);
    }
    if *code == 0 && told.done {
        return (State::Ok, String::new());
    }
    let reason = if words.is_empty() {
        text.clone()
    } else {
        format!("{text}: {words}")
    };
    if header.misuse && told.begun && *code != 0 {
        (State::EndsTheProcess, reason)
    } else if *code == 0 {
        (State::Error, "it ended before its last line".to_string())
    } else {
        (State::Error, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(code: i32, misuse: bool) -> Header {
        Header {
            schema: SCHEMA,
            key: "callback_misuse/-/Thrown/rust/jit/bounded".parse().unwrap(),
            launch: 2,
            misuse,
            started: "s".to_string(),
            ended: "e".to_string(),
            seconds: 0.2,
            end: End {
                code,
                text: format!("exit code {code}"),
                words: String::new(),
            },
            sizes: BTreeMap::new(),
        }
    }

    fn launch(code: i32, misuse: bool, lines: &str) -> Measured {
        let text = serde_json::to_string(&header(code, misuse)).unwrap() + "\n" + lines;
        let (header, told) = read(&text, "part").unwrap();
        let key = Arc::new(header.key.clone());
        measured(&header, told, &key)
    }

    fn state(measured: &Measured) -> State {
        measured.launches[0].state
    }

    const HELLO: &str = "{\"kind\":\"hello\",\"schema\":1,\"framework\":\".NET\",\"cpus\":2}\n";
    const BEGIN: &str = "{\"kind\":\"begin\"}\n";
    const EVENT: &str = "{\"kind\":\"event\",\"role\":\"pause\",\"calls\":1,\"ns\":1500}\n";
    const COUNT: &str =
        "{\"kind\":\"count\",\"name\":\"fragmented_bytes\",\"value\":64,\"unit\":\"bytes\"}\n";
    const DONE: &str = "{\"kind\":\"done\"}\n";

    #[test]
    fn events_are_samples() {
        let found = launch(0, false, &[HELLO, EVENT, EVENT, COUNT, DONE].concat());
        assert_eq!(state(&found), State::Ok);
        let told: Vec<_> = found
            .samples
            .iter()
            .map(|sample| (sample.role, sample.launch, sample.round, sample.elapsed_ns))
            .collect();
        assert_eq!(
            told,
            [(Role::Pause, 2, 1, 1500.0), (Role::Pause, 2, 2, 1500.0)]
        );
        let counts: Vec<_> = found
            .counts
            .iter()
            .map(|count| (count.name.as_str(), count.value))
            .collect();
        assert_eq!(
            counts,
            [
                ("exit_code", 0.0),
                ("cpus", 2.0),
                ("fragmented_bytes", 64.0)
            ]
        );
    }

    #[test]
    fn only_misuse_that_was_begun_ends_the_process_as_expected() {
        let begun = [HELLO, BEGIN].concat();
        assert_eq!(state(&launch(134, true, &begun)), State::EndsTheProcess);
        assert_eq!(state(&launch(134, true, HELLO)), State::Error);
        assert_eq!(state(&launch(134, false, &begun)), State::Error);
        assert_eq!(state(&launch(0, true, &begun)), State::Error);
        let back = [HELLO, BEGIN, EVENT, DONE].concat();
        assert_eq!(state(&launch(0, true, &back)), State::Ok);
    }

    #[test]
    fn a_line_may_be_cut_only_where_the_process_was_ended() {
        let cut = [HELLO, BEGIN, "{\"kind\":\"ev"].concat();
        assert_eq!(state(&launch(139, true, &cut)), State::EndsTheProcess);
        let text = serde_json::to_string(&header(0, false)).unwrap() + "\n" + &cut;
        let error = read(&text, "part").unwrap_err().to_string();
        assert!(error.starts_with("part:4: "), "{error}");
        assert!(read("nonsense", "part").is_err());
    }

    #[test]
    fn the_complaint_is_what_the_runtime_says_first() {
        let said = "\nUnhandled exception. System.Exception: x\n   at A.B()\n   at C.D()\n";
        assert_eq!(
            first_words(said),
            Some("Unhandled exception. System.Exception: x".to_string())
        );
        let collected =
            "Process terminated.\nA callback was made on a collected delegate.\n   at A.B()\n";
        assert_eq!(
            first_words(collected),
            Some("A callback was made on a collected delegate.".to_string())
        );
        assert_eq!(first_words("all is well"), None);
    }
}
