//! What a distribution's configuration may say that has no meaning on this machine, and why. Everything else that is
//! not read is refused by name, so that the template cannot say what only AWS would hear.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Map, Value};

use super::DistributionConfig;

/// A property that is not read.
#[derive(Clone, Copy, Debug)]
pub struct Unread {
    /// What it belongs to, in CloudFormation's word.
    pub object: &'static str,
    /// Its name.
    pub property: &'static str,
    /// Why it has no meaning here.
    pub reason: &'static str,
}

/// All of them.
pub const UNREAD: &[Unread] = &[
    Unread {
        object: "DistributionConfig",
        property: "ViewerCertificate",
        reason: "viewers connect in clear text, to loopback",
    },
    Unread {
        object: "DistributionConfig",
        property: "HttpVersion",
        reason: "without TLS there is no HTTP/3, and HTTP/2 is a matter of prior knowledge",
    },
    Unread {
        object: "DistributionConfig",
        property: "IPV6Enabled",
        reason: "it listens where its listener does",
    },
    Unread { object: "DistributionConfig", property: "PriceClass", reason: "there is one edge location" },
    Unread {
        object: "DistributionConfig",
        property: "Logging",
        reason: "every request is a line in the log of the process",
    },
    Unread {
        object: "CacheBehavior",
        property: "ViewerProtocolPolicy",
        reason: "there is clear text only, so nothing to redirect to",
    },
    Unread {
        object: "CustomOriginConfig",
        property: "OriginProtocolPolicy",
        reason: "the origin's place on this machine is said at start, and speaks clear text",
    },
    Unread {
        object: "CustomOriginConfig",
        property: "OriginSSLProtocols",
        reason: "the origin's place on this machine speaks clear text",
    },
];

/// Reads a configuration without what has no meaning here.
pub(super) fn without<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DistributionConfig, D::Error> {
    let mut config = Map::<String, Value>::deserialize(deserializer)?;
    leave_out(&mut config, "DistributionConfig");
    for origin in each(&mut config, "Origins") {
        if let Some(custom) = origin.get_mut("CustomOriginConfig").and_then(Value::as_object_mut) {
            leave_out(custom, "CustomOriginConfig");
        }
    }
    for behavior in each(&mut config, "CacheBehaviors") {
        leave_out(behavior, "CacheBehavior");
    }
    if let Some(default) = config.get_mut("DefaultCacheBehavior").and_then(Value::as_object_mut) {
        leave_out(default, "CacheBehavior");
    }
    serde_json::from_value(Value::Object(config)).map_err(D::Error::custom)
}

fn each<'c>(
    config: &'c mut Map<String, Value>,
    list: &str,
) -> impl Iterator<Item = &'c mut Map<String, Value>> {
    let items = config.get_mut(list).and_then(Value::as_array_mut);
    items.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn leave_out(members: &mut Map<String, Value>, object: &str) {
    for unread in UNREAD.iter().filter(|unread| unread.object == object) {
        members.remove(unread.property);
    }
}
