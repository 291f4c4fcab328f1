//! How the expected integer of a row is computed from its params: the runner's recipe, independent of every kernel.

use serde::{Deserialize, Serialize};

use super::Param;

/// What the two sides add: the sum leaves `i32` and wraps.
pub const LEFT: i32 = 1_234_567_890;
pub const RIGHT: i32 = 987_654_321;
/// What `callback_each` hands through to the callback, which adds it.
pub const EACH_CONTEXT: i64 = 1;

/// What each step of `control_chain` adds: `2^64 / golden ratio`.
pub const INCREMENT: u64 = 0x9e37_79b9_7f4a_7c15;

/// The flags 1, 0, 1, 1 as bits, the first one lowest.
const FLAGS: i64 = 0b1101;
/// What every record with text holds beside its name and its tag.
const RECORD_ID: u8 = 42;
/// The code of every single error with a message.
const ERROR_CODE: u8 = 42;
/// What an addition that overflows answers.
const COR_E_OVERFLOW: i32 = 0x8013_1516_u32 as i32;
/// What each failure of `error_signal` counts as: the length of its text.
const FAILURE: u64 = "value is negative".len() as u64;

/// Where a row's expected integer comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// The same for every row.
    Number(i64),
    Recipe(String),
}

/// The answer that `answer` gives for `values` (in the order of `params`), as 64 bits.
pub fn expected(answer: &Answer, params: &[Param], values: &[String]) -> Result<i64, String> {
    let recipe = match answer {
        Answer::Number(number) => return Ok(*number),
        Answer::Recipe(recipe) => recipe.as_str(),
    };
    let get = |name: &str| {
        params
            .iter()
            .zip(values)
            .find(|(param, _)| param.name == name)
            .map(|(_, value)| value.as_str())
            .ok_or_else(|| format!("answer '{recipe}' needs a param '{name}'"))
    };
    let number = |name: &str| {
        let value = get(name)?;
        value.parse::<u64>().map_err(|_| {
            format!("answer '{recipe}': '{value}' of param '{name}' is not a whole number")
        })
    };
    match recipe {
        "add_i32" => Ok(i64::from(LEFT.wrapping_add(RIGHT))),
        "add_i32_in_slot" => match get("method")? {
            "base" => Ok(i64::from(LEFT.wrapping_add(RIGHT).wrapping_add(3))),
            "derived" => Ok(i64::from(LEFT.wrapping_add(RIGHT).wrapping_add(8))),
            other => Err(format!("answer '{recipe}': no method '{other}'")),
        },
        "fnv1a64" => {
            let text = text(get("text")?, number("length")?)?;
            Ok(fnv1a64(text.bytes().map(u64::from)) as i64)
        }
        "fnv1a64_utf16" => {
            let text = text(get("text")?, number("length")?)?;
            Ok(fnv1a64(text.encode_utf16().map(u64::from)) as i64)
        }
        "fnv1a64_utf32" => {
            let text = text(get("text")?, number("length")?)?;
            Ok(fnv1a64(text.chars().map(|point| u64::from(u32::from(point)))) as i64)
        }
        "fnv1a64_ascii" => {
            let text = text("ascii", number("length")?)?;
            Ok(fnv1a64(text.bytes().map(u64::from)) as i64)
        }
        "fnv1a64_list" => {
            // Text i: eight letters of the alphabet from letter i on, and a 0.
            let texts =
                (0..number("n")?).flat_map(|i| (i..i + 8).map(|at| 97 + at % 26).chain([0]));
            Ok(fnv1a64(texts) as i64)
        }
        "length_and_b" => Ok(number("length")? as i64 + i64::from(b'b')),
        "chain_of_steps" => Ok(chain(number("steps")?)),
        "each_sum" => {
            let k = i64::try_from(number("k")?).map_err(|_| "k is too large".to_string())?;
            Ok((0..k).map(|value| value + EACH_CONTEXT).sum())
        }
        "words_of_arity" => Ok(words(number("n")?)),
        "words_of_size" => Ok(words(number("size")? / 8)),
        "letters_of_length" => Ok(letters(number("length")?)),
        "letters_of_capacity" => Ok(letters(number("capacity")?.saturating_sub(1))),
        "sum_i32" => Ok((0..number("n")?).map(|at| i64::from(integer(at))).sum()),
        "sorted_i32" => {
            // Of all orders the ascending one has the largest sum.
            let mut integers: Vec<i32> = (0..number("n")?).map(integer).collect();
            integers.sort_unstable();
            let weighted = (1..)
                .zip(integers)
                .map(|(weight, value)| weight * i64::from(value));
            Ok(weighted.sum())
        }
        "text_items" => {
            // Sixteen letters from letter i % 8 on: their number, the first and the last.
            let item = |i: u64| 16 + (97 + i % 8) + (97 + 15 + i % 8);
            Ok((0..number("k")?).map(item).sum::<u64>() as i64)
        }
        "third_of_n" => Ok(number("n")?.div_ceil(3) as i64),
        "sum_of_third_ids" => Ok((0..number("n")?).step_by(3).map(|at| at as i64 + 1).sum()),
        "sum_u8" => {
            // Byte i is 167 i + 13: every value once in 256 of them.
            let (whole, rest) = (number("n")? / 256, number("n")? % 256);
            let rest: u64 = (0..rest).map(|at| (at * 167 + 13) % 256).sum();
            Ok((whole * (255 * 256 / 2) + rest) as i64)
        }
        "last_i32" => Ok(number("n")?
            .checked_sub(1)
            .map_or(0, |last| i64::from(integer(last)))),
        "param_code" => number("code").map(|code| code as i64),
        "chain_of_iterations" => Ok(chain(number("iterations")?)),
        "sum_of_pairs_i32" => {
            let integers = (0..2 * number("n")?).map(integer);
            Ok(integers.fold(0_i32, i32::wrapping_add).into())
        }
        "words_of_arguments" => {
            let arguments = get("arguments")?;
            let count = arguments
                .trim_start_matches("f64x")
                .trim_start_matches("mixed");
            let count = count.parse().map_err(|_| {
                format!("answer '{recipe}': '{arguments}' is neither f64x nor mixed with a number")
            })?;
            Ok(words(count))
        }
        "code_units" => match (get("form")?, number("length")?) {
            ("scalar", _) => Ok(arrow(0) + 1),
            ("array", length) => Ok((0..length).map(arrow).sum()),
            (form, _) => Err(format!("answer '{recipe}': unknown form '{form}'")),
        },
        "converted" => converted(get("type")?),
        "last_word_of_size" => Ok(last_word(number("size")?)),
        "size_or_content" => match get("entry")?.split_once('_') {
            Some(("size", "flags")) => Ok(4),
            Some(("read", "flags")) => Ok(FLAGS),
            Some((entry @ ("size" | "read"), size)) => {
                let size: u64 = size.parse().map_err(|_| format!("no struct '{size}'"))?;
                Ok(if entry == "size" {
                    size as i64
                } else {
                    last_word(size)
                })
            }
            _ => Err(format!("answer '{recipe}': entries are size_* and read_*")),
        },
        "fnv1a64_record" => {
            let name = text("ascii", number("length")?)?;
            let units = name.bytes().chain(*b"tag").chain([RECORD_ID]);
            Ok(fnv1a64(units.map(u64::from)) as i64)
        }
        "sum_or_overflow" => match get("outcome")? {
            "ok" => Ok(i64::from(LEFT + 1)),
            "overflow" => Ok(i64::from(COR_E_OVERFLOW)),
            other => Err(format!("answer '{recipe}': no outcome '{other}'")),
        },
        "signals_of_percent" => {
            let percent = number("percent")?;
            let answer = |at: u64| {
                if at * percent % 100 < percent {
                    FAILURE
                } else {
                    2 * at
                }
            };
            Ok((0..100).map(answer).sum::<u64>() as i64)
        }
        // Code, a fatal one, and its message.
        "error_of_length" => Ok(i64::from(ERROR_CODE) + 1 + letters(number("length")?)),
        "errors_of_direction" => {
            // Error i: code i + 1, fatal where i is odd, eight letters from letter i on.
            let n = number("n")?;
            let content = |i: u64| (i % 2 + 8 + 97 + (i + 7) % 26) as i64;
            let all = match get("direction")? {
                "in" | "ref" => (0..n).map(content).sum::<i64>(),
                "out" => n.checked_sub(1).map_or(0, content),
                other => return Err(format!("answer '{recipe}': no direction '{other}'")),
            };
            Ok(all + n as i64)
        }
        _ => Err(format!(
            "unknown answer '{recipe}': known are a whole number, {}",
            RECIPES.join(", ")
        )),
    }
}

const RECIPES: &[&str] = &[
    "add_i32",
    "add_i32_in_slot",
    "chain_of_iterations",
    "chain_of_steps",
    "code_units",
    "converted",
    "each_sum",
    "error_of_length",
    "errors_of_direction",
    "fnv1a64",
    "fnv1a64_ascii",
    "fnv1a64_list",
    "fnv1a64_record",
    "fnv1a64_utf16",
    "fnv1a64_utf32",
    "last_i32",
    "last_word_of_size",
    "length_and_b",
    "letters_of_capacity",
    "letters_of_length",
    "param_code",
    "signals_of_percent",
    "size_or_content",
    "sorted_i32",
    "sum_i32",
    "sum_of_pairs_i32",
    "sum_of_third_ids",
    "sum_or_overflow",
    "sum_u8",
    "text_items",
    "third_of_n",
    "words_of_arguments",
    "words_of_arity",
    "words_of_size",
];

/// The last word of a struct of so many bytes: `(i + 1) * 2^64 / golden ratio` for i from 0.
fn last_word(size: u64) -> i64 {
    (size / 8).wrapping_mul(INCREMENT) as i64
}

/// The wrapping sum of `word(i) ^ i` over `count` words, so that an exchange of two shows; `word(i) = (i + 1) * 2^64 / golden ratio`
/// (Knuth, volume 3, section 6.4), which fills all bytes.
fn words(count: u64) -> i64 {
    let word = |at: u64| (at + 1).wrapping_mul(INCREMENT);
    (0..count).fold(0_u64, |sum, at| sum.wrapping_add(word(at) ^ at)) as i64
}

/// Length and last character of a text that runs through the alphabet, as their sum.
fn letters(length: u64) -> i64 {
    let last = length.checked_sub(1).map_or(0, |last| 97 + last % 26);
    (length + last) as i64
}

/// The element of every array of integers: `i * 2654435761` in 32 bits (Knuth's multiplicative hash).
fn integer(at: u64) -> i32 {
    (at as u32).wrapping_mul(2_654_435_761) as i32
}

/// So many additions of [`INCREMENT`] to [`LEFT`].
fn chain(additions: u64) -> i64 {
    i64::from(LEFT).wrapping_add_unsigned(INCREMENT.wrapping_mul(additions))
}

/// Code unit `at` of a text of arrows, U+2190 and those that follow it.
fn arrow(at: u64) -> i64 {
    (0x2190 + at % 26) as i64
}

/// What becomes of 00112233-4455-6677-8899-aabbccddeeff (its halves, added), of -123456789012345678901.2345 (the halves of its
/// number, its scale and its sign, added) and of 29 February 2024, 18:00 (days since 30 December 1899, as bits).
fn converted(value: &str) -> Result<i64, String> {
    match value {
        "guid" => Ok(0x0011_2233_4455_6677_i64.wrapping_add_unsigned(0x8899_aabb_ccdd_eeff)),
        "decimal" => {
            let (number, scale, sign) = (1_234_567_890_123_456_789_012_345_u128, 4, 0x80);
            let (high, low) = ((number >> 64) as u64, number as u64);
            Ok(low.wrapping_add(high + scale + sign) as i64)
        }
        "date" => Ok(45_351.75_f64.to_bits() as i64),
        _ => Err(format!(
            "unknown type '{value}': known are guid, decimal, date"
        )),
    }
}

/// `length` UTF-16 code units of one repeated character.
fn text(kind: &str, length: u64) -> Result<String, String> {
    let character = match kind {
        "ascii" => 'a',
        "latin" => 'é',
        "cjk" => '中',
        "emoji" => '😀',
        _ => {
            return Err(format!(
                "unknown text '{kind}': known are ascii, latin, cjk, emoji"
            ));
        }
    };
    let units = character.len_utf16() as u64;
    if length % units != 0 {
        return Err(format!(
            "text '{kind}' has no string of {length} UTF-16 code units: skip the row"
        ));
    }
    Ok(character.to_string().repeat((length / units) as usize))
}

/// FNV-1a, 64 bit (Fowler, Noll, Vo; draft-eastlake-fnv), over bytes or over wider units.
fn fnv1a64(units: impl Iterator<Item = u64>) -> u64 {
    units.fold(0xcbf2_9ce4_8422_2325, |hash, unit| {
        (hash ^ unit).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::ParamKind;

    /// The test vectors of draft-eastlake-fnv, appendix C.
    #[test]
    fn fnv_vectors() {
        let hash = |text: &[u8]| fnv1a64(text.iter().map(|byte| u64::from(*byte)));
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn texts() {
        assert_eq!(text("emoji", 4).unwrap(), "😀😀");
        assert_eq!(text("cjk", 2).unwrap().len(), 6);
        assert!(text("emoji", 85).unwrap_err().contains("85"));
    }

    fn of(recipe: &str, param: &str, value: &str) -> Result<i64, String> {
        let param = Param {
            name: param.to_string(),
            kind: ParamKind::Value,
            what: String::new(),
            values: vec![value.to_string()],
        };
        expected(
            &Answer::Recipe(recipe.to_string()),
            &[param],
            &[value.to_string()],
        )
    }

    /// Each worked out by hand.
    #[test]
    fn literal_answers() {
        assert_eq!(of("add_i32", "x", "1"), Ok(-2_072_745_085));
        assert_eq!(expected(&Answer::Number(7), &[], &[]), Ok(7));
        assert_eq!(of("words_of_arity", "n", "0"), Ok(0));
        assert_eq!(
            of("words_of_arity", "n", "2"),
            Ok(0x9e37_79b9_7f4a_7c15_u64.wrapping_add(0x3c6e_f372_fe94_f82b) as i64)
        );
        assert_eq!(
            of("words_of_size", "size", "16"),
            of("words_of_arity", "n", "2")
        );
        assert_eq!(of("letters_of_length", "length", "16"), Ok(16 + 112));
        assert_eq!(of("letters_of_capacity", "capacity", "17"), Ok(16 + 112));
        assert_eq!(of("letters_of_length", "length", "0"), Ok(0));
        assert_eq!(of("sum_i32", "n", "3"), Ok(-1_640_531_535 + 1_013_904_226));
        assert_eq!(
            of("sorted_i32", "n", "3"),
            Ok(-1_640_531_535 + 3 * 1_013_904_226)
        );
        assert_eq!(
            of("text_items", "k", "2"),
            Ok(16 + 97 + 112 + 16 + 98 + 113)
        );
        assert_eq!(of("third_of_n", "n", "16"), Ok(6));
        assert_eq!(
            of("sum_of_third_ids", "n", "16"),
            Ok(1 + 4 + 7 + 10 + 13 + 16)
        );
        assert_eq!(of("sum_u8", "n", "2"), Ok(13 + 180));
        assert_eq!(of("sum_u8", "n", "257"), Ok(32_640 + 13));
        assert_eq!(of("length_and_b", "length", "16"), Ok(16 + 98));
        // The hash of nothing, and of "abcdefgh\0" folded by hand.
        assert_eq!(
            of("fnv1a64_list", "n", "0"),
            Ok(0xcbf2_9ce4_8422_2325_u64 as i64)
        );
        assert_eq!(
            of("fnv1a64_list", "n", "1"),
            Ok(fnv1a64(b"abcdefgh\0".iter().map(|byte| u64::from(*byte))) as i64)
        );
        assert_eq!(of("last_i32", "n", "3"), Ok(1_013_904_226));
        assert_eq!(of("last_i32", "n", "0"), Ok(0));
        assert_eq!(of("param_code", "code", "34"), Ok(34));
        assert_eq!(
            of("last_word_of_size", "size", "16"),
            Ok(0x3c6e_f372_fe94_f82a)
        );
        assert_eq!(of("size_or_content", "entry", "size_256"), Ok(256));
        assert_eq!(of("size_or_content", "entry", "size_flags"), Ok(4));
        assert_eq!(
            of("size_or_content", "entry", "read_16"),
            Ok(0x3c6e_f372_fe94_f82a)
        );
        assert_eq!(of("size_or_content", "entry", "read_flags"), Ok(1 + 4 + 8));
        assert!(of("size_or_content", "entry", "read_x").is_err());
        assert_eq!(
            of("fnv1a64_record", "length", "8"),
            Ok(-455_123_282_091_602_189)
        );
        assert_eq!(
            of("fnv1a64_ascii", "length", "8"),
            Ok(fnv1a64([97; 8].into_iter()) as i64)
        );
        // "abcdefgh", after 42 and 1.
        assert_eq!(of("error_of_length", "length", "8"), Ok(43 + 8 + 104));
        assert_eq!(of("sum_or_overflow", "outcome", "ok"), Ok(1_234_567_891));
        assert_eq!(
            of("sum_or_overflow", "outcome", "overflow"),
            Ok(-2_146_233_066)
        );
        assert_eq!(of("signals_of_percent", "percent", "0"), Ok(99 * 100));
        // Call 0 fails, whose answer would have been 0.
        assert_eq!(of("signals_of_percent", "percent", "1"), Ok(9900 + 17));
        // Calls 0, 10, ... 90 fail: 2 * (0 + 10 + ... + 90) goes, ten times 17 comes.
        assert_eq!(
            of("signals_of_percent", "percent", "10"),
            Ok(9900 - 900 + 170)
        );
        assert_eq!(of("signals_of_percent", "percent", "100"), Ok(1700));
        assert_eq!(of("chain_of_steps", "steps", "0"), Ok(1_234_567_890));
        assert_eq!(
            of("chain_of_steps", "steps", "2"),
            Ok((1_234_567_890_u64 + 0x3c6e_f372_fe94_f82a) as i64)
        );
        assert_eq!(
            of("chain_of_iterations", "iterations", "2"),
            of("chain_of_steps", "steps", "2")
        );
        assert_eq!(of("sum_of_pairs_i32", "n", "1"), Ok(-1_640_531_535));
        for arguments in ["f64x2", "mixed2"] {
            assert_eq!(
                of("words_of_arguments", "arguments", arguments),
                of("words_of_arity", "n", "2")
            );
        }
        assert_eq!(of("converted", "type", "guid"), Ok(-0x7755_3310_eecc_aa8a));
        assert_eq!(
            of("converted", "type", "decimal"),
            Ok(1_096_246_371_337_626_987)
        );
        assert_eq!(
            of("converted", "type", "date"),
            Ok(0x40e6_24f8_0000_0000_i64)
        );
    }

    /// "abcdefgh" with code 1, and "bcdefghi" with code 2, which is fatal.
    #[test]
    fn errors_in_each_direction() {
        let params =
            [("direction", ParamKind::Shape), ("n", ParamKind::Value)].map(|(name, kind)| Param {
                name: name.to_string(),
                kind,
                what: String::new(),
                values: vec![],
            });
        let of = |direction: &str| {
            let recipe = Answer::Recipe("errors_of_direction".to_string());
            expected(&recipe, &params, &[direction, "2"].map(str::to_string))
        };
        assert_eq!(of("in"), Ok((8 + 104) + (1 + 8 + 105) + 2));
        assert_eq!(of("ref"), of("in"));
        assert_eq!(of("out"), Ok(2 + 1 + 8 + 105));
        assert!(of("back").unwrap_err().contains("'back'"));
    }

    #[test]
    fn what_cannot_be_computed_is_said() {
        assert!(of("nonsense", "n", "1").unwrap_err().contains("nonsense"));
        assert!(of("each_sum", "n", "1").unwrap_err().contains("'k'"));
        assert!(of("sum_i32", "n", "z").unwrap_err().contains("'z'"));
    }
}
