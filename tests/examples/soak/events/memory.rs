//! The resident memory of a process over a run.

use anyhow::ensure;

use tests::process;

/// How much more the last tenth of a run may need than the second, in kB of 1,024 bytes. In the first, the gate's
/// bounded memory fills.
const TOLERANCE: u64 = 256;

/// What was seen, in kB.
#[derive(Default)]
pub(crate) struct Memory(Vec<u64>);

impl Memory {
    /// Looks at a process.
    ///
    /// # Errors
    /// If it is gone.
    pub(crate) fn look(&mut self, number: u32) -> anyhow::Result<()> {
        self.0.push(process::resident(number)?);
        Ok(())
    }

    /// What was seen last.
    pub(crate) fn latest(&self) -> u64 {
        self.0.last().copied().unwrap_or_default()
    }

    /// What the run came to.
    ///
    /// # Errors
    /// If the memory grew.
    pub(crate) fn verdict(&self) -> anyhow::Result<String> {
        let tenth = |number: usize| {
            let length = self.0.len() / 10;
            self.0.iter().skip(number * length).take(length).max().copied().unwrap_or_default()
        };
        let (second, last) = (tenth(1), tenth(9));
        ensure!(
            last <= second + TOLERANCE,
            "memory grew: {second} kB at most in the second tenth of the run, {last} kB in the last"
        );
        Ok(format!("memory flat: at most {second} kB in the second tenth, {last} kB in the last"))
    }
}
