//! What the dashboard and the alarms look at is what the gate and its log groups count, in every region that runs it.

use std::collections::BTreeSet;

use gate::flow::CallbackProblem;
use gate::log::{Event, NAMESPACE, OF_FUNCTION};
use gate::reason::Reason;
use ops::regions::LAMBDA_AT_EDGE;
use serde_json::Value;

use super::documents::{resources, templates};

/// The metrics that the log groups count.
const COUNTED: &str = "Parapet/${Name}-${Stage}";

#[test]
fn the_dashboard_shows_every_region() {
    let mut graphs = 0;
    for widget in widgets() {
        let rows = rows(&widget);
        if rows.is_empty() || rows[0][0] == "AWS/CloudFront" {
            continue;
        }
        graphs += 1;
        let shown: BTreeSet<&str> = rows.iter().filter_map(|row| options(row)["region"].as_str()).collect();
        assert_eq!(shown, BTreeSet::from(LAMBDA_AT_EDGE), "{}", widget["properties"]["title"]);
        // As often as each other.
        assert_eq!(rows.len() % LAMBDA_AT_EDGE.len(), 0, "{}", widget["properties"]["title"]);
    }
    assert_eq!(graphs, 9);
}

#[test]
fn what_is_looked_at_is_counted_and_the_other_way_round() {
    let templates = templates();
    let counted: BTreeSet<String> = resources(&templates["edge-region"])
        .iter()
        .filter(|(_, resource)| resource["Type"] == "AWS::Logs::MetricFilter")
        .map(|(_, filter)| &filter["Properties"]["MetricTransformations"][0])
        .inspect(|transformation| assert_eq!(transformation["MetricNamespace"]["Fn::Sub"], COUNTED))
        .map(|transformation| transformation["MetricName"].as_str().unwrap().to_owned())
        .collect();
    let mut looked_at: BTreeSet<String> = widgets()
        .iter()
        .flat_map(rows)
        .filter(|row| row[0] == COUNTED)
        .map(|row| row[1].as_str().unwrap().to_owned())
        .collect();
    for (_, alarm) in resources(&templates["edge-region"]) {
        metric_names(&alarm["Properties"], &mut looked_at);
    }
    assert_eq!(counted, looked_at);
}

#[test]
fn every_reason_for_an_unfinished_sign_in_is_counted() {
    let templates = templates();
    let pattern = templates["edge-region"]["Resources"]["FailedSignIns"]["Properties"]["FilterPattern"]
        .as_str()
        .unwrap();
    let counted: BTreeSet<&str> = quoted(pattern, "$.reason").collect();
    assert_eq!(counted, CallbackProblem::ALL.iter().map(|problem| problem.reason().as_str()).collect());
}

#[test]
fn the_filters_name_events_and_reasons_of_the_gate() {
    let templates = templates();
    for (name, resource) in resources(&templates["edge-region"]) {
        let Some(pattern) = resource["Properties"]["FilterPattern"].as_str() else { continue };
        for event in quoted(pattern, "$.event") {
            assert!(Event::ALL.iter().any(|known| known.as_str() == event), "{name}: {event}");
        }
        for reason in quoted(pattern, "$.reason") {
            assert!(Reason::ALL.iter().any(|known| known.as_str() == reason), "{name}: {reason}");
        }
    }
}

/// What a filter pattern compares a member with.
fn quoted<'p>(pattern: &'p str, member: &str) -> impl Iterator<Item = &'p str> {
    let comparisons: Vec<&str> = pattern.split(&format!("{member} = \"")).skip(1).collect();
    comparisons.into_iter().map(|rest| rest.split('"').next().unwrap())
}

#[test]
fn the_search_names_the_gate_s_metrics() {
    let dimensions = OF_FUNCTION.last().unwrap().join(",");
    let searches: BTreeSet<String> = widgets()
        .iter()
        .flat_map(rows)
        .filter_map(|row| options(&row)["expression"].as_str().map(ToOwned::to_owned))
        .collect();
    let expected = [Event::Fault, Event::Refusal].map(|event| {
        let metric =
            format!("{{{NAMESPACE},{dimensions}}} MetricName=\"count\" function=\"${{FunctionName}}\"");
        format!("SEARCH('{metric} event=\"{event}\"', 'Sum', 300)")
    });
    assert_eq!(searches, BTreeSet::from(expected));
}

/// The dashboard's widgets, as `CloudWatch` gets them but for the parameters.
fn widgets() -> Vec<Value> {
    let templates = templates();
    let body = templates["watch"]["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
        .as_str()
        .unwrap();
    let dashboard: Value = serde_json::from_str(&body.replace("${!", "${")).unwrap();
    dashboard["widgets"].as_array().unwrap().clone()
}

fn rows(widget: &Value) -> Vec<Value> {
    widget["properties"]["metrics"].as_array().cloned().unwrap_or_default()
}

fn options(row: &Value) -> &Value {
    row.as_array().unwrap().last().unwrap()
}

/// The names of the metrics of ours below, in an alarm on one metric or on an expression.
fn metric_names(node: &Value, into: &mut BTreeSet<String>) {
    if node["Namespace"]["Fn::Sub"] == COUNTED {
        into.insert(node["MetricName"].as_str().unwrap().to_owned());
    }
    match node {
        Value::Array(items) => items.iter().for_each(|item| metric_names(item, into)),
        Value::Object(entries) => entries.values().for_each(|value| metric_names(value, into)),
        _ => {}
    }
}
