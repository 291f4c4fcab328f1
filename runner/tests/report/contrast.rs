//! Text can be read on what it stands on, in both schemes: WCAG 2.2, 1.4.3, level AA.

use std::collections::BTreeMap;

use super::{render_fixture, text};

fn luminance(color: &str) -> f64 {
    let hex = color.trim_start_matches('#');
    let hex: String = if hex.len() == 3 {
        hex.chars().flat_map(|c| [c, c]).collect()
    } else {
        hex.to_string()
    };
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colours of each `:root` of the page's style: light, dark, print.
fn schemes(html: &str) -> Vec<BTreeMap<&str, &str>> {
    html.split(":root{")
        .skip(1)
        .map(|rest| {
            let block = rest.split('}').next().unwrap();
            block
                .split(';')
                .filter_map(|pair| pair.trim().strip_prefix("--")?.split_once(':'))
                .collect()
        })
        .collect()
}

#[test]
fn text_has_contrast_in_every_scheme() {
    let files = render_fixture("run");
    let html = text(&files, "index.html");
    let schemes = schemes(html);
    assert_eq!(schemes.len(), 3, "light, dark, print");
    for scheme in &schemes {
        for ink in ["ink", "muted", "accent", "bad"] {
            for paper in ["paper", "soft"] {
                let ratio = contrast(scheme[ink], scheme[paper]);
                assert!(ratio >= 4.5, "{ink} on {paper}: {ratio:.2} in {scheme:?}");
            }
        }
    }
    // What charts write, light and dark.
    for (ink, paper) in [
        ("#1F2328", "#FFFFFF"),
        ("#59636E", "#FFFFFF"),
        ("#E6EAEE", "#101418"),
        ("#9DA7B1", "#101418"),
    ] {
        assert!(html.contains(ink) && html.contains(paper));
        assert!(contrast(ink, paper) >= 4.5, "{ink} on {paper}");
    }
}

#[test]
fn the_formula_is_the_one_of_the_standard() {
    assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01);
}
