//! Which calls were made: for `--verbose`, and for the test that holds the operator's policy to them.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_types::config_bag::ConfigBag;

type Listener = dyn Fn(&str, &str) + Send + Sync;

/// Is told the service and the operation of each call, such as `S3` and `PutObject`.
#[derive(Clone, Default)]
pub struct CallTrace(Option<Arc<Listener>>);

impl CallTrace {
    /// Tells `listener`.
    #[must_use]
    pub fn to(listener: impl Fn(&str, &str) + Send + Sync + 'static) -> CallTrace {
        CallTrace(Some(Arc::new(listener)))
    }
}

impl fmt::Debug for CallTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "CallTrace(on)" } else { "CallTrace(off)" })
    }
}

#[dyn_dispatch_hint]
impl Intercept for CallTrace {
    fn name(&self) -> &'static str {
        "CallTrace"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(listener), Some(call)) = (&self.0, config.load::<Metadata>()) {
            listener(call.service(), call.name());
        }
        Ok(())
    }
}
