use super::*;

const KEY: &str = "blittable_add_i32/-/DllImport/rust/jit/paired";

fn sample(round: u32) -> Sample {
    Sample {
        key: Arc::new(KEY.parse().unwrap()),
        role: Role::Clock,
        launch: 3,
        replica: None,
        round,
        position: Some(2),
        calls: 1000,
        elapsed_ns: 58402.125,
        gc_count: Some(0),
        gc_pause_ns: Some(0.5),
        switches: None,
        flags: Stage::Warmup,
    }
}

fn error(text: &str) -> String {
    let error = read(text.as_bytes(), "some.csv").unwrap_err();
    let error = format!("{error:#}");
    assert_eq!(error.lines().count(), 1, "{error}");
    error
}

#[test]
fn what_is_written_is_read_back() {
    let samples: Vec<Sample> = (1..=3).map(sample).collect();
    let mut bytes = Vec::new();
    write(&samples, &mut bytes).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert_eq!(
        text.lines().nth(1),
        Some(format!("{KEY},clock,3,,1,2,1000,58402.125,0,0.5,,warmup").as_str())
    );
    let found = read(&bytes[..], "samples.csv").unwrap();
    assert_eq!(found, samples);
    assert!(
        found.iter().all(|one| Arc::ptr_eq(&one.key, &found[0].key)),
        "one key is one shared key"
    );
    let mut none = Vec::new();
    write(&[], &mut none).unwrap();
    assert_eq!(read(&none[..], "samples.csv").unwrap(), []);
}

#[test]
fn columns_are_found_by_name() {
    let text = format!(
        "\u{feff}elapsed_ns,note,calls,round,launch,key\r\n\"2e3\",\"a, b\",10,1,1,{KEY}\r\n5,,1,2,1,a/b/C/d/e/f\r\n7,,1,3,1,{KEY}\r\n"
    );
    let found = read(text.as_bytes(), "some.csv").unwrap();
    assert_eq!(
        (
            found[0].elapsed_ns,
            found[0].calls,
            found[0].role,
            found[0].flags,
            found[0].replica
        ),
        (2000.0, 10, Role::Variant, Stage::Actual, None)
    );
    assert!(Arc::ptr_eq(&found[0].key, &found[2].key));
    assert_eq!(found[1].key.variant, "C");
}

#[test]
fn errors_name_file_line_and_cell() {
    let header = "key,role,launch,round,calls,elapsed_ns,flags";
    let good = format!("{KEY},variant,1,1,10,5.5,actual");
    let with = |line: &str| error(&format!("{header}\n{good}\n{line}\n"));
    for (line, part) in [
        ("a/b,variant,1,1,10,5.5,actual", "'a/b' is not a row key"),
        (
            "\"a\nb\",variant,1,1,10,5.5,actual",
            "'a b' is not a row key",
        ),
        (&good.replace("variant", "hero"), "role 'hero' is unknown"),
        (&good.replace("actual", "real"), "flags 'real' are unknown"),
        (
            &good.replace(",10,", ",-10,"),
            "calls '-10' is not a whole number",
        ),
        (
            &good.replace(",10,", ",,"),
            "calls '' is not a whole number",
        ),
        (&good.replace("5.5", "5,5"), "8 cells, the header has 7"),
        (
            &good.replace("5.5", "fast"),
            "elapsed_ns 'fast' is not a number",
        ),
        (KEY, "1 cells, the header has 7"),
    ] {
        let error = with(line);
        assert!(
            error.starts_with("some.csv: line 3: ") && error.contains(part),
            "{error}"
        );
    }
    assert!(error("").contains("some.csv: empty"));
    let error = error("key,launch,time\n");
    assert!(error.contains("lacks round, calls, elapsed_ns"), "{error}");
}
