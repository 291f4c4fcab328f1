//! A diagnosis for a terminal: at most 100 columns, the worst first.

use std::fmt::Write as _;

use super::{Diagnosis, Fact, Level};

const WIDTH: usize = 100;
/// Where values and explanations begin.
const INDENT: usize = 26;

pub fn terminal(diagnosis: &Diagnosis) -> String {
    let mut text = String::new();
    for level in Level::ALL {
        let facts: Vec<&Fact> = diagnosis
            .facts
            .iter()
            .filter(|fact| fact.level == level)
            .collect();
        if facts.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{}", heading(level));
        for fact in facts {
            let value = if fact.why.is_empty() {
                fact.value.clone()
            } else {
                format!("{}: {}", fact.value, fact.why)
            };
            let name = format!("  {}", fact.name);
            text += &block(&name, &value);
            text += &block("", &fact.means);
            if !fact.helps.is_empty() {
                text += &block("", &format!("helps: {}", fact.helps));
            }
        }
        text.push('\n');
    }
    for line in &diagnosis.summary {
        for line in wrapped(line, WIDTH) {
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

fn heading(level: Level) -> &'static str {
    match level {
        Level::Warning => "WARNING: distorts results or keeps something from being measured",
        Level::Unknown => "UNKNOWN: could not be found out",
        Level::Note => "NOTE: good to know when reading a result",
        Level::Fine => "FINE",
    }
}

/// `name` in its column, `value` wrapped beside it.
fn block(name: &str, value: &str) -> String {
    let mut text = String::new();
    for (index, line) in wrapped(value, WIDTH - INDENT).iter().enumerate() {
        let name = if index == 0 { name } else { "" };
        let _ = writeln!(text, "{name:<INDENT$}{line}");
    }
    text
}

/// Lines of at most `width` characters; a word that is longer is cut.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = width;
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        if room < width && word.len() + 1 > room {
            lines.push(String::new());
            room = width;
        }
        let line = |lines: &mut Vec<String>, part: &[char]| {
            let last = lines.last_mut().expect("there is always a line");
            last.extend(part);
        };
        if room < width {
            line(&mut lines, &[' ']);
            room -= 1;
        }
        while word.len() > room {
            let rest = word.split_off(room);
            line(&mut lines, &word);
            lines.push(String::new());
            (word, room) = (rest, width);
        }
        line(&mut lines, &word);
        room -= word.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_words_and_width() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a 12345678 b", 4), ["a", "1234", "5678", "b"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("abcd efgh", 4), ["abcd", "efgh"]);
    }
}
