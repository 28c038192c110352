//! The objects in S3: one for each sign-in, named after the user with date and time, and one for each that could not be
//! recorded.

use aws_sdk_s3::{Client, error::DisplayErrorContext, primitives::ByteStream};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::record::Record;

/// What a user name may have in a key as it is.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'@');

/// S3 did not do it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct ObjectError(String);

/// The bucket of sign-ins.
pub(crate) struct SignIns {
    client: Client,
    bucket: String,
}

impl SignIns {
    pub(crate) fn new(client: Client, bucket: String) -> SignIns {
        SignIns { client, bucket }
    }

    /// Puts the sign-in's object. What is put again is the same.
    pub(crate) async fn put(&self, record: &Record) -> Result<(), ObjectError> {
        let content = json!({
            "username": record.username,
            "email": record.email,
            "at": record.at,
            "client_id": record.client_id,
        });
        self.put_json(format!("sign-ins/{}", name(record)), &content).await
    }

    /// Puts a record aside that could not be written, with what went wrong.
    pub(crate) async fn put_aside(&self, record: &Record, problems: &[String]) -> Result<(), ObjectError> {
        let content = json!({ "record": record, "problems": problems });
        self.put_json(format!("sign-ins/pending/{}", name(record)), &content).await
    }

    async fn put_json(&self, key: String, content: &Value) -> Result<(), ObjectError> {
        let body = ByteStream::from(content.to_string().into_bytes());
        let put = self.client.put_object().bucket(&self.bucket).key(key).content_type("application/json");
        let put = put.body(body).send().await;
        put.map(drop).map_err(|error| ObjectError(DisplayErrorContext(error).to_string()))
    }
}

/// `rae/2026-11-26T21-00-00.000Z-1a2b3c4d5e6f.json`: signs that some file systems do not like are left out.
fn name(record: &Record) -> String {
    let key = record.sk.replace([':', '#'], "-");
    format!("{}/{key}.json", utf8_percent_encode(&record.username, NAME))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::event::SignIn;

    #[test]
    fn an_object_is_named_after_its_user_with_date_and_time() {
        let named = |username: &str| {
            let sign_in = SignIn {
                sub: "s".into(),
                username: username.into(),
                email: None,
                name: None,
                client: "c".into(),
            };
            name(&Record::new(&sign_in, None, datetime!(2026-11-26 21:00:00 UTC)))
        };
        assert!(named("rae@example.com").starts_with("rae@example.com/2026-11-26T21-00-00.000Z-"));
        assert!(named("../x y").starts_with("..%2Fx%20y/"), "{}", named("../x y"));
    }
}
