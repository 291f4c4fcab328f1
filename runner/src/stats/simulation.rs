//! Random numbers with a fixed seed, to count how often something holds the truth.

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere and for ever.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// In [0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Standard normal (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

#[cfg(test)]
/// Fails when `hits` of `trials` is further than four standard errors from `probability`: 1 in 16,000 for a right interval.
pub fn within_binomial_limits(hits: u32, trials: u32, probability: f64, what: &str) {
    let share = f64::from(hits) / f64::from(trials);
    let standard_error = (probability * (1.0 - probability) / f64::from(trials)).sqrt();
    let off = (share - probability) / standard_error;
    assert!(
        off.abs() <= 4.0,
        "{what}: covers {share}, expected {probability} ({off:.1} standard errors)"
    );
}
