//! `parapet logs`.

use std::time::Duration;

use clap::Args;
use clap::builder::PossibleValuesParser;
use gate::log::Event;
use gate::reason::Reason;

use super::Session;
use crate::aws::Cloud;
use crate::failure::{Exit, Failure};
use crate::logs::{self, Filter, Follower, LogLine, Reading, Source, Span};
use crate::moment::Moment;
use crate::regions::{CLOUDFRONT, LAMBDA_AT_EDGE};
use crate::report::Count;

/// How long between two looks: CloudWatch Logs answers five a second and region.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Show what the gate says, from every region that ran it, and what the CMS says
///
/// The lines are merged by time. START, END and REPORT lines of Lambda are left out.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    parapet logs --since 1h --event refusal --event fault\n  \
    parapet logs --request-id 4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ== --since 2d\n  \
    parapet logs --cms --since 15m\n  \
    parapet logs --follow --json | jq .path")]
pub(super) struct Arguments {
    /// Since when: so long ago (30s, 15m, 1h, 2d), or RFC 3339
    #[arg(long, value_name = "TIME", default_value = "1h")]
    since: String,
    /// Until when; with --follow, there is no end
    #[arg(long, value_name = "TIME", conflicts_with = "follow")]
    until: Option<String>,
    /// Only this kind of event; may be given several times
    #[arg(long, value_name = "EVENT", value_parser = PossibleValuesParser::new(Event::ALL.iter().map(|event| event.as_str())))]
    event: Vec<String>,
    /// Only with this reason, such as no_session
    #[arg(long, value_name = "REASON", hide_possible_values = true, value_parser = PossibleValuesParser::new(Reason::ALL.iter().map(|reason| reason.as_str())))]
    reason: Option<String>,
    /// Only of this request: CloudFront's X-Amz-Cf-Id, which refusal pages show
    #[arg(long, value_name = "ID")]
    request_id: Option<String>,
    /// Go on, showing what is new
    #[arg(long, short)]
    follow: bool,
    /// Only what this region wrote; may be given several times
    #[arg(long, value_name = "REGION", value_parser = PossibleValuesParser::new(LAMBDA_AT_EDGE))]
    region: Vec<String>,
    /// The function, instead of the project's
    #[arg(long, value_name = "NAME")]
    function: Option<String>,
    /// Lambda's own lines, too
    #[arg(long)]
    all: bool,
    /// What the CMS's API and the functions beside it write, too; a request's id finds it there as well
    #[arg(long)]
    cms: bool,
}

/// What is read, and how.
struct Request {
    cloud: Cloud,
    sources: Vec<Source>,
    filter: Filter,
}

impl Request {
    async fn read(&self, since: Moment, until: Option<Moment>) -> Result<Reading, Failure> {
        Ok(logs::read(&self.cloud, &self.sources, (since, until), &self.filter).await?)
    }
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let now = Moment::now();
    let since: Span = arguments.since.parse()?;
    let until = arguments.until.as_ref().map(|until| until.parse::<Span>()).transpose()?;
    let function = match &arguments.function {
        Some(function) => function.clone(),
        None => session.project()?.function_name(),
    };
    let all_regions = || LAMBDA_AT_EDGE.iter().map(|region| (*region).to_owned()).collect();
    let regions = if arguments.region.is_empty() { all_regions() } else { arguments.region.clone() };
    let mut sources = Source::of_gate(&function, &regions);
    if arguments.cms {
        let project = session.project()?;
        sources.extend(Source::of_cms(&project.scope(), &project.region));
    }
    let request = Request {
        cloud: session.cloud(CLOUDFRONT).await,
        sources,
        filter: Filter {
            events: arguments.event.clone(),
            reason: arguments.reason.clone(),
            request_id: arguments.request_id.clone(),
            all: arguments.all,
        },
    };
    if arguments.follow {
        return follow(&request, since.before(now), session).await;
    }
    let reading = request.read(since.before(now), until.map(|until| until.before(now))).await?;
    warn(&reading, session);
    reading.lines.iter().for_each(|line| session.report.say(line));
    session.report.result(&reading.lines);
    let lines = Count::of(reading.lines.len(), "line");
    session.report.note(format_args!("{lines} of {}", Count::of(reading.regions.len(), "region")));
    Ok(Exit::Done)
}

/// Until it is interrupted.
async fn follow(request: &Request, since: Moment, session: &Session) -> Result<Exit, Failure> {
    let mut follower = Follower::since(since);
    let mut is_first = true;
    loop {
        let reading = request.read(follower.look_from(), None).await?;
        if is_first {
            warn(&reading, session);
            is_first = false;
        }
        for line in follower.news(reading.lines) {
            tell(&line, session);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn tell(line: &LogLine, session: &Session) {
    session.report.say(line);
    session.report.item(line);
}

fn warn(reading: &Reading, session: &Session) {
    for failure in &reading.failures {
        session.report.warn(failure);
    }
}
