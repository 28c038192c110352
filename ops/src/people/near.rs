//! Edit distance: who may have been meant by a name that is nobody's.

use super::Person;

/// More would be a list, and there is a command for that.
const MOST: usize = 5;

/// The people whose names are like `who`, by what an operator calls them.
pub(super) fn near(people: &[Person], who: &str) -> Vec<String> {
    let who = who.to_lowercase();
    let mut near: Vec<_> = people
        .iter()
        .filter_map(|person| Some((farness(person, &who)?, person.label().to_owned())))
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().map(|(_, label)| label).take(MOST).collect()
}

/// How far the nearest of somebody's names is, where it is near. `who` is in lower case.
fn farness(person: &Person, who: &str) -> Option<usize> {
    let email = person.email.as_deref();
    let local_part = email.map(local_part);
    let names = [email, local_part, person.name.as_deref(), Some(&*person.username)];
    names.into_iter().flatten().filter_map(|name| between(&name.to_lowercase(), who)).min()
}

/// Letters that differ; of one mistake in four letters nobody thinks any more that it is one.
fn between(name: &str, who: &str) -> Option<usize> {
    // A part of a name is as near as a mistake; so is the same person at another place.
    let is_part = who.len() >= 3 && name.contains(who);
    if is_part || name == local_part(who) {
        return Some(1);
    }
    let farthest = who.chars().count() / 4;
    Some(distance(name, who)).filter(|distance| *distance <= farthest)
}

fn local_part(address: &str) -> &str {
    address.split_once('@').map_or(address, |(local_part, _)| local_part)
}

/// Levenshtein's: how many letters have to be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (position, letter) in one.chars().enumerate() {
        let mut next = vec![position.saturating_add(1)];
        for (above, against) in row.windows(2).zip(other.chars()) {
            let (&[diagonal, up], Some(&left)) = (above, next.last()) else { continue };
            let changed = diagonal.saturating_add(usize::from(letter != against));
            next.push(changed.min(up.min(left).saturating_add(1)));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::person::tests::person;
    use super::*;

    #[test]
    fn letters_are_put_in_taken_out_and_changed() {
        for (one, other, expected) in
            [("", "", 0), ("ada", "ada", 0), ("ada", "", 3), ("", "ada", 3), ("ada", "adam", 1)]
        {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("straße", "strase"), 1);
    }

    #[test]
    fn the_nearest_come_first_and_strangers_not_at_all() {
        let people = [
            person("1", "ada", Some("Ada Lovelace")),
            person("2", "adam", None),
            person("3", "grace", Some("Grace Hopper")),
        ];
        let named = |who| near(&people, who);
        assert_eq!(named("ada@exampel.com"), ["ada@example.com", "adam@example.com"]);
        assert_eq!(named("ada@elsewhere.example"), ["ada@example.com"]);
        assert_eq!(named("Lovelace"), ["ada@example.com"]);
        assert_eq!(named("grace hoper"), ["grace@example.com"]);
        assert_eq!(named("hopper@example.org"), [""; 0]);
        assert_eq!(named("ad"), [""; 0]);
    }
}
