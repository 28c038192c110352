//! A relay in front of the user pool: it counts connections, keeps what the gate sent, and can break.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub(crate) struct Relay {
    url: String,
    state: Arc<State>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    accepted: AtomicUsize,
    open: AtomicUsize,
    is_down: AtomicBool,
    is_mute: AtomicBool,
    withheld: AtomicUsize,
    sent: Mutex<Vec<u8>>,
    /// Every new value ends the connections that are open.
    cuts: watch::Sender<usize>,
}

impl Relay {
    /// A relay to a server at `url`, such as `http://127.0.0.1:8081`.
    pub(crate) async fn before(url: &str) -> Self {
        let server = url.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<State>::default();
        let serving = Arc::clone(&state);
        let server = tokio::spawn(async move {
            while let Ok((gate, _peer)) = listener.accept().await {
                serving.accepted.fetch_add(1, Ordering::SeqCst);
                if !serving.is_down.load(Ordering::SeqCst) {
                    let pool = TcpStream::connect(&server).await.unwrap();
                    tokio::spawn(Arc::clone(&serving).carry(gate, pool));
                }
            }
        });
        Self { url, state, server }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// How many connections were accepted so far.
    pub(crate) fn accepted(&self) -> usize {
        self.state.accepted.load(Ordering::SeqCst)
    }

    /// What the gate sent so far, over all connections.
    pub(crate) fn sent(&self) -> String {
        String::from_utf8(self.state.sent.lock().unwrap().clone()).unwrap()
    }

    /// Keeps what the pool answers from now on, which has done what it was asked for.
    pub(crate) fn mute(&self) {
        self.state.is_mute.store(true, Ordering::SeqCst);
    }

    /// How many bytes of answers were kept.
    pub(crate) fn withheld(&self) -> usize {
        self.state.withheld.load(Ordering::SeqCst)
    }

    /// Closes every connection, as a server does with one that was idle for too long; returns once they are closed.
    pub(crate) async fn close_connections(&self) {
        self.state.cuts.send_modify(|cuts| *cuts += 1);
        while self.state.open.load(Ordering::SeqCst) > 0 {
            tokio::task::yield_now().await;
        }
    }

    /// Closes every new connection at once, or no longer.
    pub(crate) fn set_down(&self, is_down: bool) {
        self.state.is_down.store(is_down, Ordering::SeqCst);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl State {
    async fn carry(self: Arc<Self>, gate: TcpStream, pool: TcpStream) {
        self.open.fetch_add(1, Ordering::SeqCst);
        let mut cuts = self.cuts.subscribe();
        let (from_gate, to_gate) = gate.into_split();
        let (from_pool, to_pool) = pool.into_split();
        tokio::select! {
            _ = cuts.changed() => {}
            () = copy(from_gate, to_pool, |bytes| {
                self.sent.lock().unwrap().extend_from_slice(bytes);
                true
            }) => {}
            () = copy(from_pool, to_gate, |bytes| !self.withholds(bytes)) => {}
        }
        self.open.fetch_sub(1, Ordering::SeqCst);
    }

    fn withholds(&self, bytes: &[u8]) -> bool {
        let is_mute = self.is_mute.load(Ordering::SeqCst);
        if is_mute {
            self.withheld.fetch_add(bytes.len(), Ordering::SeqCst);
        }
        is_mute
    }
}

/// Copies what `passes`, which sees all of it.
async fn copy(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, passes: impl Fn(&[u8]) -> bool) {
    let mut buffer = vec![0; 65_536];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if passes(&buffer[..length]) && to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
