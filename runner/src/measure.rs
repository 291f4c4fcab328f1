//! A measuring run from proof to seal: what `lab run` composes, engine by engine, so that an interruption loses nothing and a
//! resumed run measures nothing twice.

mod campaign;
pub mod commits;
mod deploy;
mod proof;
mod record;
mod resume;
pub mod together;

use std::path::PathBuf;

use anyhow::{Context, Result};
use jiff::Timestamp;

use crate::build::Library;
use crate::environment::Environment;
use crate::names::RowKey;
use crate::plan::Implementation;
use crate::run_folder::Draft;
use crate::sample::Measured;

pub use campaign::Campaign;
pub use deploy::deploy;
pub use proof::{Proved, prove};
pub use record::manifest;
pub use resume::{open_rows, request_of, take_up};

fn library(implementation: Implementation) -> Library {
    match implementation {
        Implementation::Rust => Library::Rust,
        Implementation::C => Library::C,
    }
}

/// The library a managed row's process loads. `Managed` calls none, and is measured beside the first one's rows.
fn library_of(key: &RowKey, implementations: &[String]) -> Result<Library> {
    let first = implementations.first().map_or("rust", String::as_str);
    let name = key.timed_with(Some(first));
    Library::timed(name).with_context(|| format!("{key}: unknown implementation '{name}'"))
}

/// Ends the run: the manifest gets its end and the machine as it is then, the folder its final name.
pub fn seal(mut draft: Draft, measured: Measured) -> Result<PathBuf> {
    draft.manifest.ended = Some(now());
    draft.manifest.environment_end = Some(Environment::probe());
    draft.seal(measured)
}

/// A fresh run id, `<UTC time>-<8 hex>`, and a seed.
pub fn new_id() -> Result<(String, u64)> {
    let source = format!(
        "{} {}",
        Timestamp::now().as_nanosecond(),
        std::process::id()
    );
    let hash = blake3::hash(source.as_bytes());
    let seed = u64::from_le_bytes(
        hash.as_bytes()[..8]
            .try_into()
            .context("a hash has 32 bytes")?,
    );
    let time = now().replace(['-', ':'], "");
    // 53 bits: exact as a JSON number everywhere.
    Ok((format!("{time}-{}", &hash.to_hex()[..8]), seed >> 11))
}

/// UTC, RFC 3339, whole seconds.
pub fn now() -> String {
    Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}

/// The command as typed, so that a reader can repeat it.
pub fn command_line() -> String {
    let arguments = std::env::args().skip(1).map(|argument| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_=.,/:".contains(c);
        if !argument.is_empty() && argument.chars().all(plain) {
            argument
        } else {
            format!("'{}'", argument.replace('\'', "'\\''"))
        }
    });
    ["./lab".to_string()]
        .into_iter()
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
