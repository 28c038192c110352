//! The user pool alone: `cargo run -p stack --example pool [port]`, then open the address that it prints.

use stack::pool::{Pool, PoolSettings};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let port = std::env::args().nth(1).map_or(Ok(8081), |port| port.parse::<u16>())?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let pool = Pool::start(PoolSettings::local("http://localhost:8080"), listener).await?;
    announce(pool.base_url());
    tokio::signal::ctrl_c().await?;
    pool.stop().await;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the address is this program's output")]
fn announce(base_url: &str) {
    println!("{base_url}");
}
