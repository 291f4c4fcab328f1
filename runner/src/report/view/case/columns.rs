//! Which columns a case's tables have: one that no row fills is not there.

use serde::Serialize;

use crate::report::measure::is_in_loop;
use crate::report::view::Source;
use crate::report::view::groups::Group;
use crate::report::view::labels::Telling;
use crate::row::Row;

#[derive(Debug, Serialize)]
pub struct Columns {
    pub implementation: bool,
    /// Its heading: `deployment` or `job`.
    pub deployment: Option<String>,
    pub engine: bool,
    /// Whether there are comparisons; and whether another engine's times stand beside.
    pub paired: bool,
    pub twins: bool,
    /// Whether the native floor comes before the empty managed call.
    pub in_loop: bool,
    /// What a call is divided by, where that is not one.
    pub per_operation: Option<String>,
    pub managed_bytes: bool,
    /// Allocations and frees of the native heap.
    pub native: bool,
    pub code_bytes: bool,
    /// How many columns of numbers a reason stands in for.
    pub values: usize,
    pub all: usize,
}

impl Columns {
    pub(super) fn of(source: &Source, group: &Group, telling: Telling) -> Columns {
        let any = |filled: fn(&Row) -> bool| group.all_rows().any(filled);
        let disassembled = || {
            let known = &source.evidence.disassembly;
            group.all_rows().any(|row| known.contains_key(&row.key))
        };
        let mut columns = Columns {
            implementation: telling.implementation,
            deployment: telling.deployment.then(|| {
                if source.imported() {
                    "job"
                } else {
                    "deployment"
                }
                .to_string()
            }),
            engine: telling.engine,
            paired: group.is_paired(),
            twins: !group.twins.is_empty(),
            in_loop: is_in_loop(&group.case.id),
            per_operation: (group.case.ops != "1").then(|| group.case.ops.clone()),
            managed_bytes: any(|row| row.managed_bytes.is_some()),
            native: any(|row| row.native_allocs.is_some() || row.native_frees.is_some()),
            code_bytes: any(|row| row.code_bytes.is_some()) || disassembled(),
            values: 0,
            all: 0,
        };
        let count = |present: &[bool]| present.iter().filter(|present| **present).count();
        // Value, interval and what it is over are always there.
        columns.values = 3 + count(&[
            columns.per_operation.is_some(),
            columns.managed_bytes,
            columns.native,
            columns.code_bytes,
        ]);
        // The verdict and six numbers of a comparison; a row without a value has none of them.
        columns.values += if columns.paired { 7 } else { 0 } + usize::from(columns.twins);
        // Variant and state.
        columns.all = 2
            + columns.values
            + count(&[
                columns.implementation,
                columns.deployment.is_some(),
                columns.engine,
            ]);
        columns
    }
}
