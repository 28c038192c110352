//! The function record-sign-in as it is packaged, over the Lambda Runtime API, while AWS does well and while it does not.

#[cfg(test)]
mod record_sign_in {
    // What the tests stand on.
    mod function;

    mod faults;
    mod recorded;
    mod repeated;
}
