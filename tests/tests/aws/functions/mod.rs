//! The functions as they are packaged, over the Lambda Runtime API, while AWS does well and while it does not.

// What the tests stand on.
mod aws_stand_in;
mod bucket_event;

mod announce;
mod make_renditions;
mod on_moto;
mod publish_due;
mod record_sign_in;
