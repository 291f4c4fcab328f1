//! Deployments: what is built for them, what a program says it is, and that a build in the wrong place is refused.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use interop_lab::build::deployed::{Deployments, Wanted};
use interop_lab::build::{Library, Products, Program, runtimes};
use interop_lab::catalogue::Catalogue;
use interop_lab::deployment::Deployment;
use interop_lab::engine::paired::Bench;
use interop_lab::engine::paired::output::{Header, Output};
use interop_lab::engine::paired::schedule::{Batch, Entry, Group, Native};
use interop_lab::names::RowKey;
use interop_lab::run_folder::files_below;
use interop_lab::workspace::Workspace;

fn built(variable: &str) -> PathBuf {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .unwrap_or_else(|| panic!("{variable} is not set: run ./lab test"))
}

fn products() -> Products {
    Products {
        libraries: BTreeMap::from([
            (Library::Rust, built("LAB_LIB_RUST")),
            (Library::C, built("LAB_LIB_C")),
        ]),
        c_object: built("LAB_C_OBJECT"),
        programs: BTreeMap::from([(Program::Paired, built("LAB_PAIRED"))]),
        ..Products::default()
    }
}

fn wanted(deployment: Deployment, layouts: u32) -> Wanted {
    Wanted {
        program: Program::Paired,
        deployment,
        library: Library::Rust,
        layouts,
    }
}

/// A launch of one small group.
fn launch(products: &Products, deployment: &str) -> (Header, Output) {
    let key = |variant: &str| -> RowKey {
        format!("blittable_add_i32/-/{variant}/rust/{deployment}/paired")
            .parse()
            .unwrap()
    };
    let entry = |variant: &str| Entry {
        key: key(variant),
        class: "BlittableAddI32".to_string(),
        method: variant.to_string(),
        calls: 64,
    };
    let batch = Batch {
        implementation: "rust".to_string(),
        deployment: deployment.to_string(),
        groups: vec![Group {
            case: "blittable_add_i32".to_string(),
            params: "-".to_string(),
            reference: key("LibraryImport"),
            entries: ["DllImport", "LibraryImport", "FunctionPointer"]
                .map(entry)
                .to_vec(),
            rounds: 4,
            replicas: 1,
            empty_calls: 64,
            native: Some(Native {
                key: key("Native"),
                calls: 64,
            }),
        }],
        clock_calls: 64,
        wide_calls: 64,
        seconds: 1.0,
    };
    let workspace = Workspace::find().unwrap();
    let bench = Bench {
        workspace: &workspace,
        products,
        cpu: None,
        layouts: &BTreeMap::new(),
    };
    let (header, _, output) = bench.run(&batch, 0, 1, 7, None, 1.0).unwrap();
    (header, output)
}

/// A folder in which the plain build stands where another deployment is expected.
fn planted(folder: &Path) -> PathBuf {
    let place = folder.join("planted");
    fs::create_dir(&place).unwrap();
    std::os::unix::fs::symlink(built("LAB_PAIRED").parent().unwrap(), place.join("out-0")).unwrap();
    place
}

#[test]
fn a_program_with_a_jit_in_the_place_of_an_aot_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let place = planted(folder.path());
    let products = Products {
        deployments: Deployments::at(&[
            (wanted(Deployment::Aot, 1), place.clone()),
            (wanted(Deployment::R2r, 1), place),
        ]),
        ..products()
    };
    for (deployment, said) in [
        (
            "aot",
            "the program in the place of deployment aot is one with a JIT, not compiled ahead of time",
        ),
        (
            "r2r",
            "the program in the place of deployment r2r is one without ReadyToRun code, not one with it",
        ),
        (
            "r2r_tier1",
            "the program in the place of deployment r2r_tier1 is one without ReadyToRun code, not one with it",
        ),
    ] {
        let (header, _) = launch(&products, deployment);
        let failure = header.failure.unwrap_or_default();
        // Whether its code or what it says of itself is seen first.
        assert!(
            failure.contains(said) || failure.contains("is not at"),
            "{deployment}: {failure}"
        );
    }
    let (header, output) = launch(&products, "jit");
    assert_eq!(header.failure, None);
    assert!(output.done && !output.samples.is_empty());
}

/// What `dotnet --list-runtimes` names: the folder of the host, and the newest version.
fn installed() -> (PathBuf, String) {
    let output = Command::new("dotnet")
        .arg("--list-runtimes")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text
        .lines()
        .rfind(|line| line.starts_with("Microsoft.NETCore.App 10."))
        .unwrap();
    let (version, folder) = line["Microsoft.NETCore.App ".len()..]
        .split_once(" [")
        .unwrap();
    let shared = PathBuf::from(folder.trim_end_matches(']'));
    (
        shared.ancestors().nth(2).unwrap().to_path_buf(),
        version.to_string(),
    )
}

#[test]
fn a_second_runtime_is_the_one_that_runs() {
    let (root, version) = installed();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().canonicalize().unwrap();
    for part in [
        "dotnet".to_string(),
        "host".to_string(),
        format!("shared/Microsoft.NETCore.App/{version}"),
    ] {
        let path = root.join(&part);
        let files = match path.is_file() {
            true => vec![path],
            false => files_below(&path).unwrap(),
        };
        for from in files {
            let to = copy.join(from.strip_prefix(&root).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(from, to).unwrap();
        }
    }
    let named = format!("copy={}", copy.display()).parse().unwrap();
    let products = Products {
        runtimes: runtimes::hosts(&[named]).unwrap(),
        ..products()
    };
    let (header, output) = launch(&products, "jit+runtime=copy");
    assert_eq!(header.failure, None);
    let hello = output.hello.unwrap();
    assert!(hello.runtime_folder.unwrap().starts_with(&copy));

    // The same name in front of another folder: what ran is seen.
    let elsewhere = tempfile::tempdir().unwrap();
    let linked = elsewhere.path().join("dotnet");
    fs::write(
        &linked,
        format!("#!/bin/sh\nexec {}/dotnet \"$@\"\n", root.display()),
    )
    .unwrap();
    let mut mode = fs::metadata(&linked).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
    fs::set_permissions(&linked, mode).unwrap();
    let products = Products {
        runtimes: BTreeMap::from([("copy".to_string(), linked.canonicalize().unwrap())]),
        ..products
    };
    let failure = launch(&products, "jit+runtime=copy").0.failure.unwrap();
    assert!(failure.contains("not under that in"), "{failure}");
}

/// Builds that a program is deployed as: the second time nothing is built, and each does the same work.
#[test]
fn what_is_deployed_is_built_once_and_is_what_it_says() {
    let workspace = Workspace::find().unwrap();
    let catalogue = Catalogue::load(&workspace.cases()).unwrap();
    let all = [wanted(Deployment::R2r, 2), wanted(Deployment::AotStatic, 2)];
    let folder = tempfile::tempdir().unwrap();
    let own = Workspace {
        target: folder.path().to_path_buf(),
        ..workspace
    };
    let mut products = products();
    let build = |products: &Products| {
        let mut builds = Vec::new();
        let built = Deployments::build(&own, &catalogue, products, &all, |name, done, of| {
            builds.push((name.to_string(), done, of));
        });
        (built.unwrap(), builds)
    };
    let (deployments, builds) = build(&products);
    if let Some(why) = deployments.refusal(&all[1]) {
        common::skip(&format!("native deployments: {why}"));
        return;
    }
    assert_eq!(builds.len(), 4, "{builds:?}");
    products.deployments = deployments;
    for (deployment, tier) in [
        ("r2r", "readytorun"),
        ("r2r_tier1", "tier1"),
        ("aot_static", "native"),
    ] {
        let (header, output) = launch(&products, deployment);
        assert_eq!(header.failure, None, "{deployment}");
        let mut tiers = output.bodies.iter().map(|body| body.tier.as_deref());
        assert!(
            tiers.all(|own| own == Some(tier)),
            "{deployment}: {:?}",
            output.bodies
        );
    }
    assert_eq!(build(&products).1, [], "nothing is built twice");
}
