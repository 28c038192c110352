//! Setting a cookie and taking it away.

use std::fmt;

use cookie::time::Duration;
use cookie::{Cookie, CookieBuilder, SameSite};

/// A Set-Cookie line. Setting and deleting are built by one function, so that a deletion always repeats the
/// attributes of its setting.
#[derive(Debug, Clone, PartialEq)]
pub struct SetCookie(Cookie<'static>);

impl SetCookie {
    /// Sets a cookie for this host alone, out of scripts' reach, for `max_age` seconds.
    #[must_use]
    pub fn set(name: &str, value: &str, max_age: i64) -> SetCookie {
        SetCookie(attributes(name, value).max_age(Duration::seconds(max_age)).build())
    }

    /// Takes a cookie away that [`SetCookie::set`] has set.
    #[must_use]
    pub fn delete(name: &str) -> SetCookie {
        SetCookie::set(name, "", 0)
    }

    /// Takes a cookie away that another gate has set with a Domain attribute.
    #[must_use]
    pub fn delete_from_domain(name: &str, domain: &str) -> SetCookie {
        SetCookie(attributes(name, "").max_age(Duration::ZERO).domain(domain.to_owned()).build())
    }

    /// Whether browsers keep it: name and value of at most 4,096 bytes together (RFC 6265bis section 5.6).
    #[must_use]
    pub fn fits_a_browser(&self) -> bool {
        self.is_deletion() || self.0.name().len() + self.0.value().len() <= 4_096
    }

    /// Whether it takes a cookie away.
    #[must_use]
    pub fn is_deletion(&self) -> bool {
        self.0.max_age() == Some(Duration::ZERO)
    }
}

impl fmt::Display for SetCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn attributes(name: &str, value: &str) -> CookieBuilder<'static> {
    Cookie::build((name.to_owned(), value.to_owned()))
        .http_only(true)
        .secure(true)
        .same_site(SameSite::Lax)
        .path("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deletion_repeats_the_attributes_of_the_setting() {
        let set = SetCookie::set("__Host-id-token", "x", 60).to_string();
        let delete = SetCookie::delete("__Host-id-token").to_string();
        assert_eq!(set, "__Host-id-token=x; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60");
        assert_eq!(delete, "__Host-id-token=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0");
    }
}
