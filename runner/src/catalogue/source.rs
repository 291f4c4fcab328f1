//! A catalogue file as text: every error names file and line.

use std::ops::Range;

use anyhow::anyhow;

/// A file's name and text, to turn byte offsets into lines.
pub(super) struct Source<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl Source<'_> {
    pub fn error(&self, span: Range<usize>, message: impl std::fmt::Display) -> anyhow::Error {
        let line = self.text.as_bytes()[..span.start.min(self.text.len())]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        anyhow!("{}:{line}: {message}", self.name)
    }
}

/// An error of a case, at a place in its file.
pub(super) type Fail<'a> = dyn Fn(Range<usize>, String) -> anyhow::Error + 'a;
