//! The machine's certificate: what the lab knew of the machine when the run began.

use serde::Serialize;

use super::Fact;
use crate::validation::Certificate;
use crate::validation::words::{self, Table};

/// Name of its page.
pub const PAGE: &str = "certificate.html";

#[derive(Debug, Serialize)]
pub struct CertificateView {
    pub page: &'static str,
    pub believed: bool,
    pub summary: String,
    pub basis: String,
    pub doubts: Vec<String>,
    pub tables: [Table; 3],
    pub probes: String,
    pub facts: Vec<Fact>,
}

impl CertificateView {
    pub fn of(certificate: &Certificate) -> CertificateView {
        let doubts = certificate.doubts();
        let fact = |name: &str, value: &str| Fact {
            name: name.to_string(),
            value: value.to_string(),
        };
        CertificateView {
            page: PAGE,
            believed: doubts.is_empty(),
            summary: words::summary(certificate),
            basis: words::basis(certificate),
            doubts,
            tables: words::tables(certificate),
            probes: words::probes(certificate),
            facts: vec![
                fact("Run", &certificate.run),
                fact("Began", &certificate.started),
                fact("Environment class", &certificate.environment),
                fact("Made by", &certificate.command),
            ],
        }
    }
}
