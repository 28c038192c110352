//! Once it is over, everybody goes on with the cookies that they were left with.

use super::cookies::Cookies;
use super::encounter::{Came, Encounter};
use super::gate::Gate;
use super::hosted_ui;
use super::scene::Scene;
use super::seen::Seen;
use super::visitor::{Visit, Visitor};

/// What everybody sees while all is well.
pub(super) const WELL: [Seen; 8] = [
    Seen::SignIn,
    Seen::Page,
    Seen::Renewed,
    Seen::Renewed,
    Seen::Passed,
    Seen::Renewed,
    Seen::Back,
    Seen::SignedOut,
];

/// Whether the visitor goes on, whichever of the answers the browser got last.
pub(super) async fn goes_on(
    scene: &Scene,
    visit: &Visit,
    met: &Encounter,
    expected: Seen,
) -> Result<(), String> {
    // The tests can set the pool's clock only: tokens that it gave out wrongly dated stay so.
    if scene.fault.pool_ahead() != 0 {
        return Ok(());
    }
    let gate = Gate::start(&scene.world.config()).await;
    let (mut forwards, mut backwards) = (visit.clone(), visit.clone());
    met.came.iter().for_each(|(_, came)| keep(&mut forwards, came));
    met.came.iter().rev().for_each(|(_, came)| keep(&mut backwards, came));
    for browser in [forwards, backwards] {
        match expected {
            Seen::Later | Seen::LaterTold | Seen::Lost => tries_again(&gate, &browser).await?,
            Seen::LaterAnew | Seen::LostAnew => begins_again(scene, &gate, &browser).await?,
            Seen::SignIn => signs_in(scene, &gate, &browser, met).await?,
            Seen::Told => {}
            Seen::SignedOut | Seen::NotRevoked => sees(&gate, "/guide/", &browser, &[Seen::SignIn]).await?,
            _ => sees(&gate, "/guide/", &browser, &[Seen::Page, Seen::Renewed]).await?,
        }
        // A code and a rotated refresh token work only so often.
        if visit.targets.len() == 1 {
            break;
        }
    }
    Ok(())
}

fn keep(visit: &mut Visit, came: &Came) {
    if let Ok(answer) = came
        && !answer.is_forwarded()
    {
        visit.cookies.keep(answer);
    }
}

/// The same address once more shows what it shows while all is well.
async fn tries_again(gate: &Gate, visit: &Visit) -> Result<(), String> {
    let target = &visit.targets[0];
    let position = Visitor::ALL.iter().position(|visitor| *visitor == visit.visitor).unwrap();
    let again = gate.invoke(visit.event(target).to_string().as_bytes()).await;
    expect(&again, visit, target, &[WELL[position]])
}

/// The same address says that it cannot be finished, and its link leads to a sign-in that can.
async fn begins_again(scene: &Scene, gate: &Gate, visit: &Visit) -> Result<(), String> {
    let refused = gate.open(&visit.targets[0], &visit.cookies).await;
    if refused.status() != Some(400) || !refused.body().contains("This sign-in cannot be finished") {
        return Err(format!("afterwards: expected a page that leads to a sign-in, found {refused:?}"));
    }
    let link = refused.body().split("href=\"").find(|rest| rest.starts_with("/auth/sign-in?")).unwrap();
    let link = link.split('"').next().unwrap().replace("&amp;", "&");
    finishes(scene, gate, visit.cookies.clone(), &link).await
}

/// Whoever was sent to sign in can do so; where the pool was out of the browser's reach too, they ask once more.
async fn signs_in(scene: &Scene, gate: &Gate, visit: &Visit, met: &Encounter) -> Result<(), String> {
    let (_, came) = met.came.last().unwrap();
    let location = came.as_ref().unwrap().location();
    if visit.targets.len() > 1 || !location.starts_with(scene.world.pool.base_url()) {
        return finishes(scene, gate, visit.cookies.clone(), "/guide/?tab=0").await;
    }
    let callback = hosted_ui::sign_in(location, "reader", "Reader-1234").await;
    comes_back(gate, visit.cookies.clone(), &callback).await
}

async fn finishes(scene: &Scene, gate: &Gate, mut cookies: Cookies, target: &str) -> Result<(), String> {
    let sign_in = gate.open(target, &cookies).await;
    if sign_in.status() != Some(302) || !sign_in.location().starts_with(scene.world.pool.base_url()) {
        return Err(format!("afterwards: expected a sign-in at {target}, found {sign_in:?}"));
    }
    cookies.keep(&sign_in);
    let callback = hosted_ui::sign_in(sign_in.location(), "reader", "Reader-1234").await;
    comes_back(gate, cookies, &callback).await
}

async fn comes_back(gate: &Gate, mut cookies: Cookies, callback: &str) -> Result<(), String> {
    let back = gate.open(callback, &cookies).await;
    if back.status() != Some(303) {
        return Err(format!("afterwards: expected to be signed in, found {back:?}"));
    }
    cookies.keep(&back);
    let browser = Visit { visitor: Visitor::Living, cookies, targets: Vec::new() };
    sees(gate, back.location(), &browser, &[Seen::Page]).await
}

async fn sees(gate: &Gate, target: &str, visit: &Visit, expected: &[Seen]) -> Result<(), String> {
    let browser = Visit { visitor: Visitor::Living, ..visit.clone() };
    let came = gate.invoke(browser.event(target).to_string().as_bytes()).await;
    expect(&came, &browser, target, expected)
}

fn expect(came: &Came, visit: &Visit, target: &str, expected: &[Seen]) -> Result<(), String> {
    match Seen::of(came, visit, target) {
        Ok(seen) if expected.contains(&seen) => Ok(()),
        Ok(seen) => Err(format!("afterwards: expected {expected:?}, found {seen:?}")),
        Err(told) => Err(format!("afterwards: expected {expected:?}, found {told}")),
    }
}
