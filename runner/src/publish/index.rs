//! `reports/README.md`: every published report, by environment class, the newest first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Published, commit, plain, runtime};
use crate::report::format::date;

/// `since`: folder -> what changed since the report before of its class.
pub fn page(shelf: &[Published], since: &BTreeMap<String, String>) -> String {
    let mut text = String::from(
        "# Published reports\n\n\
         Written by `./lab publish`, from the manifests below: change nothing here by hand.\n\n\
         Every folder holds the report (`index.html`, and `report.md` as Markdown), `rows.csv`, and what the rows were computed from: \
         `levels.csv.gz` (what each launch of the paired engine says), `samples.csv.gz` (every measurement of the other engines), `launches.csv`, \
         `bodies.csv`, `counts.csv`, `raw/` (generated sources, disassembly) and `manifest.json` (plan, seed, machine, versions, hashes). \
         `./lab publish --verify FOLDER` computes all of it again; `published.json` has the hash of every file, and the seal here is that of `published.json`. Only reports of one class \
         come from comparable machines. How to read a number: [METHODOLOGY.md](../METHODOLOGY.md).\n",
    );
    let mut classes: BTreeMap<&str, Vec<&Published>> = BTreeMap::new();
    for published in shelf {
        let class = published.manifest.environment.class.as_str();
        classes.entry(class).or_default().push(published);
    }
    let mut classes: Vec<(&str, Vec<&Published>)> = classes.into_iter().collect();
    for (_, reports) in &mut classes {
        reports.sort_by(|a, b| newness(b).cmp(&newness(a)));
    }
    // The class that was published last stands first; equals in order of name.
    classes.sort_by(|(_, a), (_, b)| newness(b[0]).cmp(&newness(a[0])));
    for (class, reports) in classes {
        let _ = write!(
            text,
            "\n## {}\n\n| report | machine | runtime | profile | cases | rows | commit | seal | since the one before |\n|---|---|---|---|---:|---:|---|---|---|\n",
            plain(class)
        );
        for report in reports {
            let since = since.get(&report.folder);
            text += &line(report, since.map_or("", String::as_str));
        }
    }
    text
}

/// Later is larger.
pub fn newness(published: &Published) -> (&str, &str) {
    (&published.manifest.started, &published.manifest.id)
}

fn line(published: &Published, changed: &str) -> String {
    let Published {
        folder,
        manifest,
        reading,
        seal,
        since,
    } = published;
    let seal = match seal.as_str() {
        "" => String::new(),
        seal => format!("`{seal}`"),
    };
    let reading = if *reading {
        format!(", [read critically]({folder}.md)")
    } else {
        String::new()
    };
    let what = match since {
        Some(since) => format!(
            ", what changed since [{}]({folder}/before/index.html){reading}",
            plain(&date(&since.started))
        ),
        None => format!(" ([Markdown]({folder}/report.md){reading})"),
    };
    format!(
        "| [{}]({folder}/index.html){what} | {} | {} | {} | {} | {} | {} | {seal} | {} |\n",
        plain(&date(&manifest.started)),
        plain(&manifest.environment.cpu),
        runtime(manifest),
        plain(&manifest.plan.profile),
        manifest.cases.len(),
        manifest.plan.rows.len(),
        commit(manifest),
        plain(changed)
    )
}
