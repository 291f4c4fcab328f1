//! Whether a started program is what was planned: a wrong claim about a deployment must not come from a build in the wrong place.

use super::output::{EPOCH, Hello};
use crate::deployment::Target;

/// What a program says of itself against what it was to be; `None` where all of it fits.
pub fn mismatch(hello: Option<&Hello>, target: &Target) -> Option<String> {
    let Some(hello) = hello else {
        return Some("the paired engine did not say what it is".to_string());
    };
    if hello.epoch != EPOCH {
        return Some(format!(
            "the paired engine measures by epoch {}, the runner was built for {EPOCH}",
            hello.epoch
        ));
    }
    let deployment = target.deployment;
    let refused = |is: &str, expected: &str| {
        Some(format!(
            "the program in the place of deployment {} is {is}, not {expected}",
            deployment.name()
        ))
    };
    match (hello.aot, deployment.is_aot()) {
        (true, false) => return refused("compiled ahead of time", "one with a JIT"),
        (false, true) => return refused("one with a JIT", "compiled ahead of time"),
        _ => {}
    }
    match (hello.precompiled, deployment.is_precompiled()) {
        (true, false) => return refused("one with ReadyToRun code", "one without"),
        (false, true) => return refused("one without ReadyToRun code", "one with it"),
        _ => {}
    }
    let expected = deployment.binding().name();
    if let Some(binding) = hello.binding.as_deref().filter(|own| *own != expected) {
        return refused(
            &format!("one whose imports are bound {binding}"),
            &format!("bound {expected}"),
        );
    }
    let lost = target
        .settings
        .iter()
        .find(|(name, value)| hello.settings.get(&format!("DOTNET_{name}")) != Some(*value));
    lost.map(|(name, value)| format!("the program was started without DOTNET_{name}={value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello(aot: bool, precompiled: bool, binding: &str) -> Hello {
        Hello {
            schema: 1,
            epoch: EPOCH,
            runtime: "10.0.0".to_string(),
            implementation: "rust".to_string(),
            aot,
            precompiled,
            binding: Some(binding.to_string()),
            settings: [("DOTNET_TieredPGO".to_string(), "0".to_string())].into(),
        }
    }

    fn said(hello: &Hello, target: &str) -> String {
        mismatch(Some(hello), &target.parse().unwrap()).unwrap_or_default()
    }

    #[test]
    fn a_build_in_the_wrong_place_is_refused() {
        let (jit, r2r) = (hello(false, false, "lazy"), hello(false, true, "lazy"));
        let (aot, direct) = (hello(true, false, "lazy"), hello(true, false, "direct"));
        for (hello, target) in [
            (&jit, "jit"),
            (&r2r, "r2r"),
            (&r2r, "r2r_tier1"),
            (&aot, "aot"),
            (&direct, "aot_direct"),
        ] {
            assert_eq!(said(hello, target), "", "{target}");
        }
        assert_eq!(
            said(&jit, "aot"),
            "the program in the place of deployment aot is one with a JIT, not compiled ahead of time"
        );
        assert!(said(&aot, "jit").contains("compiled ahead of time, not one with a JIT"));
        assert!(said(&jit, "r2r").contains("without ReadyToRun code"));
        assert!(said(&r2r, "jit").contains("with ReadyToRun code, not one without"));
        assert!(said(&aot, "aot_static").contains("bound lazy, not bound static"));
        assert!(said(&direct, "aot").contains("bound direct, not bound lazy"));
    }

    #[test]
    fn a_switch_that_did_not_arrive_is_seen() {
        let jit = hello(false, false, "lazy");
        assert_eq!(said(&jit, "jit+TieredPGO=0"), "");
        assert_eq!(
            said(&jit, "jit+TieredPGO=1"),
            "the program was started without DOTNET_TieredPGO=1"
        );
        assert!(mismatch(None, &"jit".parse().unwrap()).is_some());
    }
}
