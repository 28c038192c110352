//! What the gate must withstand, as CloudFront would see it: an event goes in, an answer comes out. Each test is named
//! for its case's number.

#[cfg(test)]
mod fixture;

#[cfg(test)]
mod security_cases {
    mod answers;
    mod attempts;
    mod callers;
    mod configuration;
    mod cookies;
    mod identities;
    mod keys;
    mod origin;
    mod redirects;
    mod renewals;
    mod routes;
    mod secrets;
    mod signing_in;
    mod tokens;
    mod user_pool;
    mod whole;
}
