//! `parapet associate`, as an operator runs it, against a CloudFront that keeps what it is given.
//!
//! moto forgets the functions of a distribution, and takes any change whatever the entity tag.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use ops::failure::Exit;
use tests::operator::{Run, parapet_for_people};
use tokio::net::TcpListener;

use crate::site::folder::Folder;

const PROJECT: &str = "name = \"cms\"\nregion = \"eu-central-1\"\n[site]\ndomains = [\"cms.example.com\"]\n";
const SEVEN: &str = "arn:aws:lambda:us-east-1:123456789012:function:cms-production-edge-auth:7";
const OTHER: &str = "arn:aws:lambda:us-east-1:123456789012:function:somebody-elses:3";
const CONFIG: &str = "<DistributionConfig><CallerReference>r</CallerReference><Comment>kept</Comment><Enabled>true</Enabled>\
    <Origins><Quantity>2</Quantity><Items><Origin><Id>site</Id><DomainName>site.s3.amazonaws.com</DomainName><S3OriginConfig>\
    <OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin><Origin><Id>api</Id><DomainName>api.example.com\
    </DomainName><CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>https-only\
    </OriginProtocolPolicy></CustomOriginConfig></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>site\
    </TargetOriginId><ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy></DefaultCacheBehavior><CacheBehaviors>\
    <Quantity>1</Quantity><Items><CacheBehavior><PathPattern>/api/*</PathPattern><TargetOriginId>api</TargetOriginId>\
    <ViewerProtocolPolicy>https-only</ViewerProtocolPolicy></CacheBehavior></Items></CacheBehaviors></DistributionConfig>";

/// A distribution: its configuration, and how often it was changed.
#[derive(Clone)]
struct CloudFront {
    kept: Arc<Mutex<(String, u32)>>,
    /// Whether somebody else changes it after each look.
    is_busy: bool,
}

impl CloudFront {
    async fn start(is_busy: bool) -> (CloudFront, String) {
        let cloudfront = CloudFront { kept: Arc::new(Mutex::new((CONFIG.to_owned(), 1))), is_busy };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(answer).with_state(cloudfront.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        (cloudfront, url)
    }

    fn config(&self) -> String {
        self.kept.lock().unwrap().0.clone()
    }
}

async fn answer(
    State(cloudfront): State<CloudFront>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let mut kept = cloudfront.kept.lock().unwrap();
    let tag = format!("E{}", kept.1);
    let (mut status, mut text) = (StatusCode::OK, String::new());
    if method == Method::PUT {
        if headers["if-match"] != *tag {
            status = StatusCode::PRECONDITION_FAILED;
            text = "<ErrorResponse><Error><Type>Sender</Type><Code>PreconditionFailed</Code><Message>no</Message></Error>\
                    <RequestId>1</RequestId></ErrorResponse>"
                .to_owned();
        } else {
            *kept = (String::from_utf8(body.to_vec()).unwrap(), kept.1 + 1);
        }
    } else if uri.path().ends_with("/config") {
        text.clone_from(&kept.0);
        kept.1 += u32::from(cloudfront.is_busy);
    }
    if text.is_empty() {
        let config = &kept.0;
        text = format!(
            "<Distribution><Id>E1</Id><ARN>a</ARN><Status>Deployed</Status><LastModifiedTime>2026-11-21T12:30:00Z\
             </LastModifiedTime><InProgressInvalidationBatches>0</InProgressInvalidationBatches><DomainName>d.example\
             </DomainName>{config}</Distribution>"
        );
    }
    let answer = Response::builder().status(status).header("content-type", "text/xml").header("etag", tag);
    answer.body(Body::from(text)).unwrap()
}

async fn associate(url: &str, function: &str, arguments: &[&str]) -> Run {
    let project = Folder::of(&[("parapet.toml", PROJECT)]);
    let file = project.file("parapet.toml");
    let fixed = ["--endpoint-url", url, "--project", file.to_str().unwrap(), "--function", function];
    parapet_for_people(&[&["associate"], arguments, &fixed].concat()).await
}

#[tokio::test]
async fn a_distribution_that_is_brought_along_gets_the_gate_once_and_nobody_elses_is_replaced() {
    let (cloudfront, url) = CloudFront::start(false).await;
    let own = associate(&url, SEVEN, &[]).await;
    assert_eq!(own.exit, Exit::Usage, "{own:?}");

    let named = ["--distribution", "E1"];
    let planned = associate(&url, SEVEN, &[&named[..], &["--dry-run"]].concat()).await.done();
    assert!(planned.out.contains("  ~ /api/*  viewer-request\n"), "{}", planned.out);
    assert!(planned.out.contains("  ~ *  viewer-request, origin-response\n"), "{}", planned.out);
    let declined = associate(&url, SEVEN, &named).await;
    assert_eq!(declined.exit, Exit::Unconfirmed, "{declined:?}");
    assert_eq!(cloudfront.config(), CONFIG, "nothing was changed so far");

    let done = associate(&url, SEVEN, &[&named[..], &["--yes"]].concat()).await.done();
    assert!(done.out.contains("the gate answers"), "{}", done.out);
    let config = cloudfront.config();
    assert!(config.contains("<Comment>kept</Comment>"), "{config}");
    assert_eq!(config.matches(SEVEN).count(), 3, "{config}");
    let again = associate(&url, SEVEN, &[&named[..], &["--yes"]].concat()).await.done();
    assert!(again.out.contains("nothing to change"), "{}", again.out);
    let refused = associate(&url, OTHER, &[&named[..], &["--yes"]].concat()).await;
    assert_eq!(refused.exit, Exit::Failed);
    assert!(refused.err.contains(&format!("*: viewer-request has {SEVEN}")), "{}", refused.err);
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_stays() {
    let (cloudfront, url) = CloudFront::start(true).await;
    let refused = associate(&url, SEVEN, &["--distribution", "E1", "--yes"]).await;
    assert_eq!(refused.exit, Exit::Failed, "{refused:?}");
    assert!(refused.err.contains("changed by somebody else"), "{}", refused.err);
    assert_eq!(cloudfront.config(), CONFIG);
}
