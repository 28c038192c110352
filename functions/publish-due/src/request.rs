//! The request, in the form in which an HTTP API hands requests to the backend (payload format 2.0).

use serde_json::{Value, json};

/// Where the backend does what is due. It has this address as a Lambda function only, and no HTTP API has a route to it.
pub(crate) const PATH: &str = "/publish-due";

/// A `POST` to it.
pub(crate) fn publish_due() -> Value {
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": PATH,
        "rawQueryString": "",
        "headers": { "content-type": "application/json", "host": "publish-due" },
        "requestContext": {
            "accountId": "",
            "apiId": "publish-due",
            "domainName": "publish-due",
            "domainPrefix": "publish-due",
            "http": {
                "method": "POST",
                "path": PATH,
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "publish-due"
            },
            "requestId": "publish-due",
            "routeKey": "$default",
            "stage": "$default",
            "time": "01/Jan/1970:00:00:00 +0000",
            "timeEpoch": 0
        },
        "body": "{}",
        "isBase64Encoded": false
    })
}

#[cfg(test)]
mod tests {
    use aws_lambda_events::apigw::ApiGatewayV2httpRequest;

    use super::*;

    #[test]
    fn it_is_a_request_as_an_http_api_makes_one() {
        let request: ApiGatewayV2httpRequest = serde_json::from_value(publish_due()).unwrap();
        assert_eq!(request.raw_path.as_deref(), Some(PATH));
        assert_eq!(request.request_context.http.method.as_str(), "POST");
    }
}
