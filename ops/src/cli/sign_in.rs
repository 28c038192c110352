//! `parapet sign-in`.

use std::process::{Command, Stdio};

use clap::Args;
use serde_json::json;

use super::Session;
use super::site_address::{SiteAddress, store};
use crate::failure::{Exit, Failure};
use crate::moment::random;
use crate::sign_in::{Attempt, Discovered, Loopback, SignInError};
use crate::web_client::WebClient;

/// Sign in to the CMS on this machine, in the browser; import and export use the session
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  parapet sign-in --site https://www.example.com
  parapet sign-in --site http://localhost:8080 --no-browser

The browser opens the hosted UI and comes back to http://localhost:8976/callback or :8977, which have to be callback
URLs of the app client: the identity stack has them. Tokens are kept in $XDG_STATE_HOME/parapet/sessions (or
~/.local/state) for your eyes alone, and renewed while they are used. In a build, without a browser, put an access token
into PARAPET_TOKEN instead.")]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteAddress,
    /// Where the gate's own endpoints are
    #[arg(long, value_name = "PATH", default_value = "/auth")]
    auth_prefix: String,
    /// Only print the address to open
    #[arg(long)]
    no_browser: bool,
    /// End the session on this machine instead, and revoke its tokens
    #[arg(long)]
    forget: bool,
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let site = arguments.site.origin(session)?;
    let (web, store) = (WebClient::new()?, store()?);
    if arguments.forget {
        if let Ok(signed_in) = store.read(&site) {
            signed_in.revoke(&web).await;
        }
        store.forget(&site)?;
        session.report.say(format_args!("signed out of {site}"));
        session.report.result(&json!({ "site": site, "signed_in": false }));
        return Ok(Exit::Done);
    }
    let discovered = Discovered::ask(&web, &site, &arguments.auth_prefix).await?;
    let attempt = Attempt::new(discovered, Loopback::open().await?, random().map_err(SignInError::from)?);
    let address = attempt.authorization_request();
    session.report.note(format_args!("sign in at {address}"));
    if !arguments.no_browser {
        open(address.as_str());
    }
    let waiting = session.report.waiting("waiting for you to sign in in the browser");
    let signed_in = attempt.finish(&web, &site).await?;
    drop(waiting);
    store.write(&signed_in)?;
    session.report.say(format_args!("signed in to {site}"));
    session.report.result(&json!({ "site": site, "signed_in": true }));
    Ok(Exit::Done)
}

/// Opens an address in the person's browser. Where that does not work, the address has been printed.
fn open(address: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let quiet = |command: &mut Command| {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
    };
    let _ = quiet(Command::new(program).arg(address));
}
