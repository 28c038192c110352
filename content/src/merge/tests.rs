//! What a merge keeps, and what it leaves to be decided.

use proptest::prelude::*;

use super::*;

#[test]
fn changes_in_different_places_merge() {
    let base = "# Title\n\nOne.\n\nTwo.\n";
    let merge = Merge::of(base, "# Title\n\nOne!\n\nTwo.\n", "# New title\n\nOne.\n\nTwo.\n\nThree.\n");
    assert_eq!(merge.clean().unwrap(), "# New title\n\nOne!\n\nTwo.\n\nThree.\n");
}

#[test]
fn changes_in_different_sentences_of_a_paragraph_merge() {
    let base = "One is here. Two is there. Three is away.\n";
    let merge = Merge::of(
        base,
        "One was here. Two is there. Three is away.\n",
        "One is here. Two is there. Three was away.\n",
    );
    assert_eq!(merge.clean().unwrap(), "One was here. Two is there. Three was away.\n");
}

#[test]
fn two_changes_in_one_place_are_a_conflict_that_loses_nothing() {
    let merge = Merge::of("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n");
    assert_eq!((merge.conflicts(), merge.clean()), (1, None));
    assert_eq!(merge.decided(|_| Side::Mine), "a\nmine\nc\n");
    assert_eq!(merge.decided(|_| Side::Theirs), "a\ntheirs\nc\n");
    assert_eq!(merge.decided(|_| Side::Base), "a\nb\nc\n");
    assert_eq!(merge.decided(|_| Side::Both), "a\nmine\ntheirs\nc\n");
}

#[test]
fn both_of_two_paragraphs_stay_two_paragraphs_and_items_of_a_list_stay_a_list() {
    for (base, mine, theirs, both) in [
        (
            "A.\n\nB.\n\nC.\n",
            "A.\n\nMine.\n\nC.\n",
            "A.\n\nTheirs.\n\nC.\n",
            "A.\n\nMine.\n\nTheirs.\n\nC.\n",
        ),
        ("A.\n\nB.", "A.\n\nMine.", "A.\n\nTheirs.", "A.\n\nMine.\n\nTheirs."),
        ("A.\n", "A.\n\nMine.\n", "A.\n\nTheirs.\n", "A.\n\nMine.\n\nTheirs.\n"),
        ("A.\n\nB.", "A.\n\n2026 mine.", "A.\n\n“Theirs.”", "A.\n\n2026 mine.\n\n“Theirs.”"),
        ("- a\n- b\n", "- a\n- mine\n", "- a\n- theirs\n", "- a\n- mine\n- theirs\n"),
        (
            "One is. Two is.\n",
            "One was. Two is.\n",
            "One will be. Two is.\n",
            "One was. One will be. Two is.\n",
        ),
        ("One is. Two is", "One is. Two was", "One is. Two will be", "One is. Two was Two will be"),
        ("a\nb\nc\n", "a\nMine\nc\n", "a\nTheirs\nc\n", "a\nMine\nTheirs\nc\n"),
    ] {
        let merge = Merge::of(base, mine, theirs);
        assert_eq!(merge.decided(|_| Side::Both), both, "{base:?}");
        assert!(merge.both().iter().all(|one| both.contains(one)), "{:?}", merge.both());
    }
}

#[test]
fn a_value_that_one_changed_is_theirs() {
    assert_eq!(value(&1, &1, &2), Some(2));
    assert_eq!(value(&1, &2, &1), Some(2));
    assert_eq!(value(&1, &2, &2), Some(2));
    assert_eq!(value(&1, &2, &3), None);
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec("[ab]\\. |[ab]\n|[ab] ", 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn who_changed_nothing_gets_the_others_text(base in text(), other in text()) {
        prop_assert_eq!(Merge::of(&base, &base, &other).clean().unwrap(), other.clone());
        prop_assert_eq!(Merge::of(&base, &other, &base).clean().unwrap(), other.clone());
        prop_assert_eq!(Merge::of(&base, &other, &other).clean().unwrap(), other);
    }

    #[test]
    fn every_conflict_can_be_decided(base in text(), mine in text(), theirs in text()) {
        let merge = Merge::of(&base, &mine, &theirs);
        let swapped = Merge::of(&base, &theirs, &mine);
        prop_assert_eq!(merge.conflicts() == 0, swapped.conflicts() == 0);
        if merge.conflicts() == 0 {
            prop_assert_eq!(merge.decided(|_| Side::Mine), merge.clean().unwrap());
        }
    }
}
