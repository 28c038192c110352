//! CloudFormation as its API reference describes it, as far as a deploy uses it. Nothing takes time, but everything takes
//! a question more than one would like.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::answer::{Said, element, list};
use super::change_set::ChangeSet;
use super::outputs::{ACCOUNT, buckets, outputs, part};
use super::template::Template;

/// The fields of a call.
pub(crate) type Call = BTreeMap<String, String>;

#[derive(Debug, Clone, Default)]
pub(crate) struct Stack {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) template: String,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) outputs: BTreeMap<String, String>,
    /// What has happened, and what will have happened when somebody looks again: resource, type, status and reason.
    pub(crate) events: Vec<[String; 4]>,
    pub(crate) coming: VecDeque<[String; 4]>,
}

/// The hook of this account.
const HOOK: &str = "Org::Tags::Hook";
/// What a hook says begins so in an event's reason.
const OF_HOOK: &str = "hook: ";

/// All regions of an account.
#[derive(Default)]
pub(crate) struct CloudFormation {
    /// By region and name.
    pub(crate) stacks: BTreeMap<(String, String), Stack>,
    /// Those that are gone, by id.
    gone: BTreeMap<String, Stack>,
    pub(crate) change_sets: BTreeMap<String, ChangeSet>,
    /// What was done: `execute us-east-1 cms-staging-edge`.
    pub(crate) done: Vec<String>,
    /// Stacks whose next change fails, with the resource and the reason.
    pub(crate) failing: BTreeMap<String, (String, String)>,
    /// Stacks whose next change set is refused, with the reason.
    pub(crate) refusing: BTreeMap<String, String>,
    /// Stacks whose next change set is refused only when it is executed, with the reason: no event tells.
    pub(crate) forbidding: BTreeMap<String, String>,
    /// Stacks whose next change a hook stops, with the resource and the hook's reason.
    pub(crate) hooked: BTreeMap<String, (String, String)>,
    /// Why the next migration of the database fails.
    pub(crate) failing_migration: Option<String>,
    /// The gate's versions: the hashes of their packages, in order.
    pub(crate) versions: Vec<String>,
    /// Stacks of which somebody has changed a resource in the console.
    pub(crate) drifted: BTreeSet<String>,
    /// Where people sign in and with which client, if not with those of the identity stack.
    pub(crate) sign_in: Option<(String, String)>,
    /// Numbers of the gate's versions that refuse their configuration.
    pub(crate) broken: Vec<String>,
    /// How often somebody asked for a stack.
    pub(crate) asked: u32,
    number: u32,
}

impl CloudFormation {
    pub(crate) fn answer(&mut self, region: &str, call: &Call) -> Said {
        let name = call.get("StackName").cloned().unwrap_or_default();
        let place = (region.to_owned(), name.clone());
        self.asked += u32::from(call["Action"] == "DescribeStacks");
        match call["Action"].as_str() {
            "DescribeStacks" => self.find(&place).map(|stack| describe(&name, &stack)),
            "CreateChangeSet" => self.create_change_set(place, call),
            "DescribeChangeSet" => self.describe_change_set(&call["ChangeSetName"]),
            "DeleteChangeSet" => {
                self.change_sets.remove(&call["ChangeSetName"]);
                Ok(String::new())
            }
            "ExecuteChangeSet" => self.execute(place, &call["ChangeSetName"]),
            "DescribeEvents" => self.validation(&call["ChangeSetName"]),
            "DescribeStackEvents" => self.events(&place),
            "GetTemplate" => self.find(&place).map(|stack| element("TemplateBody", &stack.template)),
            "ListStackResources" => self.find(&place).map(|stack| resources(&name, &stack)),
            "DeleteStack" => self.delete(place),
            action => Err(format!("{action} is not of this double")),
        }
    }

    /// By name or, also when it is gone, by id.
    fn find(&self, place: &(String, String)) -> Result<Stack, String> {
        let by_id = || self.stacks.values().chain(self.gone.values()).find(|stack| stack.id == place.1);
        let found = self.stacks.get(place).or_else(by_id).cloned();
        found.ok_or_else(|| format!("Stack with id {} does not exist", place.1))
    }

    pub(crate) fn next_id(&mut self) -> u32 {
        self.number += 1;
        self.number
    }

    fn execute(&mut self, place: (String, String), id: &str) -> Said {
        let (region, name) = &place;
        self.done.push(format!("execute {region} {name}"));
        if let Some(reason) = self.forbidding.remove(name) {
            self.change_sets.get_mut(id).ok_or("ChangeSet does not exist")?.forbidden = Some(reason);
            return Ok(String::new());
        }
        let change_set = self.change_sets.remove(id).ok_or("ChangeSet does not exist")?;
        let verb = if change_set.creates { "CREATE" } else { "UPDATE" };
        let hooked = self.hooked.remove(name);
        let of_hook = |(resource, _): &(String, String)| {
            (resource.clone(), format!("The following hook(s) failed: [{HOOK}]"))
        };
        let failing = self.failing.remove(name).or(hooked.as_ref().map(of_hook));
        let template = Template::read(&change_set.template);
        let stack = self.stacks.get_mut(&place).ok_or("Stack does not exist")?;
        let of_stack =
            |status: &str| [name.clone(), "AWS::CloudFormation::Stack".into(), status.into(), String::new()];
        stack.status = format!("{verb}_IN_PROGRESS");
        stack.coming.push_back(of_stack(&stack.status));
        if let Some((resource, reason)) = hooked {
            let status = format!("{verb}_IN_PROGRESS");
            stack.coming.push_back([
                resource,
                "AWS::Hooked".to_owned(),
                status,
                format!("{OF_HOOK}{reason}"),
            ]);
        }
        for (resource, kind) in &template.resources {
            let (status, reason) = match &failing {
                Some((failed, reason)) if failed == resource => ("FAILED", reason.clone()),
                Some(_) => ("FAILED", "Resource creation cancelled".to_owned()),
                None => ("COMPLETE", String::new()),
            };
            stack.coming.push_back([resource.clone(), kind.clone(), format!("{verb}_{status}"), reason]);
        }
        // Those that are given up come after what failed.
        stack.coming.make_contiguous().sort_by_key(|event| event[3].contains("cancelled"));
        let end = match (&failing, change_set.creates) {
            (None, _) => format!("{verb}_COMPLETE"),
            (Some(_), true) => "ROLLBACK_COMPLETE".to_owned(),
            (Some(_), false) => "UPDATE_ROLLBACK_COMPLETE".to_owned(),
        };
        stack.coming.push_back(of_stack(&end));
        if failing.is_none() {
            let hash = change_set.parameters.get("PackageSha256");
            if let Some(hash) = hash.filter(|hash| stack.parameters.get("PackageSha256") != Some(*hash)) {
                self.versions.push(hash.clone());
            }
            stack.outputs = outputs(part(name), &change_set.parameters, &self.versions);
        }
        if failing.is_none() || change_set.creates {
            stack.template = change_set.template;
            stack.parameters = change_set.parameters;
        }
        Ok(String::new())
    }

    /// Newest first. The first question sees that something has begun, the next one its end.
    fn events(&mut self, place: &(String, String)) -> Said {
        let id = self.find(place)?.id;
        let mut stacks = self.stacks.values_mut().chain(self.gone.values_mut());
        let stack = stacks.find(|stack| stack.id == id).ok_or("Stack does not exist")?;
        let begins = stack.coming.front().is_some_and(|event| event[2].ends_with("_IN_PROGRESS"));
        for event in stack.coming.drain(..if begins { 1 } else { stack.coming.len() }).collect::<Vec<_>>() {
            if event[1] == "AWS::CloudFormation::Stack" {
                stack.status.clone_from(&event[2]);
            }
            stack.events.push(event);
        }
        let events =
            stack.events.iter().enumerate().rev().map(|(position, [resource, kind, status, reason])| {
                let physical = if kind == "AWS::CloudFormation::Stack" { &*stack.id } else { "physical" };
                element("EventId", &format!("{}-{position}", stack.id))
                    + &element("StackId", &stack.id)
                    + &element("LogicalResourceId", resource)
                    + &element("PhysicalResourceId", physical)
                    + &element("ResourceType", kind)
                    + &element("ResourceStatus", status)
                    + &reason_of(reason)
            });
        Ok(list("StackEvents", events))
    }

    fn delete(&mut self, place: (String, String)) -> Said {
        let Some(mut stack) = self.stacks.remove(&place) else { return Ok(String::new()) };
        self.done.push(format!("delete {} {}", place.0, place.1));
        let event = |status: &str| {
            [place.1.clone(), "AWS::CloudFormation::Stack".into(), status.into(), String::new()]
        };
        stack.coming.extend([event("DELETE_IN_PROGRESS"), event("DELETE_COMPLETE")]);
        self.gone.insert(stack.id.clone(), stack);
        Ok(String::new())
    }
}

/// A hook's event tells why in fields of its own.
fn reason_of(reason: &str) -> String {
    match reason.strip_prefix(OF_HOOK) {
        Some(reason) => {
            element("HookType", HOOK)
                + &element("HookStatus", "HOOK_COMPLETE_FAILED")
                + &element("HookStatusReason", reason)
                + &element("HookFailureMode", "FAIL")
        }
        None => element("ResourceStatusReason", reason),
    }
}

fn describe(name: &str, stack: &Stack) -> String {
    let pairs = |list_name: &str, key: &str, value: &str, pairs: &BTreeMap<String, String>| {
        list(list_name, pairs.iter().map(|(k, v)| element(key, k) + &element(value, v)))
    };
    let mut parameters = stack.parameters.clone();
    for hidden in Template::read(&stack.template).hidden {
        parameters.entry(hidden).and_modify(|value| "****".clone_into(value));
    }
    let stack = element("StackName", name)
        + &element("StackId", &stack.id)
        + &element("StackStatus", &stack.status)
        + &element("CreationTime", "2026-11-21T12:30:00.000Z")
        + &pairs("Parameters", "ParameterKey", "ParameterValue", &parameters)
        + &pairs("Outputs", "OutputKey", "OutputValue", &stack.outputs);
    list("Stacks", [stack])
}

fn resources(name: &str, stack: &Stack) -> String {
    let mut buckets = buckets(part(name), &stack.outputs).into_iter();
    let resources = Template::read(&stack.template).resources;
    let members = resources.iter().map(|(resource, kind)| {
        let bucket = if kind == "AWS::S3::Bucket" { buckets.next() } else { None };
        element("LogicalResourceId", resource)
            + &element("ResourceType", kind)
            + &element("ResourceStatus", "CREATE_COMPLETE")
            + &element(
                "PhysicalResourceId",
                &bucket.unwrap_or_else(|| format!("{ACCOUNT}-{resource}").to_lowercase()),
            )
    });
    list("StackResourceSummaries", members)
}
