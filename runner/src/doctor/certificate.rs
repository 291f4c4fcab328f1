//! Whether verdicts from this machine were ever put to the test.

use super::{Fact, Level};
use crate::validation::{Certificate, words};

const NAME: &str = "Certificate";
const MEANS: &str =
    "how often copies of one method are called different here, and which slow-downs are found";

pub fn fact(certificate: Option<&Certificate>) -> Fact {
    let Some(certificate) = certificate else {
        return Fact::new(NAME, Level::Note, "none yet", MEANS)
            .helped_by("./lab validate, which takes a few minutes");
    };
    let value = format!(
        "{} ({})",
        words::summary(certificate),
        certificate.started.get(..10).unwrap_or_default()
    );
    if certificate.doubts().is_empty() {
        return Fact::new(NAME, Level::Fine, value, MEANS);
    }
    Fact::new(NAME, Level::Warning, value, MEANS).helped_by(
        "./lab validate says what is in doubt; a quieter machine, or another time of day",
    )
}
