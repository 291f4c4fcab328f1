//! Whether the code of a started program is what was planned, by what it says of itself, whichever engine started it.

use crate::deployment::Deployment;

/// What a program is and was not to be; `None` where all that it says fits.
///
/// `aot`: compiled ahead of time, all of it; `precompiled`: its image holds ReadyToRun code.
pub fn mismatch(
    aot: Option<bool>,
    precompiled: Option<bool>,
    deployment: Deployment,
) -> Option<String> {
    match (aot, deployment.is_aot()) {
        (Some(true), false) => {
            return Some(refused(
                deployment,
                "compiled ahead of time",
                "one with a JIT",
            ));
        }
        (Some(false), true) => {
            return Some(refused(
                deployment,
                "one with a JIT",
                "compiled ahead of time",
            ));
        }
        _ => {}
    }
    match (precompiled, deployment.is_precompiled()) {
        (Some(true), false) => Some(refused(
            deployment,
            "one with ReadyToRun code",
            "one without",
        )),
        (Some(false), true) => Some(refused(
            deployment,
            "one without ReadyToRun code",
            "one with it",
        )),
        _ => None,
    }
}

/// The words of a refusal.
pub fn refused(deployment: Deployment, is: &str, expected: &str) -> String {
    format!(
        "the program in the place of deployment {} is {is}, not {expected}",
        deployment.name()
    )
}
