//! Lengths and weights, so that neither is ever a bare number.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in points; 72 to the inch.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Pt(pub f64);

impl Pt {
    /// No length.
    pub const ZERO: Self = Self(0.0);

    /// A length given in inches.
    pub fn inches(inches: f64) -> Self {
        Self(inches * 72.0)
    }

    /// A length given in millimetres.
    pub fn mm(mm: f64) -> Self {
        Self(mm * 72.0 / 25.4)
    }

    /// The larger of two lengths.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The smaller of two lengths.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// Parses "1in", "25.4 mm", "2.5cm" or "72pt".
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number: f64 = text[..text.len() - unit.len()].parse().ok()?;
        match unit.trim() {
            "pt" => Some(Self(number)),
            "in" => Some(Self::inches(number)),
            "mm" => Some(Self::mm(number)),
            "cm" => Some(Self::mm(number * 10.0)),
            _ => None,
        }
    }
}

impl Add for Pt {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Pt {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Pt {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Pt {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Pt {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Pt {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<f64> for Pt {
    type Output = Self;
    fn div(self, divisor: f64) -> Self {
        Self(self.0 / divisor)
    }
}

impl Sum for Pt {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        Self(lengths.map(|length| length.0).sum())
    }
}

/// A match weight: the base-2 logarithm of a Bayes factor. Weights add; above 0
/// speaks for one signatory, below 0 for two.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Weight(pub f64);

impl Add for Weight {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        Self(weights.map(|weight| weight.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_parse_in_the_usual_units() {
        let check = |text, expected: Option<f64>| assert_eq!(Pt::parse(text).map(|pt| pt.0), expected);
        check("1in", Some(72.0));
        check("25.4 mm", Some(72.0));
        check("2.54cm", Some(72.0));
        check("12pt", Some(12.0));
        check("12", None);
        check("in", None);
        check("-1in", None);
    }
}
