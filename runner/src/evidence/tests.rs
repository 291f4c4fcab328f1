//! The generator's file taken apart, kept and read again.

use super::*;
use crate::catalogue::Catalogue;

fn fixture() -> Vec<(String, Generated)> {
    let root = Workspace::find().unwrap().root;
    let path = root.join("runner/tests/fixtures/evidence/LibraryImports.g.cs");
    split(&fs::read_to_string(path).unwrap())
}

#[test]
fn one_part_per_declaration() {
    let names: Vec<String> = fixture()
        .into_iter()
        .map(|(_, part)| part.declaration)
        .collect();
    let expected = [
        "BlittableAddI32Imports.LibraryImport(int, int)",
        "CallbackEachImports.LibraryImport(long, delegate* unmanaged[Cdecl]<long, nint, long>, nint)",
        "StringUtf8InImports.LibraryImport(ReadOnlySpan<byte>)",
        "StringUtf8InLenImports.LibraryImport(byte*, nuint)",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_declaration_is_the_method_alone_and_flush_left() {
    let parts = fixture();
    let plain = &parts[0].1.text;
    let expected = "[global::System.Runtime.InteropServices.DllImportAttribute(\"kernels\", EntryPoint = \"blittable_add_i32\", ExactSpelling = true)]\n\
                    internal static extern partial int LibraryImport(int a, int b);\n";
    assert_eq!(plain, expected, "a blittable import is an extern again");
    let wrapper = &parts[2].1.text;
    assert!(
        wrapper.contains("\n{\n    ulong __retVal;\n") && wrapper.ends_with("\n}\n"),
        "{wrapper}"
    );
}

#[test]
fn no_text_is_taken_for_a_declaration() {
    assert!(split("").is_empty());
    assert!(split("namespace A\n{\n}\n").is_empty());
    assert!(split("namespace A\n{\n    class B\n    {\n    }\n}\n").is_empty());
    assert!(split("}\n}\nnamespace").is_empty());
}

fn workspace(folder: &Path) -> Workspace {
    let workspace = Workspace {
        target: folder.to_path_buf(),
        ..Workspace::find().unwrap()
    };
    let text = fs::read_to_string(
        workspace
            .root
            .join("runner/tests/fixtures/evidence/LibraryImports.g.cs"),
    )
    .unwrap();
    let [cases, raw] = generated_files(&workspace);
    write_atomically(&cases, text.as_bytes()).unwrap();
    write_atomically(
        &raw,
        text.replace("Imports\n", "Raw\n")
            .replace("Cases", "Cases.Raw")
            .as_bytes(),
    )
    .unwrap();
    workspace
}

#[test]
fn what_is_kept_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let catalogue = Catalogue::load(&workspace.cases()).unwrap();
    let cases: Vec<&Case> = catalogue
        .cases
        .iter()
        .filter(|case| case.id != "callback_each")
        .collect();
    let raw = folder.path().join("raw");
    keep_generated(&workspace, &cases, &raw).unwrap();
    let asm = "; InteropLab.Cases.StringUtf8In.LibraryImport()\n0000  push rbp\n";
    let key = "string_utf8_in/entry=len,length=64,text=ascii/LibraryImport/rust/jit/bdn";
    let key: RowKey = key.parse().unwrap();
    let parts = raw.join("bdn/rust/parts");
    write_atomically(
        &parts.join(format!("{}.asm", key.file_name())),
        asm.as_bytes(),
    )
    .unwrap();
    write_atomically(&parts.join("stray.asm"), b"no row").unwrap();

    let records: Vec<CaseRecord> = catalogue.cases.iter().map(Case::record).collect();
    let evidence = Evidence::read(&raw, &records).unwrap();
    let of = |case: &str| -> Vec<&str> {
        let parts = evidence.generated.get(case).into_iter().flatten();
        parts.map(|part| part.declaration.as_str()).collect()
    };
    assert_eq!(
        of("string_utf8_in"),
        [
            "StringUtf8InImports.LibraryImport(ReadOnlySpan<byte>)",
            "StringUtf8InLenImports.LibraryImport(byte*, nuint)",
            "StringUtf8InRaw.LibraryImport(ReadOnlySpan<byte>)",
            "StringUtf8InLenRaw.LibraryImport(byte*, nuint)",
        ]
    );
    assert_eq!(
        evidence.generated["blittable_add_i32"][0].text,
        fixture()[0].1.text
    );
    assert!(of("callback_each").is_empty(), "it was not in the run");
    assert_eq!(evidence.disassembly.len(), 1);
    assert_eq!(evidence.disassembly[&key], asm);
}

#[test]
fn a_run_without_evidence_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = Evidence::read(&folder.path().join("raw"), &[]).unwrap();
    assert!(evidence.generated.is_empty() && evidence.disassembly.is_empty());
}

#[test]
fn a_build_that_left_no_generated_source_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace {
        target: folder.path().to_path_buf(),
        ..Workspace::find().unwrap()
    };
    let error = keep_generated(&workspace, &[], folder.path())
        .unwrap_err()
        .to_string();
    assert!(error.contains("LibraryImports.g.cs") && !error.contains('\n'));
}
