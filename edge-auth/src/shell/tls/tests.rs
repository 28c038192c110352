//! Handshakes with servers of every kind that a user pool may be.

use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, SignatureAlgorithm};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::kx_group;
use tokio_rustls::rustls::crypto::{CryptoProvider, SupportedKxGroup};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ServerConfig, SupportedProtocolVersion};

use super::*;

struct Server {
    certificate: CertificateDer<'static>,
    config: ServerConfig,
}

fn server(
    algorithm: &'static SignatureAlgorithm,
    version: &'static SupportedProtocolVersion,
    groups: Vec<&'static dyn SupportedKxGroup>,
) -> Server {
    let key = KeyPair::generate_for(algorithm).unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.self_signed(&key).unwrap().der().clone();
    let provider = CryptoProvider { kx_groups: groups, ..default_provider() };
    let config = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        .unwrap();
    Server { certificate, config }
}

/// Shakes hands and sends a word there and back.
async fn echo(server: Server, mut tls: Tls) -> Result<String, CallFailure> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (tcp, _) = listener.accept().await.unwrap();
        if let Ok(mut stream) = TlsAcceptor::from(Arc::new(server.config)).accept(tcp).await {
            let mut word = [0; 4];
            stream.read_exact(&mut word).await.unwrap();
            stream.write_all(&word).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    let tcp = TcpStream::connect(address).await.unwrap();
    let mut stream = tls.connect("localhost", tcp).await?;
    stream.write_all(b"word").await.unwrap();
    let mut word = String::new();
    stream.read_to_string(&mut word).await.unwrap();
    serving.await.unwrap();
    Ok(word)
}

fn trusting(server: &Server) -> Tls {
    let mut roots = RootCertStore::empty();
    roots.add(server.certificate.clone()).unwrap();
    Tls { connector: Some(connector(roots).unwrap()) }
}

#[tokio::test]
async fn certificates_of_both_curves_work_in_both_versions() {
    for algorithm in [&PKCS_ECDSA_P256_SHA256, &PKCS_ECDSA_P384_SHA384] {
        for version in [&TLS12, &TLS13] {
            for groups in [vec![kx_group::SECP256R1], vec![kx_group::SECP384R1], default_provider().kx_groups]
            {
                let server = server(algorithm, version, groups);
                let tls = trusting(&server);
                assert_eq!(echo(server, tls).await.as_deref(), Ok("word"), "{algorithm:?} {version:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_certificate_is_refused() {
    let server = server(&PKCS_ECDSA_P256_SHA256, &TLS13, default_provider().kx_groups);
    assert_eq!(echo(server, Tls::default()).await, Err(CallFailure::Certificate));
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let server = server(&PKCS_ECDSA_P256_SHA256, &TLS13, default_provider().kx_groups);
    let mut tls = trusting(&server);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (tcp, _) = listener.accept().await.unwrap();
        TlsAcceptor::from(Arc::new(server.config)).accept(tcp).await.is_ok()
    });
    let tcp = TcpStream::connect(address).await.unwrap();
    assert_eq!(tls.connect("login.example.com", tcp).await.err(), Some(CallFailure::Certificate));
    assert!(!serving.await.unwrap());
}
