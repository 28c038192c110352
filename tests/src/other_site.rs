//! Another site: a page of somebody who means no good.

use std::io;

use axum::Router;
use axum::response::Html;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A site with one page, until it is dropped.
#[derive(Debug)]
pub struct OtherSite {
    port: u16,
    server: JoinHandle<()>,
}

impl OtherSite {
    /// Serves the page at every path.
    ///
    /// # Errors
    /// If there is no port left.
    pub async fn start(html: String) -> io::Result<OtherSite> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let pages = Router::new().fallback(move || std::future::ready(Html(html.clone())));
        let server = tokio::spawn(async move {
            // It ends with its task.
            let _served = axum::serve(listener, pages).await;
        });
        Ok(OtherSite { port, server })
    }

    /// Its address under a host name; each name that leads to this machine is a site of its own.
    #[must_use]
    pub fn address(&self, host: &str) -> String {
        format!("http://{host}:{}/", self.port)
    }
}

impl Drop for OtherSite {
    fn drop(&mut self) {
        self.server.abort();
    }
}
