//! `parapet deploy`, `status`, `rollback` and `destroy`, as an operator runs them, against a double of CloudFormation.
//!
//! moto's CloudFormation is no evidence here: a stack that a change set made has no outputs, resources of types that it
//! does not know are created all the same, everything ends at once and well, and a second change set for an empty stack
//! makes a second stack. So the account of these tests answers CloudFormation, CloudFront and Lambda's list of versions
//! by itself, as their API references say, and leaves S3, Parameter Store, Cognito and STS to moto. What moto does make
//! honestly out of a template is tried on it alone.

#[cfg(test)]
mod operator_deploy {
    #[path = "../operator_site/folder.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod folder;

    // What the tests stand on.
    mod account;
    mod answer;
    mod change_set;
    mod cloudformation;
    mod outputs;
    mod project;
    mod template;

    // The tests.
    mod adopted;
    mod cms;
    mod destroyed;
    mod explained;
    mod forbidden;
    mod from_nothing;
    mod on_moto;
    mod resumed;
    mod rolled_back;
    mod seen_first;
    mod status;
}
