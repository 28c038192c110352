//! `docs/parapet.md` shows a session of each command. Here they are typed again, and what comes of them is compared.
//!
//! `UPDATE_SESSIONS=1 cargo nextest run -p tests --test operator_sessions` writes what was seen into the document.

#[cfg(test)]
mod operator_sessions {
    // The account that the sessions are held in.
    #[path = "../operator_deploy/account.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod account;
    #[path = "../operator_deploy/answer.rs"]
    mod answer;
    #[path = "../operator_deploy/change_set.rs"]
    mod change_set;
    #[path = "../operator_deploy/cloudformation.rs"]
    mod cloudformation;
    #[path = "../operator_deploy/outputs.rs"]
    mod outputs;
    #[path = "../operator_deploy/template.rs"]
    mod template;

    mod changing;
    mod pool;
    mod sessions;
    mod transcript;
    mod words;
    mod world;
}
