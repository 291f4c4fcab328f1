//! Colours, markers and the look of a variant. A look is a function of the name alone, so it is the same on every page.

use plotters::style::RGBColor;

/// Ink and lines of the light scheme. `chart.css` maps each of these, and each hue, to the dark one.
pub const INK: RGBColor = RGBColor(0x1F, 0x23, 0x28);
pub const MUTED: RGBColor = RGBColor(0x59, 0x63, 0x6E);
pub const GRID: RGBColor = RGBColor(0xD8, 0xDE, 0xE4);
/// Expected steps; `Canvas` makes lines of this colour dotted, which the SVG backend cannot say.
pub const STEP: RGBColor = RGBColor(0x8A, 0x6A, 0x00);

// Okabe and Ito, "Color Universal Design", 2008. Their yellow is left out: 1.3 : 1 on white cannot be seen as a line.
const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xB2);
const VERMILLION: RGBColor = RGBColor(0xD5, 0x5E, 0x00);
const GREEN: RGBColor = RGBColor(0x00, 0x9E, 0x73);
const PURPLE: RGBColor = RGBColor(0xCC, 0x79, 0xA7);
const ORANGE: RGBColor = RGBColor(0xE6, 0x9F, 0x00);
const SKY: RGBColor = RGBColor(0x56, 0xB4, 0xE9);

/// Parts of a whole, in their order: the last is what all others lead to.
pub const PARTS: [RGBColor; 5] = [MUTED, SKY, ORANGE, GREEN, VERMILLION];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    Circle,
    /// The floor alone.
    HollowCircle,
    Square,
    TriangleUp,
    TriangleDown,
    Diamond,
    Cross,
    Plus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub color: RGBColor,
    pub marker: Marker,
}

/// The hue says how the binding is declared, the marker which twist of it: so `DllImportNoGc` and `LibraryImportNoGc` share
/// a triangle, `DllImport` and `DllImportNoGc` a blue. A name of another kind takes both from its hash.
pub fn look(variant: &str) -> Look {
    const MECHANISMS: [(&str, RGBColor); 5] = [
        ("DllImport", BLUE),
        ("LibraryImport", VERMILLION),
        ("FunctionPointer", GREEN),
        ("Delegate", PURPLE),
        ("Managed", MUTED),
    ];
    if variant == "Native" {
        return Look {
            color: INK,
            marker: Marker::HollowCircle,
        };
    }
    for (mechanism, color) in MECHANISMS {
        if let Some(twist) = variant.strip_prefix(mechanism) {
            return Look {
                color,
                marker: twist_marker(twist),
            };
        }
    }
    // Hues that say no mechanism.
    const HUES: [RGBColor; 3] = [ORANGE, SKY, INK];
    let hash = fnv1a(variant);
    Look {
        color: HUES[(hash % 3) as usize],
        marker: MARKERS[(hash / 3 % 7) as usize],
    }
}

const MARKERS: [Marker; 7] = [
    Marker::Circle,
    Marker::Square,
    Marker::TriangleUp,
    Marker::TriangleDown,
    Marker::Diamond,
    Marker::Cross,
    Marker::Plus,
];

impl Look {
    /// The same hue with another marker, where `taken` already has this look: lines are told apart by nothing else. Hashes
    /// of two names may agree; one of them gives up its usual marker in that chart.
    pub fn unlike(self, taken: &[Look]) -> Look {
        let start = MARKERS
            .iter()
            .position(|marker| *marker == self.marker)
            .unwrap_or(0);
        let others = (1..MARKERS.len()).map(|step| Look {
            marker: MARKERS[(start + step) % MARKERS.len()],
            ..self
        });
        [self]
            .into_iter()
            .chain(others)
            .find(|look| !taken.contains(look))
            .unwrap_or(self)
    }
}

fn twist_marker(twist: &str) -> Marker {
    match twist {
        "" => Marker::Circle,
        "Raw" => Marker::Square,
        "NoGc" => Marker::TriangleUp,
        "RawNoGc" => Marker::TriangleDown,
        _ => [Marker::Diamond, Marker::Cross, Marker::Plus][(fnv1a(twist) % 3) as usize],
    }
}

/// FNV-1a, 32 bits: a hash that is the same in every build and version, as `std`'s is not.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hue_is_the_mechanism_and_marker_the_twist() {
        assert_eq!(look("DllImport").color, look("DllImportRawNoGc").color);
        assert_eq!(
            look("DllImportNoGc").marker,
            look("LibraryImportNoGc").marker
        );
        assert_ne!(look("DllImport").marker, look("DllImportRaw").marker);
        assert_eq!(look("Native").marker, Marker::HollowCircle);
    }

    #[test]
    fn equal_looks_are_parted_by_the_marker() {
        let mut taken = Vec::new();
        for _ in 0..MARKERS.len() {
            let next = look("PooledEncode").unlike(&taken);
            assert!(!taken.contains(&next));
            taken.push(next);
        }
        assert_eq!(look("PooledEncode").unlike(&[]), look("PooledEncode"));
    }

    #[test]
    fn the_variants_of_one_case_look_different() {
        let cases: [&[&str]; 3] = [
            &[
                "Managed",
                "DllImport",
                "DllImportRaw",
                "LibraryImport",
                "LibraryImportRaw",
                "FunctionPointer",
                "FunctionPointerField",
                "DllImportNoGc",
                "DllImportRawNoGc",
                "LibraryImportNoGc",
                "FunctionPointerNoGc",
                "Native",
            ],
            &[
                "DllImport",
                "DllImportLPStr",
                "LibraryImport",
                "LibraryImportRaw",
                "FunctionPointer",
                "Utf8Literal",
                "StackallocEncode",
                "PooledEncode",
                "PreEncoded",
                "ReadOnlySpanByte",
            ],
            &[
                "DllImport",
                "LibraryImport",
                "FunctionPointer",
                "DelegateInstance",
                "DelegateClosure",
                "UnmanagedCallersOnly",
            ],
        ];
        for names in cases {
            for (index, name) in names.iter().enumerate() {
                for other in &names[index + 1..] {
                    assert_ne!(look(name), look(other), "{name} and {other}");
                }
            }
        }
    }
}
