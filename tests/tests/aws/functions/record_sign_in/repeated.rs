//! The user pool calls again what was slow: twice is once.

use stack::dynamodb::RecordsFault;

use super::setting::{Function, sign_in};

#[tokio::test]
async fn a_call_that_is_repeated_is_one_sign_in() {
    let function = Function::start().await;
    for _ in 0..3 {
        function.tell(&sign_in("1", "web")).await;
    }
    assert_eq!((function.items().len(), function.objects("sign-ins/").len()), (1, 1));
    function.line(|line| line["SignIns"] == 1).await;
    assert_eq!(function.counted(), 1);
}

#[tokio::test]
async fn another_person_and_another_client_are_others() {
    let function = Function::start().await;
    for (sub, client) in [("1", "web"), ("2", "web"), ("1", "cli")] {
        function.tell(&sign_in(sub, client)).await;
    }
    assert_eq!((function.items().len(), function.objects("sign-ins/").len()), (3, 3));
    assert_eq!(function.latest("1").unwrap()["client_id"]["S"], "cli");
}

/// Carried out, and the answer lost: whatever is asked again finds itself.
#[tokio::test]
async fn answers_that_are_lost_make_no_second_record() {
    let function = Function::start().await;
    function.aws.services.records.set_fault(Some(RecordsFault::Unanswered));
    function.tell_in_time(&sign_in("1", "web")).await;
    function.aws.services.records.set_fault(None);
    function.tell(&sign_in("1", "web")).await;
    assert_eq!(function.items().len(), 1);
    assert_eq!(function.objects("sign-ins/user-1/").len(), 1);
}
