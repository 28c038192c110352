//! Addresses that were signed beforehand: Signature Version 4 in the query string.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
//!
//! The signature is worked out again from the request as it came, so that an upload of another length, type or key than
//! was promised is refused here as it is by S3.

use std::{fmt::Write, time::SystemTime};

use aws_lc_rs::{constant_time::verify_slices_are_equal, digest, hmac};
use http::request::Parts;
use time::{OffsetDateTime, PrimitiveDateTime, macros::format_description};

use super::{rest::parameter, s3_error::S3Error};

/// The longest that such an address may be good for, in seconds: a week.
const LONGEST: i64 = 604_800;

/// An access key: the id is in every address, the secret in none.
#[derive(Clone)]
pub struct AccessKey {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
}

impl std::fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Whether an address claims to be signed.
pub(super) fn is_presigned(query: &str) -> bool {
    query.split('&').any(|pair| pair.starts_with("X-Amz-"))
}

/// Refuses a request whose signature is not that of the key, or whose time is over.
pub(super) fn verify(request: &Parts, key: Option<&AccessKey>, now: SystemTime) -> Result<(), S3Error> {
    let query = request.uri.query().unwrap_or_default();
    let required = |name| parameter(query, name).ok_or(S3Error::AuthorizationQueryParametersError);
    if required("X-Amz-Algorithm")? != "AWS4-HMAC-SHA256" {
        return Err(S3Error::AuthorizationQueryParametersError);
    }
    let (credential, date) = (required("X-Amz-Credential")?, required("X-Amz-Date")?);
    let (expires, signed) = (required("X-Amz-Expires")?, required("X-Amz-SignedHeaders")?);
    let signature = required("X-Amz-Signature")?;
    let form = format_description!("[year][month][day]T[hour][minute][second]Z");
    let begun = PrimitiveDateTime::parse(&date, form).map(PrimitiveDateTime::assume_utc);
    let begun = begun.map_err(|_| S3Error::AuthorizationQueryParametersError)?;
    let seconds = expires.parse().ok().filter(|seconds| (1..=LONGEST).contains(seconds));
    let seconds = seconds.ok_or(S3Error::AuthorizationQueryParametersError)?;
    let age = (OffsetDateTime::from(now) - begun).whole_seconds();
    // A clock that is a little ahead is forgiven.
    if age > seconds || age < -900 {
        return Err(S3Error::RequestExpired);
    }
    let (id, scope) = credential.split_once('/').ok_or(S3Error::AuthorizationQueryParametersError)?;
    let key = key.filter(|key| key.id == id).ok_or(S3Error::InvalidAccessKeyId)?;
    let expected = sign(key, scope, &date, &canonical(request, query, &signed)?)
        .ok_or(S3Error::AuthorizationQueryParametersError)?;
    verify_slices_are_equal(expected.as_bytes(), signature.as_bytes())
        .map_err(|_| S3Error::SignatureDoesNotMatch)
}

/// The canonical request, of the headers that were signed as they came.
fn canonical(request: &Parts, query: &str, signed: &str) -> Result<String, S3Error> {
    let mut pairs: Vec<_> = query.split('&').filter(|pair| !pair.starts_with("X-Amz-Signature=")).collect();
    pairs.sort_unstable();
    let mut text = format!("{}\n{}\n{}\n", request.method, request.uri.path(), pairs.join("&"));
    for name in signed.split(';') {
        let values: Vec<_> =
            request.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        if values.is_empty() {
            return Err(S3Error::SignatureDoesNotMatch);
        }
        let values: Vec<_> =
            values.iter().map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{name}:{}", values.join(","));
    }
    let payload = parameter(query, "X-Amz-Content-Sha256").unwrap_or_else(|| "UNSIGNED-PAYLOAD".to_owned());
    let _ = write!(text, "\n{signed}\n{payload}");
    Ok(text)
}

fn sign(key: &AccessKey, scope: &str, date: &str, canonical: &str) -> Option<String> {
    let mut parts = scope.split('/');
    let (day, region, service, end) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if service != "s3" || end != "aws4_request" || parts.next().is_some() || !date.starts_with(day) {
        return None;
    }
    let text = format!(
        "AWS4-HMAC-SHA256\n{date}\n{scope}\n{}",
        hex(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref())
    );
    let mut secret = format!("AWS4{}", key.secret).into_bytes();
    for part in [day, region, service, end] {
        secret = mac(&secret, part);
    }
    Some(hex(&mac(&secret, &text)))
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::Request;

    use super::*;

    /// AWS's own example, of the page that is named above.
    const EXAMPLE: &str = "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524\
        %2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
        &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

    fn verified(path: &str, seconds: u64) -> Result<(), S3Error> {
        let request = Request::get(path).header("host", "examplebucket.s3.amazonaws.com").body(()).unwrap();
        let key = AccessKey {
            id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
        };
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_369_353_600 + seconds);
        verify(&request.into_parts().0, Some(&key), now)
    }

    #[test]
    fn awss_own_example_is_good_for_a_day() {
        assert_eq!(verified(EXAMPLE, 0), Ok(()));
        assert_eq!(verified(EXAMPLE, 86_400), Ok(()));
        assert_eq!(verified(EXAMPLE, 86_401), Err(S3Error::RequestExpired));
    }

    #[test]
    fn anything_else_than_was_signed_is_refused() {
        let other_key = EXAMPLE.replace("/test.txt", "/other.txt");
        assert_eq!(verified(&other_key, 0), Err(S3Error::SignatureDoesNotMatch));
        let longer = EXAMPLE.replace("Expires=86400", "Expires=86401");
        assert_eq!(verified(&longer, 0), Err(S3Error::SignatureDoesNotMatch));
        let more = EXAMPLE.replace("SignedHeaders=host", "SignedHeaders=content-type%3Bhost");
        assert_eq!(verified(&more, 0), Err(S3Error::SignatureDoesNotMatch));
        let stranger = EXAMPLE.replace("AKIAIOSFODNN7EXAMPLE", "AKIAOTHER");
        assert_eq!(verified(&stranger, 0), Err(S3Error::InvalidAccessKeyId));
        let unsigned = EXAMPLE.split("&X-Amz-Signature").next().unwrap();
        assert_eq!(verified(unsigned, 0), Err(S3Error::AuthorizationQueryParametersError));
    }
}
