//! An origin for the API that answers with what reached it, so that forwarding can be seen and tested.

mod claims;
mod running;
mod seen;

pub use running::RunningApiOrigin;
pub use seen::SeenRequest;
