//! Text for terminals.

use std::ops::Range;

use comfy_table::{CellAlignment, Table, presets};

/// An empty table without lines.
pub fn plain<'a>(header: impl AsRef<[&'a str]>) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_header(header.as_ref());
    table
}

/// Numbers stand on the right.
pub fn align_right(table: &mut Table, columns: Range<usize>) {
    for column in columns {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// An empty table without lines; every column but the first is aligned to the right.
pub fn table<'a>(header: impl AsRef<[&'a str]>) -> Table {
    let columns = header.as_ref().len();
    let mut table = plain(header);
    align_right(&mut table, 1..columns);
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
