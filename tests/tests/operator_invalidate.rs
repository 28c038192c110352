//! `parapet invalidate`, as an operator runs it, against the local CDN's invalidation API.

#[cfg(test)]
mod operator_invalidate {
    // What the tests stand on, as those of `parapet deploy site`.
    #[path = "../operator_site/folder.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod folder;
    #[path = "../operator_site/ground.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod ground;
    #[path = "../operator_site/relay.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod relay;
    #[path = "../operator_site/viewer.rs"]
    mod viewer;

    mod paths;
    mod repeated;
}
