//! An HTTP server on a listener that its caller keeps: HTTP/1.1, and HTTP/2 with prior knowledge, on clear text.
//!
//! Every server of the stack that must see requests as they came (raw target, odd methods, large headers) stands on
//! this one, and ends with all of its connections when it is stopped or dropped.

use std::{convert::Infallible, future::Future, io, net::SocketAddr, time::Duration};

use axum::body::Body;
use http::{Request, Response};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// How much header a connection reads at all. What a server refuses, it refuses below this, with a status of its own.
const HEADER_BUFFER: usize = 128 * 1024;
const MAX_HEADERS: usize = 1_000;
/// How long running answers may take once the server is asked to stop.
const FAREWELL: Duration = Duration::from_millis(500);

/// A running server.
#[derive(Debug)]
pub struct HttpServer {
    addr: SocketAddr,
    stopping: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl HttpServer {
    /// Serves every connection of `listener` with `answer`, which gets the request and the peer's address.
    ///
    /// # Errors
    /// When the listener has no local address.
    pub fn start<F, Fut>(listener: TcpListener, answer: F) -> io::Result<Self>
    where
        F: Fn(Request<Incoming>, SocketAddr) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Response<Body>> + Send + 'static,
    {
        let addr = listener.local_addr()?;
        let (stopping, stopped) = watch::channel(false);
        let accepting = tokio::spawn(accept(listener, answer, stopped));
        Ok(Self { addr, stopping, accepting })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Stops accepting, lets running answers finish for half a second, and closes every connection.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        if tokio::time::timeout(FAREWELL, &mut self.accepting).await.is_err() {
            self.accepting.abort();
        }
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept<F, Fut>(listener: TcpListener, answer: F, mut stopped: watch::Receiver<bool>)
where
    F: Fn(Request<Incoming>, SocketAddr) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Response<Body>> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(converse(stream, peer, answer.clone(), stopped.clone()));
                }
                // Out of file handles, or the peer is gone already: the next accept may succeed.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            },
            Some(_) = connections.join_next() => {}
            () = asked_to_stop(&mut stopped) => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn converse<F, Fut>(stream: TcpStream, peer: SocketAddr, answer: F, mut stopped: watch::Receiver<bool>)
where
    F: Fn(Request<Incoming>, SocketAddr) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Response<Body>> + Send + 'static,
{
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, %peer, "a connection is gone before its first request");
        return;
    }
    let service = service_fn(move |request| {
        let answered = answer(request, peer);
        async move { Ok::<_, Infallible>(answered.await) }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().max_headers(MAX_HEADERS).max_buf_size(HEADER_BUFFER).half_close(true);
    builder.http2().max_header_list_size(u32::try_from(HEADER_BUFFER).unwrap_or(u32::MAX));
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = asked_to_stop(&mut stopped) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(error, %peer, "a connection ended early");
    }
}

/// Waits for the word to stop, or for the server to be gone.
async fn asked_to_stop(stopped: &mut watch::Receiver<bool>) {
    let _gone = stopped.wait_for(|stop| *stop).await.is_err();
}
