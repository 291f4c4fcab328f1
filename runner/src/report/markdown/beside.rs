//! Deployments beside each other, and starts, as tables.

use super::{Paper, plain};
use crate::report::view::{CaseView, Page};

/// The same rows in every deployment of the run.
pub(super) fn deployments(paper: &mut Paper, case: &CaseView) {
    let Some(deployments) = &case.deployments else {
        return;
    };
    paper.write(&format!("{}\n\n", plain(&deployments.notes.join(" "))));
    for table in &deployments.tables {
        if !table.params.is_empty() {
            paper.write(&format!("{}\n\n", plain(&table.params)));
        }
        let names: Vec<String> = deployments.columns.iter().map(|name| plain(name)).collect();
        let rules = "---:|".repeat(names.len());
        paper.write(&format!("| way | {} |\n|---|{rules}\n", names.join(" | ")));
        for line in &table.lines {
            let cells = line.cells.iter().map(|cell| {
                let parts = [cell.time.as_str(), &cell.ratio, cell.verdict];
                let parts = parts.into_iter().filter(|part| !part.is_empty());
                parts.map(plain).collect::<Vec<_>>().join("<br>")
            });
            let row = format!(
                "| {} | {} |\n",
                plain(&line.way),
                cells.collect::<Vec<_>>().join(" | ")
            );
            if !paper.write(&row) {
                paper.rows_cut += 1;
            }
        }
        paper.write("\n");
    }
    for reason in &deployments.absent {
        paper.write(&format!("- {}\n", plain(reason)));
    }
    paper.write("\n");
}

/// What comes before a first call, and what it takes.
pub(super) fn starts(paper: &mut Paper, page: &Page) {
    let Some(startup) = &page.startup else { return };
    paper.write(&format!("## Start-up\n\n{}.\n\n", plain(&startup.summary)));
    for table in &startup.tables {
        let names: Vec<String> = table.header.iter().map(|name| plain(name)).collect();
        let rules = "---|".repeat(names.len());
        paper.write(&format!(
            "{}\n\n| {} |\n|{rules}\n",
            plain(&table.title),
            names.join(" | ")
        ));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
            paper.write(&format!("| {} |\n", cells.join(" | ")));
        }
        paper.write("\n");
    }
}
