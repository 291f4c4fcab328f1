//! The texts of a new case. Each says with `fill in` what is still missing.

pub(super) fn entry(id: &str) -> String {
    format!(
        r#"
[[case]]
id = "{id}"
wave = 2
question = "Fill in: what does it cost?"
pages = ["pinvoke"]
signature = "i32 (i32)"
form = "call"
nogc = false
nogc_reason = "fill in: why the transition may not be suppressed"
reference = "LibraryImport"
ops = "1"
calls = "1"
# Fill in: what every variant must answer. The kernels answer 0 so far.
answer = 1
symbols = ["{id}"]
bdn = []

[case.rows]
quick = ["-"]
standard = ["-"]
publish = ["-"]

[[case.variant]]
name = "DllImport"
what = "the runtime makes the binding"
managed_bytes = 0
[[case.variant]]
name = "LibraryImport"
what = "generated code"
managed_bytes = 0
[[case.variant]]
name = "FunctionPointer"
what = "delegate* unmanaged in a static readonly field"
managed_bytes = 0
"#
    )
}

pub(super) fn declaration(id: &str) -> String {
    format!("\n// Fill in: what it answers.\nKERNELS_API int32_t {id}(int32_t value);\n")
}

pub(super) fn c(id: &str) -> String {
    format!(
        r"
// Fill in: the same steps as in Rust.
int32_t {id}(int32_t value) {{
    (void)value;
    return 0;
}}
"
    )
}

pub(super) fn rust(id: &str) -> String {
    format!(
        r#"
/// Fill in: the same steps as in C.
#[unsafe(no_mangle)]
pub extern "C" fn {id}(value: i32) -> i32 {{
    entry!("{id}");
    let _ = value;
    0
}}

fn prepare_{id}(_: Params) -> Prepared {{
    use crate::error::{{LastErrorLoop, floor_i32_to_i32}};
    type Kernel = unsafe extern "C" fn(i32) -> i32;
    // SAFETY: the addresses are of these types, as `Prepared` demands of its callers.
    unsafe {{
        Prepared::new(
            floor_of!(floor_i32_to_i32),
            |kernel| transmute::<Address, Kernel>(kernel.address)(1).into(),
            |floor, kernel, calls| {{
                transmute::<Address, LastErrorLoop>(floor)(
                    transmute::<Address, Kernel>(kernel.address),
                    calls,
                    1,
                )
            }},
        )
    }}
}}
"#
    )
}

pub(super) fn driver(id: &str) -> String {
    format!("    Driver {{\n        case: \"{id}\",\n        prepare: prepare_{id},\n    }},\n")
}

pub(super) fn class(id: &str, class: &str) -> String {
    format!(
        r#"using System.Runtime.InteropServices;

using BenchmarkDotNet.Attributes;

namespace InteropLab.Cases;

internal static unsafe partial class {class}Imports
{{
    internal static readonly delegate* unmanaged[Cdecl]<int, int> Pointer =
        (delegate* unmanaged[Cdecl]<int, int>)KernelLibrary.Export("{id}");

    [DllImport(KernelLibrary.Name, EntryPoint = "{id}", ExactSpelling = true)]
    internal static extern int DllImport(int value);

    [LibraryImport(KernelLibrary.Name, EntryPoint = "{id}")]
    internal static partial int LibraryImport(int value);
}}

/// <summary>Fill in: what the answer is.</summary>
public unsafe class {class}
{{
    // A field, not a constant: the compiler must not know it.
    private int _value;

    [GlobalSetup]
    public void Setup() => _value = 1;

    [Benchmark]
    public int DllImport() => {class}Imports.DllImport(_value);

    [Benchmark]
    public int LibraryImport() => {class}Imports.LibraryImport(_value);

    [Benchmark]
    public int FunctionPointer() => {class}Imports.Pointer(_value);
}}
"#
    )
}
