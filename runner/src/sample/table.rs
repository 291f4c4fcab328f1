//! `samples.csv`, written and read a line at a time: a run has half a million of them.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::str::FromStr;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use csv::ByteRecord;

use super::{Role, Sample, Stage};
use crate::names::RowKey;

/// In the order they are written.
const COLUMNS: [&str; 12] = [
    "key",
    "role",
    "launch",
    "replica",
    "round",
    "position",
    "calls",
    "elapsed_ns",
    "gc_count",
    "gc_pause_ns",
    "switches",
    "flags",
];
/// Without these a file is none of samples; whatever else is missing is unknown.
const NEEDED: [&str; 5] = ["key", "launch", "round", "calls", "elapsed_ns"];
/// Bytes asked of the file at once.
const BUFFER: usize = 1 << 16;

/// Writes header and samples.
pub fn write(samples: &[Sample], to: impl Write) -> Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .buffer_capacity(BUFFER)
        .from_writer(to);
    writer.write_record(COLUMNS)?;
    let mut text = String::new();
    for of_key in samples.chunk_by(|a, b| Arc::ptr_eq(&a.key, &b.key)) {
        let key = of_key[0].key.to_string();
        for sample in of_key {
            writer.write_field(&key)?;
            writer.write_field(sample.role.name())?;
            let mut number = |value: Option<Number>| {
                text.clear();
                // Writing to a text cannot fail.
                let _ = match value {
                    Some(Number::Whole(value)) => write!(text, "{value}"),
                    Some(Number::Real(value)) => write!(text, "{value}"),
                    None => Ok(()),
                };
                writer.write_field(&text)
            };
            number(whole(sample.launch))?;
            number(sample.replica.and_then(whole))?;
            number(whole(sample.round))?;
            number(sample.position.and_then(whole))?;
            number(whole(sample.calls))?;
            number(Some(Number::Real(sample.elapsed_ns)))?;
            number(sample.gc_count.and_then(whole))?;
            number(sample.gc_pause_ns.map(Number::Real))?;
            number(sample.switches.and_then(whole))?;
            writer.write_field(sample.flags.name())?;
            writer.write_record(None::<&[u8]>)?;
        }
    }
    writer.flush()?;
    Ok(())
}

#[derive(Clone, Copy)]
enum Number {
    Whole(u64),
    Real(f64),
}

fn whole(value: impl Into<u64>) -> Option<Number> {
    Some(Number::Whole(value.into()))
}

/// Samples one by one, found by the names in the header; columns it does not know are ignored. One key is one shared key.
pub struct Lines<R> {
    reader: csv::Reader<R>,
    name: String,
    columns: Columns,
    record: ByteRecord,
    keys: Keys,
}

/// Place of each column.
struct Columns {
    needed: [usize; NEEDED.len()],
    role: Option<usize>,
    replica: Option<usize>,
    position: Option<usize>,
    gc_count: Option<usize>,
    gc_pause_ns: Option<usize>,
    switches: Option<usize>,
    flags: Option<usize>,
}

#[derive(Default)]
struct Keys {
    known: HashMap<Vec<u8>, Arc<RowKey>>,
    /// Lines of one key stand together, as a rule.
    last: Option<(Vec<u8>, Arc<RowKey>)>,
}

/// All samples of a table; `name` is the file's name for errors.
pub fn read(from: impl Read, name: &str) -> Result<Vec<Sample>> {
    let mut lines = Lines::open(from, name)?;
    let mut samples = Vec::new();
    while let Some(sample) = lines.next_sample()? {
        samples.push(sample);
    }
    Ok(samples)
}

impl<R: Read> Lines<R> {
    pub fn open(from: R, name: &str) -> Result<Lines<R>> {
        let mut reader = csv::ReaderBuilder::new()
            .buffer_capacity(BUFFER)
            .from_reader(from);
        let header = reader
            .byte_headers()
            .map_err(|error| unreadable(name, error))?;
        if header.is_empty() {
            bail!("{name}: empty: there is not even a header");
        }
        let columns = Columns::of(header).with_context(|| format!("{name}: not samples"))?;
        Ok(Lines {
            reader,
            name: name.to_string(),
            columns,
            record: ByteRecord::new(),
            keys: Keys::default(),
        })
    }

    /// The next sample; `None` at the end.
    pub fn next_sample(&mut self) -> Result<Option<Sample>> {
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => (),
            Ok(false) => return Ok(None),
            Err(error) => return Err(unreadable(&self.name, error)),
        }
        match self.columns.sample(&self.record, &mut self.keys) {
            Ok(sample) => Ok(Some(sample)),
            Err(error) => Err(anyhow!("{}: {error:#}", self.place())),
        }
    }

    /// Line of the last sample in the file, from 1.
    pub fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// `name: line n` of the last sample.
    pub fn place(&self) -> String {
        format!("{}: line {}", self.name, self.line())
    }
}

/// csv's own words, in one line.
fn unreadable(name: &str, error: csv::Error) -> anyhow::Error {
    let line = error.position().map_or(0, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(error) => anyhow!(error).context(format!("{name} is damaged")),
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => anyhow!("{name}: line {line}: {len} cells, the header has {expected_len}"),
        _ => anyhow!("{name}: line {line}: not CSV"),
    }
}

impl Columns {
    fn of(header: &ByteRecord) -> Result<Columns> {
        let place = |name: &str| header.iter().position(|column| column == name.as_bytes());
        let missing: Vec<&str> = NEEDED
            .into_iter()
            .filter(|name| place(name).is_none())
            .collect();
        if !missing.is_empty() {
            bail!("its header lacks {}", missing.join(", "));
        }
        Ok(Columns {
            needed: NEEDED.map(|name| place(name).unwrap_or_default()),
            role: place("role"),
            replica: place("replica"),
            position: place("position"),
            gc_count: place("gc_count"),
            gc_pause_ns: place("gc_pause_ns"),
            switches: place("switches"),
            flags: place("flags"),
        })
    }

    fn sample(&self, record: &ByteRecord, keys: &mut Keys) -> Result<Sample> {
        let [key, launch, round, calls, elapsed_ns] = self.needed.map(|place| &record[place]);
        let cell = |place: Option<usize>| {
            place
                .map(|place| &record[place])
                .filter(|cell| !cell.is_empty())
        };
        Ok(Sample {
            key: keys.shared(key)?,
            role: cell(self.role).map_or(Ok(Role::Variant), role)?,
            launch: number(launch, "launch")?,
            replica: optional(cell(self.replica), "replica")?,
            round: number(round, "round")?,
            position: optional(cell(self.position), "position")?,
            calls: number(calls, "calls")?,
            elapsed_ns: number(elapsed_ns, "elapsed_ns")?,
            gc_count: optional(cell(self.gc_count), "gc_count")?,
            gc_pause_ns: optional(cell(self.gc_pause_ns), "gc_pause_ns")?,
            switches: optional(cell(self.switches), "switches")?,
            flags: cell(self.flags).map_or(Ok(Stage::Actual), stage)?,
        })
    }
}

impl Keys {
    fn shared(&mut self, text: &[u8]) -> Result<Arc<RowKey>> {
        if let Some((_, key)) = self.last.as_ref().filter(|(last, _)| last == text) {
            return Ok(key.clone());
        }
        let key = match self.known.get(text) {
            Some(key) => key.clone(),
            None => {
                // A line break inside would break the message, and is refused all the same.
                let key: RowKey = String::from_utf8_lossy(text)
                    .replace(char::is_control, " ")
                    .parse()?;
                let key = Arc::new(key);
                self.known.insert(text.to_vec(), key.clone());
                key
            }
        };
        self.last = Some((text.to_vec(), key.clone()));
        Ok(key)
    }
}

fn role(cell: &[u8]) -> Result<Role> {
    let found = Role::ALL
        .into_iter()
        .find(|role| role.name().as_bytes() == cell);
    found.with_context(|| format!("role '{}' is unknown", text(cell)))
}

fn stage(cell: &[u8]) -> Result<Stage> {
    let found = Stage::ALL
        .into_iter()
        .find(|stage| stage.name().as_bytes() == cell);
    found.with_context(|| format!("flags '{}' are unknown", text(cell)))
}

fn optional<T: FromStr>(cell: Option<&[u8]>, column: &str) -> Result<Option<T>> {
    cell.map(|cell| number(cell, column)).transpose()
}

fn number<T: FromStr>(cell: &[u8], column: &str) -> Result<T> {
    let parsed = std::str::from_utf8(cell)
        .ok()
        .and_then(|cell| cell.parse().ok());
    parsed.with_context(|| {
        let kind = if column.ends_with("_ns") {
            "a number"
        } else {
            "a whole number of zero or more"
        };
        format!("{column} '{}' is not {kind}", text(cell))
    })
}

/// For a message: one line, whatever the cell holds.
fn text(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests;
