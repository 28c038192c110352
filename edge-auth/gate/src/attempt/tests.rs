//! An attempt from its beginning to its end.

use super::*;
use crate::moment::Random;

struct Counting(u8);

impl Random for Counting {
    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            self.0 = self.0.wrapping_add(1);
            *byte = self.0;
        }
    }
}

fn keys() -> SealingKeys {
    SealingKeys::parse(&[&URL_SAFE_NO_PAD.encode([7; 32])]).unwrap()
}

fn host() -> Host {
    Host::parse("cms.example.com").unwrap()
}

fn value_of(cookie: &SetCookie) -> (String, String) {
    let text = cookie.to_string();
    let (name, rest) = text.split_once('=').unwrap();
    (name.to_owned(), rest.split(';').next().unwrap().to_owned())
}

#[test]
fn an_attempt_is_found_again_by_its_state() {
    let mut random = Counting(0);
    let mut moment = Moment { now: UnixTime(1_000), random: &mut random };
    let attempt = SignInAttempt::begin(&mut moment);
    let path = ReturnPath::parse("/a?b=c").unwrap();
    let state = attempt
        .state(&path, StateFlags { is_second: false, is_cut: false }, &keys(), &host(), &mut moment)
        .unwrap();
    let (name, value) = value_of(&attempt.cookie(&[], &keys(), &host(), &mut moment).unwrap());
    let pairs = [Pair { name: &name, value: &value }];

    let returned = ReturnedState::open(&state, &keys(), &host()).unwrap();
    assert_eq!(returned.return_path, path);
    let found = SignInAttempt::find(&returned, &pairs, &keys(), &host()).unwrap();
    assert!(found.is_answered_by(&attempt.nonce()));
    assert_eq!(found.verifier(), attempt.verifier());
    assert!(found.clear(&pairs, &keys(), &host()).is_some());

    let elsewhere = Host::parse("other.example.com").unwrap();
    assert!(ReturnedState::open(&state, &keys(), &elsewhere).is_none());
    assert!(SignInAttempt::find(&returned, &pairs, &keys(), &elsewhere).is_none());
}

#[test]
fn an_attempt_lives_ten_minutes() {
    let attempt = SignInAttempt::begin(&mut Moment { now: UnixTime(1_000), random: &mut Counting(0) });
    assert_eq!(attempt.check_age(UnixTime(1_600)), Ok(()));
    assert_eq!(attempt.check_age(UnixTime(1_601)), Err(Stale::TooOld));
    assert_eq!(attempt.check_age(UnixTime(940)), Ok(()));
    assert_eq!(attempt.check_age(UnixTime(939)), Err(Stale::FromTheFuture));
}

#[test]
fn a_fifth_attempt_takes_the_place_of_the_oldest() {
    let mut random = Counting(0);
    let mut cookies: Vec<(String, String)> = Vec::new();
    for second in 0..5 {
        let pairs: Vec<Pair<'_>> = cookies.iter().map(|(name, value)| Pair { name, value }).collect();
        let mut moment = Moment { now: UnixTime(1_000 + second), random: &mut random };
        let attempt = SignInAttempt::begin(&mut moment);
        let cookie = value_of(&attempt.cookie(&pairs, &keys(), &host(), &mut moment).unwrap());
        if second == 4 {
            assert_eq!(cookie.0, cookies[0].0);
        } else {
            assert!(cookies.iter().all(|(name, _)| *name != cookie.0));
        }
        cookies.push(cookie);
    }
}
