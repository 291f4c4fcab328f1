//! The certificate for a terminal.

use std::fmt::Write as _;

use super::Certificate;
use super::words::{self, Table};
use crate::terminal::{table, table_text};

/// What `lab validate` prints.
pub fn page(certificate: &Certificate) -> String {
    let mut text = words::basis(certificate) + "\n";
    for table in words::tables(certificate) {
        let _ = write!(text, "\n{}\n{}", table.title, lines(&table));
    }
    let _ = writeln!(text, "\n{}", words::probes(certificate));
    for doubt in &certificate.doubts() {
        let _ = writeln!(text, "DOUBT: {doubt}");
    }
    let _ = writeln!(text, "\n{}", words::summary(certificate));
    text
}

fn lines(what: &Table) -> String {
    let mut table = table(&what.header);
    for row in &what.rows {
        table.add_row(row);
    }
    table_text(&table) + "\n"
}
