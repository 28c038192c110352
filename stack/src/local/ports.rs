//! The ports that `make up` uses, from the environment.

use std::env;

use http::Uri;
use tokio::net::TcpListener;

use super::settings::{ApiOrigin, StackListeners};
use crate::backend::Place;

/// Which ports to listen on, always on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ports {
    site: u16,
    pool: u16,
    api: u16,
    cdn_api: Option<u16>,
    bucket_api: Option<u16>,
    api_origin: Option<Uri>,
}

/// Ports that cannot be used, all of them at once.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct PortError(Vec<String>);

impl Ports {
    /// Reads `SITE_PORT` (8080), `POOL_PORT` (8081), `API_PORT` (8082), `CDN_API_PORT` (8083 if it is free),
    /// `BUCKET_PORT` (8084 if it is free) and `API_ORIGIN`.
    ///
    /// # Errors
    /// Names every variable that is wrong.
    pub fn from_env() -> Result<Ports, PortError> {
        Ports::read(|name| env::var(name).ok().filter(|value| !value.is_empty()))
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Ports, PortError> {
        let mut problems = Vec::new();
        let mut port = |name: &str| -> Option<u16> {
            let text = variable(name)?;
            let port = text.parse().ok();
            if port.is_none() {
                problems.push(format!("{name}: expected a port from 0 to 65535, found {text:?}"));
            }
            port
        };
        let site = port("SITE_PORT").unwrap_or(8080);
        let pool = port("POOL_PORT").unwrap_or(8081);
        let api = port("API_PORT").unwrap_or(8082);
        let (cdn_api, bucket_api) = (port("CDN_API_PORT"), port("BUCKET_PORT"));
        let api_origin = variable("API_ORIGIN").and_then(|text| {
            let origin = text.parse().ok().filter(|uri: &Uri| uri.scheme_str() == Some("http"));
            if origin.is_none() {
                problems.push(format!(
                    "API_ORIGIN: expected a URL such as http://127.0.0.1:9000, found {text:?}"
                ));
            }
            origin
        });
        if problems.is_empty() {
            Ok(Ports { site, pool, api, cdn_api, bucket_api, api_origin })
        } else {
            Err(PortError(problems))
        }
    }

    /// Takes the ports.
    ///
    /// # Errors
    /// Names every port that is in use, with the variable that chooses another.
    pub async fn listen(&self) -> Result<StackListeners, PortError> {
        let mut problems = Vec::new();
        let site = bind("SITE_PORT", self.site, &mut problems).await;
        let pool = bind("POOL_PORT", self.pool, &mut problems).await;
        let cdn_api = bind_or_any("CDN_API_PORT", self.cdn_api, 8083, &mut problems).await;
        let bucket_api = bind_or_any("BUCKET_PORT", self.bucket_api, 8084, &mut problems).await;
        let api = match &self.api_origin {
            Some(uri) => Some(ApiOrigin::Elsewhere(uri.clone())),
            None => place("API_PORT", self.api, &mut problems).map(ApiOrigin::Backend),
        };
        match (site, pool, api, cdn_api, bucket_api) {
            (Some(site), Some(pool), Some(api), Some(cdn_api), Some(bucket_api)) => {
                Ok(StackListeners { site, pool, api, cdn_api, bucket_api })
            }
            _ => Err(PortError(problems)),
        }
    }
}

async fn bind(variable: &str, port: u16, problems: &mut Vec<String>) -> Option<TcpListener> {
    match TcpListener::bind(("127.0.0.1", port)).await {
        Ok(listener) => Some(listener),
        Err(error) => {
            problems
                .push(format!("port {port} cannot be used ({error}); choose another with {variable}=<port>"));
            None
        }
    }
}

/// A port that the API's process is to listen on.
fn place(variable: &str, port: u16, problems: &mut Vec<String>) -> Option<Place> {
    Place::take(port)
        .map_err(|error| {
            problems
                .push(format!("port {port} cannot be used ({error}); choose another with {variable}=<port>"));
        })
        .ok()
}

/// A port that nobody asked for may be any other: what needs it reads where it is.
async fn bind_or_any(
    variable: &str,
    asked: Option<u16>,
    usual: u16,
    problems: &mut Vec<String>,
) -> Option<TcpListener> {
    if let Some(port) = asked {
        return bind(variable, port, problems).await;
    }
    match TcpListener::bind(("127.0.0.1", usual)).await {
        Ok(listener) => Some(listener),
        Err(_) => bind(variable, 0, problems).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_variable_is_named() {
        let error = Ports::read(|name| match name {
            "SITE_PORT" => Some("http".to_owned()),
            "API_ORIGIN" => Some("localhost:9000".to_owned()),
            _ => None,
        })
        .unwrap_err();
        assert_eq!(error.0.len(), 2);
        assert!(error.to_string().contains("SITE_PORT") && error.to_string().contains("API_ORIGIN"));
    }

    #[tokio::test]
    async fn every_port_in_use_is_named() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = taken.local_addr().unwrap().port();
        let ports =
            Ports { site: port, pool: port, api: 0, cdn_api: Some(0), bucket_api: Some(0), api_origin: None };
        let message = ports.listen().await.err().unwrap().to_string();
        assert!(message.contains("SITE_PORT") && message.contains("POOL_PORT"), "{message}");
        assert!(message.contains(&port.to_string()) && !message.contains("API_PORT"), "{message}");
    }
}
