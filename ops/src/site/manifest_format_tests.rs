use proptest::prelude::*;

use super::super::manifest::tests::remembered;
use super::*;

fn full() -> Manifest {
    let sha = "a".repeat(64);
    let object = Remembered {
        encoding: Encoding::Brotli,
        version: Some("v1".into()),
        gone_since: Some(Moment::from_unix(5)),
        fickle: true,
        ..remembered("a-01234567.js", &sha, Some("e"))
    };
    let planned = PlannedUpload { object: remembered("b.html", &sha, None), replaces: Some("r".into()) };
    let paths = vec![InvalidationPath::parse("/b.html").unwrap(), InvalidationPath::all()];
    Manifest {
        objects: [("a-01234567.js".into(), object), ("ö.html".into(), remembered("b.html", &sha, Some("f")))]
            .into(),
        journal: Some(Journal {
            id: "j".into(),
            began: Moment::from_unix(6),
            uploads: [("b.html".into(), planned)].into(),
            paths: paths.clone(),
            reference: "parapet-j".into(),
            lease: Some(Lease { holder: "build-7/12".into(), until: Moment::from_unix(9) }),
        }),
        history: vec![PastDeploy {
            id: "p".into(),
            at: Moment::from_unix(1),
            uploaded: 1,
            removed: 2,
            kept: 3,
            paths,
        }],
    }
}

#[test]
fn what_is_written_is_read() {
    for manifest in [Manifest::default(), full()] {
        let bytes = write(&manifest, "site").unwrap();
        assert_eq!(read(&bytes, "site").unwrap(), manifest);
        assert_eq!(write(&manifest, "site").unwrap(), bytes);
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let text = String::from_utf8(write(&full(), "site").unwrap()).unwrap();
    let refused = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} in {text}");
        read(text.replacen(from, to, 1).as_bytes(), "site").unwrap_err().to_string()
    };
    assert_eq!(refused("\"format\":1", "\"format\":2"), "it has format 2, expected 1");
    assert!(refused("\"prefix\":\"site\"", "\"prefix\":\"docs\"").contains("prefix \"docs\""));
    assert!(refused(&"a".repeat(64), &"a".repeat(63)).contains("the digest"));
    assert!(refused("\"headers\":0,", "\"headers\":9,").contains("place of the headers"));
    assert!(refused("ö.html", "\\u0000").contains("the key"));
    assert!(refused("\"/*\"", "\"*\"").contains("the path"));
    assert!(refused("\"history\"", "\"secrets\"").contains("unknown field"));
    assert!(read(b"<html>", "site").unwrap_err().to_string().starts_with("it is no manifest"));
    assert!(read(b"{}", "site").is_err() && read(b"", "site").is_err() && read(b"[]", "site").is_err());
}

proptest! {
    #[test]
    fn no_garbage_is_taken(at in 0usize..900, byte in any::<u8>()) {
        let mut bytes = write(&full(), "site").unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(manifest) = read(&bytes, "site") {
            prop_assert_eq!(read(&write(&manifest, "site").unwrap(), "site").unwrap(), manifest);
        }
    }
}
