//! Passwords for RDS, as its IAM authentication takes them: a request that is signed and never sent.
//! <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html>

use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign};
use aws_sigv4::sign::v4;
use backend::ambient::Ambient;
use backend::store::{Login, Passwords};

/// How long a password can be used.
const LIFETIME: Duration = Duration::from_secs(900);

/// Makes passwords with this process's credentials, in its region; nothing is asked of AWS.
pub(crate) fn passwords(aws: &SdkConfig, ambient: Ambient) -> Passwords {
    let (credentials, region) = (aws.credentials_provider(), aws.region().cloned());
    Passwords::new(move |login| {
        let (credentials, region, now) = (credentials.clone(), region.clone(), ambient.now());
        Box::pin(async move {
            let credentials = credentials.ok_or("there are no credentials")?;
            let credentials = credentials.provide_credentials().await.map_err(|error| error.to_string())?;
            let region = region.ok_or("AWS_REGION is not set")?;
            password(&login, region.as_ref(), credentials, now.into()).map_err(|error| error.to_string())
        })
    })
}

fn password(
    login: &Login,
    region: &str,
    credentials: Credentials,
    now: SystemTime,
) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let mut settings = SigningSettings::default();
    settings.expires_in = Some(LIFETIME);
    settings.signature_location = SignatureLocation::QueryParams;
    let identity = credentials.into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("rds-db")
        .time(now)
        .settings(settings)
        .build()?
        .into();
    let Login { host, port, user } = login;
    let user: String = form_urlencoded::byte_serialize(user.as_bytes()).collect();
    let address = format!("https://{host}:{port}/?Action=connect&DBUser={user}");
    let request = SignableRequest::new("GET", &address, std::iter::empty(), SignableBody::Bytes(&[]))?;
    let (signed, _) = sign(request, &parameters)?.into_parts();
    let mut password = address.replacen("https://", "", 1);
    for (name, value) in signed.params() {
        password.extend(["&", name, "="]);
        password.extend(form_urlencoded::byte_serialize(value.as_bytes()));
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-27T08:05:07Z.
    const NOW: Duration = Duration::from_secs(1_795_766_707);

    /// What botocore's `generate_db_auth_token` gives for the same, at the same second.
    #[test]
    fn a_password_is_the_one_that_other_clients_make() {
        let login = Login {
            host: "cms.abc.eu-central-1.rds.amazonaws.com".to_owned(),
            port: 5432,
            user: "app".to_owned(),
        };
        let key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
        let token = Some("session+token/=".to_owned());
        let credentials = Credentials::new("AKIDEXAMPLE", key, token, None, "test");
        let expected = "cms.abc.eu-central-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app\
            &X-Amz-Algorithm=AWS4-HMAC-SHA256\
            &X-Amz-Credential=AKIDEXAMPLE%2F20261127%2Feu-central-1%2Frds-db%2Faws4_request\
            &X-Amz-Date=20261127T080507Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host\
            &X-Amz-Security-Token=session%2Btoken%2F%3D\
            &X-Amz-Signature=fd473d4ccf654f0e80d962d5b2da9c1b50578f60b0b0d7401cd1312343c2b9c3";
        let made = password(&login, "eu-central-1", credentials, SystemTime::UNIX_EPOCH + NOW).unwrap();
        let sorted = |text: &str| {
            let mut pairs: Vec<String> = text.split('&').map(str::to_owned).collect();
            pairs.sort();
            pairs
        };
        assert_eq!(sorted(&made), sorted(expected));
    }
}
