//! `parapet deploy`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Session;
use super::deploy_cms::{self, NoCms, PACKAGES};
use super::deploy_gate::{BINARY, gate_package};
use super::deploy_site::{self, SiteArguments};
use super::deploy_stacks::deploy_stacks;
use super::gate_answers;
use super::live::wait_until_live;
use crate::aws::Cloud;
use crate::deploy::{refuse_a_second_pool, wanted};
use crate::failure::{Exit, Failure};
use crate::regions;
use crate::stacks::{Deployed, Given, Part, Step, Target, steps};

/// Bring what is here to AWS: everything, or a part of it
///
/// Each change is shown before it is made. Whatever stops a deploy, the same command goes on where it stopped.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  parapet deploy --dry-run\n  parapet deploy all --yes\n  parapet deploy edge"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    part: Option<Command>,
    #[command(flatten)]
    stacks: StackArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Everything, in the order in which one part needs the other (what is meant without a part)
    #[command(after_help = "Example:\n  parapet deploy all --dry-run")]
    All,
    /// Where people sign in: the user pool, its groups, its hosted UI, and the gate's app client
    #[command(after_help = "Example:\n  parapet deploy identity")]
    Identity,
    /// The gate: its package with the user pool's keys, a new version, and its association with the distribution
    #[command(after_help = "Example:\n  parapet deploy edge --binary dist/edge-auth/edge-auth")]
    Edge,
    /// The bucket and the distribution, then the site's files: what changed is uploaded, and exactly the changed paths
    /// are invalidated
    #[command(
        after_help = "Examples:\n  parapet deploy site dist/site --files-only\n  parapet deploy site dist/site --bucket cms-site --distribution E2EXAMPLE"
    )]
    Site(SiteCommand),
    /// The functions beside the CMS's API, their table and the bucket of uploads
    #[command(after_help = "Example:\n  parapet deploy functions --packages dist")]
    Functions,
    /// The private network of the CMS's API and its database
    #[command(after_help = "Example:\n  parapet deploy network --dry-run")]
    Network,
    /// The CMS's database
    #[command(after_help = "Example:\n  parapet deploy data --dry-run")]
    Data,
    /// The CMS's API: its package with the user pool's keys, the tables of its database, and the distribution's way to it
    #[command(after_help = "Example:\n  parapet deploy backend --packages dist")]
    Backend,
}

/// What concerns stacks, of whatever parts.
#[derive(Debug, Args)]
struct StackArguments {
    /// The gate's binary, static for x86-64
    #[arg(long, global = true, value_name = "PATH", default_value = BINARY)]
    binary: PathBuf,
    /// The folder with the packages of the API and the functions beside it
    #[arg(long, global = true, value_name = "FOLDER", default_value = PACKAGES)]
    packages: PathBuf,
    /// Take over resources of the same names that an earlier stack has left behind
    #[arg(long, global = true)]
    adopt_existing: bool,
    /// Compare with what is really there, and undo what somebody has changed beside CloudFormation
    #[arg(long, global = true)]
    revert_drift: bool,
}

#[derive(Debug, Args)]
struct SiteCommand {
    #[command(flatten)]
    files: Box<SiteArguments>,
    /// Deploy the bucket and the distribution, but no files
    #[arg(long, conflicts_with = "files_only")]
    stack_only: bool,
    /// Deploy the files, and leave the bucket and the distribution as they are
    #[arg(long)]
    files_only: bool,
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let no_files = SiteArguments::default();
    let (target, files) = match &arguments.part {
        None | Some(Command::All) => (Target::All, &no_files),
        Some(Command::Identity) => (Target::Identity, &no_files),
        Some(Command::Edge) => (Target::Edge, &no_files),
        Some(Command::Functions) => (Target::Functions, &no_files),
        Some(Command::Network) => (Target::Network, &no_files),
        Some(Command::Data) => (Target::Data, &no_files),
        Some(Command::Backend) => (Target::Backend, &no_files),
        Some(Command::Site(site)) if site.files.names_its_place() && !site.stack_only => {
            session.report.result(&deploy_site::run_named(&site.files, session).await?);
            return Ok(Exit::Done);
        }
        Some(Command::Site(site)) => {
            (Target::Site { stack: !site.files_only, files: !site.stack_only }, &*site.files)
        }
    };
    deploy(session, target, &arguments.stacks, files).await
}

async fn deploy(
    session: &Session,
    target: Target,
    arguments: &StackArguments,
    files: &SiteArguments,
) -> Result<Exit, Failure> {
    let project = session.project()?;
    if matches!(target, Target::Functions | Target::Network | Target::Data | Target::Backend)
        && project.cms.is_none()
    {
        return Err(NoCms { file: session.options.project.display().to_string() }.into());
    }
    let cloud = session.cloud(regions::CLOUDFRONT).await;
    let caller = cloud.caller().await?;
    session.report.note(format_args!("{} {} in account {}", project.name, project.stage, caller.account));
    let deployed = Deployed::read(&project, &cloud).await?;
    let before = gate_answers::associated(&deployed);
    let steps = steps(&project, &deployed, target);
    let mut deploy =
        Deploy { session, cloud, deployed, arguments, changed: false, migrated: false, results: Vec::new() };
    for step in steps {
        match step {
            Step::Stack(part) => deploy.part(part).await?,
            Step::Migration => deploy.migration().await?,
            Step::Files => deploy.files(files).await?,
        }
    }
    wait_until_live(session, &deploy.cloud, &deploy.deployed).await?;
    gate_answers::ask(session, &deploy.cloud, &mut deploy.deployed, before.as_deref()).await?;
    session.report.result(&json!({
        "account": caller.account,
        "dry_run": session.options.dry_run,
        "changed": deploy.changed,
        "steps": deploy.results,
    }));
    Ok(Exit::Done)
}

struct Deploy<'a> {
    session: &'a Session,
    cloud: Cloud,
    deployed: Deployed,
    arguments: &'a StackArguments,
    changed: bool,
    migrated: bool,
    results: Vec<Value>,
}

impl Deploy<'_> {
    /// Deploys a part, and remembers what it gives to those after it.
    async fn part(&mut self, part: Part) -> Result<(), Failure> {
        let dry_run = self.session.options.dry_run;
        if part == Part::Identity {
            refuse_a_second_pool(&self.cloud, &self.deployed).await?;
        }
        let given = match part {
            Part::Edge if dry_run && !self.is_ready_for_the_gate() => return self.cannot_tell(part),
            Part::Edge => {
                let binary = &self.arguments.binary;
                match gate_package(self.session, &self.cloud, &self.deployed, binary).await? {
                    Some(package) => Given::package(package),
                    None => return self.cannot_tell(part),
                }
            }
            _ => {
                let folder = &self.arguments.packages;
                deploy_cms::given(self.session, &self.cloud, &self.deployed, part, folder).await?
            }
        };
        if part == Part::Backend
            && !dry_run
            && let Some(first) = deploy_cms::tables_first(&self.deployed, &given)
        {
            self.stacks(part, &first).await?;
            self.migration().await?;
        }
        self.stacks(part, &given).await
    }

    /// Deploys a part's stacks with what they are given.
    async fn stacks(&mut self, part: Part, given: &Given) -> Result<(), Failure> {
        let mut stacks = match wanted(part, &self.deployed, given) {
            Ok(stacks) => stacks,
            Err(_) if self.session.options.dry_run => return self.cannot_tell(part),
            Err(error) => return Err(error.into()),
        };
        for stack in &mut stacks {
            stack.adopts = self.arguments.adopt_existing;
            stack.reverts_drift = self.arguments.revert_drift;
        }
        let outcome = deploy_stacks(self.session, &self.cloud, stacks).await?;
        if outcome.stack.is_some() {
            self.deployed.put(part, outcome.stack);
        }
        self.changed |= outcome.changed;
        self.results.push(outcome.result);
        Ok(())
    }

    /// Once in a deploy: it takes a start of a function in the network.
    async fn migration(&mut self) -> Result<(), Failure> {
        if std::mem::replace(&mut self.migrated, true) {
            return Ok(());
        }
        let result = deploy_cms::migration(self.session, &self.cloud, &self.deployed).await?;
        self.results.push(result);
        Ok(())
    }

    fn is_ready_for_the_gate(&self) -> bool {
        let known = [self.deployed.packages_bucket(), self.deployed.user_pool(), self.deployed.client()];
        known.iter().all(Result::is_ok) && self.deployed.hosts().is_ok()
    }

    /// In a dry run of parts that are deployed for the first time.
    fn cannot_tell(&mut self, part: Part) -> Result<(), Failure> {
        let report = &self.session.report;
        report.say(format_args!(
            "{part}: would follow; what it is given is known once the parts before it are there"
        ));
        self.results.push(json!({ "part": part.name(), "outcome": "unknown" }));
        self.changed = true;
        Ok(())
    }

    async fn files(&mut self, arguments: &SiteArguments) -> Result<(), Failure> {
        if self.session.options.dry_run && self.deployed.bucket().is_err() {
            self.session.report.say("files: would follow, all of them");
            self.results.push(json!({ "part": "files", "outcome": "unknown" }));
            self.changed = true;
            return Ok(());
        }
        let result = deploy_site::run_deployed(arguments, &self.deployed, self.session).await?;
        self.changed |= result.get("deploy").is_some_and(Value::is_string);
        self.results.push(json!({ "part": "files", "outcome": result }));
        Ok(())
    }
}
