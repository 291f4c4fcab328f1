//! Families: cases that ask about one part of the border, and the way from one case to the next.

use serde::Serialize;

use super::{CaseView, Link};

#[derive(Debug, Serialize)]
pub struct Family {
    pub name: String,
    /// Anchor on the landing page.
    pub anchor: String,
    pub cards: Vec<Card>,
}

#[derive(Debug, Serialize)]
pub struct Card {
    pub id: String,
    pub link: Link,
    pub question: String,
    pub sentence: String,
}

/// In the order of their first cases.
pub fn all(cases: &[CaseView]) -> Vec<Family> {
    cases
        .chunk_by(|a, b| a.family == b.family)
        .map(|cases| Family {
            name: cases[0].family.clone(),
            anchor: cases[0].family_anchor.clone(),
            cards: cases.iter().map(card).collect(),
        })
        .collect()
}

fn card(case: &CaseView) -> Card {
    Card {
        id: case.id.clone(),
        link: link(case),
        question: case.question.clone(),
        sentence: if case.sentence.is_empty() {
            case.range.clone()
        } else {
            case.sentence.clone()
        },
    }
}

/// Tells each case which stand before and after it.
pub fn join(cases: &mut [CaseView]) {
    let links: Vec<Link> = cases.iter().map(link).collect();
    for (index, case) in cases.iter_mut().enumerate() {
        case.previous = index.checked_sub(1).map(|before| links[before].clone());
        case.next = links.get(index + 1).cloned();
    }
}

pub fn link(case: &CaseView) -> Link {
    Link {
        page: case.page.clone(),
        title: case.title.clone(),
    }
}

/// `family-string`: an anchor has no spaces.
pub fn anchor(family: &str) -> String {
    format!("family-{}", anchor_of(family))
}

/// Letters and digits as they are, everything else a dash.
pub fn anchor_of(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    text.chars().map(plain).collect()
}
