//! One path of an invalidation, as CloudFront wants it.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The longest path that CloudFront takes, in characters.
const LONGEST: usize = 4_000;

/// What has to be encoded in a path that a person wrote: whatever RFC 1738 section 2.2 calls unsafe, but for `%`, which
/// encodes already, and `~`, which every viewer sends as it is. CloudFront compares encoded paths as text, so nothing
/// else may be encoded.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The same in a name, where `%`, `?` and `#` are themselves.
const UNSAFE_IN_NAME: &AsciiSet = &UNSAFE.add(b'%').add(b'?').add(b'#');

/// Characters that some viewers encode and others do not, and the wildcard's own.
const AMBIGUOUS: [char; 7] = ['*', '[', '\\', ']', '^', '|', '~'];

/// A path to invalidate: exactly one, or with `*` at its end every one that starts with it. Percent-encoded.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InvalidationPath(String);

/// What is wrong with a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// It is the address of a page.
    #[error("{0}: expected a path without scheme and host, such as /guide/*")]
    Address(String),
    /// It begins with something else.
    #[error("{0:?}: expected a slash at its start")]
    Relative(String),
    /// A wildcard that is not the last character.
    #[error("{0}: expected * as the last character only")]
    Wildcard(String),
    /// A line break or another control character.
    #[error("{0:?}: expected no control character")]
    Control(String),
    /// `#`, which no viewer sends.
    #[error("{0}: expected no fragment, because no viewer sends one; a number sign in a name is %23")]
    Fragment(String),
    /// A percent sign that encodes nothing.
    #[error("{0}: expected two hexadecimal digits after each percent sign; a percent sign in a name is %25")]
    Percent(String),
    /// Too long for CloudFront.
    #[error("{0}…: expected at most {LONGEST} characters once it is encoded")]
    TooLong(String),
}

impl InvalidationPath {
    /// Reads a path that a person wrote. Spaces, letters beyond ASCII and their like are encoded; what is encoded
    /// already stays so.
    ///
    /// # Errors
    ///
    /// A [`PathProblem`] that says what was expected.
    pub fn parse(text: &str) -> Result<InvalidationPath, PathProblem> {
        let named = || text.to_owned();
        if !text.starts_with('/') {
            let problem = if text.contains("://") { PathProblem::Address } else { PathProblem::Relative };
            return Err(problem(named()));
        }
        if text.chars().any(char::is_control) {
            return Err(PathProblem::Control(named()));
        }
        if text.strip_suffix('*').unwrap_or(text).contains('*') {
            return Err(PathProblem::Wildcard(named()));
        }
        if text.contains('#') {
            return Err(PathProblem::Fragment(named()));
        }
        if !text.split('%').skip(1).all(encodes) {
            return Err(PathProblem::Percent(named()));
        }
        let encoded = utf8_percent_encode(text, UNSAFE).to_string();
        if encoded.len() > LONGEST {
            return Err(PathProblem::TooLong(text.chars().take(40).collect()));
        }
        Ok(InvalidationPath(encoded))
    }

    /// The paths under which viewers get the object with this key, which is relative to the distribution's origin path.
    ///
    /// For `guide/index.html` these are `/guide/index.html` and `/guide/`: the gate rewrites the second to the first,
    /// and where a function at the viewer request rewrites the URI, CloudFront's documentation wants both invalidated
    /// ("What you need to know when invalidating paths", Changing the URI by using a Lambda function). An app's deep
    /// links are rewritten to the same entry document, whose two paths therefore name them.
    ///
    /// A name with a character that viewers spell in two ways is named by the wildcard that ends before it.
    #[must_use]
    pub fn of_key(key: &str) -> Vec<InvalidationPath> {
        let path = InvalidationPath::of_name(key);
        let is_index = key == "index.html" || key.ends_with("/index.html");
        let folder = key.strip_suffix("index.html").filter(|_| is_index).map(InvalidationPath::of_name);
        match folder {
            Some(folder) if folder == path => vec![path],
            Some(folder) => vec![folder, path],
            None => vec![path],
        }
    }

    fn of_name(name: &str) -> InvalidationPath {
        let (plain, rest) = name.split_at(name.find(AMBIGUOUS).unwrap_or(name.len()));
        let path = format!("/{}", utf8_percent_encode(plain, UNSAFE_IN_NAME));
        if rest.is_empty() && path.len() <= LONGEST {
            return InvalidationPath(path);
        }
        let path: String = path.chars().take(LONGEST - 1).collect();
        // A wildcard may not begin inside of an encoded character.
        let whole = path.rfind('%').filter(|at| path.len() - at < 3).and_then(|at| path.get(..at));
        InvalidationPath(format!("{}*", whole.unwrap_or(&path)))
    }

    /// Everything.
    #[must_use]
    pub fn all() -> InvalidationPath {
        InvalidationPath::below("/")
    }

    /// Everything in a folder, whose path ends with a slash.
    pub(super) fn below(folder: &str) -> InvalidationPath {
        InvalidationPath(format!("{folder}*"))
    }

    /// The path as CloudFront gets it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it ends with a wildcard, of which fewer may be in progress.
    #[must_use]
    pub fn is_wildcard(&self) -> bool {
        self.0.ends_with('*')
    }

    /// Whether everything that `other` names is named by this one too.
    #[must_use]
    pub fn covers(&self, other: &InvalidationPath) -> bool {
        match self.0.strip_suffix('*') {
            Some(stem) => other.0.strip_suffix('*').unwrap_or(&other.0).starts_with(stem),
            None => self == other,
        }
    }

    /// The path of the folder that it is in, with a slash at its end. A folder is in itself.
    pub(super) fn folder(&self) -> &str {
        let path = self.0.split('?').next().unwrap_or(&self.0);
        path.rfind('/').and_then(|last| path.get(..=last)).unwrap_or("/")
    }
}

/// Whether what follows a percent sign is encoded by it.
fn encodes(after: &str) -> bool {
    after.get(..2).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl fmt::Display for InvalidationPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for InvalidationPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of_key(key: &str) -> Vec<String> {
        InvalidationPath::of_key(key).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_a_person_wrote_is_encoded_once() {
        for (text, expected) in [
            ("/", "/"),
            ("/*", "/*"),
            ("/guide/*", "/guide/*"),
            ("/a b", "/a%20b"),
            ("/a%20b", "/a%20b"),
            ("/café", "/caf%C3%A9"),
            ("/a?lang=en&x=1", "/a?lang=en&x=1"),
            ("/~me/a+b", "/~me/a+b"),
            ("/a[1]", "/a%5B1%5D"),
        ] {
            assert_eq!(InvalidationPath::parse(text).unwrap().as_str(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        use PathProblem as P;
        let long = |letters: usize| format!("/{}", "é".repeat(letters));
        assert!(InvalidationPath::parse(&format!("/{}", "a".repeat(3_999))).is_ok());
        for (text, problem) in [
            ("https://a.example/b", P::Address("https://a.example/b".into())),
            ("guide/", P::Relative("guide/".into())),
            ("", P::Relative(String::new())),
            ("/a*b", P::Wildcard("/a*b".into())),
            ("/a**", P::Wildcard("/a**".into())),
            ("/a\nb", P::Control("/a\nb".into())),
            ("/a#b", P::Fragment("/a#b".into())),
            ("/100%", P::Percent("/100%".into())),
            ("/%4", P::Percent("/%4".into())),
            ("/%zz", P::Percent("/%zz".into())),
            (&long(667), P::TooLong(long(39))),
        ] {
            assert_eq!(InvalidationPath::parse(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn an_object_has_the_paths_that_lead_to_it() {
        assert_eq!(of_key("index.html"), ["/", "/index.html"]);
        assert_eq!(of_key("guide/index.html"), ["/guide/", "/guide/index.html"]);
        assert_eq!(of_key("guide/my-index.html"), ["/guide/my-index.html"]);
        assert_eq!(of_key("a b/100%.txt"), ["/a%20b/100%25.txt"]);
        assert_eq!(of_key("ö?.txt"), ["/%C3%B6%3F.txt"]);
    }

    #[test]
    fn what_viewers_spell_in_two_ways_is_named_by_a_wildcard() {
        assert_eq!(of_key("a[1].txt"), ["/a*"]);
        assert_eq!(of_key("x/~me/index.html"), ["/x/*"]);
        assert_eq!(of_key("a*b"), ["/a*"]);
        assert_eq!(of_key(&"é".repeat(1_000))[0].len(), 3_998);
    }

    #[test]
    fn wildcards_cover_what_starts_alike() {
        let path = |text: &str| InvalidationPath::parse(text).unwrap();
        assert!(path("/a/*").covers(&path("/a/")) && path("/a/*").covers(&path("/a/b*")));
        assert!(path("/a").covers(&path("/a")) && !path("/a").covers(&path("/a/")));
        assert!(!path("/a/*").covers(&path("/a")) && !path("/a/b*").covers(&path("/a/*")));
    }

    proptest! {
        #[test]
        fn every_path_is_one_that_cloudfront_takes(text in "/\\PC{0,40}\\*?", key in "\\PC{1,60}") {
            let read = InvalidationPath::parse(&text).ok();
            for path in read.into_iter().chain(InvalidationPath::of_key(&key)) {
                let path = path.as_str();
                prop_assert!(path.starts_with('/') && path.len() <= 4_000);
                prop_assert!(path.bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(!path.strip_suffix('*').unwrap_or(path).contains('*'));
                let again = InvalidationPath::parse(path).unwrap();
                prop_assert_eq!(again.as_str(), path);
            }
        }
    }
}
