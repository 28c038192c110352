//! TLS to the user pool: made when it is first needed, so that a page that needs no exchange does not wait for it.

use std::sync::Arc;

use gate::pool_call::CallFailure;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore};

/// The client's side of TLS.
#[derive(Default)]
pub(super) struct Tls {
    connector: Option<TlsConnector>,
}

impl Tls {
    /// Encrypts a connection to `host`, whose certificate must lead to one of Mozilla's roots.
    pub(super) async fn connect(
        &mut self,
        host: &str,
        tcp: TcpStream,
    ) -> Result<TlsStream<TcpStream>, CallFailure> {
        let connector = match &mut self.connector {
            Some(connector) => connector,
            empty => empty.insert(connector(mozilla_roots())?),
        };
        let name = ServerName::try_from(host.to_owned()).map_err(|_| CallFailure::Certificate)?;
        connector.connect(name, tcp).await.map_err(|error| {
            let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<Error>());
            match cause {
                Some(Error::InvalidCertificate(_)) => CallFailure::Certificate,
                _ => CallFailure::Connection,
            }
        })
    }
}

fn mozilla_roots() -> RootCertStore {
    webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect()
}

fn connector(roots: RootCertStore) -> Result<TlsConnector, CallFailure> {
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| CallFailure::Protocol)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests;
