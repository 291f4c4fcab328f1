//! What was found, whether it may be believed, and the rows to look at first.

use super::{Page, Paper, code, plain};

pub(super) fn all(paper: &mut Paper, page: &Page) {
    if let Some(controls) = &page.controls {
        let verdicts = [controls.state.as_str(), &page.verdicts];
        let said: Vec<&str> = verdicts
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        paper.write(&format!("{}.\n\n", plain(&said.join("; "))));
        for alarm in &controls.alarms {
            paper.write(&format!(
                "> **Alarm**, {}, {}: {}\n\n",
                plain(&alarm.place),
                alarm.kind,
                plain(&alarm.text)
            ));
        }
        if !controls.alarms_left.is_empty() {
            paper.write(&format!("> {}\n\n", plain(&controls.alarms_left)));
        }
    }
    if page.findings.is_empty() {
        paper.write(&format!("{}\n\n", plain(&page.no_findings)));
    } else {
        paper.write("## Findings\n\n");
        for finding in &page.findings {
            let places: Vec<String> = finding
                .places
                .iter()
                .map(|place| plain(&place.title))
                .collect();
            paper.write(&format!(
                "- {} ({})\n",
                plain(&finding.text),
                places.join("; ")
            ));
        }
        paper.write("\n");
    }
    if !page.worst.is_empty() {
        paper
            .write("## Differences, the worst first\n\n| row | ratio | verdict |\n|---|---|---|\n");
        for row in &page.worst {
            paper.write(&format!(
                "| {} | {} | {} |\n",
                code(&row.key),
                plain(&row.ratio),
                plain(&row.verdict)
            ));
        }
        paper.write("\n");
    }
}
