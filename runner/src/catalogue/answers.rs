//! How the expected integer of a row is computed from its params: the runner's recipe, independent of every kernel.

use super::Param;

/// What the two sides add: the sum leaves `i32` and wraps.
pub const LEFT: i32 = 1_234_567_890;
pub const RIGHT: i32 = 987_654_321;
/// What `callback_each` hands through to the callback, which adds it.
pub const EACH_CONTEXT: i64 = 1;

/// The answer `recipe` gives for `values` (in the order of `params`), as 64 bits.
pub fn expected(recipe: &str, params: &[Param], values: &[String]) -> Result<i64, String> {
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
        "fnv1a64" => Ok(fnv1a64(text(get("text")?, number("length")?)?.as_bytes()) as i64),
        "each_sum" => {
            let k = i64::try_from(number("k")?).map_err(|_| "k is too large".to_string())?;
            Ok((0..k).map(|value| value + EACH_CONTEXT).sum())
        }
        _ => Err(format!(
            "unknown answer '{recipe}': known are add_i32, fnv1a64, each_sum"
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

/// FNV-1a, 64 bit (Fowler, Noll, Vo; draft-eastlake-fnv).
fn fnv1a64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of draft-eastlake-fnv, appendix C.
    #[test]
    fn fnv_vectors() {
        assert_eq!(fnv1a64(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a64(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a64(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn texts() {
        assert_eq!(text("emoji", 4).unwrap(), "😀😀");
        assert_eq!(text("cjk", 2).unwrap().len(), 6);
        assert!(text("emoji", 85).unwrap_err().contains("85"));
    }

    #[test]
    fn literal_answers() {
        assert_eq!(expected("add_i32", &[], &[]), Ok(-2_072_745_085));
        assert!(
            expected("nonsense", &[], &[])
                .unwrap_err()
                .contains("nonsense")
        );
        assert!(expected("each_sum", &[], &[]).unwrap_err().contains('k'));
    }
}
