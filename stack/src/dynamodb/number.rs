//! Numbers as DynamoDB keeps them: decimal text. Whole numbers are exact here, others have the precision of `f64`.

use std::cmp::Ordering;

use super::failure::Failure;

/// A number.
#[derive(Clone, Debug)]
pub(super) struct Number(String);

impl Number {
    /// Reads decimal text.
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        let wrong =
            || Failure::validation(format!("The parameter cannot be converted to a numeric value: {text}"));
        if let Ok(whole) = text.parse::<i128>() {
            return Ok(Self(whole.to_string()));
        }
        let value = text.parse::<f64>().ok().filter(|value| plain && value.is_finite()).ok_or_else(wrong)?;
        Ok(Self(value.to_string()))
    }

    /// The text that is sent back.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// The sum, or the difference where `sign` is -1.
    pub(super) fn plus(&self, other: &Self, sign: i8) -> Self {
        let whole = self.0.parse::<i128>().ok().zip(other.0.parse::<i128>().ok());
        if let Some(sum) = whole.and_then(|(one, two)| one.checked_add(two.checked_mul(i128::from(sign))?)) {
            return Self(sum.to_string());
        }
        Self((self.value() + other.value() * f64::from(sign)).to_string())
    }

    fn value(&self) -> f64 {
        self.0.parse().unwrap_or_default()
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.0.parse::<i128>(), other.0.parse::<i128>()) {
            (Ok(one), Ok(two)) => one.cmp(&two),
            _ => self.value().total_cmp(&other.value()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value_and_add_up_exactly() {
        let read = |text: &str| Number::read(text).unwrap();
        assert!(read("9") < read("10") && read("1.0") == read("1") && read("-2") < read("0.5"));
        assert_eq!(read("90071992547409931").plus(&read("1"), 1).text(), "90071992547409932");
        assert_eq!(read("1").plus(&read("3"), -1).text(), "-2");
        for wrong in ["", "one", "inf", "NaN", "0x10"] {
            assert!(Number::read(wrong).is_err(), "{wrong}");
        }
    }
}
