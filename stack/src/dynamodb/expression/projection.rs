//! Projection expressions: which attributes are wanted.

use super::{parser::Parser, path::Path, placeholders::Placeholders};
use crate::dynamodb::{attribute::Item, failure::Failure};

/// The attributes that are wanted; whole ones only.
#[derive(Debug)]
pub(in crate::dynamodb) struct Projection(Vec<Path>);

impl Projection {
    pub(in crate::dynamodb) fn read(text: &str, placeholders: &Placeholders) -> Result<Self, Failure> {
        let mut parser = Parser::new(text, "ProjectionExpression", placeholders)?;
        let mut paths = vec![parser.path()?];
        while parser.sign(",") {
            paths.push(parser.path()?);
        }
        parser.done()?;
        match paths.iter().all(|path| path.plain().is_some()) {
            true => Ok(Self(paths)),
            false => Err(Failure::validation("projections into maps are not known to the local DynamoDB")),
        }
    }

    pub(in crate::dynamodb) fn of(&self, item: &Item) -> Item {
        let wanted = self.0.iter().map(Path::attribute);
        wanted
            .filter_map(|name| item.get_key_value(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}
