//! Host: a listed host name with its port.
//!
//! A redirect URI, a cookie and a logout URI are all built from the request's host, so a host that is not
//! listed is refused before anything else is looked at. `X-Forwarded-Host` is never read.

use std::fmt;

/// A listed host name, with its port if it is not the scheme's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Host {
    name: String,
}

impl Host {
    /// Reads `name` or `name:port`; letters are lowered.
    ///
    /// # Errors
    ///
    /// Says what was expected when it is not a host.
    pub fn parse(text: &str) -> Result<Host, &'static str> {
        const EXPECTED: &str = "a host name such as cms.example.com, without scheme or path";
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (text, None),
        };
        let name_is_plain =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
        let port_is_plain = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
        if !name_is_plain || !port_is_plain || text.len() > 255 {
            return Err(EXPECTED);
        }
        Ok(Host { name: text.to_ascii_lowercase() })
    }

    /// The host as it is written in a URL's authority.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// `http` on a loopback host, where no certificate can be had; `https` everywhere else.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        if is_loopback(self.without_port()) { "http" } else { "https" }
    }

    /// Whether a request's Host header names this host (RFC 9110 section 4.2.3: letters compare lowered).
    #[must_use]
    pub fn is_named_by(&self, header: &str) -> bool {
        self.name.eq_ignore_ascii_case(header)
    }

    /// The name alone, as a cookie's Domain attribute takes it.
    #[must_use]
    pub fn without_port(&self) -> &str {
        self.name.split(':').next().unwrap_or_default()
    }

    /// An absolute URL on this host.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme(), self.name)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Whether a host name stands for this machine itself (RFC 6761 section 6.3, RFC 5735 section 4).
#[must_use]
pub fn is_loopback(name: &str) -> bool {
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<core::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_hosts_use_http() {
        for host in ["localhost:8080", "127.0.0.1", "LOCALHOST"] {
            assert_eq!(Host::parse(host).unwrap().scheme(), "http", "{host}");
        }
        for host in ["cms.example.com", "localhost.example.com", "127.0.0.1.example.com"] {
            assert_eq!(Host::parse(host).unwrap().scheme(), "https", "{host}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in ["", "https://a", "a/b", "a b", "a:", "a:0", "a:70000", "a@b", "*.example.com", ".:x"] {
            assert!(Host::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn letters_compare_lowered() {
        assert!(Host::parse("CMS.example.com").unwrap().is_named_by("cms.EXAMPLE.com"));
        assert!(!Host::parse("cms.example.com").unwrap().is_named_by("cms.example.com:443"));
    }
}
