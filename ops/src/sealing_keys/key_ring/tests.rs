use proptest::prelude::*;

use super::*;

fn key(number: u8) -> SealingKey {
    SealingKey::new([number; SEALING_KEY_BYTES], Moment::from_unix(1_795_264_200))
}

#[test]
fn keys_are_stored_and_read_in_their_order() {
    let ring = KeyRing::of(key(1)).behind(key(2));
    let json = ring.to_json();
    assert!(json.starts_with("[{\"key\":\"AgIC"), "{json}");
    assert!(json.contains("\"created\":\"2026-11-21T12:30:00Z\""), "{json}");
    assert_eq!(KeyRing::parse(&json).unwrap(), ring);
}

#[test]
fn a_key_that_was_stored_by_hand_has_no_age() {
    let ring = KeyRing::parse(&format!("[\"{}\"]", key(1).reveal())).unwrap();
    assert_eq!(ring.keys().next().unwrap().created(), None);
    assert_eq!(KeyRing::parse(&ring.to_json()).unwrap(), ring);
}

#[test]
fn what_holds_no_keys_is_refused() {
    let good = key(1).reveal().to_owned();
    for (json, problem) in [
        (String::new(), KeyRingProblem::NoList),
        ("{}".to_owned(), KeyRingProblem::NoList),
        ("[1]".to_owned(), KeyRingProblem::NoList),
        ("[{\"key\":\"a\",\"created\":\"yesterday\"}]".to_owned(), KeyRingProblem::NoList),
        ("[]".to_owned(), KeyRingProblem::Empty),
        (format!("[\"{good}\", \"short\", \"\"]"), KeyRingProblem::NoKey(vec![2, 3])),
        (format!("[\"{good}A\"]"), KeyRingProblem::NoKey(vec![1])),
        (format!("[\"{good}\", \"{good}\"]"), KeyRingProblem::Twice(2)),
    ] {
        assert_eq!(KeyRing::parse(&json), Err(problem), "{json}");
    }
}

#[test]
fn nothing_shows_a_key() {
    let ring = KeyRing::of(key(1));
    let shown = format!("{ring:?} {}", key(1).fingerprint());
    assert!(!shown.contains(key(1).reveal()) && !shown.contains("AQEB"), "{shown}");
    assert_eq!(key(1).fingerprint().len(), 12);
    assert_ne!(key(1).fingerprint(), key(2).fingerprint());
    let problem = KeyRing::parse(&format!("[\"{}x\"]", key(1).reveal())).unwrap_err();
    assert!(!problem.to_string().contains("AQEB"), "{problem}");
}

proptest! {
    #[test]
    fn any_text_is_a_ring_or_a_problem(text in ".{0,200}") {
        let _ = KeyRing::parse(&text);
    }
}
