//! The table of BENCHMARKS.md.

use anyhow::{Context, bail};

use crate::cold::Cold;
use crate::spread::Spread;
use crate::warm::{Series, Warm};

/// Where the table stands in BENCHMARKS.md.
pub(crate) const MARK: &str = "gate";

/// Everything that was measured.
pub(crate) struct Report {
    /// Every token new.
    pub(crate) new: Warm,
    /// Tokens seen before.
    pub(crate) seen: Warm,
    /// One RS256 verification, in microseconds.
    pub(crate) verification: Vec<f64>,
    /// Cold starts.
    pub(crate) cold: Cold,
    /// Events answered and resident kB.
    pub(crate) long_run: Vec<(usize, u32)>,
    /// Bytes of the package.
    pub(crate) package: u64,
}

/// The text with the part between a table's marks replaced.
pub(crate) fn replace(text: &str, mark: &str, table: &str) -> anyhow::Result<String> {
    let (begin, end) = (format!("<!-- {mark}: written by `make bench` -->"), format!("<!-- {mark}: end -->"));
    let parts = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?)));
    let Some((before, (_, after))) = parts else {
        bail!("BENCHMARKS.md lacks the marks {begin} and {end}");
    };
    Ok(format!("{before}{begin}\n\n{table}\n{end}{after}"))
}

impl Report {
    /// Goals beside figures, then what each function was seen to need.
    pub(crate) fn markdown(&self) -> anyhow::Result<String> {
        // Not what this process may use: it is kept on one of them.
        let processors = std::fs::read_to_string("/proc/cpuinfo").context("/proc/cpuinfo cannot be read")?;
        let cores = processors.lines().filter(|line| line.starts_with("processor")).count();
        let machine = format!(
            "Measured on a machine of {cores} cores, {}, {}.",
            std::env::consts::ARCH,
            std::env::consts::OS
        );
        let note = "Each figure is the median, with the least and the most of its rounds; a ratio is taken within a round.";
        Ok(format!(
            "{machine} {note}\n\n{}\n{}\n{}",
            self.goals()?,
            warm_table(&self.new, &self.seen)?,
            self.cold_table()?
        ))
    }

    fn goals(&self) -> anyhow::Result<String> {
        let sums: Vec<f64> =
            self.verification.iter().zip(&self.new.floor.cpu_time).map(|(v, f)| v + f).collect();
        let [gate, gate_handled] = &self.cold.gate;
        let [_, floor_handled] = &self.cold.floor;
        let over = spread(gate_handled.iter().zip(floor_handled).map(|(gate, floor)| gate - floor))?;
        let mut rows = vec![
            ratio_row(
                "CPU per event, every token new: to cognito-at-edge",
                &self.new.gate.cpu_time,
                &self.new.cognito_at_edge.cpu_time,
                0.25,
            )?,
            ratio_row(
                "the same: to one RS256 verification + a function that does nothing",
                &self.new.gate.cpu_time,
                &sums,
                2.0,
            )?,
            ratio_row(
                "CPU per event, tokens seen before: to cognito-at-edge",
                &self.seen.gate.cpu_time,
                &self.seen.cognito_at_edge.cpu_time,
                1.0 / 6.0,
            )?,
            ratio_row(
                "cold start through the Python handler: to cognito-at-edge",
                gate_handled,
                &self.cold.cognito_at_edge,
                1.0 / 3.0,
            )?,
            row(
                "the same: over a binary that does nothing",
                "5 ms",
                &format!("{over:.2} ms"),
                over.median <= 5.0,
            ),
            ratio_row(
                "cold start of the binary alone: to cognito-at-edge",
                gate,
                &self.cold.cognito_at_edge,
                1.0 / 3.0,
            )?,
        ];
        let most = self.long_run.iter().map(|(_, resident)| *resident).max().context("no long run")?;
        let course: Vec<String> =
            self.long_run.iter().map(|(events, kb)| format!("{kb} kB after {events}")).collect();
        rows.push(row(
            "resident memory over 100,000 events",
            "10,240 kB, flat",
            &course.join(", "),
            most <= 10_240,
        ));
        rows.push(row(
            "dist/edge-auth.zip",
            "2,097,152 bytes",
            &format!("{} bytes", self.package),
            self.package <= 2_097_152,
        ));
        Ok(format!("| what | goal: at most | measured | |\n|---|---|---|---|\n{}", rows.concat()))
    }

    fn cold_table(&self) -> anyhow::Result<String> {
        let Cold { gate: [gate, gate_handled], floor: [floor, floor_handled], cognito_at_edge, node } =
            &self.cold;
        let mut text = "| start to first answer | ms |\n|---|---|\n".to_owned();
        for (name, figures) in [
            ("the gate, through the Python handler", gate_handled),
            ("a Rust function that does nothing, through the Python handler", floor_handled),
            ("cognito-at-edge, Node.js 24", cognito_at_edge),
            ("a Node.js function that does nothing", node),
            ("the gate's binary alone", gate),
            ("a Rust function that does nothing, alone", floor),
        ] {
            text += &format!("| {name} | {} |\n", spread(figures.iter().copied())?);
        }
        text += &format!("\nOne RS256 verification: {} us.", spread(self.verification.iter().copied())?);
        Ok(text)
    }
}

fn warm_table(new: &Warm, seen: &Warm) -> anyhow::Result<String> {
    let head = "| warm events | CPU, us per event | the double's CPU, us per event | one event to the next, us | resident, kB |";
    let mut text = format!("{head}\n|---|---|---|---|---|\n");
    for (tokens, warm) in [("new tokens", new), ("seen tokens", seen)] {
        for (name, series) in [
            ("the gate", &warm.gate),
            ("cognito-at-edge, Node.js 24", &warm.cognito_at_edge),
            ("a Rust function that does nothing", &warm.floor),
            ("a Node.js function that does nothing", &warm.node),
        ] {
            text += &warm_row(&format!("{name}, {tokens}"), series)?;
        }
    }
    Ok(text)
}

fn warm_row(name: &str, series: &Series) -> anyhow::Result<String> {
    let Series { cpu_time, double, passed, resident } = series;
    let mut cells = String::new();
    for figures in [cpu_time, double, passed] {
        cells += &format!(" {} |", spread(figures.iter().copied())?);
    }
    Ok(format!("| {name} |{cells} {:.0} |\n", spread(resident.iter().copied())?))
}

fn ratio_row(what: &str, ours: &[f64], theirs: &[f64], goal: f64) -> anyhow::Result<String> {
    let ratio = spread(ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs))?;
    Ok(row(what, &format!("{goal:.3}"), &format!("{ratio:.3}"), ratio.median <= goal))
}

fn row(what: &str, goal: &str, measured: &str, is_met: bool) -> String {
    format!("| {what} | {goal} | {measured} | {} |\n", if is_met { "met" } else { "**missed**" })
}

fn spread(figures: impl IntoIterator<Item = f64>) -> anyhow::Result<Spread> {
    Spread::of(figures).context("nothing was measured")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_up_to_its_figure() {
        assert!(
            ratio_row("cpu", &[25.0], &[100.0], 0.25).unwrap().ends_with("| 0.250 (0.250–0.250) | met |\n")
        );
        assert!(ratio_row("cpu", &[26.0], &[100.0], 0.25).unwrap().ends_with("| **missed** |\n"));
        assert!(ratio_row("cpu", &[], &[], 0.25).is_err());
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_head() {
        let series =
            || Series { cpu_time: vec![1.0], double: vec![2.0], passed: vec![3.0], resident: vec![4.0] };
        let warm = || Warm { gate: series(), floor: series(), cognito_at_edge: series(), node: series() };
        let cold = Cold {
            gate: [vec![1.0], vec![2.0]],
            floor: [vec![1.0], vec![2.0]],
            cognito_at_edge: vec![9.0],
            node: vec![5.0],
        };
        let (new, seen, verification) = (warm(), warm(), vec![1.0]);
        let report = Report { new, seen, verification, cold, long_run: vec![(1_000, 2_000)], package: 9 };
        let text = report.markdown().unwrap();
        let cells = |line: &str| line.matches('|').count();
        for table in text.split("\n\n").filter(|part| part.starts_with('|')) {
            let head = cells(table.lines().next().unwrap());
            for line in table.lines().take_while(|line| line.starts_with('|')) {
                assert_eq!(cells(line), head, "{line}");
            }
        }
    }

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let between = |table| {
            format!("before\n<!-- gate: written by `make bench` -->{table}\n<!-- gate: end -->\nafter")
        };
        assert_eq!(replace(&between("old"), "gate", "new").unwrap(), between("\n\nnew"));
        assert!(replace("no marks", "gate", "new").is_err());
    }
}
