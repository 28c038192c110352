//! Signing in to PostgreSQL with passwords that last for minutes, as RDS takes them from whoever IAM lets in.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use time::{Duration, OffsetDateTime};

use super::error::{Result, StoreError};
use crate::ambient::Ambient;

/// A password is good for a quarter of an hour, for connections that begin within it.
const LIFETIME: Duration = Duration::minutes(10);

/// Whom a password is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The database's host name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The user.
    pub user: String,
}

/// A password, later; else why there is none.
pub type Password = Pin<Box<dyn Future<Output = std::result::Result<String, String>> + Send>>;

/// Makes passwords.
#[derive(Clone)]
pub struct Passwords(Arc<dyn Fn(Login) -> Password + Send + Sync>);

impl Passwords {
    /// What makes them.
    #[must_use]
    pub fn new(make: impl Fn(Login) -> Password + Send + Sync + 'static) -> Passwords {
        Passwords(Arc::new(make))
    }

    /// The options with a new password.
    pub(super) async fn signed_in(&self, options: PgConnectOptions) -> Result<PgConnectOptions> {
        let login = Login {
            host: options.get_host().to_owned(),
            port: options.get_port(),
            user: options.get_username().to_owned(),
        };
        let failed = |why| StoreError::Unavailable(format!("there is no password for the database: {why}"));
        let password = (self.0)(login).await.map_err(failed)?;
        Ok(options.password(&password))
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passwords")
    }
}

/// Gives a pool's new connections a new password in time. Nothing runs in the background: a function is frozen there.
#[derive(Clone)]
pub(super) struct Renewal {
    passwords: Passwords,
    options: PgConnectOptions,
    ambient: Ambient,
    renewed: Arc<Mutex<OffsetDateTime>>,
}

impl Renewal {
    /// For a pool whose password was made just now.
    pub(super) fn new(passwords: Passwords, options: PgConnectOptions, ambient: Ambient) -> Renewal {
        let renewed = Arc::new(Mutex::new(ambient.now()));
        Renewal { passwords, options, ambient, renewed }
    }

    /// Renews the password if it is old.
    pub(super) async fn renew(&self, pool: &PgPool) -> Result<()> {
        if !self.is_due() {
            return Ok(());
        }
        pool.set_connect_options(self.passwords.signed_in(self.options.clone()).await?);
        Ok(())
    }

    /// Says so once: others go on with the old one, which is good for some minutes more.
    fn is_due(&self) -> bool {
        let now = self.ambient.now();
        let Ok(mut renewed) = self.renewed.lock() else { return true };
        let is_due = now - *renewed >= LIFETIME;
        if is_due {
            *renewed = now;
        }
        is_due
    }
}

/// The options hold a password.
impl fmt::Debug for Renewal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renewal").field("renewed", &self.renewed).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_password_is_made_anew_before_it_ends() {
        let clock = Arc::new(AtomicI64::new(0));
        let now = {
            let clock = Arc::clone(&clock);
            move || OffsetDateTime::UNIX_EPOCH + Duration::seconds(clock.load(Ordering::Relaxed))
        };
        let passwords = Passwords::new(|login| Box::pin(async move { Ok(format!("for {}", login.user)) }));
        let options = PgConnectOptions::new_without_pgpass().host("db").username("app");
        let renewal = Renewal::new(passwords, options, Ambient::new(now, || [0; 16]));
        assert!(!renewal.is_due());
        clock.store(599, Ordering::Relaxed);
        assert!(!renewal.is_due());
        clock.store(600, Ordering::Relaxed);
        assert!(renewal.is_due() && !renewal.is_due());
    }
}
