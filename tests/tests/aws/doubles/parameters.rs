//! Parameter Store: a parameter that is there, and one that is not.

use tests::local_aws::PARAMETER;

use super::ground::{Ground, at_both};

at_both!(a_parameter_is_read);

async fn a_parameter_is_read(ground: &Ground) {
    let read = ground.ssm.get_parameter().name(PARAMETER).send().await.unwrap().parameter.unwrap();
    assert_eq!((read.value(), read.name(), read.version), (Some("Hello."), Some(PARAMETER), 1));
    let missing = ground.ssm.get_parameter().name("/cms/none").send().await.unwrap_err();
    assert!(missing.as_service_error().unwrap().is_parameter_not_found());
}
