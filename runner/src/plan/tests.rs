use super::*;
use crate::workspace::Workspace;

fn rows(profile: Profile, implementations: &[Implementation], filter: &str) -> Vec<String> {
    with_internal(false, profile, implementations, filter)
}

fn with_internal(
    internal: bool,
    profile: Profile,
    implementations: &[Implementation],
    filter: &str,
) -> Vec<String> {
    let catalogue = Catalogue::load(&Workspace::find().unwrap().cases()).unwrap();
    let request = Request {
        profile,
        filter: Some(Regex::new(filter).unwrap()),
        implementations: implementations.to_vec(),
        engines: vec![Engine::Bdn, Engine::Criterion],
        internal,
        untimed: false,
        tests: Vec::new(),
        effort: Effort::default(),
        targets: vec![Target::default()],
        runtimes: Vec::new(),
    };
    request
        .rows(&catalogue)
        .map(|rows| rows.iter().map(|row| row.key.to_string()).collect())
        .unwrap_or_default()
}

#[test]
fn managed_is_measured_once() {
    let both = [Implementation::Rust, Implementation::C];
    let managed = rows(Profile::Quick, &both, "^blittable_add_i32/.*/Managed/");
    assert_eq!(managed, ["blittable_add_i32/-/Managed/-/jit/bdn"]);
    assert_eq!(
        rows(Profile::Quick, &both, "^blittable_add_i32/.*/DllImport/").len(),
        2
    );
}

#[test]
fn the_floor_has_its_own_engine() {
    let floor = rows(
        Profile::Quick,
        &[Implementation::C],
        "^blittable_add_i32/.*/Native/",
    );
    assert_eq!(floor, ["blittable_add_i32/-/Native/c/-/criterion"]);
}

#[test]
fn the_paired_engine_times_variants_and_floor_together() {
    let catalogue = Catalogue::load(&Workspace::find().unwrap().cases()).unwrap();
    let request = Request {
        profile: Profile::Quick,
        filter: Some(Regex::new("^blittable_add_i32/-/(Managed|DllImport|Native)/").unwrap()),
        internal: false,
        implementations: vec![Implementation::Rust, Implementation::C],
        engines: vec![Engine::Paired],
        untimed: false,
        tests: Vec::new(),
        effort: Effort::default(),
        targets: vec![Target::default()],
        runtimes: Vec::new(),
    };
    let rows = request.rows(&catalogue).unwrap();
    let keys: Vec<String> = rows.iter().map(|row| row.key.to_string()).collect();
    let expected = [
        "Managed/-",
        "DllImport/rust",
        "Native/rust",
        "DllImport/c",
        "Native/c",
    ]
    .map(|name| format!("blittable_add_i32/-/{name}/jit/paired"));
    assert_eq!(keys, expected);
}

#[test]
fn a_variant_stays_where_it_exists() {
    let literal = rows(Profile::Standard, &[Implementation::Rust], "/Utf8Literal/");
    let expected = [
        "entry=z,length=8,text=ascii",
        "entry=z,length=64,text=ascii",
        "entry=len,length=64,text=ascii",
    ]
    .map(|params| format!("string_utf8_in/{params}/Utf8Literal/rust/jit/bdn"));
    assert_eq!(literal, expected);
}

#[test]
fn publish_gives_bdn_the_marked_rows_only() {
    let all = rows(
        Profile::Publish,
        &[Implementation::Rust],
        "^string_utf8_in/.*/LibraryImport/",
    );
    assert_eq!(
        all,
        ["string_utf8_in/entry=z,length=8,text=ascii/LibraryImport/rust/jit/bdn"]
    );
    assert!(
        rows(
            Profile::Publish,
            &[Implementation::Rust],
            "^string_utf8_in/.*/Native/"
        )
        .len()
            > 12
    );
}

#[test]
fn internal_cases_are_planned_only_when_asked_for() {
    let rust = [Implementation::Rust];
    let own = "^control_chain/steps=50/[^N]";
    assert!(rows(Profile::Quick, &rust, own).is_empty());
    let keys = with_internal(true, Profile::Quick, &rust, own);
    let expected = ["Base", "Twin", "Plus2", "Plus10"]
        .map(|variant| format!("control_chain/steps=50/{variant}/rust/jit/bdn"));
    assert_eq!(keys, expected);
    let other = "^blittable_add_i32/";
    assert_eq!(
        with_internal(true, Profile::Quick, &rust, other),
        rows(Profile::Quick, &rust, other)
    );
}

#[test]
fn a_filter_without_rows_is_an_error() {
    assert!(rows(Profile::Quick, &[Implementation::Rust], "nonsense").is_empty());
}
