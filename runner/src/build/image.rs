//! What a native image is made of, by the map that its compiler writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::deployed::Build;
use super::layouts::native_file;
use crate::run_folder::write_atomically;

/// Variant -> class that holds imports of this kind alone, and methods that call them.
const CLASSES: [(&str, &str); 2] = [
    ("DllImport", "ManyDllImports__"),
    ("LibraryImport", "ManyLibraryImports__"),
];
const CALLER: &str = "__First";

/// Beside a published program: variant -> bytes of the image that an import takes.
pub const IMPORTS: &str = "imports.json";

/// Keeps what an import takes of the image that was just built; nothing where the program has no such imports.
pub(super) fn keep_import_bytes(build: &Build, imports: u32) -> Result<()> {
    let map = native_file(build, ".map.xml")?;
    let text =
        fs::read_to_string(&map).with_context(|| format!("cannot read {}", map.display()))?;
    let bytes: BTreeMap<&str, u64> = CLASSES
        .into_iter()
        .map(|(variant, class)| (variant, bytes_of(&text, class) / u64::from(imports.max(1))))
        .filter(|(_, bytes)| *bytes > 0)
        .collect();
    write_atomically(
        &build.folder.join(IMPORTS),
        &serde_json::to_vec_pretty(&bytes)?,
    )
}

/// The same, read again; empty where nothing was kept.
pub fn import_bytes(folder: &Path) -> BTreeMap<String, u64> {
    let kept = fs::read(folder.join(IMPORTS)).ok();
    kept.and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

/// Bytes of all nodes of a map that are named after a class, but for those methods that call its imports.
fn bytes_of(map: &str, class: &str) -> u64 {
    let attribute = |line: &str, name: &str| -> Option<String> {
        let (_, rest) = line.split_once(&format!("{name}=\""))?;
        Some(rest.split_once('"')?.0.to_string())
    };
    map.lines()
        .filter_map(|line| Some((attribute(line, " Name")?, attribute(line, " Length")?)))
        .filter(|(name, _)| name.contains(class) && !name.contains(CALLER))
        .filter_map(|(_, length)| length.parse::<u64>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_and_other_classes_do_not_count() {
        let map = "<ObjectNodes>\n\
                   <MethodCode Name=\"X_ManyDllImports__N1\" Length=\"100\" Hash=\"a\" />\n\
                   <GCInfo Name=\"X_ManyDllImports__N1\" Length=\"20\" Hash=\"b\" />\n\
                   <MethodCode Name=\"X_ManyDllImports__First500\" Length=\"9000\" Hash=\"c\" />\n\
                   <MethodCode Name=\"X_ManyLibraryImports__N1\" Length=\"300\" Hash=\"d\" />\n";
        assert_eq!(bytes_of(map, "ManyDllImports__"), 120);
        assert_eq!(bytes_of(map, "ManyLibraryImports__"), 300);
    }
}
