//! Does this machine agree with the others about the time? AWS refuses signatures of another time.

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "clock",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
    run,
};

/// AWS takes signatures that are up to five minutes off.
const REFUSED_SECONDS: u64 = 300;
/// A `Date` counts whole seconds and comes from a cache at times.
const NOTED_SECONDS: u64 = 30;

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let mend = "let this machine take its time from the network: timedatectl set-ntp true";
    for reading in facts.clocks.known()? {
        let off = reading.ahead.unsigned_abs();
        let way = if reading.ahead > 0 { "ahead of" } else { "behind" };
        let problem = format!("this machine's clock is {off} s {way} that of {}", reading.host);
        if off >= REFUSED_SECONDS {
            found.broken(format!("{problem}: AWS refuses its signatures"), mend);
        } else if off >= NOTED_SECONDS {
            found.risky(format!("{problem}, and what it says about tokens and logs is off as much"), mend);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn the_clock_is_right() {
        for (ahead, severity) in [(300, Severity::Broken), (-299, Severity::Risky), (30, Severity::Risky)] {
            finds(&CHECK, severity, " s ", |facts| known(&mut facts.clocks)[0].ahead = ahead);
        }
        silent(&CHECK, |facts| known(&mut facts.clocks)[0].ahead = -29);
    }
}
