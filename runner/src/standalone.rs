//! A case's C# as one file for a bare BenchmarkDotNet project: declarations, class, inputs, and a few lines that load the library.
//!
//! By text, not by a compiler: the sources keep to one style, and a test compiles what comes out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use regex::Regex;

use crate::catalogue::Case;
use crate::run_folder::files_below;

/// What is no part of any case: how the lab's own programs find classes and the library.
const OWN: [&str; 4] = [
    "CaseAssembly.cs",
    "Entries.cs",
    "Entries.g.cs",
    "ManagedEmpty.cs",
];

/// Enters a struct into the table that both sides check; nothing at run time.
const LAYOUT: &str = "[KernelStruct";

/// A source file, and what it declares that others may use.
struct Source {
    path: PathBuf,
    text: String,
    names: BTreeSet<String>,
}

/// The whole file. `managed`: the folder of the .NET half.
pub fn of(managed: &Path, case: &Case) -> Result<String> {
    ensure!(
        !case.is_program(),
        "{} is a program with an end of its own, not a benchmark class: managed-bench/README.md says where its sources are",
        case.id
    );
    let sources = managed.join("src");
    // Types flush left, so that neither a comment nor a nested one counts.
    let types = Regex::new(
        r"(?m)^(?:(?:public|internal|static|unsafe|sealed|partial|abstract|readonly|ref) )+(?:class|struct|record|interface|enum|delegate \S+) (\w+)",
    )?;
    let mut known = read(&sources.join("InteropLab.Cases"), &types)?;
    known.retain(|source| !OWN.iter().any(|own| source.path.ends_with(own)));
    let members =
        Regex::new(r"(?m)^    (?:public|private|internal) (?:static|const) .*?(\w+)(?: =|\(|;)")?;
    let mut inputs = read(&sources.join("InteropLab.Inputs"), &members)?;
    inputs.retain(|source| source.text.contains("partial class Inputs"));
    let without_marshalling: BTreeSet<String> =
        read(&sources.join("InteropLab.Cases.Raw"), &types)?
            .into_iter()
            .flat_map(|source| source.names)
            .filter(|name| name != "CaseAssembly")
            .collect();

    let classes: BTreeSet<&str> = case
        .tuples
        .iter()
        .map(|tuple| tuple.class.as_str())
        .collect();
    let mut chosen: Vec<Source> = Vec::new();
    let wanted = |source: &Source| {
        source
            .names
            .iter()
            .any(|name| classes.contains(name.as_str()))
    };
    let (first, mut rest): (Vec<Source>, Vec<Source>) =
        known.into_iter().partition(|source| wanted(source));
    ensure!(
        !first.is_empty(),
        "{} has no class in {}",
        case.id,
        sources.display()
    );
    chosen.extend(first);
    for source in &mut chosen {
        source.text = without(&source.text, &without_marshalling);
    }
    rest.extend(inputs);
    // Whatever a chosen file mentions is declared by another one, until nothing is missing.
    loop {
        let mentioned = words(&chosen);
        let (found, left): (Vec<Source>, Vec<Source>) = rest
            .into_iter()
            .partition(|source| !source.names.is_disjoint(&mentioned));
        rest = left;
        if found.is_empty() {
            break;
        }
        chosen.extend(found.into_iter().map(|source| Source {
            text: without(&source.text, &without_marshalling),
            ..source
        }));
    }
    Ok(joined(case, &chosen))
}

fn read(folder: &Path, names: &Regex) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in files_below(folder)? {
        if path.extension().is_none_or(|ending| ending != "cs") {
            continue;
        }
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let found = names.captures_iter(&text).map(|one| one[1].to_string());
        sources.push(Source {
            names: found.collect(),
            path,
            text,
        });
    }
    Ok(sources)
}

fn words(sources: &[Source]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for source in sources {
        let plain = |c: char| !(c.is_alphanumeric() || c == '_');
        words.extend(source.text.split(plain).map(str::to_string));
    }
    words
}

/// The text without the methods that call into the assembly without runtime marshalling: another assembly is what they are about.
fn without(text: &str, names: &BTreeSet<String>) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        // A field or an assignment of a type that only the other assembly has.
        let of_a_type = line.contains(" Raw.") && line.trim_end().ends_with(';');
        if of_a_type || line == "using InteropLab.Cases.Raw;" {
            continue;
        }
        if line.trim() != "[Benchmark]" {
            kept.push(line);
            continue;
        }
        let method = method(line, lines.by_ref());
        let plain = |c: char| !(c.is_alphanumeric() || c == '_');
        let mut words = method.iter().flat_map(|line| line.split(plain));
        if words.any(|word| names.contains(word)) {
            // Its comment goes too, and the empty line behind it.
            let is_comment = |line: &&str| line.trim_start().starts_with("//");
            while kept.last().is_some_and(is_comment) {
                kept.pop();
            }
            lines.next_if(|line| line.is_empty());
            continue;
        }
        kept.extend(method);
    }
    kept.join("\n") + "\n"
}

/// The lines of a method from its attribute on: to its closing brace, or to the semicolon of one that is an expression.
fn method<'a>(first: &'a str, lines: &mut impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut method = vec![first];
    let mut has_block = false;
    for line in lines {
        method.push(line);
        has_block |= line == "    {";
        if line == "    }" || (!has_block && line.ends_with(';')) {
            break;
        }
    }
    method
}

/// What follows the part that every such file has.
pub fn own(text: &str) -> &str {
    text.split_once(END_OF_FRAME)
        .map_or(text, |(_, own)| own.trim_start())
}

/// The last lines of that part.
const END_OF_FRAME: &str = "#pragma warning restore CA2255\n}\n";

fn joined(case: &Case, sources: &[Source]) -> String {
    let mut usings: BTreeSet<&str> = [
        "using System;",
        "using System.Runtime.CompilerServices;",
        "using System.Runtime.InteropServices;",
        "using BenchmarkDotNet.Running;",
    ]
    .into();
    let mut bodies = String::new();
    for source in sources {
        let mut body: Vec<&str> = Vec::new();
        for line in source.text.lines() {
            if line.starts_with("using ") && line.ends_with(';') && !line.contains('(') {
                usings.insert(line);
            } else if !line.starts_with("namespace ") && !line.trim_start().starts_with(LAYOUT) {
                body.push(line);
            }
        }
        let text = body.join("\n");
        bodies += &format!("\n{}\n", text.trim());
    }
    let usings: Vec<&str> = usings
        .into_iter()
        // An alias of ours stays what it is.
        .filter(|using| using.contains('=') || !using.contains("InteropLab"))
        .collect();
    format!(
        "// {id}: {question}\n\
         // Native signature: {signature}\n\
         //\n\
         // One file for a console project with AllowUnsafeBlocks and the package BenchmarkDotNet. KERNELS holds the path of the\n\
         // library: build it with\n\
         //   cc -O3 -shared -fPIC -I native-kernels/include -o libkernels_c.so native-kernels/c/*.c\n\
         // or take the Rust one that ./lab check leaves in target/lab/lib/rust. Variants that end in Raw are not here: they are the\n\
         // same declarations in an assembly with [assembly: DisableRuntimeMarshalling].\n\
         #nullable enable\n\
         {usings}\n\n\
         namespace InteropLab.Cases;\n\n\
         public static class Program\n{{\n    \
             public static void Main(string[] arguments) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);\n}}\n\n\
         internal static class KernelLibrary\n{{\n    \
             public const string Name = \"kernels\";\n\n    \
             private static readonly Lazy<nint> s_handle = new(static () => NativeLibrary.Load(\n        \
                 Environment.GetEnvironmentVariable(\"KERNELS\") ?? throw new InvalidOperationException(\"KERNELS is not set: the path of the kernel library\")));\n\n    \
             public static nint Export(string symbol) => NativeLibrary.GetExport(s_handle.Value, symbol);\n\n\
         #pragma warning disable CA2255\n    \
             [ModuleInitializer]\n    \
             internal static void Resolve() =>\n        \
                 NativeLibrary.SetDllImportResolver(typeof(KernelLibrary).Assembly, static (name, _, _) => name == Name ? s_handle.Value : 0);\n\
         {END_OF_FRAME}\
         {bodies}",
        id = case.id,
        question = case.question,
        signature = case.signature,
        usings = usings.join("\n"),
    )
}
