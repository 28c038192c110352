//! The text of `Fn::Sub`: `${Name}`, `${Resource.Attribute}`, and `${!Literal}` for a literal `${Literal}`.

use std::collections::BTreeMap;

use super::{expression::Expression, problem::Fault};

/// A text with gaps.
#[derive(Clone, Debug)]
pub(super) struct Substitution(pub(super) Vec<Piece>);

/// A part of the text, or what comes into a gap.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(String),
    Gap(Expression),
}

impl Substitution {
    /// `own` are the variables that belong to this text alone.
    pub(super) fn read(text: &str, own: BTreeMap<String, Expression>) -> Result<Self, Fault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, behind) = after.split_once('}').ok_or(Fault::Expected("a } after every ${"))?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(match name.strip_prefix('!') {
                Some(literal) => Piece::Text(format!("${{{literal}}}")),
                None => Piece::Gap(gap(name.trim(), &own)),
            });
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// What comes into the gaps.
    pub(super) fn gaps(&self) -> impl Iterator<Item = &Expression> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Gap(expression) => Some(expression),
        })
    }
}

fn gap(name: &str, own: &BTreeMap<String, Expression>) -> Expression {
    match (own.get(name), name.split_once('.')) {
        (Some(own), _) => own.clone(),
        (None, Some((resource, attribute))) => {
            Expression::GetAtt { resource: resource.to_owned(), attribute: attribute.to_owned() }
        }
        (None, None) => Expression::Ref(name.to_owned()),
    }
}
