//! A port that is held for a process to come: bound, and not listened on.
//!
//! The process binds it once more, which the kernel allows as long as nobody listens, and gives it to nobody who asks for
//! any port.

use std::{io, net::SocketAddr};

use tokio::net::TcpSocket;

/// The port.
#[derive(Debug)]
pub struct Place {
    address: SocketAddr,
    _socket: TcpSocket,
}

impl Place {
    /// Holds this port of loopback, or any for 0.
    ///
    /// # Errors
    /// When it is in use.
    pub fn take(port: u16) -> io::Result<Place> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind(SocketAddr::from(([127, 0, 0, 1], port)))?;
        // A port that somebody listens on can be bound by a second, who learns of it only when listening.
        let address = socket.local_addr()?;
        drop(std::net::TcpListener::bind(address)?);
        Ok(Place { address, _socket: socket })
    }

    /// Where the process is to listen.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_can_be_listened_on_again_and_again_and_is_nobody_else_s() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let place = Place::take(0).unwrap();
            for _ in 0..2 {
                let listener = std::net::TcpListener::bind(place.address()).unwrap();
                assert!(Place::take(place.address().port()).is_err());
                drop(listener);
            }
            for _ in 0..200 {
                assert_ne!(
                    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap(),
                    place.address()
                );
            }
        });
    }
}
