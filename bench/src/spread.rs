//! A figure that was measured several times.

use std::fmt;

/// The median and what it lies between.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    /// The one in the middle.
    pub(crate) median: f64,
    least: f64,
    most: f64,
}

impl Spread {
    /// Nothing if nothing was measured.
    pub(crate) fn of(figures: impl IntoIterator<Item = f64>) -> Option<Spread> {
        let mut figures: Vec<f64> = figures.into_iter().collect();
        figures.sort_by(f64::total_cmp);
        let median = *figures.get(figures.len() / 2)?;
        Some(Spread { median, least: *figures.first()?, most: *figures.last()? })
    }
}

/// With the precision that is asked for, or one digit after the point.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or(1);
        write!(f, "{:.digits$} ({:.digits$}–{:.digits$})", self.median, self.least, self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_before_the_least_and_the_most() {
        let spread = Spread::of([3.0, 1.0, 2.0, 9.0, 2.5]).unwrap();
        assert_eq!(format!("{spread:.2}"), "2.50 (1.00–9.00)");
        assert!(Spread::of([]).is_none());
    }
}
