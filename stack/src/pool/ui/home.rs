//! The start page: what this is, and whom to sign in as.

use axum::extract::State;
use axum::response::Response;
use maud::html;

use super::page::Page;
use super::visit::Visit;
use crate::pool::server::Pool;

/// A tour of the pool.
pub(super) async fn show(State(pool): State<Pool>, visit: Visit) -> Response {
    let texts = visit.texts();
    let settings = pool.settings();
    let content = html! {
        h1 { (texts.local_pool) }
        p .lead { (texts.local_pool_intro) }
        @if !settings.users.is_empty() {
            h2 { (texts.sign_in_as) }
            div .scroll {
                table {
                    thead { tr {
                        th scope="col" { (texts.username) } th scope="col" { (texts.password) }
                        th scope="col" { (texts.groups) }
                    } }
                    tbody { @for user in &settings.users { tr {
                        td { (user.username) } td { code { (user.password) } }
                        td { @if user.groups.is_empty() { (texts.none) } @else { (user.groups.join(", ")) } }
                    } } }
                }
            }
        }
        p .buttons {
            a .button href=(visit.link("/login")) { (texts.sign_in) }
            a .button .secondary href=(visit.link("/signup")) { (texts.create_account) }
        }
        h2 { (texts.for_programs) }
        dl .addresses {
            dt { (texts.issuer) } dd { code { (pool.issuer()) } }
            dt { "JWKS" } dd { a href={ (pool.issuer()) "/.well-known/jwks.json" } { "/.well-known/jwks.json" } }
            dt { (texts.metadata) }
            dd { a href={ (pool.issuer()) "/.well-known/openid-configuration" } { "/.well-known/openid-configuration" } }
            @for client in &settings.clients { dt { (texts.client_id) } dd { code { (client.client_id) } } }
        }
    };
    Page { wide: true, ..Page::new(texts.local_pool, content) }.answer(&visit, &pool)
}
