//! The same program with its methods in another order. Where a method lies decides up to some per cent of what a call of a few
//! nanoseconds takes; code that is compiled ahead of time keeps its place for good, so a place has to be sampled by building again.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::deployed::{Build, out};
use crate::catalogue::Profile;
use crate::run_folder::files_below;

/// Layouts of ReadyToRun code: copies of the two assemblies, all of them in one process.
pub const R2R_LAYOUTS: u32 = 8;

/// Layouts of a Native AOT program: builds, one to a launch. Each takes a quarter of a minute and is kept.
pub fn of_aot(profile: Profile) -> u32 {
    match profile {
        Profile::Quick | Profile::Standard => 5,
        Profile::Publish => 10,
    }
}

/// The assemblies whose code is measured.
const ASSEMBLIES: [&str; 2] = ["InteropLab.Cases", "InteropLab.Cases.Raw"];

/// Builds the layouts after the first; `each` is told before each of them.
pub(super) fn make(build: &Build, mut each: impl FnMut()) -> Result<()> {
    if build.wanted.layouts > 1 && build.wanted.deployment.is_precompiled() {
        keep_assemblies(build, 0)?;
    }
    for layout in 1..build.wanted.layouts {
        each();
        let arguments = if build.wanted.deployment.is_precompiled() {
            [shuffled_by_size(build, layout)?, "--no-restore".into()]
        } else {
            // The assemblies are the same, only the native compiler works again.
            [ordered(build, layout)?, "--no-build".into()]
        };
        if let Err(why) = build.publish(layout, &arguments)? {
            bail!("layout {layout}: {why}");
        }
        if build.wanted.deployment.is_precompiled() {
            keep_assemblies(build, layout)?;
            fs::remove_dir_all(out(&build.folder, layout))?;
        }
    }
    Ok(())
}

/// ReadyToRun: the program loads each layout of the two assemblies as a copy of its own, from a folder beside it.
fn keep_assemblies(build: &Build, layout: u32) -> Result<()> {
    let to = out(&build.folder, 0)
        .join("layouts")
        .join(layout.to_string());
    fs::create_dir_all(&to)?;
    for assembly in ASSEMBLIES {
        let file = format!("{assembly}.dll");
        let from = out(&build.folder, layout).join(&file);
        fs::copy(&from, to.join(&file))
            .with_context(|| format!("publishing left no {}", from.display()))?;
    }
    Ok(())
}

/// Crossgen2 shuffles methods always in the same way, which their number decides: so many methods more, another order.
fn shuffled_by_size(build: &Build, layout: u32) -> Result<OsString> {
    let methods: String = (0..layout)
        .map(|at| format!("    internal static int Method{at}() => {at};\n"))
        .collect();
    let path = build.folder.join(format!("Shuffle{layout}.cs"));
    fs::write(
        &path,
        format!("namespace InteropLab.Cases;\n\ninternal static class Shuffle\n{{\n{methods}}}\n"),
    )?;
    Ok(format!("-p:LabShuffle={}", path.display()).into())
}

/// Native AOT: the compiler is given the names of the cases' methods in a random order, always the same for a number.
fn ordered(build: &Build, layout: u32) -> Result<OsString> {
    let map = native_file(build, ".map.xml")?;
    let text =
        fs::read_to_string(&map).with_context(|| format!("cannot read {}", map.display()))?;
    let mut names = methods(&text);
    if names.is_empty() {
        bail!("{}: it names no method of the cases", map.display());
    }
    names.sort_unstable();
    names.shuffle(&mut ChaCha8Rng::seed_from_u64(u64::from(layout)));
    let path = build.folder.join(format!("order-{layout}.txt"));
    fs::write(&path, names.join("\n") + "\n")?;
    Ok(format!("-p:LabOrder={}", path.display()).into())
}

/// Names of the cases' methods in a map of the Native AOT compiler, in its order.
fn methods(map: &str) -> Vec<String> {
    map.lines()
        .filter_map(|line| {
            line.trim()
                .strip_prefix("<MethodCode Name=\"InteropLab_Cases")
        })
        .filter_map(|rest| rest.split_once('"'))
        .map(|(name, _)| format!("InteropLab_Cases{name}"))
        .collect()
}

pub(super) fn native_file(build: &Build, extension: &str) -> Result<PathBuf> {
    let name = format!("{}{extension}", build.wanted.program.assembly());
    let folder: &Path = &build.artifacts().join("obj");
    files_below(folder)?
        .into_iter()
        .find(|path| path.file_name().is_some_and(|own| own == name.as_str()))
        .with_context(|| format!("the build left no {name} below {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_methods_of_the_cases_are_laid_out() {
        let map = "<ObjectNodes>\n  <MethodCode Name=\"InteropLab_Cases_InteropLab_Cases_A__B\" Length=\"26\" />\n  \
                   <GCInfo Name=\"InteropLab_Cases_x\" />\n  <MethodCode Name=\"S_P_CoreLib_X\" />\n  \
                   <MethodCode Name=\"InteropLab_Cases_Raw_C__D\" Length=\"1\" />\n";
        assert_eq!(
            methods(map),
            [
                "InteropLab_Cases_InteropLab_Cases_A__B",
                "InteropLab_Cases_Raw_C__D"
            ]
        );
    }
}
