//! What code is compiled to before or while it runs, and the switches and the runtime that go with it: the deployment part of a row key.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use anyhow::{Result, bail, ensure};

/// How a program of the managed half is deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Deployment {
    /// Compiled while it runs, up to tier 1
    Jit,
    /// ReadyToRun code that stays: tiered compilation is off
    R2r,
    /// ReadyToRun code that is compiled again, up to tier 1
    R2rTier1,
    /// Native AOT; imports are bound when they are first called
    Aot,
    /// Native AOT with `DirectPInvoke`: the system's loader binds the shared library
    AotDirect,
    /// Native AOT with the kernels linked into the program
    AotStatic,
}

/// How imports come to the library, as the programs call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    Lazy,
    Direct,
    Static,
}

impl Binding {
    pub fn name(self) -> &'static str {
        match self {
            Binding::Lazy => "lazy",
            Binding::Direct => "direct",
            Binding::Static => "static",
        }
    }
}

impl Deployment {
    pub const ALL: [Deployment; 6] = [
        Deployment::Jit,
        Deployment::R2r,
        Deployment::R2rTier1,
        Deployment::Aot,
        Deployment::AotDirect,
        Deployment::AotStatic,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Deployment::Jit => "jit",
            Deployment::R2r => "r2r",
            Deployment::R2rTier1 => "r2r_tier1",
            Deployment::Aot => "aot",
            Deployment::AotDirect => "aot_direct",
            Deployment::AotStatic => "aot_static",
        }
    }

    /// Compiled ahead of time into a program without a runtime beside it.
    pub fn is_aot(self) -> bool {
        matches!(
            self,
            Deployment::Aot | Deployment::AotDirect | Deployment::AotStatic
        )
    }

    /// The image of the cases holds ReadyToRun code.
    pub fn is_precompiled(self) -> bool {
        matches!(self, Deployment::R2r | Deployment::R2rTier1)
    }

    pub fn binding(self) -> Binding {
        match self {
            Deployment::AotDirect => Binding::Direct,
            Deployment::AotStatic => Binding::Static,
            _ => Binding::Lazy,
        }
    }

    /// What is published: both forms of ReadyToRun are one build under different switches. `None`: the plain build is run.
    pub fn published(self) -> Option<&'static str> {
        match self {
            Deployment::Jit => None,
            Deployment::R2r | Deployment::R2rTier1 => Some("r2r"),
            aot => Some(aot.name()),
        }
    }
}

/// The runtime's switches that change what a program is while it starts; none of them does anything to a Native AOT one but these.
const OF_EVERY_RUNTIME: [&str; 4] = ["gcServer", "gcConcurrent", "GCHeapCount", "GCgen0size"];

/// Under this name a switch is left as it is, and a runtime is the one that is installed.
pub const DEFAULT: &str = "default";
const RUNTIME: &str = "runtime";

/// A deployment with switches and a runtime: `jit`, `aot_static`, `jit+TieredPGO=0`, `r2r+runtime=mine`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    pub deployment: Deployment,
    /// Variables of the runtime without their prefix `DOTNET_`.
    pub settings: BTreeMap<String, String>,
    /// Name of a runtime; none is the installed one.
    pub runtime: Option<String>,
}

impl Default for Target {
    /// Compiled while it runs, with nothing changed.
    fn default() -> Target {
        Target::plain(Deployment::Jit)
    }
}

impl Target {
    pub fn plain(deployment: Deployment) -> Target {
        Target {
            deployment,
            settings: BTreeMap::new(),
            runtime: None,
        }
    }

    /// Compiled while it runs, with nothing changed.
    pub fn is_default(&self) -> bool {
        *self == Target::default()
    }

    /// What the code of the bodies has to be, as the paired program's plan calls it.
    pub fn code(&self) -> &'static str {
        let is = |name: &str, value: &str| self.settings.get(name).is_some_and(|own| own == value);
        match self.deployment {
            Deployment::R2r => "ready_to_run",
            Deployment::R2rTier1 => "ready_to_run_tier1",
            Deployment::Aot | Deployment::AotDirect | Deployment::AotStatic => "native",
            Deployment::Jit if is("TieredCompilation", "0") => "optimized",
            Deployment::Jit if is("TC_CallCounting", "0") => "tier0",
            Deployment::Jit => "tier1",
        }
    }

    /// Environment of a program that is to be this, `loops` for one that calls its methods often enough to be compiled again.
    pub fn environment(&self, loops: bool) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = self
            .settings
            .iter()
            .map(|(name, value)| (format!("DOTNET_{name}"), value.clone()))
            .collect();
        if loops {
            match self.deployment {
                Deployment::R2r => all.push(("DOTNET_TieredCompilation".into(), "0".into())),
                // A process pinned to one CPU waits ten times as long before it optimises: without a delay there is nothing to multiply.
                Deployment::Jit | Deployment::R2rTier1 => {
                    all.push(("DOTNET_TC_CallCountingDelayMs".into(), "0".into()));
                }
                _ => {}
            }
        }
        all
    }

    /// Whether a switch and a runtime can do anything here.
    fn check(&self) -> Result<()> {
        let name = self.deployment.name();
        if let Some(runtime) = self.runtime.as_ref().filter(|_| self.deployment.is_aot()) {
            bail!("--runtime {runtime}: a program of deployment {name} has its runtime in itself");
        }
        for setting in self.settings.keys() {
            ensure!(
                !self.deployment.is_aot() || OF_EVERY_RUNTIME.contains(&setting.as_str()),
                "--env {setting}: a program of deployment {name} does not look at it"
            );
            ensure!(
                self.deployment == Deployment::Jit
                    || !["TieredCompilation", "ReadyToRun", "TC_CallCounting"]
                        .contains(&setting.as_str()),
                "--env {setting}: deployment {name} is what this switch decides: leave one of them out"
            );
        }
        Ok(())
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.deployment.name())?;
        for (name, value) in &self.settings {
            write!(f, "+{name}={value}")?;
        }
        match &self.runtime {
            Some(name) => write!(f, "+{RUNTIME}={name}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Target {
    type Err = anyhow::Error;

    /// Reads the deployment part of a row key of ours.
    fn from_str(text: &str) -> Result<Target> {
        let mut parts = text.split('+');
        let base = parts.next().unwrap_or_default();
        let Some(deployment) = Deployment::ALL.into_iter().find(|one| one.name() == base) else {
            bail!("'{text}' is not a deployment");
        };
        let mut target = Target::plain(deployment);
        for part in parts {
            match part.split_once('=') {
                Some((RUNTIME, name)) => target.runtime = Some(name.to_string()),
                Some((name, value)) => {
                    target.settings.insert(name.to_string(), value.to_string());
                }
                None => bail!("'{text}' is not a deployment: '{part}' is not NAME=VALUE"),
            }
        }
        Ok(target)
    }
}

/// One switch with the values that are compared: `TieredPGO=default,0`.
#[derive(Clone, Debug, PartialEq)]
pub struct Switch {
    pub name: String,
    pub values: Vec<String>,
}

impl FromStr for Switch {
    type Err = String;

    fn from_str(text: &str) -> Result<Switch, String> {
        const EXPECTED: &str =
            "expected NAME=VALUE,VALUE, like TieredPGO=0,1 or EnableWriteXorExecute=default,0";
        let (name, values) = text.split_once('=').ok_or(EXPECTED)?;
        let name = name.strip_prefix("DOTNET_").unwrap_or(name);
        let plain = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
        };
        let values: Vec<String> = values.split(',').map(str::to_string).collect();
        if !plain(name) || name == RUNTIME || !values.iter().all(|value| plain(value)) {
            return Err(EXPECTED.to_string());
        }
        Ok(Switch {
            name: name.to_string(),
            values,
        })
    }
}

/// Every deployment under every combination of switches and runtimes, in their order, each once.
pub fn targets(
    deployments: &[Deployment],
    switches: &[Switch],
    runtimes: &[String],
) -> Result<Vec<Target>> {
    let mut targets: Vec<Target> = deployments.iter().copied().map(Target::plain).collect();
    for switch in switches {
        let with = |target: &Target, value: &String| {
            let mut target = target.clone();
            if value != DEFAULT {
                target.settings.insert(switch.name.clone(), value.clone());
            }
            target
        };
        targets = targets
            .iter()
            .flat_map(|target| switch.values.iter().map(|value| with(target, value)))
            .collect();
    }
    if !runtimes.is_empty() {
        let with = |target: &Target, name: &String| Target {
            runtime: (name != DEFAULT).then(|| name.clone()),
            ..target.clone()
        };
        targets = targets
            .iter()
            .flat_map(|target| runtimes.iter().map(|name| with(target, name)))
            .collect();
    }
    let mut seen = std::collections::HashSet::new();
    targets.retain(|target| seen.insert(target.clone()));
    targets.iter().try_for_each(Target::check)?;
    Ok(targets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_the_deployment_part_of_a_key() {
        for text in ["jit", "aot_static", "jit+TieredPGO=0", "r2r+runtime=mine"] {
            assert_eq!(text.parse::<Target>().unwrap().to_string(), text);
        }
        let both: Target = "jit+b=1+a=2+runtime=x".parse().unwrap();
        assert_eq!(both.to_string(), "jit+a=2+b=1+runtime=x");
        assert!("mono".parse::<Target>().is_err() && "jit+PGO".parse::<Target>().is_err());
    }

    #[test]
    fn every_combination_once() {
        let switch: Switch = "DOTNET_TieredPGO=default,0".parse().unwrap();
        let runtimes = [DEFAULT.to_string(), "mine".to_string()];
        let all = targets(&[Deployment::Jit], &[switch], &runtimes).unwrap();
        let names: Vec<String> = all.iter().map(Target::to_string).collect();
        assert_eq!(
            names,
            [
                "jit",
                "jit+runtime=mine",
                "jit+TieredPGO=0",
                "jit+TieredPGO=0+runtime=mine"
            ]
        );
        assert!(all[0].is_default() && !all[1].is_default());
    }

    #[test]
    fn what_can_do_nothing_is_refused() {
        let refused = |deployment, switch: &str| {
            let switch = switch.parse().unwrap();
            let error = targets(&[deployment], &[switch], &[]).unwrap_err();
            error.to_string()
        };
        let pgo = refused(Deployment::Aot, "TieredPGO=0");
        assert_eq!(
            pgo,
            "--env TieredPGO: a program of deployment aot does not look at it"
        );
        assert!(
            refused(Deployment::R2r, "TieredCompilation=0,1").contains("leave one of them out")
        );
        let error = targets(&[Deployment::Aot], &[], &["mine".to_string()]).unwrap_err();
        assert!(error.to_string().contains("has its runtime in itself"));
        let server: Switch = "gcServer=0,1".parse().unwrap();
        assert_eq!(
            targets(&[Deployment::Aot], &[server], &[]).unwrap().len(),
            2
        );
    }

    #[test]
    fn a_switch_is_a_name_and_values() {
        for wrong in [
            "TieredPGO",
            "=1",
            "A=",
            "A=1,,2",
            "A=1+2",
            "runtime=x",
            "A B=1",
        ] {
            assert!(wrong.parse::<Switch>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn switches_decide_what_code_is_expected() {
        let code = |text: &str| text.parse::<Target>().unwrap().code();
        assert_eq!(code("jit"), "tier1");
        assert_eq!(code("jit+TieredCompilation=0"), "optimized");
        assert_eq!(code("jit+TC_CallCounting=0"), "tier0");
        assert_eq!(code("jit+TieredPGO=0"), "tier1");
        assert_eq!(code("aot_direct"), "native");
    }
}
