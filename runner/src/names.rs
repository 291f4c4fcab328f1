//! Names: row keys, case ids, Pascal case, percent-encoding. The only place that builds or takes apart a row key.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a row is about: `case/params/variant/impl/deployment/engine`, `-` for a part that does not apply.
///
/// An imported row has its own first part, `bdn:Namespace.Type` or `criterion:group`. Ordered part by part, so sorting keys
/// keeps a case together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    pub case: String,
    pub params: String,
    pub variant: String,
    pub implementation: String,
    pub deployment: String,
    pub engine: String,
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RowKey {
            case,
            params,
            variant,
            implementation,
            deployment,
            engine,
        } = self;
        write!(
            f,
            "{case}/{params}/{variant}/{implementation}/{deployment}/{engine}"
        )
    }
}

/// Engines, as keys spell them.
pub const BDN: &str = "bdn";
pub const CRITERION: &str = "criterion";
pub const PAIRED: &str = "paired";
pub const BOUNDED: &str = "bounded";
pub const STARTUP: &str = "startup";

#[derive(Debug, thiserror::Error)]
#[error("'{0}' is not a row key: expected case/params/variant/impl/deployment/engine")]
pub struct KeyError(String);

/// Why a key that has all its parts is still none of ours.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    #[error(
        "'{0}' is not a row key: a part may hold letters, digits, _ . - = , : + ~, anything else as %XX"
    )]
    Letter(String),
    #[error("'{0}' is not a row key: params are - or name=value,name=value")]
    Params(String),
}

impl FromStr for RowKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts[..] {
            [case, params, variant, implementation, deployment, engine]
                if parts.iter().all(|part| !part.is_empty()) =>
            {
                Ok(RowKey {
                    case: case.into(),
                    params: params.into(),
                    variant: variant.into(),
                    implementation: implementation.into(),
                    deployment: deployment.into(),
                    engine: engine.into(),
                })
            }
            _ => Err(KeyError(text.to_string())),
        }
    }
}

impl Serialize for RowKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RowKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl RowKey {
    /// The key as one file name: `/` never occurs inside a part, and `~` never in a key of ours.
    pub fn file_name(&self) -> String {
        self.to_string().replace('/', "~").replace([':', '%'], "_")
    }

    /// The reverse of [`RowKey::file_name`], for keys of ours: those of imports do not come back from theirs.
    pub fn from_file_name(name: &str) -> Option<RowKey> {
        name.replace('~', "/").parse().ok()
    }

    /// Whether somebody else's key is spelled like ours.
    pub fn check(&self) -> Result<(), KeyFault> {
        let text = self.to_string();
        if !text
            .bytes()
            .all(|byte| is_plain(byte) || b"/%~".contains(&byte))
        {
            return Err(KeyFault::Letter(text));
        }
        // An imported value may hold a comma, so only the first pair can be asked for its name.
        let named = |params: &str| params.find('=').is_some_and(|at| at > 0);
        if self.params != "-" && !self.params.split(',').next().is_some_and(named) {
            return Err(KeyFault::Params(text));
        }
        Ok(())
    }

    /// The same question, asked of another engine.
    pub fn by(&self, engine: &str) -> RowKey {
        RowKey {
            engine: engine.to_string(),
            ..self.clone()
        }
    }

    /// Whether the engine is the one whose rows are compared with each other.
    pub fn is_paired(&self) -> bool {
        self.engine == PAIRED
    }

    /// The implementation whose launches time the row: its own, or the run's `first` where it calls no library.
    pub fn timed_with<'a>(&'a self, first: Option<&'a str>) -> &'a str {
        first
            .filter(|_| self.implementation == "-")
            .unwrap_or(&self.implementation)
    }

    /// The group a row is compared in: one case, one params tuple.
    pub fn group(&self) -> (&str, &str) {
        (&self.case, &self.params)
    }
}

/// Letters that stand in a row key as they are; everything else is percent-encoded (only imported names need it).
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.-=,:+".contains(&byte)
}

/// Percent-encodes what may not stand in a part of a row key. Empty text becomes `-`.
pub fn encode(text: &str) -> String {
    if text.is_empty() {
        return "-".to_string();
    }
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if is_plain(byte) {
            encoded.push(byte as char);
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

/// The reverse of [`encode`], for people to read; a stray `%` stays as it is.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%' && tail.len() >= 2)
            .then(|| {
                std::str::from_utf8(&tail[..2])
                    .ok()
                    .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            })
            .flatten();
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `string_utf8_in` -> `StringUtf8In`, `struct_by_value_16` -> `StructByValue16`.
pub fn pascal(snake: &str) -> String {
    snake
        .split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_ascii_uppercase().to_string() + letters.as_str()
            })
        })
        .collect()
}

/// A case id: lower-case words joined by `_`, at least two, every word starting with a letter, at most 40 characters
/// (criterion cuts folder names at 64).
pub fn is_case_id(id: &str) -> bool {
    let words: Vec<&str> = id.split('_').collect();
    id.len() <= 40
        && words.len() >= 2
        && words.iter().all(|word| {
            word.starts_with(|c: char| c.is_ascii_lowercase())
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// A C symbol as the kernels spell them.
pub fn is_symbol(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A value of a param: `[a-z0-9_.]+`.
pub fn is_param_value(value: &str) -> bool {
    !value.is_empty()
        && value
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.')
}

/// A variant is a C# method name.
pub fn is_variant(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// The value of a param in a row key's params.
pub fn value_of<'a>(params: &'a str, name: &str) -> Option<&'a str> {
    params
        .split(',')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_round_trip() {
        let text = "string_utf8_in/entry=z,length=64,text=ascii/LibraryImport/rust/jit/paired";
        let key: RowKey = text.parse().unwrap();
        assert_eq!(key.variant, "LibraryImport");
        assert_eq!(key.to_string(), text);
        assert_eq!(RowKey::from_file_name(&key.file_name()), Some(key.clone()));
        assert_eq!(RowKey::from_file_name("notes"), None);
        assert_eq!(
            key.group(),
            ("string_utf8_in", "entry=z,length=64,text=ascii")
        );
    }

    #[test]
    fn broken_keys_are_refused() {
        for text in ["", "a/b/c", "a//c/d/e/f", "a/b/c/d/e/f/g"] {
            assert!(text.parse::<RowKey>().is_err(), "{text}");
        }
    }

    #[test]
    fn keys_of_others_are_checked() {
        let check = |text: &str| text.parse::<RowKey>().unwrap().check();
        for text in [
            "add_i32/-/V/-/-/paired",
            "bdn:A.B%3CC%3E/a=1,b=x,y/V/rust/jit~2/bdn",
        ] {
            assert!(check(text).is_ok(), "{text}");
        }
        for text in [
            "add i32/-/V/-/-/paired",
            "add/-/V\u{e4}/-/-/paired",
            "add/length/V/-/-/paired",
            "add/=1/V/-/-/paired",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }

    #[test]
    fn encoding_round_trip() {
        for text in ["Ns.Type<int>", "a b/c", "100 %", "Zürich", "x~y"] {
            let encoded = encode(text);
            assert!(
                !encoded.contains('/') && !encoded.contains(' '),
                "{encoded}"
            );
            assert_eq!(decode(&encoded), text);
        }
        assert_eq!(encode(""), "-");
    }

    #[test]
    fn pascal_case() {
        assert_eq!(pascal("string_utf8_in_len"), "StringUtf8InLen");
        assert_eq!(pascal("struct_by_value_16"), "StructByValue16");
    }

    #[test]
    fn ids() {
        assert!(is_case_id("blittable_add_i32"));
        for bad in [
            "blittable",
            "Blittable_add",
            "a__b",
            "a_1b",
            "a_b-c",
            "_a_b",
            "",
        ] {
            assert!(!is_case_id(bad), "{bad}");
        }
    }
}
