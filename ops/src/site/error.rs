//! Why a site is not deployed.

use std::io;
use std::path::PathBuf;

use delivery::{CallError, InvalidationError};

use super::folder::FolderError;
use super::manifest_format::FormatError;
use crate::failure::{Exit, NextStep};
use crate::moment::{Moment, NoRandomness};
use crate::report::Count;

/// How many keys a message names.
const NAMED: usize = 10;

/// Why a site is not deployed. Whatever it is, running the command again goes on where it stopped.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The folder cannot be deployed.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A call failed.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The invalidation failed.
    #[error(transparent)]
    Invalidation(#[from] InvalidationError),
    /// What earlier deploys remembered cannot be read.
    #[error("the manifest {address} cannot be used: {source}")]
    Manifest {
        /// Where it is.
        address: String,
        /// What is wrong with it.
        source: FormatError,
    },
    /// Objects of somebody else stand where files should go.
    #[error("objects that no deploy has put there stand in the way of {}: {}", Count::of(.0.len(), "file"), some(.0))]
    InTheWay(Vec<String>),
    /// What would be remembered is larger than what is read again.
    #[error("the site has {objects} objects, more than a deploy can remember")]
    TooMany {
        /// How many there are.
        objects: usize,
    },
    /// Another deploy of the same site has begun since this one read the manifest.
    #[error("another deploy of this site has begun meanwhile")]
    AnotherDeploy,
    /// Another deploy of the same site is at work.
    #[error("the deploy {id} of this site is at work, on {holder}")]
    Running {
        /// Which.
        id: String,
        /// The machine and the process.
        holder: String,
        /// When it is taken for interrupted.
        until: Moment,
    },
    /// Somebody else has put an object since the bucket was listed.
    #[error("{key} was changed in the bucket by somebody else during this deploy")]
    ChangedMeanwhile {
        /// Its key.
        key: String,
    },
    /// Objects that S3 did not delete.
    #[error("S3 did not delete {}: {}", Count::of(.0.len(), "object"), some(.0))]
    NotDeleted(Vec<String>),
    /// A file was written to during the deploy.
    #[error("{} has changed since the deploy began", path.display())]
    FileChanged {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be read any more.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A worker thread ended too early.
    #[error("a part of the deploy ended too early")]
    Worker(#[from] tokio::task::JoinError),
    /// There is no randomness for the deploy's id.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

fn some(keys: &[String]) -> String {
    let mut named: Vec<&str> = keys.iter().take(NAMED).map(String::as_str).collect();
    if keys.len() > NAMED {
        named.push("…");
    }
    named.join(", ")
}

impl NextStep for SiteError {
    fn next_step(&self) -> String {
        match self {
            SiteError::Folder(error) => error.next_step(),
            SiteError::Call(error) => error.next_step(),
            SiteError::Invalidation(error) => error.next_step(),
            SiteError::Manifest { source: FormatError::Format { .. }, .. } => {
                "update parapet: a newer one has deployed this site".to_owned()
            }
            SiteError::Manifest { address, .. } => format!(
                "restore an earlier version of {address}, or delete it and deploy with --adopt, which takes over \
                 what stands in the way"
            ),
            SiteError::InTheWay(_) => {
                "look at them; --adopt replaces them and counts them as this site's from then on".to_owned()
            }
            SiteError::TooMany { .. } => {
                "deploy parts of the site to prefixes and distributions of their own".to_owned()
            }
            SiteError::AnotherDeploy => {
                "wait until it has ended, then run the command again if yours is still to be deployed"
                    .to_owned()
            }
            SiteError::Running { until, .. } => format!(
                "wait until it has ended; if it was interrupted, run the command again after {}",
                until.rfc3339()
            ),
            SiteError::ChangedMeanwhile { .. } | SiteError::Worker(_) | SiteError::Randomness(_) => {
                "run the command again: it goes on where it stopped".to_owned()
            }
            SiteError::NotDeleted(_) => {
                "give your role s3:DeleteObject on the site's objects, then run the command again".to_owned()
            }
            SiteError::FileChanged { .. } | SiteError::Unreadable { .. } => {
                "run the command again when the build has ended".to_owned()
            }
        }
    }

    fn exit(&self) -> Exit {
        match self {
            SiteError::Folder(error) => error.exit(),
            _ => Exit::Failed,
        }
    }
}
