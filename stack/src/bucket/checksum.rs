//! The checksums that AWS's SDKs send with a body, in a header or behind it, and ask back with an object.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use crc_fast::{CrcAlgorithm, checksum};
use http::HeaderMap;

use super::{aws_chunked::Decoded, s3_error::S3Error};

/// A checksum of all of an object's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    algorithm: Algorithm,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
}

impl Checksum {
    /// The header that carries it.
    pub(super) fn header(&self) -> &'static str {
        self.algorithm.header()
    }

    /// Base64, as that header has it.
    pub(super) fn value(&self) -> &str {
        &self.value
    }

    /// The checksum that comes with a body, held to it. At most one may come, in the headers or in the trailer that
    /// `x-amz-trailer` announces.
    pub(super) fn verify(headers: &HeaderMap, decoded: &Decoded) -> Result<Option<Self>, S3Error> {
        let announced = headers.get("x-amz-trailer").and_then(|name| name.to_str().ok());
        let trailing = announced.map(|name| {
            let found = decoded.trailers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
            found
                .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
                .ok_or(S3Error::MalformedTrailer)
        });
        let mut claims: Vec<(String, String)> = trailing.transpose()?.into_iter().collect();
        claims.extend(headers.iter().filter_map(|(name, value)| {
            let value = value.to_str().ok()?;
            name.as_str().starts_with("x-amz-checksum-").then(|| (name.as_str().to_owned(), value.to_owned()))
        }));
        claims.retain(|(name, _)| !["x-amz-checksum-type", "x-amz-checksum-mode"].contains(&name.as_str()));
        let (name, claimed) = match claims.as_slice() {
            [] => return Ok(None),
            [one] => one,
            _ => return Err(S3Error::InvalidRequest),
        };
        let algorithm = Algorithm::of_header(name).ok_or(S3Error::InvalidRequest)?;
        let value = algorithm.of(&decoded.body);
        if value == *claimed { Ok(Some(Self { algorithm, value })) } else { Err(S3Error::ChecksumMismatch) }
    }
}

impl Algorithm {
    const ALL: [Self; 5] = [Self::Crc32, Self::Crc32c, Self::Crc64Nvme, Self::Sha1, Self::Sha256];

    fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
        }
    }

    fn of_header(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.header() == name)
    }

    /// Base64 of the checksum's bytes, the most significant first.
    fn of(self, body: &[u8]) -> String {
        // A CRC of 32 bits is the lower half of what comes back.
        let crc32 = |kind| STANDARD.encode(checksum(kind, body).to_be_bytes().split_at(4).1);
        match self {
            Self::Crc32 => crc32(CrcAlgorithm::Crc32IsoHdlc),
            Self::Crc32c => crc32(CrcAlgorithm::Crc32Iscsi),
            Self::Crc64Nvme => STANDARD.encode(checksum(CrcAlgorithm::Crc64Nvme, body).to_be_bytes()),
            Self::Sha1 => STANDARD.encode(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, body)),
            Self::Sha256 => STANDARD.encode(digest::digest(&digest::SHA256, body)),
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn verify(
        pairs: &[(&'static str, &str)],
        trailers: &[(&str, &str)],
    ) -> Result<Option<Checksum>, S3Error> {
        let headers = pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
        let trailers = trailers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Checksum::verify(&headers, &Decoded { body: Bytes::from_static(b"123456789"), trailers })
    }

    /// The check values of the catalogue of CRCs; the hashes are those of Python's hashlib.
    #[test]
    fn check_values() {
        for (algorithm, value) in [
            (Algorithm::Crc32, "y/Q5Jg=="),
            (Algorithm::Crc32c, "4waSgw=="),
            (Algorithm::Crc64Nvme, "rosUhgp5mIg="),
            (Algorithm::Sha1, "98O8HYCOBHMq32eZZczDTKeuNEE="),
            (Algorithm::Sha256, "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
        ] {
            assert_eq!(algorithm.of(b"123456789"), value, "{algorithm:?}");
            let verified = verify(&[(algorithm.header(), value)], &[]).unwrap().unwrap();
            assert_eq!((verified.header(), verified.value()), (algorithm.header(), value));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(verify(&[], &[]), Ok(None));
        assert_eq!(verify(&[("x-amz-checksum-crc32", "AAAAAA==")], &[]), Err(S3Error::ChecksumMismatch));
        assert_eq!(verify(&[("x-amz-checksum-md4", "AAAAAA==")], &[]), Err(S3Error::InvalidRequest));
        let announced = [("x-amz-trailer", "x-amz-checksum-crc32")];
        assert!(verify(&announced, &[("x-amz-checksum-crc32", "y/Q5Jg==")]).unwrap().is_some());
        assert_eq!(verify(&announced, &[]), Err(S3Error::MalformedTrailer));
        let wrong = [("x-amz-checksum-crc32", "AAAAAA==")];
        assert_eq!(verify(&announced, &wrong), Err(S3Error::ChecksumMismatch));
        let two = [("x-amz-checksum-crc32", "y/Q5Jg=="), ("x-amz-checksum-crc32c", "4waSgw==")];
        assert_eq!(verify(&two, &[]), Err(S3Error::InvalidRequest));
    }
}
