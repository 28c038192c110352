//! An AWS account behind one endpoint.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use serde_json::json;
use tests::moto::Moto;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::answer::{element, query, xml};
use super::cloudformation::{CloudFormation, Stack};
use super::outputs::{ACCOUNT, CLIENT, DISTRIBUTION, HOST, buckets, part};

/// RFC 7515 appendix A.2.
const MODULUS: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

/// Of the site's behavior.
const METHODS: &str = "<AllowedMethods><Quantity>7</Quantity><Items><Method>GET</Method><Method>HEAD</Method><Method>OPTIONS\
    </Method><Method>PUT</Method><Method>PATCH</Method><Method>POST</Method><Method>DELETE</Method></Items></AllowedMethods>";

pub(crate) struct Account {
    url: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    cloudformation: Mutex<CloudFormation>,
    moto: Moto,
    client: reqwest::Client,
}

impl Account {
    pub(crate) async fn new() -> Account {
        // It is the operator that brings the cryptography; a client of reqwest cannot be made without any.
        ops::web_client::WebClient::new().unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let shared =
            Arc::new(Shared { cloudformation: Mutex::default(), moto: Moto::start().unwrap(), client });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Account { url, shared, server }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Where moto answers for what is not of this double.
    pub(crate) fn moto(&self) -> &str {
        self.shared.moto.url()
    }

    pub(crate) fn cloudformation(&self) -> MutexGuard<'_, CloudFormation> {
        self.shared.cloudformation.lock().unwrap()
    }

    /// The stack of a part in the region where it stands alone.
    pub(crate) fn stack(&self, part: &str) -> Stack {
        let is_of_cloudfront =
            matches!(part, "packages" | "certificate" | "edge" | "edge-region" | "dns" | "watch");
        let region = if is_of_cloudfront { "us-east-1" } else { "eu-central-1" };
        self.cloudformation().stacks[&(region.to_owned(), format!("cms-staging-{part}"))].clone()
    }

    /// What was executed since this was asked last: the parts, each once.
    pub(crate) fn executed(&self) -> Vec<String> {
        let done = std::mem::take(&mut self.cloudformation().done);
        let executed = done.iter().filter_map(|line| line.strip_prefix("execute "));
        let mut parts: Vec<_> =
            executed.map(|line| part(line.split_once(' ').unwrap().1).to_owned()).collect();
        parts.dedup();
        parts
    }

    /// The keys of a bucket; none if there is no such bucket.
    pub(crate) async fn keys(&self, bucket: &str) -> Vec<String> {
        let answer =
            self.shared.client.get(format!("{}/{bucket}", self.shared.moto.url())).send().await.unwrap();
        let listing = answer.text().await.unwrap();
        listing.split("<Key>").skip(1).map(|rest| rest.split_once('<').unwrap().0.to_owned()).collect()
    }

    /// An object's bytes.
    pub(crate) async fn object(&self, bucket: &str, key: &str) -> Vec<u8> {
        let url = format!("{}/{bucket}/{key}", self.shared.moto.url());
        let request = self.shared.client.get(url).header("authorization", scope("us-east-1", "s3"));
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{key}");
        answer.bytes().await.unwrap().to_vec()
    }
}

/// A signature of the operator's: moto tells services and regions apart by it, and does not check it.
pub(crate) fn scope(region: &str, service: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential=parapet/20261121/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0"
    )
}

impl Drop for Account {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let scope =
        head.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let scope: Vec<_> = scope.split('/').map(str::to_owned).collect();
    let service = scope.get(3).map_or("", String::as_str);
    let path = head.uri.path();
    match service {
        "cloudformation" => cloudformation(&shared, &scope[2], &body).await,
        "cloudfront" if head.method == Method::POST => invalidation(&body),
        "cloudfront" => distribution(&shared, path.ends_with("/config")),
        "lambda" if head.method == Method::POST => migration(&shared, path),
        "lambda" => lambda(&shared, path),
        "" if path == "/auth/sign-in" => site(&shared),
        _ if path.ends_with("/.well-known/jwks.json") => {
            let key = json!({ "kty": "RSA", "kid": "of-the-pool", "alg": "RS256", "use": "sig", "n": MODULUS, "e": "AQAB" });
            Response::new(Body::from(json!({ "keys": [key] }).to_string()))
        }
        _ => {
            let url = format!("{}{}", shared.moto.url(), head.uri);
            let call = shared.client.request(head.method.clone(), url).headers(head.headers).body(body);
            relayed(&head.method, call.send().await.unwrap()).await
        }
    }
}

/// What the distribution answers to who wants to sign in: as the gate does, or otherwise.
fn site(shared: &Shared) -> Response<Body> {
    let cloudformation = shared.cloudformation.lock().unwrap();
    let site = cloudformation.stacks.iter().find(|((_, name), _)| part(name) == "site").unwrap().1;
    let version = site.parameters["FunctionVersionArn"].rsplit(':').next().unwrap();
    if cloudformation.broken.iter().any(|broken| broken == version) {
        let refused = Response::builder().status(StatusCode::SERVICE_UNAVAILABLE);
        return refused.body(Body::from("the gate's configuration is refused")).unwrap();
    }
    let (hosted_ui, client) = match &cloudformation.sign_in {
        Some((hosted_ui, client)) => (hosted_ui.as_str(), client.as_str()),
        None => ("https://cms.auth.eu-central-1.amazoncognito.com", CLIENT),
    };
    let location = format!("{hosted_ui}/oauth2/authorize?client_id={client}&code_challenge=x");
    Response::builder().status(302).header(header::LOCATION, location).body(Body::empty()).unwrap()
}

async fn relayed(method: &Method, answer: reqwest::Response) -> Response<Body> {
    let mut relayed = Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        let is_of_the_body = name == header::TRANSFER_ENCODING || name == header::CONTENT_LENGTH;
        if !is_of_the_body || (method == Method::HEAD && name == header::CONTENT_LENGTH) {
            relayed = relayed.header(name, value);
        }
    }
    relayed.body(Body::from(answer.bytes().await.unwrap())).unwrap()
}

async fn cloudformation(shared: &Shared, region: &str, body: &Bytes) -> Response<Body> {
    let call: BTreeMap<_, _> = url::form_urlencoded::parse(body).into_owned().collect();
    let said = shared.cloudformation.lock().unwrap().answer(region, &call);
    if call["Action"] == "ExecuteChangeSet" {
        let name = &call["StackName"];
        let place = (region.to_owned(), name.clone());
        let outputs = shared.cloudformation.lock().unwrap().stacks[&place].outputs.clone();
        if !outputs.is_empty() {
            for bucket in buckets(part(name), &outputs) {
                shared.client.put(format!("{}/{bucket}", shared.moto.url())).send().await.unwrap();
            }
        }
    }
    query(&call["Action"], said)
}

/// An invalidation of the paths that are asked for, completed at once.
fn invalidation(batch: &Bytes) -> Response<Body> {
    let asked = std::str::from_utf8(batch).unwrap();
    let inside = asked.split_once("<Paths>").unwrap().1.rsplit_once("</InvalidationBatch>").unwrap().0;
    let text = format!(
        "<Invalidation><Id>I1EXAMPLE</Id><Status>Completed</Status><CreateTime>2026-11-21T12:30:00Z</CreateTime>\
         <InvalidationBatch><Paths>{inside}</InvalidationBatch></Invalidation>"
    );
    xml(StatusCode::CREATED, text)
}

/// A distribution as the site's stack has it, or its configuration alone.
fn distribution(shared: &Shared, config_alone: bool) -> Response<Body> {
    let cloudformation = shared.cloudformation.lock().unwrap();
    let site = cloudformation.stacks.iter().find(|((_, name), _)| part(name) == "site").unwrap().1;
    let config = distribution_config(site);
    let text = if config_alone {
        config
    } else {
        format!(
            "<Distribution><Id>{DISTRIBUTION}</Id><ARN>a</ARN><Status>Deployed</Status><LastModifiedTime>\
             2026-11-21T12:30:00Z</LastModifiedTime><InProgressInvalidationBatches>0</InProgressInvalidationBatches>\
             <DomainName>{HOST}</DomainName>{config}</Distribution>"
        )
    };
    let mut answer = xml(StatusCode::OK, text);
    answer.headers_mut().insert(header::ETAG, HeaderValue::from_static("E2EXAMPLE"));
    answer
}

fn distribution_config(site: &Stack) -> String {
    let function = &site.parameters["FunctionVersionArn"];
    let functions = if function.is_empty() {
        "<Quantity>0</Quantity>".to_owned()
    } else {
        format!(
            "<Quantity>1</Quantity><Items><LambdaFunctionAssociation>{}<EventType>viewer-request</EventType>\
             </LambdaFunctionAssociation></Items>",
            element("LambdaFunctionARN", function)
        )
    };
    format!(
        "<DistributionConfig><CallerReference>r</CallerReference><Comment>c</Comment><Enabled>{}</Enabled>\
         {}{}<Origins><Quantity>1</Quantity><Items><Origin><Id>site</Id><DomainName>site.s3.amazonaws.com</DomainName><OriginPath>/site</OriginPath>\
         <OriginAccessControlId>EOAC</OriginAccessControlId><S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity>\
         </S3OriginConfig></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>site</TargetOriginId>\
         <ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy><Compress>true</Compress>{METHODS}\
         <LambdaFunctionAssociations>{functions}</LambdaFunctionAssociations></DefaultCacheBehavior></DistributionConfig>",
        !function.is_empty(),
        aliases(&site.parameters["DomainNames"]),
        certificate(&site.parameters["CertificateArn"])
    )
}

/// The parameter is a list with commas.
fn aliases(names: &str) -> String {
    let names: Vec<_> = names.split(',').filter(|name| !name.is_empty()).collect();
    let items: String = names.iter().map(|name| element("CNAME", name)).collect();
    format!("<Aliases><Quantity>{}</Quantity><Items>{items}</Items></Aliases>", names.len())
}

fn certificate(arn: &str) -> String {
    let arn = element("ACMCertificateArn", arn);
    format!(
        "<ViewerCertificate>{arn}<MinimumProtocolVersion>TLSv1.2_2021</MinimumProtocolVersion></ViewerCertificate>"
    )
}

/// The function that migrates the database. The path is `/2015-03-31/functions/NAME/invocations`.
fn migration(shared: &Shared, path: &str) -> Response<Body> {
    let mut cloudformation = shared.cloudformation.lock().unwrap();
    cloudformation.done.push(format!("start {}", path.split('/').nth(3).unwrap()));
    let answer = Response::builder();
    match cloudformation.failing_migration.take() {
        None => answer.body(Body::from(json!("the database is up to date").to_string())).unwrap(),
        Some(reason) => {
            let error = json!({ "errorType": "Error", "errorMessage": reason });
            answer.header("x-amz-function-error", "Unhandled").body(Body::from(error.to_string())).unwrap()
        }
    }
}

/// The versions that the edge stack has published. The path is `/2015-03-31/functions/NAME/versions`.
fn lambda(shared: &Shared, path: &str) -> Response<Body> {
    let function = path.split('/').nth(3).unwrap();
    let versions = shared.cloudformation.lock().unwrap().versions.clone();
    let versions = (1..).zip(versions).map(|(number, hash): (u32, String)| {
        json!({ "Version": number.to_string(), "FunctionArn": format!("arn:aws:lambda:us-east-1:{ACCOUNT}:function:{function}:{number}"), "CodeSha256": hash,
                "LastModified": "2026-11-21T12:30:00.000+0000" })
    });
    let latest = json!({ "Version": "$LATEST", "CodeSha256": "" });
    let versions: Vec<_> = [latest].into_iter().chain(versions).collect();
    Response::new(Body::from(json!({ "Versions": versions }).to_string()))
}
