//! What readers get of the bucket's answers: an event goes in, an answer comes out.

#[cfg(test)]
mod origin_response {
    use cognito::UnixTime;
    use gate::config::Config;
    use gate::event::{self, Event};
    use gate::flow::Gate;
    use gate::memory::{Memory, NOT_FOUND_PAGE_LIFETIME};
    use gate::origin_response::OriginStep;
    use gate::pool_call::{CallFailure, PoolAnswer};
    use serde_json::{Value, json};

    const LOCAL: &str = include_str!("../../edge-auth.local.json");

    const ABSENT: &str = "public, max-age=0, s-maxage=5";
    const MOVED: &str = "public, max-age=60";
    const REDIRECT: &str = "x-amz-website-redirect-location";
    const CACHE_TAG: &str = "x-amz-meta-cache-tag";

    const NOW: UnixTime = UnixTime(1_800_000_000);

    fn event(uri: &str, status: u16, headers: &[(&str, &str)]) -> String {
        let lines = |headers: &[(&str, &str)]| -> Value {
            headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), json!([{ "key": name, "value": value }])))
                .collect()
        };
        json!({ "Records": [{ "cf": {
            "config": { "eventType": "origin-response", "requestId": "x" },
            "request": {
                "clientIp": "192.0.2.7", "method": "GET", "uri": uri, "querystring": "",
                "headers": lines(&[("accept-encoding", "gzip")]),
            },
            "response": { "status": status.to_string(), "statusDescription": "As S3 says", "headers": lines(headers) },
        } }] })
        .to_string()
    }

    /// What is written for an event, and how often the site's own page was read.
    fn answered(gate: &Gate, memory: &mut Memory, event: &str, page: &PoolAnswer) -> (Value, usize) {
        let Ok(Event::OriginResponse(response)) = event::read_any(event) else { panic!("{event}") };
        let (answer, calls) = match gate.decide_origin_response(response, memory, NOW) {
            OriginStep::Decided(answer) => (answer, 0),
            OriginStep::NotFoundPageNeeded(needed) => {
                assert_eq!(needed.call().url.as_str(), "http://localhost:8080/404.html");
                (needed.finish(page, memory, NOW), 1)
            }
        };
        (serde_json::from_str(event::write_origin_answer(&answer).unwrap().get()).unwrap(), calls)
    }

    fn gate(config: &str) -> (Gate, Memory) {
        let config = Config::parse(config).unwrap();
        let memory = Memory::new(config.jwks.clone());
        (Gate::new(config), memory)
    }

    fn answer(uri: &str, status: u16, headers: &[(&str, &str)]) -> Value {
        let (gate, mut memory) = gate(LOCAL);
        let page = PoolAnswer::Failed(CallFailure::Connection);
        answered(&gate, &mut memory, &event(uri, status, headers), &page).0
    }

    fn header<'v>(answer: &'v Value, name: &str) -> Option<&'v str> {
        answer["headers"][name][0]["value"].as_str()
    }

    #[test]
    fn what_is_there_goes_on_as_it_is() {
        let headers = [
            ("content-type", "text/html"),
            ("via", "1.1 s3"),
            ("x-amz-meta-revision", "7"),
            ("etag", "\"a\""),
        ];
        let page = answer("/news/index.html", 200, &headers);
        assert_eq!((&page["status"], &page["statusDescription"]), (&json!("200"), &json!("As S3 says")));
        assert!(page.get("body").is_none() && page.get("bodyEncoding").is_none());
        for (name, value) in headers {
            assert_eq!(header(&page, name), Some(value));
        }
        for status in [304, 416] {
            assert_eq!(answer("/a.txt", status, &[])["status"], status.to_string());
        }
    }

    #[test]
    fn what_is_not_there_is_a_page_and_no_word_of_s3() {
        for status in [403, 404] {
            let s3 = [
                ("content-type", "application/xml"),
                ("content-length", "300"),
                ("x-amz-request-id", "R"),
                ("via", "v"),
            ];
            let page = answer("/nope/index.html", status, &s3);
            assert_eq!(
                (&page["status"], header(&page, "content-type")),
                (&json!("404"), Some("text/html; charset=utf-8"))
            );
            assert!(page["body"].as_str().unwrap().contains("There is nothing at this address"));
            assert!(page["body"].as_str().unwrap().contains("Unter dieser Adresse gibt es nichts"));
            assert_eq!((header(&page, "content-length"), header(&page, "x-amz-request-id")), (None, None));
            assert_eq!(header(&page, "via"), Some("v"), "read-only");
            assert_eq!(header(&page, "cache-control"), Some(ABSENT));
            assert_eq!(header(&page, CACHE_TAG), Some("o-ba8e33ede9156d41"));
        }
    }

    #[test]
    fn the_sites_own_page_is_read_once_in_a_while() {
        let (gate, mut memory) = gate(LOCAL);
        let own = PoolAnswer::Answered { status: 200, body: b"<h1>Gone fishing</h1>".to_vec() };
        let event = event("/nope/index.html", 404, &[]);
        for calls in [1, 0, 0] {
            let (page, called) = answered(&gate, &mut memory, &event, &own);
            assert_eq!(
                (page["body"].as_str(), &page["status"], called),
                (Some("<h1>Gone fishing</h1>"), &json!("404"), calls)
            );
        }
        assert_eq!(memory.not_found_page(NOW.plus(NOT_FOUND_PAGE_LIFETIME)), None);
    }

    #[test]
    fn a_site_whose_page_is_not_public_or_not_there_shows_the_gates() {
        let closed = LOCAL.replace(
            r#""path": "/*", "kind": "site", "access": "public""#,
            r#""path": "/*", "kind": "site", "access": "signed-in""#,
        );
        let (gate_of_members, mut memory) = gate(&closed);
        let own = PoolAnswer::Answered { status: 200, body: b"secret".to_vec() };
        let (page, calls) =
            answered(&gate_of_members, &mut memory, &event("/nope/index.html", 404, &[]), &own);
        assert!(calls == 0 && !page["body"].as_str().unwrap().contains("secret"));
        let (gate, mut memory) = gate(LOCAL);
        let (_, calls) = answered(&gate, &mut memory, &event("/404.html", 404, &[]), &own);
        assert_eq!(calls, 0, "the page itself is not there: asking for it would go round in circles");
        for failed in [
            PoolAnswer::Failed(CallFailure::TimedOut),
            PoolAnswer::Answered { status: 401, body: b"secret".to_vec() },
            PoolAnswer::Answered { status: 200, body: vec![0xff] },
        ] {
            let mut memory = Memory::new(gate.config().jwks.clone());
            let (page, _) = answered(&gate, &mut memory, &event("/x/index.html", 404, &[]), &failed);
            assert!(page["body"].as_str().unwrap().contains("There is nothing at this address"));
            assert_eq!(memory.not_found_page(NOW), Some(None));
        }
    }

    #[test]
    fn an_address_without_its_slash_leads_to_the_one_with_it() {
        let moved = answer("/guide", 404, &[]);
        assert_eq!((&moved["status"], header(&moved, "location")), (&json!("301"), Some("/guide/")));
        assert_eq!(header(&moved, "cache-control"), Some(ABSENT));
        for uri in ["/guide.html", "/a/b.c", "/a/", "/index.html", "//evil", "/\\evil"] {
            assert_eq!(answer(uri, 404, &[])["status"], "404", "{uri}");
        }
    }

    #[test]
    fn an_object_that_stands_for_a_redirect_is_one() {
        let headers = [
            (REDIRECT, "/news/new/"),
            ("x-amz-meta-release", "r1"),
            ("x-amz-meta-cache-tag", "o-1,site"),
            ("content-type", "text/plain"),
            ("etag", "\"a\""),
        ];
        let moved = answer("/news/old/index.html", 200, &headers);
        assert_eq!((&moved["status"], header(&moved, "location")), (&json!("301"), Some("/news/new/")));
        assert_eq!(
            (header(&moved, "x-amz-meta-release"), header(&moved, CACHE_TAG)),
            (Some("r1"), Some("o-1,site"))
        );
        assert_eq!((header(&moved, "cache-control"), &moved["body"]), (Some(MOVED), &json!("")));
        assert_eq!(
            (header(&moved, "etag"), header(&moved, "content-type"), header(&moved, REDIRECT)),
            (None, None, None)
        );
        for odd in ["//evil.example", "/\\evil.example", "javascript:x", "/a b", "data:x", ""] {
            assert_eq!(answer("/a", 200, &[(REDIRECT, odd)])["status"], "200", "{odd}");
        }
        assert_eq!(
            header(&answer("/a", 200, &[(REDIRECT, "https://a.example/")]), "location"),
            Some("https://a.example/")
        );
    }

    #[test]
    fn a_bucket_in_trouble_says_so_in_words_and_is_not_kept() {
        for status in [500, 503] {
            let page = answer("/a/index.html", status, &[("content-type", "application/xml")]);
            assert_eq!(
                (&page["status"], header(&page, "cache-control")),
                (&json!(status.to_string()), Some("no-store"))
            );
            assert!(page["body"].as_str().unwrap().contains("cannot be read just now"));
        }
    }

    #[test]
    fn nobody_gets_an_encoding_that_was_not_asked_for() {
        let refused =
            answer("/app.js", 200, &[("content-encoding", "br"), ("content-type", "text/javascript")]);
        assert_eq!((&refused["status"], header(&refused, "vary")), (&json!("406"), Some("Accept-Encoding")));
        assert_eq!(header(&refused, "content-encoding"), None);
        let given = answer("/app.js", 200, &[("content-encoding", "gzip"), ("vary", "Origin")]);
        assert_eq!(
            (&given["status"], header(&given, "vary")),
            (&json!("200"), Some("Origin, Accept-Encoding"))
        );
        assert_eq!(answer("/app.js", 200, &[("content-encoding", "identity")])["status"], "200");
    }

    #[test]
    fn a_tag_is_the_one_that_publishing_gives() {
        // printf /news/x/ | sha256sum
        for (uri, tag) in [
            ("/news/x/index.html", "o-70caeff3d73444b4"),
            ("/caf%C3%A9/index.html", "o-8d81c3bb84a17ef7"),
            ("/index.html", "o-8a5edab282632443"),
            ("/a.txt", "o-54fae40d857b06f5"),
        ] {
            assert_eq!(header(&answer(uri, 404, &[]), CACHE_TAG), Some(tag), "{uri}");
        }
    }
}
