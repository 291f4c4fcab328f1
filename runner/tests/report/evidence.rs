//! Evidence for a fixture: invented sources and machine code, shaped like real ones.

use interop_lab::evidence::{Evidence, Generated};
use interop_lab::manifest::Manifest;
use interop_lab::row::Row;

/// A generated source per `LibraryImport` of each case, and machine code for every row of the managed side: the same for all
/// params and kernels of a variant, as it is for most.
pub fn of(manifest: &Manifest, rows: &[Row]) -> Evidence {
    let mut evidence = Evidence::default();
    for case in &manifest.cases {
        let class = interop_lab::names::pascal(&case.id) + "Imports";
        let imports = case
            .variants
            .iter()
            .filter(|variant| variant.name.starts_with("LibraryImport"))
            .map(|variant| Generated {
                declaration: format!("{class}.{}(string)", variant.name),
                text: generated(&case.id, &variant.name),
            });
        evidence
            .generated
            .insert(case.id.clone(), imports.collect());
    }
    for row in rows.iter().filter(|row| row.code_bytes.is_some()) {
        evidence
            .disassembly
            .insert(row.key.clone(), disassembly(&row.key.variant));
    }
    evidence
}

fn generated(symbol: &str, method: &str) -> String {
    format!(
        "internal static unsafe partial ulong {method}(string text)\n{{\n    byte* __text_native = default;\n    \
         ulong __retVal = default;\n    // Setup - Perform required setup.\n    \
         global::System.Runtime.InteropServices.Marshalling.Utf8StringMarshaller.ManagedToUnmanagedIn __marshaller = new();\n    \
         try\n    {{\n        __marshaller.FromManaged(text, stackalloc byte[256]);\n        \
         __text_native = __marshaller.ToUnmanaged();\n        __retVal = __PInvoke(__text_native);\n    }}\n    \
         finally\n    {{\n        __marshaller.Free();\n    }}\n\n    return __retVal;\n    \
         [DllImport(\"kernels\", EntryPoint = \"{symbol}\", ExactSpelling = true)]\n    \
         static extern unsafe ulong __PInvoke(byte* __text_native);\n}}\n"
    )
}

fn disassembly(variant: &str) -> String {
    let mut text = format!("; {variant}()\n");
    for line in [
        "push      rbp",
        "sub       rsp,60",
        "lea       rbp,[rsp+60]",
        "lea       rdi,[rbp-58]",
        "call      CORINFO_HELP_INIT_PINVOKE_FRAME",
        "mov       rbx,rax",
        "mov       byte ptr [rbx+4],0",
        "call      qword ptr [<kernel>]",
        "mov       byte ptr [rbx+4],1",
        "add       rsp,60",
        "pop       rbp",
        "ret",
    ] {
        text += &format!("       {line}\n");
    }
    text + "; Total bytes of code 84\n"
}
