//! The gate that is asked: the configuration of the contract with the test keys, a clock that stands still, and
//! randomness that is the same in every run, so that an input that was kept means the same for ever.

use std::sync::LazyLock;

use ::gate::config::Config;
use ::gate::decision::Decision;
use ::gate::event;
use ::gate::flow::{Gate, Step};
use ::gate::memory::Memory;
use ::gate::moment::{Moment, Random};
use ::gate::pool_call::PoolAnswer;
use ::gate::request::Request;
use cognito::UnixTime;

/// When everything happens.
pub const NOW: UnixTime = UnixTime(1_800_000_000);

/// The host that is asked.
pub const HOST: &str = "cms.example.com";

/// The configuration, with the cookies of the layout `host`.
pub const DOCUMENT: &str = include_str!("edge-auth.json");

/// A gate for each layout of cookies.
pub static GATES: LazyLock<[Gate; 2]> = LazyLock::new(|| {
    let amplify = DOCUMENT.replace(r#""layout": "host""#, r#""layout": "amplify""#);
    [DOCUMENT, &amplify].map(|document| Gate::new(Config::parse(document).expect("a configuration")))
});

/// Randomness that is the same in every run.
struct Counting(u8);

impl Random for Counting {
    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            self.0 = self.0.wrapping_add(1);
            *byte = self.0;
        }
    }
}

/// What a new instance of the function decides, and whether it asked the user pool, which answers so.
pub fn decide<'a>(gate: &Gate, request: Request<'a>, answer: &PoolAnswer) -> (Decision<'a>, bool) {
    let mut memory = Memory::new(gate.config().jwks.clone());
    let mut moment = Moment { now: NOW, random: &mut Counting(0) };
    match gate.decide(request, &mut memory, &mut moment) {
        Step::Decided(decision) => (decision, false),
        Step::Exchange(mut exchange) => {
            let keys = exchange.keys_call(answer, &memory).map(|_| answer);
            (exchange.finish(answer, keys, &mut memory, &mut moment), true)
        }
    }
}

/// What CloudFront would be told.
pub fn written(decision: &Decision<'_>) -> serde_json::Value {
    let text = event::write(&decision.outcome).expect("an answer that can be written");
    serde_json::from_str(text.get()).expect("an answer in JSON")
}

/// A request of a browser for a page.
pub fn page<'a>(uri: &'a str, querystring: &'a str, cookies: &'a str) -> Request<'a> {
    let lines = [("host", HOST), ("sec-fetch-dest", "document"), ("cookie", cookies)];
    let header = |(name, value): (&'a str, &'a str)| gate::request::Header {
        name: name.into(),
        key: None,
        value: value.into(),
    };
    Request {
        uri: uri.into(),
        querystring: querystring.into(),
        method: "GET".into(),
        headers: gate::request::Headers::new(lines.map(header).to_vec()),
        ..Request::none()
    }
}
