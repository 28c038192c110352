//! What the operator does about a call to AWS that failed.

use delivery::{CallError, Fault};

use crate::failure::NextStep;

impl NextStep for CallError {
    fn next_step(&self) -> String {
        match self.fault() {
            Fault::Credentials => {
                "sign in to AWS (aws sso login, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and \
                                  AWS_SECRET_ACCESS_KEY), then run the command again"
                    .to_owned()
            }
            Fault::Denied => {
                "give your role what infra/operator-policy.json allows, then run the command again".to_owned()
            }
            Fault::Throttled => {
                "wait a minute and run the command again: it goes on where it stopped".to_owned()
            }
            Fault::Service => {
                "the service has trouble of its own (https://health.aws.amazon.com): run the command again later, it \
                 goes on where it stopped"
                    .to_owned()
            }
            Fault::Network => "check the network and --endpoint-url, then run the command again".to_owned(),
            Fault::Refused => {
                "read AWS's reason above, mend it, and run the command again; --verbose shows every call"
                    .to_owned()
            }
        }
    }
}
