//! Conditions: which of them hold for the parameters given.

use super::{
    evaluation::Evaluation,
    expression::Expression,
    problem::{Fault, Problem},
};

impl Evaluation<'_> {
    /// Whether the condition of this name holds.
    pub(super) fn holds(&self, name: &str, at: &str) -> Result<bool, Problem> {
        self.holds_within(name, &mut Vec::new(), at)
    }

    /// `above` are the conditions that this one is a part of.
    fn holds_within(&self, name: &str, above: &mut Vec<String>, at: &str) -> Result<bool, Problem> {
        let fault = |fault| Problem { at: at.to_owned(), fault };
        let condition = self.template.conditions.get(name);
        let condition = condition.ok_or_else(|| fault(Fault::UnknownCondition(name.to_owned())))?;
        if above.iter().any(|one| one == name) {
            return Err(Problem { at: format!("Conditions.{name}"), fault: Fault::Circular });
        }
        above.push(name.to_owned());
        let holds = self.truth(condition, above, at);
        above.pop();
        holds
    }

    fn truth(&self, condition: &Expression, above: &mut Vec<String>, at: &str) -> Result<bool, Problem> {
        match condition {
            Expression::Condition(name) => self.holds_within(name, above, at),
            Expression::Equals(sides) => {
                let (left, right) = (self.text(&sides.0, at)?, self.text(&sides.1, at)?);
                Ok(left == right)
            }
            Expression::Not(one) => Ok(!self.truth(one, above, at)?),
            Expression::And(all) => {
                let mut every = true;
                for one in all {
                    every &= self.truth(one, above, at)?;
                }
                Ok(every)
            }
            Expression::Or(all) => {
                let mut any = false;
                for one in all {
                    any |= self.truth(one, above, at)?;
                }
                Ok(any)
            }
            _ => Err(Problem { at: at.to_owned(), fault: Fault::Expected("a condition") }),
        }
    }
}
