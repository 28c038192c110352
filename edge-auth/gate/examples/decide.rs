//! Decides the events of a file, one a line, as often as it is told, and prints how many bytes the answers had:
//! `decide edge-auth.json events.jsonl 100`. Under valgrind it tells how many instructions and allocations a decision
//! takes; `make bench` runs it so.

use std::fs;
use std::process::ExitCode;

use cognito::UnixTime;
use gate::config::Config;
use gate::event;
use gate::flow::{Gate, Step};
use gate::memory::Memory;
use gate::moment::{Moment, Random};

/// The same bytes each time: what is counted must not depend on chance.
struct Fixed;

impl Random for Fixed {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

#[expect(clippy::print_stdout, reason = "what is printed keeps the compiler from leaving the work out")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [config, events, now, times] = arguments.as_slice() else { return ExitCode::from(2) };
    let (Ok(config), Ok(events)) = (fs::read_to_string(config), fs::read_to_string(events)) else {
        return ExitCode::from(2);
    };
    let (Ok(mut config), Ok(now), Ok(times)) = (Config::parse(&config), now.parse(), times.parse()) else {
        return ExitCode::from(2);
    };
    let mut memory = Memory::new(std::mem::take(&mut config.jwks));
    let gate = Gate::new(config);
    let mut bytes = 0;
    for event in events.lines().cycle().take(times) {
        let mut moment = Moment { now: UnixTime(now), random: &mut Fixed };
        let decision = match event::read(event).map(|request| gate.decide(request, &mut memory, &mut moment))
        {
            Ok(Step::Decided(decision)) => decision,
            Ok(Step::Exchange(_)) => gate.fail("an exchange"),
            Err(error) => gate.fail(&error.to_string()),
        };
        bytes += event::write(&decision.outcome).map_or(0, |answer| answer.get().len());
    }
    println!("{bytes}");
    ExitCode::SUCCESS
}
