//! The catalogue's parser: what it accepts, and that every mistake is one line that names file and line.

use interop_lab::catalogue::{Catalogue, Profile};

const GOOD: &str = r#"family = "string"

[[case]]
id = "string_probe_in"
wave = 1
question = "Why?"
pages = ["charset"]
signature = "u64 (const u8*)"
form = "call"
nogc = false
nogc_reason = "unbounded"
reference = "LibraryImport"
ops = "1"
calls = "1"
answer = "fnv1a64"
symbols = ["string_probe_in", "string_probe_in_len"]
bdn = ["z,8,ascii"]

[[case.param]]
name = "entry"
kind = "shape"
what = "how"
values = ["z", "len"]
[[case.param]]
name = "length"
kind = "value"
what = "units"
values = [0, 8, 85]
[[case.param]]
name = "text"
kind = "value"
what = "which"
values = ["ascii", "emoji"]

[case.rows]
quick = ["z,8,ascii"]
standard = ["z,0,ascii", "len,8,emoji"]
publish = "all"
skip = ["*,85,emoji"]

[[case.variant]]
name = "LibraryImport"
what = "generated"
managed_bytes = 0
[[case.variant]]
name = "Utf8Literal"
what = "literal"
rows = ["z,8,ascii"]
managed_bytes = 0
[[case.variant]]
name = "StringBuilder"
na = "SYSLIB1051"
"#;

fn parse(text: &str) -> Result<Catalogue, String> {
    Catalogue::parse(&[("cases/string.toml".to_string(), text.to_string())])
        .map_err(|error| format!("{error:#}"))
}

/// `GOOD` with one replacement must fail in one line that begins with the file and this line and contains `part`.
fn assert_refused(from: &str, to: &str, line: usize, part: &str) {
    assert!(
        GOOD.contains(from),
        "the test replaces '{from}', which is not there"
    );
    let error = parse(&GOOD.replacen(from, to, 1)).expect_err(&format!("'{to}' must be refused"));
    assert!(
        error.starts_with(&format!("cases/string.toml:{line}:")),
        "expected line {line}: {error}"
    );
    assert!(error.contains(part), "expected '{part}': {error}");
    assert!(!error.contains('\n'), "one line: {error}");
}

#[test]
fn a_good_catalogue() {
    let catalogue = parse(GOOD).unwrap();
    let case = catalogue.case("string_probe_in").unwrap();
    assert_eq!(case.tuples.len(), 10, "2 x 3 x 2 less two skipped");
    assert_eq!(case.tuples[0].params, "entry=z,length=0,text=ascii");
    assert_eq!(case.tuples[0].class, "StringProbeIn");
    assert_eq!(case.tuples.last().unwrap().class, "StringProbeInLen");
    assert_eq!(
        case.tuples[0].expected as u64, 0xcbf2_9ce4_8422_2325,
        "FNV-1a of nothing"
    );
    assert_eq!(
        (
            case.quick.len(),
            case.standard.len(),
            case.of_profile(Profile::Publish).len()
        ),
        (1, 2, 10)
    );
    let literal = &case.variants[1];
    assert!(case.has(literal, case.quick[0]) && !case.has(literal, 0));
    assert_eq!(
        case.symbol_of(&case.variants[0], case.tuples.last().unwrap()),
        "string_probe_in_len"
    );
    assert_eq!(case.variants[2].na.as_deref(), Some("SYSLIB1051"));
}

#[test]
fn unknown_keys() {
    assert_refused("wave = 1", "wave = 1\ncolour = \"red\"", 6, "colour");
    assert_refused(
        "managed_bytes = 0\n[[case.variant]]",
        "bytes = 0\n[[case.variant]]",
        44,
        "bytes",
    );
}

#[test]
fn broken_toml() {
    assert_refused("wave = 1", "wave = ", 5, "");
    assert_refused("wave = 1", "wave = \"one\"", 5, "");
}

#[test]
fn bad_ids() {
    assert_refused(
        "id = \"string_probe_in\"",
        "id = \"String_probe\"",
        4,
        "bad id",
    );
    assert_refused(
        "id = \"string_probe_in\"",
        "id = \"string_1probe\"",
        4,
        "bad id",
    );
    assert_refused(
        "id = \"string_probe_in\"",
        "id = \"array_probe_in\"",
        4,
        "family",
    );
}

#[test]
fn duplicate_ids_and_symbols() {
    let second = GOOD[GOOD.find("[[case]]").unwrap()..].to_string();
    let error = parse(&format!("{GOOD}\n{second}")).unwrap_err();
    assert!(
        error.contains("used twice") && error.starts_with("cases/string.toml:55:"),
        "{error}"
    );
    let other = second.replace("id = \"string_probe_in\"", "id = \"string_other_in\"");
    let error = parse(&format!("{GOOD}\n{other}")).unwrap_err();
    assert!(error.contains("belongs to another case"), "{error}");
}

#[test]
fn rows_that_do_not_fit() {
    assert_refused(
        "quick = [\"z,8,ascii\"]",
        "quick = [\"z,8\"]",
        36,
        "entry,length,text",
    );
    assert_refused(
        "quick = [\"z,8,ascii\"]",
        "quick = [\"z,9,ascii\"]",
        36,
        "no value '9'",
    );
    assert_refused(
        "quick = [\"z,8,ascii\"]",
        "quick = [\"z,85,emoji\"]",
        36,
        "skipped",
    );
    assert_refused("quick = [\"z,8,ascii\"]", "quick = []", 36, "no quick row");
    assert_refused(
        "quick = [\"z,8,ascii\"]",
        "quick = [\"z,8,ascii\", \"z,8,ascii\"]",
        36,
        "twice",
    );
    assert_refused("skip = [\"*,85,emoji\"]", "skip = []", 15, "85");
    assert_refused(
        "publish = \"all\"",
        "publish = \"some\"",
        38,
        "\"all\" or a list",
    );
    assert_refused(
        "rows = [\"z,8,ascii\"]",
        "rows = [\"z,8,latin\"]",
        48,
        "no value 'latin'",
    );
}

#[test]
fn too_many_rows() {
    let rows: Vec<String> = (0..9).map(|n| format!("\"z,{n},ascii\"")).collect();
    let many = GOOD
        .replace(
            "values = [0, 8, 85]",
            "values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 85]",
        )
        .replace(
            "skip = [\"*,85,emoji\"]",
            "skip = [\"*,85,emoji\", \"*,1,emoji\", \"*,3,emoji\", \"*,5,emoji\", \"*,7,emoji\"]",
        )
        .replace(
            "quick = [\"z,8,ascii\"]",
            &format!("quick = [{}]", rows.join(", ")),
        );
    let error = parse(&many).unwrap_err();
    assert!(error.contains("9 quick rows, at most 8"), "{error}");
}

#[test]
fn nogc_only_where_it_is_allowed() {
    let variant = "\n[[case.variant]]\nname = \"LibraryImportNoGc\"\nwhat = \"x\"\nsymbols = [\"a_nogc\", \"b_nogc\"]\nmanaged_bytes = 0\n";
    let error = parse(&format!("{GOOD}{variant}")).unwrap_err();
    assert!(error.contains("not allowed here: unbounded"), "{error}");
    let allowed = GOOD.replace("nogc = false", "nogc = true");
    parse(&format!("{allowed}{variant}")).unwrap();
    let without_alias = variant.replace("symbols = [\"a_nogc\", \"b_nogc\"]\n", "");
    assert!(
        parse(&format!("{allowed}{without_alias}"))
            .unwrap_err()
            .contains("alias")
    );
}

#[test]
fn variants_and_references() {
    assert_refused(
        "reference = \"LibraryImport\"",
        "reference = \"DllImport\"",
        12,
        "not a variant",
    );
    assert_refused(
        "reference = \"LibraryImport\"",
        "reference = \"StringBuilder\"",
        12,
        "not a variant",
    );
    assert_refused(
        "name = \"Utf8Literal\"",
        "name = \"LibraryImport\"",
        46,
        "twice",
    );
    assert_refused(
        "name = \"Utf8Literal\"",
        "name = \"utf8\"",
        46,
        "C# method name",
    );
    assert_refused("what = \"literal\"\n", "", 46, "must be stated");
    assert_refused(
        "symbols = [\"string_probe_in\", \"string_probe_in_len\"]",
        "symbols = [\"string_probe_in\"]",
        16,
        "2 shapes",
    );
    assert_refused(
        "answer = \"fnv1a64\"",
        "answer = \"md5\"",
        15,
        "unknown answer",
    );
    assert_refused("ops = \"1\"", "ops = \"text\"", 13, "whole numbers");
    assert_refused("ops = \"1\"", "ops = \"n\"", 13, "neither");
}

#[test]
fn internal_is_stated_or_not_so() {
    assert!(!parse(GOOD).unwrap().cases[0].internal);
    let own = GOOD.replace("wave = 1", "wave = 1\ninternal = true");
    assert!(parse(&own).unwrap().cases[0].internal);
    assert_refused("wave = 1", "wave = 1\ninternal = \"yes\"", 6, "boolean");
}

#[test]
fn sets_that_must_tie_hold_the_reference_and_nothing_unknown() {
    let tie = |variants: &str| {
        format!("{GOOD}\n[[case.must_tie]]\nvariants = [{variants}]\ndeployments = [\"jit\"]\n")
    };
    let case = &parse(&tie("\"LibraryImport\", \"Utf8Literal\""))
        .unwrap()
        .cases[0];
    assert_eq!(case.must_tie[0].variants, ["LibraryImport", "Utf8Literal"]);
    for (variants, part) in [
        ("\"Utf8Literal\"", "lacks the reference 'LibraryImport'"),
        (
            "\"LibraryImport\", \"DllImport\"",
            "'DllImport' is not a variant",
        ),
        (
            "\"LibraryImport\", \"StringBuilder\"",
            "'StringBuilder' is not a variant",
        ),
    ] {
        let error = parse(&tie(variants)).unwrap_err();
        assert!(error.starts_with("cases/string.toml:54:"), "{error}");
        assert!(
            error.contains("string_probe_in: must_tie") && error.contains(part),
            "{error}"
        );
    }
}

/// One input is used again and again: a long text must not stay in a first-level cache, where no program would find it.
#[test]
fn long_texts_are_larger_than_a_first_level_cache() {
    const LONG_UNITS: usize = 1024;
    const CACHE_BYTES: usize = 48 * 1024;
    let folder = std::path::PathBuf::from(std::env::var("LAB_ROOT").unwrap()).join("cases");
    let catalogue = Catalogue::load(&folder).unwrap();
    let strings = catalogue
        .cases
        .iter()
        .filter(|case| case.family == "string");
    let mut long = 0;
    for case in strings {
        let lengths = case.params.iter().filter(|param| param.name == "length");
        for value in lengths.flat_map(|param| &param.values) {
            let units: usize = value.parse().unwrap();
            if units > LONG_UNITS {
                long += 1;
                assert!(units >= CACHE_BYTES, "{}: length {units}", case.id);
            }
        }
    }
    assert!(long > 0);
}

#[test]
fn what_is_proved_need_not_be_timed() {
    let timed = |patterns: &str| {
        let text = GOOD.replace(
            "publish = \"all\"",
            &format!("publish = \"all\"\ntimed = {patterns}"),
        );
        parse(&text).map(|catalogue| {
            let case = catalogue.case("string_probe_in").unwrap();
            let timed = case.of_profile(Profile::Publish).iter();
            let params = timed.map(|at| case.tuples[*at].params.clone());
            (case.tuples.len(), params.collect::<Vec<String>>())
        })
    };
    // All are proved; of the timed ones the standard rows are part.
    let (all, some) = timed("[\"z,*,ascii\"]").unwrap();
    assert_eq!(all, 10);
    assert_eq!(
        some,
        [
            "entry=z,length=0,text=ascii",
            "entry=z,length=8,text=ascii",
            "entry=z,length=85,text=ascii",
            "entry=len,length=8,text=emoji",
        ]
    );
    assert!(
        timed("[\"z,9,ascii\"]")
            .unwrap_err()
            .contains("no value '9'")
    );
    // Publish rows may be patterns too.
    let fewer = GOOD.replace(
        "publish = \"all\"",
        "publish = [\"z,*,ascii\", \"len,8,emoji\"]",
    );
    let catalogue = parse(&fewer).unwrap();
    assert_eq!(catalogue.case("string_probe_in").unwrap().tuples.len(), 4);
}

#[test]
fn ladders_and_crossovers_name_rows_that_are_there() {
    let with = |more: &str| parse(&format!("{GOOD}{more}"));
    let ladder = |at: &str, rungs: &str| {
        with(&format!(
            "\n[case.ladder]\nat = \"{at}\"\nrungs = [{rungs}]\n"
        ))
    };
    let good = ladder(
        "z,8,ascii",
        "\"Native\", \"Utf8Literal\", \"LibraryImport\"",
    )
    .unwrap();
    let case = good.case("string_probe_in").unwrap();
    assert_eq!(
        case.ladder.as_ref().unwrap().at,
        "entry=z,length=8,text=ascii"
    );
    for (at, rungs, part) in [
        ("z,9,ascii", "\"Native\", \"LibraryImport\"", "no value '9'"),
        (
            "z,8,ascii",
            "\"Native\", \"Nonsense\"",
            "'Nonsense' has no row",
        ),
        (
            "z,8,ascii",
            "\"Native\", \"StringBuilder\"",
            "'StringBuilder' has no row",
        ),
        (
            "z,0,ascii",
            "\"Native\", \"Utf8Literal\"",
            "'Utf8Literal' has no row",
        ),
        ("z,8,ascii", "\"Native\"", "at least two rungs"),
    ] {
        let error = ladder(at, rungs).unwrap_err();
        assert!(error.contains(part) && !error.contains('\n'), "{error}");
    }
    let crossover = |between: &str, param: &str, at: &str| {
        with(&format!(
            "\n[[case.crossover]]\nbetween = [{between}]\nparam = \"{param}\"\nat = \"{at}\"\nwhat = \"w\"\n"
        ))
    };
    let both = "\"LibraryImport\", \"LibraryImport\"";
    let good = crossover(both, "length", "z,*,ascii").unwrap();
    let found = &good.case("string_probe_in").unwrap().crossovers[0];
    assert_eq!(
        found.params,
        [
            "entry=z,length=0,text=ascii",
            "entry=z,length=8,text=ascii",
            "entry=z,length=85,text=ascii"
        ]
    );
    for (between, param, at, part) in [
        (both, "size", "z,*,ascii", "no param 'size'"),
        (both, "length", "z,8,ascii", "'*' stands for length"),
        (both, "length", "*,*,ascii", "'*' stands for length"),
        (both, "text", "z,8,*", "text is no number"),
        (
            "\"Utf8Literal\", \"LibraryImport\"",
            "length",
            "z,*,ascii",
            "fewer than two rows",
        ),
    ] {
        let error = crossover(between, param, at).unwrap_err();
        assert!(error.contains(part) && !error.contains('\n'), "{error}");
    }
}
