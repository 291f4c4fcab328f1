//! Text for terminals.

use comfy_table::{CellAlignment, Table, presets};

/// An empty table without lines; every column but the first is aligned to the right.
pub fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(header);
    for column in 1..N {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// A table as text, without the spaces that pad the last column.
pub fn table_text(table: &Table) -> String {
    table
        .to_string()
        .lines()
        .map(|line| line.trim_end().to_string() + "\n")
        .collect()
}
