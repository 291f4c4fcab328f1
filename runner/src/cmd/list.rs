//! `lab list`: cases and rows, and why each exists.

use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use serde::Serialize;

use super::{Exit, print};
use crate::catalogue::{Case, Catalogue, NATIVE};
use crate::claims::{self, Absent, Claim};
use crate::cli::ListArgs;
use crate::deployment::Target;
use crate::engine::paired::Effort;
use crate::manifest::PlannedRow;
use crate::names::RowKey;
use crate::plan::{Engine, Request};
use crate::standalone;
use crate::terminal::{plain, table_text};
use crate::workspace::Workspace;

#[derive(Serialize)]
struct Json<'a> {
    profile: &'a str,
    cases: Vec<&'a Case>,
    rows: Vec<JsonRow<'a>>,
}

#[derive(Serialize)]
struct JsonRow<'a> {
    key: &'a RowKey,
    what: &'a str,
    expected: Option<i64>,
    ops: u64,
    not_applicable: Option<&'a str>,
}

pub fn run(arguments: &ListArgs) -> Result<Exit> {
    let workspace = Workspace::find()?;
    let catalogue = Catalogue::load(&workspace.cases())?;
    if let Some(id) = &arguments.source {
        let case = catalogue.case(id).with_context(|| {
            format!("--source {id}: there is no such case: ./lab list prints them")
        })?;
        print(&standalone::of(
            &workspace.root.join("managed-bench"),
            case,
        )?)?;
        return Ok(Exit::Done);
    }
    if arguments.claims {
        let mut claims = claims::load(&workspace.claims(), &catalogue)?;
        if let Some(filter) = &arguments.selection.filter {
            claims.retain(|claim| filter.is_match(&claim.id) || filter.is_match(&claim.source));
            ensure!(
                !claims.is_empty(),
                "--filter '{filter}' matches neither id nor source of a claim"
            );
        }
        // What can be measured stands first.
        claims.sort_by_key(|claim| claim.test.is_none());
        return list_claims(&claims, arguments.json);
    }
    let request = Request {
        profile: arguments.profile,
        filter: arguments.selection.filter.clone(),
        implementations: arguments.selection.implementations.clone(),
        engines: Engine::ALL.to_vec(),
        internal: arguments.selection.internal,
        untimed: false,
        tests: Vec::new(),
        effort: Effort::default(),
        targets: vec![Target::default()],
        runtimes: Vec::new(),
    };
    let rows = request.rows(&catalogue)?;
    let cases: Vec<&Case> = catalogue
        .all()
        .filter(|case| rows.iter().any(|row| row.key.case == case.id))
        .collect();
    if arguments.json {
        let rows = rows.iter().map(|row| json_row(&catalogue, row)).collect();
        let json = Json {
            profile: arguments.profile.name(),
            cases,
            rows,
        };
        print(&(serde_json::to_string_pretty(&json)? + "\n"))?;
        return Ok(Exit::Done);
    }
    let mut text = String::new();
    for case in &cases {
        let own: Vec<&PlannedRow> = rows.iter().filter(|row| row.key.case == case.id).collect();
        let _ = writeln!(text, "{}  {}\n  {}", case.id, case.signature, case.question);
        for param in &case.params {
            let _ = writeln!(
                text,
                "  {}: {} ({})",
                param.name,
                param.values.join(" "),
                param.what
            );
        }
        let mut table = plain(["row", "what"]);
        for row in &own {
            table.add_row([row.key.to_string(), what(&catalogue, row).to_string()]);
        }
        let _ = writeln!(text, "{}", table_text(&table));
    }
    let _ = writeln!(
        text,
        "{} rows of {} cases in profile {}",
        rows.len(),
        cases.len(),
        arguments.profile.name()
    );
    print(&text)?;
    Ok(Exit::Done)
}

fn list_claims(claims: &[Claim], json: bool) -> Result<Exit> {
    if json {
        print(&(serde_json::to_string_pretty(claims)? + "\n"))?;
        return Ok(Exit::Done);
    }
    let mut text = String::new();
    for claim in claims {
        let how = match (&claim.absent, &claim.test) {
            (Some(Absent::Later(step)), _) => format!("not measured yet: {step}"),
            (Some(Absent::Never(why)), _) => format!("not measurable here: {why}"),
            (None, Some(test)) => {
                format!(
                    "{}: {} at {}",
                    test.case,
                    test.relation,
                    test.params.join(" ")
                )
            }
            (None, None) => String::new(),
        };
        let _ = writeln!(
            text,
            "{}  {}\n  {}\n  {how}\n",
            claim.id, claim.source, claim.text
        );
    }
    let tested = claims.iter().filter(|claim| claim.test.is_some()).count();
    let _ = writeln!(
        text,
        "{} claims, {tested} put to the test: ./lab run --claim ID",
        claims.len()
    );
    print(&text)?;
    Ok(Exit::Done)
}

fn json_row<'a>(catalogue: &'a Catalogue, row: &'a PlannedRow) -> JsonRow<'a> {
    let expected = catalogue
        .case(&row.key.case)
        .and_then(|case| {
            case.tuples
                .iter()
                .find(|tuple| tuple.params == row.key.params)
        })
        .map(|tuple| tuple.expected);
    JsonRow {
        key: &row.key,
        what: what(catalogue, row),
        expected,
        ops: row.ops,
        not_applicable: row.not_applicable.as_deref(),
    }
}

fn what<'a>(catalogue: &'a Catalogue, row: &'a PlannedRow) -> &'a str {
    if let Some(reason) = &row.not_applicable {
        return reason;
    }
    if row.key.variant == NATIVE {
        return "the floor: the kernel called by native code";
    }
    catalogue
        .case(&row.key.case)
        .and_then(|case| {
            case.variants
                .iter()
                .find(|variant| variant.name == row.key.variant)
        })
        .map_or("", |variant| &variant.what)
}
