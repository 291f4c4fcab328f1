//! Whether a started program is what was planned: a wrong claim about a deployment must not come from a build in the wrong place.

use std::path::Path;

use super::output::{EPOCH, Hello};
use crate::deployment::Target;
use crate::engine::identity;

/// What a program says of itself against what it was to be; `None` where all of it fits.
///
/// `host`: what starts programs under the target's runtime, where it names one.
pub fn mismatch(hello: Option<&Hello>, target: &Target, host: Option<&Path>) -> Option<String> {
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
    if let Some(other) = identity::mismatch(Some(hello.aot), Some(hello.precompiled), deployment) {
        return Some(other);
    }
    let expected = deployment.binding().name();
    if let Some(binding) = hello.binding.as_deref().filter(|own| *own != expected) {
        return Some(identity::refused(
            deployment,
            &format!("one whose imports are bound {binding}"),
            &format!("bound {expected}"),
        ));
    }
    if let Some(folder) = host.and_then(Path::parent) {
        let own = hello.runtime_folder.as_deref().unwrap_or(Path::new("-"));
        if !own.canonicalize().unwrap_or_default().starts_with(folder) {
            return Some(format!(
                "the program ran under the runtime in {}, not under that in {}",
                own.display(),
                folder.display()
            ));
        }
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
            runtime_folder: None,
            implementation: "rust".to_string(),
            aot,
            precompiled,
            binding: Some(binding.to_string()),
            settings: [("DOTNET_TieredPGO".to_string(), "0".to_string())].into(),
        }
    }

    fn said(hello: &Hello, target: &str) -> String {
        mismatch(Some(hello), &target.parse().unwrap(), None).unwrap_or_default()
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
        assert!(mismatch(None, &"jit".parse().unwrap(), None).is_some());
    }

    #[test]
    fn another_runtime_than_the_one_asked_for_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let shared = root.join("shared/Microsoft.NETCore.App/10.0.0");
        std::fs::create_dir_all(&shared).unwrap();
        let target = "jit+runtime=mine".parse().unwrap();
        let mut one = hello(false, false, "lazy");
        one.runtime_folder = Some(shared);
        let host = root.join("dotnet");
        assert_eq!(mismatch(Some(&one), &target, Some(&host)), None);
        one.runtime_folder = Some(std::env::temp_dir());
        let said = mismatch(Some(&one), &target, Some(&host)).unwrap();
        assert!(said.contains("not under that in"), "{said}");
    }
}
