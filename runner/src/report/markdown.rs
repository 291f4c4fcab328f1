//! The Markdown twin, for pull requests: the same words and numbers as the page, the rows without a value first, never longer
//! than a comment may be.

use super::view::{CaseView, Line, Page, Table};

mod beside;
mod verdicts;

/// GitHub refuses a comment of more than 65,536 characters.
pub(crate) const LIMIT_CHARS: usize = 65_000;
/// Kept free for the line that says what was cut.
const RESERVE_CHARS: usize = 200;

/// Text that stops growing at the limit, and counts the rows that no longer fit.
struct Paper {
    text: String,
    chars: usize,
    rows_cut: usize,
    full: bool,
}

impl Paper {
    /// Writes all of it or nothing; after the first refusal nothing at all, so that no piece stands without its heading.
    fn write(&mut self, piece: &str) -> bool {
        let chars = piece.chars().count();
        self.full |= self.chars + chars > LIMIT_CHARS - RESERVE_CHARS;
        if !self.full {
            self.text += piece;
            self.chars += chars;
        }
        !self.full
    }
}

pub fn page(page: &Page) -> String {
    let mut paper = Paper {
        text: String::new(),
        chars: 0,
        rows_cut: 0,
        full: false,
    };
    let states: Vec<&str> = page
        .states
        .iter()
        .map(|state| state.text.as_str())
        .collect();
    paper.write(&format!(
        "# {}\n\n{}\n\n{}: {}.\n\n",
        plain(&page.heading),
        plain(&page.subtitle),
        page.rows,
        plain(&states.join(", ")),
    ));
    verdicts::all(&mut paper, page);
    if !page.unresolved.is_empty() {
        paper.write("## What could not be resolved\n\n| state | reason | rows |\n|---|---|---|\n");
        for group in &page.unresolved {
            let mut rows: Vec<String> = group.rows.iter().map(|(key, _)| code(key)).collect();
            if !group.more.is_empty() {
                rows.push(group.more.clone());
            }
            paper.write(&format!(
                "| {} | {} | {} |\n",
                group.state,
                plain(&group.reason),
                rows.join("<br>")
            ));
        }
        paper.write(&format!("\n{}\n", plain(&page.unresolved_left)));
    }
    for note in &page.notes {
        paper.write(&format!("> {}\n\n", plain(note)));
    }
    summary(&mut paper, page);
    claims(&mut paper, page);
    beside::starts(&mut paper, page);
    if paper.write("## Method\n\n") {
        for line in &page.method {
            paper.write(&format!("1. {}\n", plain(line)));
        }
    }
    paper.write("\n## Environment and versions\n\n");
    for fact in page
        .environment
        .iter()
        .chain(&page.versions)
        .chain(&page.settings)
        .chain(&page.run)
    {
        paper.write(&format!(
            "- {}: {}\n",
            plain(&fact.name),
            plain(&fact.value)
        ));
    }
    paper.write(&format!("\nMade by {}\n\n", code(&page.command)));
    for case in &page.cases {
        one_case(&mut paper, case);
    }
    if paper.full {
        paper.text += &format!(
            "\nCut at {LIMIT_CHARS} characters: {} of {} are not shown. index.html and rows.csv have all.\n",
            paper.rows_cut, page.rows
        );
    }
    paper.text
}

/// Claims that the run decided, or could not.
fn claims(paper: &mut Paper, page: &Page) {
    let Some(claims) = &page.claims else { return };
    let sections = || claims.pages.iter().flat_map(|page| &page.sections);
    if !sections().any(|section| !section.claims.is_empty()) {
        return;
    }
    paper.write(&format!(
        "## Claims\n\n{}.\n\n| claim | source | verdict |\n|---|---|---|\n",
        plain(&claims.summary)
    ));
    for section in sections() {
        for claim in &section.claims {
            paper.write(&format!(
                "| {} | {} | {} |\n",
                plain(&claim.text),
                plain(&section.title),
                claim.verdict
            ));
        }
    }
    paper.write("\n");
}

/// Every case in a sentence, so that a cut takes rows and no case.
fn summary(paper: &mut Paper, page: &Page) {
    paper.write("## Cases\n\n| case | what was measured |\n|---|---|\n");
    for case in &page.cases {
        let sentences = [
            case.question.as_str(),
            &case.sentence,
            &case.range,
            &case.growth,
        ];
        let told: Vec<String> = sentences
            .into_iter()
            .filter(|sentence| !sentence.is_empty())
            .map(plain)
            .collect();
        paper.write(&format!(
            "| {} | {} |\n",
            plain(&case.title),
            told.join("<br>")
        ));
    }
    paper.write("\n");
}

fn one_case(paper: &mut Paper, case: &CaseView) {
    paper.write(&format!("## {}\n\n", plain(&case.title)));
    beside::deployments(paper, case);
    for table in &case.tables {
        one_table(paper, case, table);
    }
}

fn one_table(paper: &mut Paper, case: &CaseView, table: &Table) {
    let columns = columns(case);
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let rules: Vec<&str> = columns
        .iter()
        .map(|column| if column.is_number { "---:" } else { "---" })
        .collect();
    paper.write(&format!(
        "{}\n\n| {} |\n|{}|\n",
        plain(&table.caption),
        names.join(" | "),
        rules.join("|")
    ));
    for line in &table.lines {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| plain(&(column.text)(line)))
            .collect();
        if !paper.write(&format!("| {} |\n", cells.join(" | "))) {
            paper.rows_cut += 1;
        }
    }
    paper.write("\n");
}

struct Column {
    name: &'static str,
    is_number: bool,
    text: fn(&Line) -> String,
}

fn columns(case: &CaseView) -> Vec<Column> {
    let word = |name, text| Column {
        name,
        is_number: false,
        text,
    };
    let number = |name, text| Column {
        name,
        is_number: true,
        text,
    };
    let mut columns = vec![word("variant", |line| {
        let reference = if line.is_reference {
            " (reference)"
        } else {
            ""
        };
        format!("{}{reference}", line.variant)
    })];
    if case.columns.implementation {
        columns.push(word("kernel", |line| line.implementation.clone()));
    }
    if case.columns.deployment.is_some() {
        columns.push(word("job or deployment", |line| line.deployment.clone()));
    }
    if case.columns.engine {
        columns.push(word("engine", |line| line.engine.clone()));
    }
    if case.columns.paired {
        columns.push(word("verdict", |line| line.paired.verdict.clone()));
        columns.push(word("ratio", |line| line.paired.ratio.clone()));
        columns.push(word("ns over an empty call", |line| {
            line.paired.over_managed.clone()
        }));
        columns.push(word("ns over native", |line| {
            line.paired.over_native.clone()
        }));
    }
    columns.push(number("ns per call", |line| line.ns.clone()));
    columns.push(word("interval, ns", |line| line.interval.clone()));
    columns.push(word("interval over", |line| line.basis.clone()));
    if case.columns.twins {
        columns.push(word("other engine, ns", |line| line.paired.twin.clone()));
    }
    if case.columns.per_operation.is_some() {
        columns.push(number("ns per operation", |line| {
            line.ns_per_operation.clone()
        }));
    }
    if case.columns.managed_bytes {
        columns.push(number("managed bytes", |line| line.managed_bytes.clone()));
    }
    if case.columns.native {
        columns.push(number("native allocs / frees", |line| line.native.clone()));
    }
    if case.columns.code_bytes {
        columns.push(number("code bytes", |line| line.code_bytes.clone()));
    }
    columns.push(word("state", |line| {
        let reason = if line.reason.is_empty() {
            String::new()
        } else {
            format!(": {}", line.reason)
        };
        format!("{}{reason}", line.state)
    }));
    columns
}

/// Text that means nothing to Markdown, on one line.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            // An at sign would call somebody.
            '@' => plain.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '~' | '|' | '#' => plain.extend(['\\', c]),
            '[' | ']' if !is_interval(text) => plain.extend(['\\', c]),
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

/// `[5.73, 5.95]` is no link and stays readable as source, with the number or the word it belongs to before it.
fn is_interval(text: &str) -> bool {
    let start = text.find('[').unwrap_or_default();
    let (before, text) = text.split_at(start);
    let is_word =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".−\u{202f} ".contains(c);
    before.chars().all(is_word)
        && text.starts_with('[')
        && text.ends_with(']')
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "[].,−\u{202f} ".contains(c))
}

pub(crate) fn code(text: &str) -> String {
    let fits = !text.chars().any(|c| c == '`' || c == '|' || c.is_control());
    if fits {
        format!("`{text}`")
    } else {
        plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_is_inert() {
        assert_eq!(
            plain("<script>|`x`|\n@me [a](b)"),
            "&lt;script&gt;\\|\\`x\\`\\| &#64;me \\[a\\](b)"
        );
        assert_eq!(plain("[5.73, 5.95]"), "[5.73, 5.95]");
        assert_eq!(code("a/b"), "`a/b`");
        assert_eq!(code("a|b"), "a\\|b");
    }
}
