//! Where a fault strikes: a user pool, what stands before it, and the configuration of a gate that meets the fault.

use serde_json::{Value, json};

use super::broken_server::BrokenServer;
use super::fault::Fault;
use super::world::World;

/// Nothing listens on the port for TCP multiplexers.
const NOWHERE: &str = "http://127.0.0.1:1";

pub(super) struct Scene {
    pub(super) fault: Fault,
    pub(super) world: World,
    /// For a gate that will meet the fault.
    pub(super) config: Value,
    _server: Option<BrokenServer>,
}

impl Scene {
    /// Sets everything up; the fault does not strike yet.
    pub(super) async fn of(fault: Fault) -> Self {
        let world = World::with(|settings| settings.rotation_grace_seconds = fault.grace()).await;
        world.set_clock_ahead(fault.pool_ahead());
        // With the keys of now; those of later are not in the package.
        let mut config = world.config();
        if fault.is_about_keys() {
            world.pool.rotate_keys().await.unwrap();
        }
        let server = match fault {
            Fault::UntrustedCertificate => Some(BrokenServer::with_certificate_for("localhost").await),
            Fault::OtherCertificate => Some(BrokenServer::with_certificate_for("login.example.com").await),
            Fault::NoTls => Some(BrokenServer::saying("{}").await),
            Fault::KeysLate => Some(BrokenServer::silent().await),
            Fault::KeysEmpty => Some(BrokenServer::saying(r#"{"keys":[]}"#).await),
            _ => None,
        };
        let at = |scheme: &str| server.as_ref().map(|server| json!(server.url(scheme)));
        match fault {
            Fault::Down => config["user_pool"]["domain"] = json!(NOWHERE),
            Fault::UntrustedCertificate | Fault::OtherCertificate | Fault::NoTls => {
                config["user_pool"]["domain"] = at("https").unwrap();
            }
            Fault::KeysUnreachable => config["user_pool"]["jwks_uri"] = json!(NOWHERE),
            Fault::KeysLate | Fault::KeysEmpty => config["user_pool"]["jwks_uri"] = at("http").unwrap(),
            _ => {}
        }
        Self { fault, world, config, _server: server }
    }

    pub(super) fn begin(&self) {
        self.world.pool.set_fault(self.fault.of_the_pool());
    }

    /// From now on a gate with [`World::config`] finds everything well.
    pub(super) fn end(&self) {
        self.world.pool.set_fault(None);
    }
}
