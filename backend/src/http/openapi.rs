//! The OpenAPI document: what the endpoints say of themselves, and what holds for all of them.

use serde_json::{Map, Value, json};
use utoipa::OpenApi;

/// What the document says beside its endpoints.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Parapet",
        description = "Entries, media and their publication. Every error is a problem document (RFC 9457) with a stable \
                       `type`. Times are RFC 3339 in UTC. Lists have `items`, `next` (the cursor of the next page) and \
                       `total`.",
        version = "1.0.0"
    ),
    components(schemas(content::wire::Problem, content::wire::ProblemType, content::wire::EntryState)),
    servers((url = "/api/v1"))
)]
pub(super) struct Base;

/// Operations that take `If-Match`, and whether they have to be given one.
const IF_MATCH: [(&str, bool); 9] = [
    ("save_entry", true),
    ("restore_revision", true),
    ("delete_entry", false),
    ("publish_entry", false),
    ("unpublish_entry", false),
    ("schedule_entry", false),
    ("unschedule_entry", false),
    ("restore_entry", false),
    ("save_site", false),
];

/// Finishes the document that was gathered from the endpoints.
pub(super) fn finished(gathered: &utoipa::openapi::OpenApi) -> Value {
    let mut document = serde_json::to_value(gathered).unwrap_or_default();
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        for (path, item) in paths.iter_mut() {
            let Some(methods) = item.as_object_mut() else { continue };
            for (method, operation) in methods.iter_mut() {
                finish(path, method, operation);
            }
        }
    }
    if let Some(document) = document.as_object_mut() {
        document.insert("security".to_owned(), json!([{ "bearer": [] }]));
    }
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        let bearer = json!({
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "an access token of the user pool",
        });
        components.insert("securitySchemes".to_owned(), json!({ "bearer": bearer }));
        if let Some(schemas) = components.get_mut("schemas").and_then(Value::as_object_mut) {
            constrain(schemas);
        }
    }
    document
}

/// Adds what every operation of this shape can be answered with, and the header fields that it takes.
fn finish(path: &str, method: &str, operation: &mut Value) {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
    let open = operation.get("security") == Some(&json!([{}]));
    let has_body = operation.get("requestBody").is_some();
    let mut answers = vec![400, 403, 408, 500, 503];
    if !open {
        answers.push(401);
    }
    if path.contains('{') {
        answers.push(404);
    }
    if has_body {
        answers.extend([413, 415, 422]);
    }
    let mut fields = Vec::new();
    if method == "post" {
        answers.extend([409, 422]);
        fields.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "a request with a key that was used within a day is answered as it was the first time",
            "schema": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$" },
        }));
    }
    if let Some((_, required)) = IF_MATCH.iter().find(|(name, _)| *name == id) {
        answers.push(412);
        if *required {
            answers.push(428);
        }
        fields.push(json!({
            "name": "If-Match", "in": "header", "required": required,
            "description": "the version that was read; a weak entity tag is taken, too",
            "schema": {
                "type": "string",
                "pattern": "^(\\*|(W/)?\"[^\",]*\"(, ?(W/)?\"[^\",]*\")*)$",
                "examples": ["\"1\""],
            },
        }));
    }
    let Some(operation) = operation.as_object_mut() else { return };
    if !fields.is_empty()
        && let Some(parameters) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut()
    {
        parameters.extend(fields);
    }
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    let Some(responses) = responses.as_object_mut() else { return };
    for status in answers {
        responses.entry(status.to_string()).or_insert_with(|| json!({ "description": described(status) }));
    }
    for (status, response) in responses.iter_mut() {
        let is_problem = status.starts_with('4') || status.starts_with('5');
        if let Some(response) = response.as_object_mut().filter(|_| is_problem) {
            response.entry("content").or_insert_with(|| {
                json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } })
            });
        }
    }
}

fn described(status: u16) -> &'static str {
    match status {
        400 => "a query parameter, a header field or the body's syntax is wrong",
        401 => "no access token, or one that is not valid",
        403 => "the role does not allow it, or the request did not come through the site's address",
        404 => "there is no such thing",
        408 => "the request took too long",
        409 => "the state of the thing does not allow it; `type` says which of several reasons it is",
        412 => "it was changed meanwhile; `current` is the entry as it is now",
        413 => "the body is over 1 MiB",
        415 => "the body is not application/json",
        422 => "members are wrong, each named in `errors`; or the idempotency key was used with another body",
        428 => "If-Match is missing",
        503 => "a service behind the API does not answer",
        _ => "a defect of the server's",
    }
}

/// What the types of the crate `content` do not say of their members: how long texts may be, and the like.
fn constrain(schemas: &mut Map<String, Value>) {
    let title = json!({ "maxLength": 300, "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$" });
    let text = |limit: usize| json!({ "maxLength": limit, "pattern": "^[^\\u0000]*$" });
    for schema in ["NewEntry", "ChangedEntry"] {
        put(schemas, schema, "title", &title);
        put(schemas, schema, "search_title", &title);
        put(schemas, schema, "summary", &text(2_000));
        put(schemas, schema, "search_description", &text(1_000));
        put(schemas, schema, "body", &text(super::json::MAX_BODY));
        put(
            schemas,
            schema,
            "slug",
            &json!({ "maxLength": 200, "pattern": "^([A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*)?$" }),
        );
        put(schemas, schema, "section", &json!({ "maxLength": 202 }));
        put(
            schemas,
            schema,
            "language",
            &json!({ "maxLength": 35, "pattern": "^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$" }),
        );
        put(schemas, schema, "tags", &json!({ "maxItems": 50 }));
        put(schemas, schema, "order", &json!({ "minimum": -1_000_000_000, "maximum": 1_000_000_000 }));
    }
    put(
        schemas,
        "NewEntry",
        "title",
        &json!({ "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*[^\\s\\u0000-\\u001f\\u007f-\\u009f][^\\u0000-\\u001f\\u007f-\\u009f]*$" }),
    );
    put(schemas, "ChangedMe", "name", &json!({ "minLength": 1, "maxLength": 100 }));
    put(schemas, "BulkRequest", "ids", &json!({ "minItems": 1, "maxItems": 100 }));
    put(schemas, "NewSection", "page_size", &json!({ "minimum": 1, "maximum": 100 }));
    put(schemas, "NewSection", "title", &json!({ "minLength": 1, "maxLength": 200 }));
    put(schemas, "NewSection", "path", &json!({ "maxLength": 202, "pattern": "^/([A-Za-z0-9._~-]+/)*$" }));
    put(schemas, "NewMedia", "name", &json!({ "minLength": 1, "maxLength": 200 }));
    put(schemas, "NewMedia", "alt", &text(1_000));
    put(schemas, "NewMedia", "size", &json!({ "minimum": 1, "maximum": crate::media::MAX_UPLOAD }));
    put(schemas, "NewReplacement", "name", &json!({ "minLength": 1, "maxLength": 200 }));
    put(schemas, "NewReplacement", "size", &json!({ "minimum": 1, "maximum": crate::media::MAX_UPLOAD }));
    put(schemas, "ChangedMedia", "name", &json!({ "minLength": 1, "maxLength": 200 }));
    put(schemas, "ChangedMedia", "alt", &text(1_000));
    put(schemas, "Publish", "accept", &json!({ "maxItems": 10 }));
    for schema in ["NewEntry", "ChangedEntry", "NewMedia", "ChangedMedia", "NewRedirect"] {
        never_null(schemas, schema);
    }
    put(schemas, "Timestamp", "", &json!({ "format": "date-time" }));
    if let Some(entry) = schemas.get_mut("NewEntry").and_then(Value::as_object_mut) {
        entry.insert("required".to_owned(), json!(["title"]));
        let time =
            |what: &str| json!({ "type": ["string", "null"], "format": "date-time", "description": what });
        let imported = json!({
            "source": {
                "type": "string", "maxLength": 300, "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
                "description": "For importers: what it is called where it comes from; no two entries have the same.",
            },
            "created_at": time("For importers who are editors: when it was begun there."),
            "published_at": time("For importers who are editors: when it was first published there."),
        });
        if let (Some(properties), Some(imported)) =
            (entry.get_mut("properties").and_then(Value::as_object_mut), imported.as_object())
        {
            properties.extend(imported.clone());
        }
    }
}

/// Takes null from the types of members that can only be left out. A cover can be null: that takes it away.
fn never_null(schemas: &mut Map<String, Value>, schema: &str) {
    let properties = schemas.get_mut(schema).and_then(|schema| schema.get_mut("properties"));
    let Some(properties) = properties.and_then(Value::as_object_mut) else { return };
    for (name, property) in properties.iter_mut() {
        let Some(property) = property.as_object_mut().filter(|_| name != "cover") else { continue };
        property.remove("default");
        let kinds = property.get("type").and_then(Value::as_array);
        if let Some(kind) = kinds.and_then(|kinds| kinds.iter().find(|kind| *kind != "null").cloned()) {
            property.insert("type".to_owned(), kind);
        }
        let choices = property.get_mut("oneOf").and_then(Value::as_array_mut);
        if let Some(choices) = choices {
            choices.retain(|choice| choice.get("type") != Some(&json!("null")));
        }
    }
}

/// Adds members to a property of a schema; to the schema itself where no property is named.
fn put(schemas: &mut Map<String, Value>, schema: &str, property: &str, members: &Value) {
    let Some(schema) = schemas.get_mut(schema) else { return };
    let target = if property.is_empty() {
        Some(schema)
    } else {
        schema.get_mut("properties").and_then(|properties| properties.get_mut(property))
    };
    if let (Some(target), Some(members)) = (target.and_then(Value::as_object_mut), members.as_object()) {
        target.extend(members.clone());
    }
}
