//! What `infra/functions.yaml` declares, for this machine.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use serde::Deserialize;
use serde_json::Value;

use super::{BucketNotification, Schedule};
use crate::{
    bucket::CorsRule,
    dynamodb::{SchemaError, TableSchema},
    template::{Evaluated, Inputs, Resource, Template, TemplateError},
};

/// A template that the local stack cannot run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeclaredError {
    /// It cannot be evaluated.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A table is not as the local stack knows tables.
    #[error("the table of records")]
    Table(#[from] SchemaError),
    /// A resource says something that is not known here.
    #[error("a resource is not as the local stack knows it")]
    Resource(#[from] serde_json::Error),
    /// Something is missing or otherwise.
    #[error("expected {0}")]
    Expected(&'static str),
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredFunction {
    /// Its name, such as `parapet-local-announce`.
    pub name: String,
    /// Its name without the project's and the stage's.
    pub short_name: String,
    /// Its ARN.
    pub arn: String,
    /// How long it may take.
    pub timeout: Duration,
    /// `MemorySize`.
    pub memory_mb: u32,
    /// `ReservedConcurrentExecutions`.
    pub instances: Option<usize>,
    /// Its own variables.
    pub environment: Vec<(String, String)>,
    /// How often an event that it was sent is tried again.
    pub retries: u32,
}

/// A permission: who may start a function for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Permission {
    function: String,
    principal: String,
    source: String,
}

/// Everything that the template declares.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The functions.
    pub functions: Vec<DeclaredFunction>,
    /// The tables.
    pub tables: Vec<TableSchema>,
    /// The parameters of Parameter Store with their values.
    pub parameters: Vec<(String, String)>,
    /// The bucket of uploads.
    pub uploads: UploadsBucket,
    /// The schedules.
    pub schedules: Vec<Schedule>,
    /// The name of the table of records.
    pub records_table: String,
    permissions: Vec<Permission>,
}

/// The bucket of uploads.
#[derive(Clone, Debug)]
pub struct UploadsBucket {
    /// Its name.
    pub name: String,
    /// Which pages may upload.
    pub cors: Vec<CorsRule>,
    /// Whom it tells.
    pub notifications: Vec<BucketNotification>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct FunctionProperties {
    function_name: String,
    runtime: String,
    architectures: Vec<String>,
    memory_size: u32,
    timeout: u64,
    reserved_concurrent_executions: Option<usize>,
    environment: Option<Environment>,
    // Where the package is and who it runs as: not of this machine.
    #[serde(rename = "Description")]
    _description: Value,
    #[serde(rename = "PackageType")]
    _package_type: Value,
    #[serde(rename = "Code")]
    _code: Value,
    #[serde(rename = "Handler")]
    _handler: Value,
    #[serde(rename = "Role")]
    _role: Value,
    #[serde(rename = "LoggingConfig")]
    _log: Value,
    #[serde(rename = "Tags")]
    _tags: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Environment {
    variables: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Retries {
    function_name: String,
    qualifier: String,
    maximum_retry_attempts: u32,
    #[serde(rename = "MaximumEventAgeInSeconds")]
    _age: Value,
    destination_config: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct PermissionProperties {
    function_name: String,
    action: String,
    principal: String,
    source_arn: String,
    #[serde(rename = "SourceAccount")]
    _account: Option<Value>,
}

impl Declared {
    /// The template, as it is deployed.
    pub const TEMPLATE: &'static str = include_str!("../../../infra/functions.yaml");

    /// Evaluates a template and reads what the local stack runs of it. `prefix` is what names begin with.
    ///
    /// # Errors
    /// When it cannot be evaluated, or says something that the local stack cannot do.
    pub fn read(template: &str, inputs: &Inputs, prefix: &str) -> Result<Declared, DeclaredError> {
        let evaluated = Template::parse(template)?.evaluate(inputs)?;
        let of = |kind| of_kind(&evaluated, kind);
        let retries = of("AWS::Lambda::EventInvokeConfig").map(|resource| retries(&resource.properties));
        let retries = retries.collect::<Result<HashMap<_, _>, _>>()?;
        let functions =
            of("AWS::Lambda::Function").map(|resource| function(resource, inputs, prefix, &retries));
        let tables = of("AWS::DynamoDB::Table").map(|resource| Ok(TableSchema::read(&resource.properties)?));
        let permissions = of("AWS::Lambda::Permission").map(|resource| permission(&resource.properties));
        let schedules = of("AWS::Scheduler::Schedule").map(|resource| Schedule::read(&resource.properties));
        let mut buckets = of("AWS::S3::Bucket").map(uploads);
        let (Some(uploads), None) = (buckets.next(), buckets.next()) else {
            return Err(DeclaredError::Expected("one bucket"));
        };
        let tables = tables.collect::<Result<Vec<_>, DeclaredError>>()?;
        let [records] = tables.as_slice() else { return Err(DeclaredError::Expected("one table")) };
        Ok(Declared {
            functions: functions.collect::<Result<_, _>>()?,
            records_table: records.name.clone(),
            tables,
            parameters: of("AWS::SSM::Parameter").map(parameter).collect::<Result<_, _>>()?,
            uploads: uploads?,
            schedules: schedules.collect::<Result<_, _>>()?,
            permissions: permissions.collect::<Result<_, DeclaredError>>()?,
        })
    }

    /// Whether a service may start a function for this source.
    pub(super) fn permits(&self, function: &str, principal: &str, source: &str) -> bool {
        self.permissions.iter().any(|permission| {
            permission.function == function
                && permission.principal == principal
                && permission.source == source
        })
    }
}

fn of_kind<'a>(evaluated: &'a Evaluated, kind: &'static str) -> impl Iterator<Item = &'a Resource> {
    evaluated.resources.values().filter(move |resource| resource.kind == kind)
}

fn function(
    resource: &Resource,
    inputs: &Inputs,
    prefix: &str,
    retries: &HashMap<String, u32>,
) -> Result<DeclaredFunction, DeclaredError> {
    let read = FunctionProperties::deserialize(&resource.properties)?;
    if read.runtime != "provided.al2023" || read.architectures != ["x86_64"] {
        return Err(DeclaredError::Expected("functions for provided.al2023 on x86_64"));
    }
    let short_name = read.function_name.strip_prefix(prefix);
    let short_name =
        short_name.ok_or(DeclaredError::Expected("names that begin with the project's and the stage's"))?;
    let variables = read.environment.map(|environment| environment.variables).unwrap_or_default();
    Ok(DeclaredFunction {
        short_name: short_name.to_owned(),
        arn: format!("arn:aws:lambda:{}:{}:function:{}", inputs.region, inputs.account_id, resource.id),
        timeout: Duration::from_secs(read.timeout),
        memory_mb: read.memory_size,
        instances: read.reserved_concurrent_executions,
        environment: variables.into_iter().collect(),
        // What is not configured is Lambda's own: two.
        retries: retries.get(&resource.id).copied().unwrap_or(2),
        name: read.function_name,
    })
}

fn retries(properties: &Value) -> Result<(String, u32), DeclaredError> {
    let read = Retries::deserialize(properties)?;
    let kept = read.destination_config.pointer("/OnFailure/Destination").is_some();
    match read.qualifier == "$LATEST" && kept {
        true => Ok((read.function_name, read.maximum_retry_attempts)),
        false => Err(DeclaredError::Expected("a place for events that failed for good")),
    }
}

fn permission(properties: &Value) -> Result<Permission, DeclaredError> {
    let read = PermissionProperties::deserialize(properties)?;
    match read.action.as_str() {
        "lambda:InvokeFunction" => Ok(Permission {
            function: read.function_name,
            principal: read.principal,
            source: read.source_arn,
        }),
        _ => Err(DeclaredError::Expected("permissions to invoke")),
    }
}

fn parameter(resource: &Resource) -> Result<(String, String), DeclaredError> {
    let text = |name: &str| resource.properties.get(name).and_then(Value::as_str).map(str::to_owned);
    match (text("Type").as_deref(), text("Name"), text("Value")) {
        (Some("String"), Some(name), Some(value)) => Ok((name, value)),
        _ => Err(DeclaredError::Expected("parameters of type String with a name and a value")),
    }
}

fn uploads(resource: &Resource) -> Result<UploadsBucket, DeclaredError> {
    let cors = resource.properties.pointer("/CorsConfiguration/CorsRules").cloned().unwrap_or_default();
    let name = resource.properties.get("BucketName").and_then(Value::as_str);
    Ok(UploadsBucket {
        name: name.ok_or(DeclaredError::Expected("a bucket with a name"))?.to_owned(),
        cors: if cors.is_null() { Vec::new() } else { serde_json::from_value(cors)? },
        notifications: BucketNotification::read(&resource.properties)?,
    })
}
