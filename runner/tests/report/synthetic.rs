//! A run as large as `standard` over all cases, with invented numbers: what a page has to bear.

use interop_lab::control::{Control, ControlKind};
use interop_lab::evidence::Evidence;
use interop_lab::manifest::{
    CaseRecord, Manifest, ParamRecord, PlannedRow, StepRecord, VariantRecord,
};
use interop_lab::names::RowKey;
use interop_lab::row::{Num, Row, State};
use interop_lab::verdict::Verdict;

use super::{evidence, fixture};

/// Id, reference price in ns, param with its values, variants beside the three mechanisms and the floor.
type Case = (
    &'static str,
    f64,
    &'static str,
    &'static [u32],
    &'static [&'static str],
);

const SIZES: &[u32] = &[8, 16, 24, 32, 64, 128, 256];
const COUNTS: &[u32] = &[0, 1, 16, 256, 4096, 65536];
const NO_GC: &[&str] = &[
    "Managed",
    "DllImportNoGc",
    "LibraryImportNoGc",
    "FunctionPointerNoGc",
];
const WAYS: &[&str] = &[
    "Managed",
    "DllImportRaw",
    "LibraryImportRaw",
    "DelegateFromPointer",
    "DllImportNoGc",
    "LibraryImportNoGc",
    "FunctionPointerNoGc",
];
const CASES: [Case; 17] = [
    ("blittable_noop", 5.6, "", &[], WAYS),
    ("blittable_add_i32", 5.8, "", &[], WAYS),
    ("blittable_arity", 5.9, "n", &[0, 2, 4, 6, 7, 8, 12], NO_GC),
    ("transition_in_loop", 180.0, "", &[], WAYS),
    (
        "struct_by_value",
        6.2,
        "size",
        SIZES,
        &["Managed", "DllImportRaw", "LibraryImportRaw"],
    ),
    (
        "struct_by_ref",
        6.4,
        "size",
        SIZES,
        &["DllImportIn", "LibraryImportIn", "Pointer", "Class"],
    ),
    (
        "string_utf8_in",
        28.0,
        "length",
        &[8, 64, 256, 1024],
        &[
            "DllImportLPStr",
            "LibraryImportRaw",
            "Utf8Literal",
            "StackallocEncode",
            "PooledEncode",
            "PreEncoded",
            "ReadOnlySpanByte",
        ],
    ),
    (
        "string_utf16_in",
        9.0,
        "length",
        &[8, 64, 256, 1024],
        &["Fixed", "ReadOnlySpanChar"],
    ),
    (
        "string_fill",
        60.0,
        "capacity",
        &[16, 259, 260, 4096],
        &[
            "StringBuilderNew",
            "StringBuilderReused",
            "CharArrayNew",
            "CharArrayPooled",
            "Stackalloc",
            "StringCreate",
        ],
    ),
    (
        "string_returned",
        48.0,
        "length",
        &[16, 256],
        &[
            "PointerDecode",
            "StaticText",
            "DllImportFree",
            "CopyIntoBuffer",
        ],
    ),
    (
        "array_sum_i32",
        7.0,
        "count",
        COUNTS,
        &[
            "Managed",
            "ManagedVector",
            "ReadOnlySpanInt",
            "DllImportRaw",
            "LibraryImportRaw",
        ],
    ),
    (
        "array_fill_i32",
        7.4,
        "count",
        COUNTS,
        &[
            "SpanInt",
            "Pooled",
            "Uninitialised",
            "DllImportOut",
            "LibraryImportOut",
        ],
    ),
    (
        "callback_each",
        9.0,
        "k",
        &[1, 100, 10000],
        &[
            "DelegateInstance",
            "DelegateClosure",
            "UnmanagedCallersOnly",
        ],
    ),
    (
        "callback_register",
        40.0,
        "",
        &[],
        &[
            "DelegateCached",
            "PointerPerCall",
            "PointerCached",
            "MethodAddress",
        ],
    ),
    (
        "handle_call",
        14.0,
        "",
        &[],
        &[
            "Nint",
            "ManualAddRef",
            "KeepAlive",
            "DllImportSafe",
            "LibraryImportSafe",
        ],
    ),
    (
        "handle_create",
        96.0,
        "",
        &[],
        &[
            "LibraryImportOut",
            "InitHandle",
            "DllImportOut",
            "Disposed",
            "Raw",
        ],
    ),
    (
        "error_last_error",
        8.0,
        "",
        &[],
        &["SetLastErrorByHand", "StatusCode", "None"],
    ),
];

/// 17 cases in their families, both kernels, two failures and machine code for all.
pub fn run() -> (Manifest, Vec<Row>, Evidence) {
    let (mut manifest, _) = fixture("run");
    let mut rows = Vec::new();
    for case in &CASES {
        for implementation in ["rust", "c"] {
            rows.extend(of_case(case, implementation));
        }
    }
    for row in rows
        .iter_mut()
        .filter(|row| row.key.variant == "CharArrayPooled")
    {
        *row = Row::without_value(
            row.key.clone(),
            State::Error,
            "wrong answer: 0 instead of 4096",
        );
    }
    manifest.cases = CASES.iter().map(record).collect();
    manifest.plan.rows = rows
        .iter()
        .map(|row| PlannedRow {
            key: row.key.clone(),
            ops: 1,
            not_applicable: None,
            refused: None,
            not_permitted: None,
        })
        .collect();
    let evidence = evidence::of(&manifest, &rows);
    (manifest, rows, evidence)
}

/// The same with every row of the managed side measured by the paired engine too, and controls of each group.
pub fn compared() -> (Manifest, Vec<Row>, Vec<Control>, Evidence) {
    let (mut manifest, mut rows, evidence) = run();
    let (mut paired, mut controls) = (Vec::new(), Vec::new());
    for row in &rows {
        let mut row = row.clone();
        row.key.engine = "paired".to_string();
        row.key.deployment = "jit".to_string();
        row.launches = 10;
        row.quiet_share = Num(Some(0.6));
        for number in [
            &mut row.over_managed_ns,
            &mut row.over_managed_lo,
            &mut row.over_managed_hi,
            &mut row.over_native_ns,
            &mut row.over_native_lo,
            &mut row.over_native_hi,
        ] {
            *number = row.ns_per_call;
        }
        if row.key.variant == "LibraryImport" {
            controls.extend(
                [ControlKind::SamePointer, ControlKind::Copy].map(|kind| control(&row, kind)),
            );
        } else if row.key.variant != "Native" {
            row.reference = "LibraryImport".to_string();
            row.verdict = Some(Verdict::Slower);
            for (number, value) in [
                (&mut row.ratio, 1.234),
                (&mut row.ratio_lo, 1.211),
                (&mut row.ratio_hi, 1.255),
                (&mut row.ratio_best, 1.234),
                (&mut row.ratio_best_lo, 1.211),
                (&mut row.ratio_best_hi, 1.255),
                (&mut row.mde_percent, 3.4),
            ] {
                *number = Num(Some(value));
            }
            controls.push(control(&row, ControlKind::MustTie));
        }
        paired.push(row);
    }
    rows.extend(paired);
    manifest.plan.engines.push("paired".to_string());
    (manifest, rows, controls, evidence)
}

fn control(row: &Row, kind: ControlKind) -> Control {
    let (middle, lo, hi) = (Num(Some(1.03)), Num(Some(1.02)), Num(Some(1.04)));
    Control {
        key: row.key.clone(),
        kind,
        launches: 10,
        launches_measured: 11,
        ratio: middle,
        ratio_lo: lo,
        ratio_hi: hi,
        ratio_t_lo: lo,
        ratio_t_hi: hi,
        ratio_best: middle,
        ratio_best_lo: lo,
        ratio_best_hi: hi,
        difference_ns: middle,
        difference_lo: lo,
        difference_hi: hi,
        verdict: Verdict::Slower,
        alarm: "it differs from itself by 3 %, which is more than the noise of timing".to_string(),
    }
}

fn of_case(case: &Case, implementation: &str) -> Vec<Row> {
    let (id, price, param, values, more) = case;
    let variants = ["DllImport", "LibraryImport", "FunctionPointer"]
        .iter()
        .chain(*more)
        .chain(&["Native"]);
    let tuples: Vec<(String, f64)> = match values {
        [] => vec![("-".to_string(), 0.0)],
        _ => values
            .iter()
            .map(|value| (format!("{param}={value}"), f64::from(*value)))
            .collect(),
    };
    let mut rows = Vec::new();
    for (index, variant) in variants.enumerate() {
        if *variant == "Managed" && implementation != "rust" {
            continue;
        }
        for (params, value) in &tuples {
            let factor = match *variant {
                "Managed" | "Native" => 0.2,
                name if name.ends_with("NoGc") => 0.3,
                _ => 0.9 + 0.07 * index as f64,
            };
            let ns = price * factor + value * 0.3;
            rows.push(row(id, params, variant, implementation, ns));
        }
    }
    rows
}

fn row(case: &str, params: &str, variant: &str, implementation: &str, ns: f64) -> Row {
    let (implementation, deployment, engine) = match variant {
        "Managed" => ("-", "jit", "bdn"),
        "Native" => (implementation, "-", "criterion"),
        _ => (implementation, "jit", "bdn"),
    };
    let key: RowKey = format!("{case}/{params}/{variant}/{implementation}/{deployment}/{engine}")
        .parse()
        .unwrap();
    let is_managed = engine == "bdn";
    Row {
        state: State::Ok,
        launches: 1,
        samples: 15,
        ns_per_call: Num(Some(ns)),
        ns_lo: Num(Some(ns * 0.985)),
        ns_hi: Num(Some(ns * 1.02)),
        managed_bytes: is_managed.then_some(0),
        native_allocs: is_managed.then_some(1),
        native_frees: is_managed.then_some(1),
        code_bytes: is_managed.then_some(84),
        ..Row::without_value(key, State::Ok, "")
    }
}

fn record((id, _, param, values, more): &Case) -> CaseRecord {
    let variants = ["DllImport", "LibraryImport", "FunctionPointer"]
        .iter()
        .chain(*more);
    let params = (!values.is_empty()).then(|| ParamRecord {
        name: param.to_string(),
        what: "what this param counts".to_string(),
        values: values.iter().map(u32::to_string).collect(),
    });
    let steps = values.get(2).map(|at| StepRecord {
        param: param.to_string(),
        at: f64::from(*at),
        why: "the documentation says that something ends here".to_string(),
    });
    CaseRecord {
        id: id.to_string(),
        family: id.split('_').next().unwrap().to_string(),
        question:
            "What does this way of crossing the border cost, and where does the price change?"
                .to_string(),
        signature: "u64 (const u8*, usize)".to_string(),
        reference: "LibraryImport".to_string(),
        ops: "1".to_string(),
        pages: vec!["pinvoke".to_string(), "best-practices".to_string()],
        params: params.into_iter().collect(),
        variants: variants
            .map(|name| VariantRecord {
                name: name.to_string(),
                what: "the same declaration in another form, described in a line".to_string(),
            })
            .collect(),
        steps: steps.into_iter().collect(),
        must_tie: Vec::new(),
        ladder: None,
        crossovers: Vec::new(),
    }
}
