//! Servers that are not what the gate expects.

use std::sync::Arc;

use axum::Router;
use rcgen::{CertificateParams, KeyPair};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// Serves until it is dropped.
pub(super) struct BrokenServer {
    port: u16,
    server: JoinHandle<()>,
}

impl BrokenServer {
    /// Speaks TLS with a certificate for this name that no authority has signed.
    pub(super) async fn with_certificate_for(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().self_signed(&key).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        Self::start(move |stream| {
            let acceptor = acceptor.clone();
            // The gate hangs up when it sees the certificate.
            async move { drop(acceptor.accept(stream).await) }
        })
        .await
    }

    /// Takes connections, and says nothing.
    pub(super) async fn silent() -> Self {
        Self::start(|stream| async move {
            let _held = stream;
            std::future::pending::<()>().await;
        })
        .await
    }

    /// Answers every request with this JSON.
    pub(super) async fn saying(json: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer =
            Router::new().fallback(move || async move { ([("content-type", "application/json")], json) });
        Self { port, server: tokio::spawn(async move { axum::serve(listener, answer).await.unwrap() }) }
    }

    async fn start<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            while let Ok((stream, _peer)) = listener.accept().await {
                tokio::spawn(serve(stream));
            }
        });
        Self { port, server }
    }

    /// Its address, such as `https://localhost:8443`.
    pub(super) fn url(&self, scheme: &str) -> String {
        format!("{scheme}://localhost:{}", self.port)
    }
}

impl Drop for BrokenServer {
    fn drop(&mut self) {
        self.server.abort();
    }
}
