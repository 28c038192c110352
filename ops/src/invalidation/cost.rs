//! What an invalidation costs.

use std::fmt;

use serde::Serialize;

use crate::report::Count;

/// Paths of a month that cost nothing.
const FREE: usize = 1_000;
/// What 1,000 further paths cost, in US dollars: 0.005 each (CloudFront's price list of 2026).
const USD_PER_THOUSAND: usize = 5;

/// The cost of some paths; a wildcard counts as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// How many paths CloudFront counts.
    pub paths: usize,
}

impl Cost {
    /// What they cost at most, in thousandths of a US dollar: when the month's free paths are used up.
    #[must_use]
    pub fn at_most_thousandths(self) -> usize {
        self.paths * USD_PER_THOUSAND
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let usd = self.at_most_thousandths();
        write!(
            f,
            "{}: free within the first {FREE} of a month, {}.{:03} USD beyond",
            Count::of(self.paths, "path"),
            usd / 1_000,
            usd % 1_000
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_half_a_cent() {
        let cost = |paths| Cost { paths }.to_string();
        assert_eq!(cost(1), "1 path: free within the first 1000 of a month, 0.005 USD beyond");
        assert_eq!(cost(2_000), "2000 paths: free within the first 1000 of a month, 10.000 USD beyond");
    }
}
