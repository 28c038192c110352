//! Whether the API answers: `GET /api/v1/health`.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

const PATH: &str = "/api/v1/health";
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long until it is asked again.
const AGAIN: Duration = Duration::from_millis(20);

/// Waits until it answers; false if there is nobody to wait for any more.
pub(super) async fn answers(address: SocketAddr, given_up: impl Fn() -> bool) -> bool {
    loop {
        if matches!(timeout(PATIENCE, ask(address)).await, Ok(Ok(true))) {
            return true;
        }
        if given_up() {
            return false;
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn ask(address: SocketAddr) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {PATH} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).await?;
    Ok(head.ends_with(b" 200"))
}
