//! `parapet deploy site`, as an operator runs it, against the local cloud and against moto.

#[cfg(test)]
mod operator_site {
    // What the tests stand on.
    mod aws;
    mod folder;
    mod ground;
    mod relay;
    mod viewer;

    mod interrupted;
    mod journey;
    mod many;
    mod on_moto;
    mod two_at_once;
    mod whole_cloud;
}
