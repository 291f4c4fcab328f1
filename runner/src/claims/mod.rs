//! Claims: what a page of the guidance, or an investigation somebody made, says that a measurement can support or refute. Data in
//! `cases/claims/*.toml`, checked against the catalogue; the verdict of each is computed from a run's samples.

mod judge;
mod relation;
mod table;

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::catalogue::{Case, Catalogue, NATIVE, Tuple};

pub use judge::{ClaimFinding, ClaimVerdict, Point, judge};
pub use relation::{Memory, Relation, deployed};
pub use table::write_claims;

/// The pages of the guidance, <https://learn.microsoft.com/dotnet/standard/native-interop/>, by the last part of their address.
pub const PAGES: [&str; 25] = [
    "index",
    "pinvoke",
    "pinvoke-source-generation",
    "type-marshalling",
    "best-practices",
    "disabled-marshalling",
    "charset",
    "customize-parameter-marshalling",
    "customize-struct-marshalling",
    "custom-marshalling-source-generation",
    "custom-marshaller-shapes",
    "tutorial-custom-marshaller",
    "calling-conventions",
    "abi-support",
    "native-library-loading",
    "preserve-sig",
    "exceptions-interoperability",
    "cominterop",
    "com-wrappers",
    "comwrappers-source-generation",
    "tutorial-comwrappers",
    "runtime-callable-wrapper",
    "com-callable-wrapper",
    "qualify-net-types-for-interoperation",
    "apply-interop-attributes",
];

/// One statement, and how it is put to the test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    pub id: String,
    /// A page of [`PAGES`], or an investigation: `dotnet/runtime#65749`.
    pub source: String,
    /// What is claimed, in this project's words.
    pub text: String,
    /// Why it is not measured yet, or never will be here; then there is no relation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<Test>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absent {
    /// The part of the lab that will measure it.
    Later(String),
    /// What this platform lacks.
    Never(String),
}

/// A relation, and the rows that it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Test {
    pub case: String,
    /// As written; [`Relation`] has the grammar.
    pub relation: String,
    /// Params as in a row key, `n=16`.
    pub params: Vec<String>,
}

impl Test {
    /// The deployments that its rows stand in.
    pub fn deployments(&self) -> Vec<String> {
        let sides = Relation::parse(&self.relation);
        let sides = sides.iter().flat_map(Relation::sides);
        sides.map(|side| deployed(side).1.to_string()).collect()
    }
}

impl Claim {
    pub fn is_of_a_page(&self) -> bool {
        PAGES.contains(&self.source.as_str())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(rename = "claim")]
    claims: Vec<RawClaim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClaim {
    id: Spanned<String>,
    source: Spanned<String>,
    text: String,
    case: Option<Spanned<String>>,
    relation: Option<Spanned<String>>,
    /// Params tuples as the catalogue writes them; those of profile quick where there are none.
    at: Option<Vec<Spanned<String>>>,
    step: Option<String>,
    never: Option<String>,
}

/// Reads every `*.toml` of `folder` in order of name. An error is one line that names file and line.
pub fn load(folder: &Path, catalogue: &Catalogue) -> Result<Vec<Claim>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the claims folder {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    let mut claims = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        parse(
            &format!("cases/claims/{name}"),
            &text,
            catalogue,
            &mut claims,
        )?;
    }
    Ok(claims)
}

fn parse(name: &str, text: &str, catalogue: &Catalogue, claims: &mut Vec<Claim>) -> Result<()> {
    let fail = |at: usize, message: String| {
        let line = text[..at.min(text.len())].matches('\n').count() + 1;
        anyhow!("{name}:{line}: {message}")
    };
    let file: RawFile = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        fail(at, error.message().replace('\n', " "))
    })?;
    for raw in file.claims {
        let at = raw.id.span().start;
        let claim = checked(&raw, catalogue)
            .map_err(|message| fail(at, format!("{}: {message}", raw.id.get_ref())))?;
        if claims.iter().any(|other| other.id == claim.id) {
            return Err(fail(at, format!("claim '{}' is made twice", claim.id)));
        }
        claims.push(claim);
    }
    Ok(())
}

fn checked(raw: &RawClaim, catalogue: &Catalogue) -> Result<Claim, String> {
    let id = raw.id.get_ref().clone();
    let plain =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if id.is_empty() || !id.chars().all(plain) {
        return Err("an id is lower-case words joined by '-'".to_string());
    }
    let source = raw.source.get_ref().clone();
    let investigation = source.split_once('#').is_some_and(|(repository, number)| {
        repository.contains('/') && number.parse::<u32>().is_ok()
    });
    if !PAGES.contains(&source.as_str()) && !investigation {
        return Err(format!(
            "source '{source}' is neither a page of the guidance nor owner/repository#number"
        ));
    }
    let absent = match (&raw.step, &raw.never) {
        (Some(step), None) => Some(Absent::Later(step.clone())),
        (None, Some(why)) => Some(Absent::Never(why.clone())),
        (None, None) => None,
        _ => return Err("step and never exclude each other".to_string()),
    };
    let test = match (&raw.case, &raw.relation) {
        (None, None) => None,
        (Some(case), Some(relation)) => Some(test(
            case.get_ref(),
            relation.get_ref(),
            raw.at.as_deref(),
            catalogue,
        )?),
        _ => return Err("case and relation go together".to_string()),
    };
    if test.is_some() == absent.is_some() {
        return Err(
            "expected case and relation, or step or never to say why there are none".to_string(),
        );
    }
    Ok(Claim {
        id,
        source,
        text: raw.text.clone(),
        absent,
        test,
    })
}

fn test(
    case: &str,
    relation: &str,
    at: Option<&[Spanned<String>]>,
    catalogue: &Catalogue,
) -> Result<Test, String> {
    let parsed = Relation::parse(relation)?;
    let found = catalogue
        .case(case)
        .ok_or_else(|| format!("no case '{case}'"))?;
    let tuples = match at {
        None => found.quick.clone(),
        Some(texts) => texts
            .iter()
            .map(|text| tuple(found, text.get_ref()))
            .collect::<Result<Vec<usize>, String>>()?,
    };
    for name in parsed.variants() {
        if name == NATIVE && parsed.takes_native(name) {
            continue;
        }
        let variant = found
            .variants
            .iter()
            .find(|variant| variant.name == name)
            .ok_or_else(|| format!("case '{case}' has no variant '{name}'"))?;
        if let Some(lacking) = tuples.iter().find(|tuple| !found.has(variant, **tuple)) {
            return Err(format!(
                "variant '{name}' of case '{case}' has no row at {}",
                found.tuples[*lacking].params
            ));
        }
    }
    if let Some(param) = parsed.param() {
        if !found.params.iter().any(|known| known.name == param) {
            return Err(format!("case '{case}' has no param '{param}'"));
        }
        if tuples.len() < 2 {
            return Err(format!(
                "'{relation}' needs two rows or more: say them in at"
            ));
        }
    }
    Ok(Test {
        case: case.to_string(),
        relation: relation.to_string(),
        params: tuples
            .into_iter()
            .map(|at| found.tuples[at].params.clone())
            .collect(),
    })
}

fn tuple(case: &Case, text: &str) -> Result<usize, String> {
    let values: Vec<&str> = match text {
        "-" => Vec::new(),
        text => text.split(',').map(str::trim).collect(),
    };
    let is = |tuple: &Tuple| tuple.values == values;
    case.tuples
        .iter()
        .position(is)
        .ok_or_else(|| format!("case '{}' has no row '{text}'", case.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    fn catalogue() -> Catalogue {
        Catalogue::load(&Workspace::find().unwrap().cases()).unwrap()
    }

    fn read(text: &str) -> Result<Vec<Claim>, String> {
        let mut claims = Vec::new();
        parse("claims.toml", text, &catalogue(), &mut claims)
            .map(|()| claims)
            .map_err(|error| error.to_string())
    }

    const GOOD: &str = r#"
[[claim]]
id = "pinned"
source = "best-practices"
text = "it is pinned"
case = "array_sum_i32"
relation = "LibraryImport = FunctionPointer"
at = ["16"]
"#;

    #[test]
    fn the_claims_of_the_lab_are_good() {
        let workspace = Workspace::find().unwrap();
        let claims = load(&workspace.cases().join("claims"), &catalogue()).unwrap();
        assert!(!claims.is_empty());
        for page in PAGES {
            assert!(claims.iter().any(|claim| claim.source == page), "{page}");
        }
    }

    #[test]
    fn a_claim_knows_its_rows() {
        let claims = read(GOOD).unwrap();
        let test = claims[0].test.as_ref().unwrap();
        assert_eq!(test.params, ["n=16"]);
        assert!(claims[0].is_of_a_page());
        let quick = read(&GOOD.replace("at = [\"16\"]\n", "")).unwrap();
        assert_eq!(quick[0].test.as_ref().unwrap().params, ["n=16", "n=4096"]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let error = |from: &str, to: &str| read(&GOOD.replace(from, to)).unwrap_err();
        assert!(
            error("best-practices", "nonsense")
                .starts_with("claims.toml:3: pinned: source 'nonsense'")
        );
        assert!(error("\"array_sum_i32\"", "\"array_sum\"").contains("no case 'array_sum'"));
        assert!(error("FunctionPointer", "Nonsense").contains("no variant 'Nonsense'"));
        assert!(error("\"16\"", "\"17\"").contains("no row '17'"));
        assert!(error(" = FunctionPointer\"", " flat in n\"").contains("needs two rows"));
        assert!(error(" = FunctionPointer\"", " flat in k\"").contains("no param 'k'"));
        assert!(error("LibraryImport = ", "LibraryImport ~ ").contains("relation"));
        assert!(error("id = \"pinned\"", "id = \"Pinned\"").contains("lower-case"));
        assert!(error("at =", "step = \"later\"\nat =").contains("expected case and relation"));
        assert!(error("at =", "nonsense = 1\nat =").contains("nonsense"));
        let twice = GOOD.to_string() + GOOD;
        assert!(
            read(&twice)
                .unwrap_err()
                .contains("claims.toml:11: claim 'pinned' is made twice")
        );
    }

    #[test]
    fn what_is_not_measured_says_why() {
        let absent = "[[claim]]\nid = \"a\"\nsource = \"dotnet/runtime#1\"\ntext = \"t\"\n";
        let later = read(&format!("{absent}step = \"loading and deployment\"\n")).unwrap();
        assert_eq!(
            later[0].absent,
            Some(Absent::Later("loading and deployment".to_string()))
        );
        assert!(!later[0].is_of_a_page());
        assert!(
            read(absent)
                .unwrap_err()
                .contains("expected case and relation")
        );
    }
}
