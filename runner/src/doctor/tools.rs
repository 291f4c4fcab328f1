//! Toolchains and helpers: which are here, in which version. A tool that is missing is a fact, not a failure.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{Fact, Level};
use crate::provenance;
use crate::system::find_program;

/// What a tool said when it was asked for its version.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Missing,
    /// First line of what it printed.
    Version(String),
    /// It is there and does not work: its last words.
    Broken(String),
}

/// What was found of each tool.
#[derive(Clone, Debug, Default)]
pub struct Tools {
    /// In the order of [`KNOWN`].
    answers: Vec<Answer>,
    /// Newest .NET runtime; `None` where `dotnet` lists none.
    runtime: Option<String>,
    crates_source: Option<String>,
}

struct Tool {
    name: &'static str,
    /// Programs that will do, the first that is found counts.
    programs: &'static [&'static str],
    /// What works only with it.
    means: &'static str,
    helps: &'static str,
    /// Without it nothing is measured.
    needed: bool,
}

const KNOWN: [Tool; 7] = [
    Tool {
        name: "rustc",
        programs: &["rustc"],
        means: "Compiles the Rust kernels; its version is part of their hash.",
        helps: "install Rust 1.85 or later with rustup, or the system's package rustc",
        needed: true,
    },
    Tool {
        name: "cargo",
        programs: &["cargo"],
        means: "Builds the kernels and this program.",
        helps: "install Rust 1.85 or later with rustup, or the system's package cargo",
        needed: true,
    },
    Tool {
        name: "C compiler",
        programs: &["cc", "gcc", "clang"],
        means: "Compiles the C twins; its version is part of their hash.",
        helps: "install gcc or clang (Debian: apt-get install gcc libc6-dev)",
        needed: true,
    },
    Tool {
        name: ".NET SDK",
        programs: &["dotnet"],
        means: "Builds the C# cases, and BenchmarkDotNet's programs during a run.",
        helps: "install the .NET SDK 10 (dotnet-install script, or the system's package dotnet-sdk-10.0)",
        needed: true,
    },
    Tool {
        name: "valgrind",
        programs: &["valgrind"],
        means: "Only the memory check of the kernels needs it.",
        helps: "Debian: apt-get install valgrind",
        needed: false,
    },
    Tool {
        name: "Chromium",
        programs: &["chromium", "chromium-browser", "google-chrome"],
        means: "Only the tests that open the report in a browser need it.",
        helps: "Debian: apt-get install chromium",
        needed: false,
    },
    Tool {
        name: "clang-format",
        programs: &["clang-format"],
        means: "Only the gate's check of the C sources needs it.",
        helps: "Debian: apt-get install clang-format",
        needed: false,
    },
];

impl Tools {
    /// Asks every tool for its version, in the checkout, because rustup and `global.json` choose by folder.
    pub fn probe(folder: &Path) -> Tools {
        let compiler = std::env::var("CC").ok();
        let answers = KNOWN.iter().map(|tool| {
            let own = (tool.name == "C compiler")
                .then_some(compiler.as_deref())
                .flatten();
            match own.or_else(|| installed(tool)) {
                Some(program) => version(program, folder),
                None => Answer::Missing,
            }
        });
        Tools {
            answers: answers.collect(),
            runtime: output("dotnet", &["--list-runtimes"], folder)
                .ok()
                .and_then(|text| newest_runtime(&text)),
            crates_source: provenance::crates_source(),
        }
    }

    pub(super) fn facts(&self) -> Vec<Fact> {
        let mut facts: Vec<Fact> = KNOWN
            .iter()
            .zip(&self.answers)
            .map(|(tool, answer)| fact(tool, answer))
            .collect();
        let means = "Runs the measured C# code; its version stands in every report.";
        facts.push(crates(self.crates_source.as_deref()));
        facts.push(match &self.runtime {
            Some(version) => Fact::new(".NET runtime", Level::Fine, version, means),
            None => Fact::unknown(
                ".NET runtime",
                "dotnet --list-runtimes gives no Microsoft.NETCore.App",
                means,
            )
            .helped_by("install the .NET SDK 10, which brings it"),
        });
        facts
    }
}

fn fact(tool: &Tool, answer: &Answer) -> Fact {
    match answer {
        Answer::Version(version) => Fact::new(tool.name, Level::Fine, version, tool.means),
        Answer::Missing => {
            let level = if tool.needed {
                Level::Warning
            } else {
                Level::Note
            };
            Fact::new(tool.name, level, "not installed", tool.means).helped_by(tool.helps)
        }
        Answer::Broken(words) => Fact {
            why: words.clone(),
            level: if tool.needed {
                Level::Warning
            } else {
                Level::Unknown
            },
            ..Fact::unknown(tool.name, "", tool.means)
        }
        .helped_by(tool.helps),
    }
}

fn crates(source: Option<&str>) -> Fact {
    const NAME: &str = "Rust crates";
    match source {
        Some("debian") => Fact::new(
            NAME,
            Level::Fine,
            "Debian's source packages",
            "Their versions are Debian's, not the newest, and stand in the manifest of every run.",
        ),
        Some(source) => Fact::new(
            NAME,
            Level::Fine,
            source,
            "Their versions stand in the manifest of every run.",
        ),
        None => Fact::unknown(
            NAME,
            "LAB_CRATES_SOURCE is not set: the program was started without the door",
            "Versions of crates may differ from those of other machines.",
        )
        .helped_by("start it as ./lab"),
    }
}

fn installed(tool: &Tool) -> Option<&'static str> {
    let mut programs = tool.programs.iter().copied();
    programs.find(|program| find_program(program).is_some())
}

fn version(program: &str, folder: &Path) -> Answer {
    match output(program, &["--version"], folder) {
        Ok(text) => match text.lines().map(str::trim).find(|line| !line.is_empty()) {
            Some(line) => Answer::Version(line.to_string()),
            None => Answer::Broken(format!("{program} --version says nothing")),
        },
        Err(words) => Answer::Broken(words),
    }
}

/// What a program prints; else its last words.
fn output(program: &str, arguments: &[&str], folder: &Path) -> Result<String, String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot start {program}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let words = crate::process::last_line(&said).unwrap_or("no output");
    Err(format!("{program} {} failed: {words}", arguments.join(" ")))
}

/// `Microsoft.NETCore.App 10.0.12 [folder]`: the last of these lines, which dotnet sorts by version.
fn newest_runtime(text: &str) -> Option<String> {
    text.lines()
        .filter_map(|line| line.strip_prefix("Microsoft.NETCore.App "))
        .filter_map(|rest| rest.split_whitespace().next())
        .next_back()
        .map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_runtime_of_the_right_kind() {
        let text = "Microsoft.AspNetCore.App 10.0.12 [/a]\nMicrosoft.NETCore.App 9.0.1 [/a]\n\
                    Microsoft.NETCore.App 10.0.12 [/a]\nMicrosoft.WindowsDesktop.App 10.0.99 [/a]\n";
        assert_eq!(newest_runtime(text).as_deref(), Some("10.0.12"));
        assert_eq!(newest_runtime(""), None);
    }

    #[test]
    fn a_missing_tool_is_a_fact_with_a_cure() {
        let mut tools = Tools {
            answers: KNOWN
                .iter()
                .map(|_| Answer::Version("1.0".into()))
                .collect(),
            runtime: Some("10.0.12".into()),
            crates_source: Some("crates-io".into()),
        };
        assert!(tools.facts().iter().all(|fact| fact.level == Level::Fine));
        tools.answers[0] = Answer::Missing;
        tools.answers[3] = Answer::Broken("dotnet --version failed: no SDK".into());
        tools.answers[5] = Answer::Missing;
        tools.crates_source = None;
        let facts = tools.facts();
        let level = |name: &str| {
            let fact = facts.iter().find(|fact| fact.name == name).unwrap();
            assert!(!fact.helps.is_empty(), "{name}");
            (fact.level, fact.value.as_str())
        };
        assert_eq!(level("rustc"), (Level::Warning, "not installed"));
        assert_eq!(level(".NET SDK"), (Level::Warning, "unknown"));
        assert_eq!(level("Chromium"), (Level::Note, "not installed"));
        assert_eq!(level("Rust crates"), (Level::Unknown, "unknown"));
    }

    #[test]
    fn a_program_that_is_not_there_or_fails_says_so() {
        let here = Path::new(".");
        let missing = output("no-such-program-anywhere", &[], here).unwrap_err();
        assert!(missing.contains("no-such-program-anywhere"), "{missing}");
        let failed = output("cargo", &["no-such-command-of-cargo"], here).unwrap_err();
        assert!(
            failed.starts_with("cargo no-such-command-of-cargo failed: "),
            "{failed}"
        );
    }
}
