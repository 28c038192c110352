//! The same against a double that others wrote.

use tests::moto::Moto;
use tests::operator::{Run, parapet};

use super::aws::{make_bucket, make_distribution, object};
use super::folder::Folder;

#[tokio::test]
async fn a_site_is_deployed_changed_and_invalidated() {
    let moto = Moto::start().unwrap();
    make_bucket(&moto, "cms-site").await;
    let distribution = make_distribution(&moto, "cms-site").await;
    let site = Folder::of(&[
        ("index.html", "start 1"),
        ("guide/index.html", "guide"),
        ("app-0123456789abcdef.css", &"a { color: red }\n".repeat(100)),
        ("a b.txt", "space"),
    ]);
    let deploy = async |more: &[&str]| -> Run {
        let fixed = ["deploy", "site", site.name(), "--bucket", "cms-site", "--distribution", &distribution];
        parapet(&[&fixed[..], &["--endpoint-url", moto.url()], more].concat()).await.done()
    };
    let first = deploy(&[]).await;
    assert_eq!(first.json()["uploaded"], 4);
    assert_eq!(object(&moto, "cms-site", "site/index.html").await.as_deref(), Some("start 1"));
    assert!(object(&moto, "cms-site", ".parapet/site.json").await.is_some());
    assert_eq!(deploy(&[]).await.json()["deploy"], serde_json::Value::Null);
    site.write("index.html", "start 2");
    site.remove("a b.txt");
    let second = deploy(&["--grace-hours", "0"]).await;
    assert_eq!(second.paths(), ["/", "/a%20b.txt", "/index.html"]);
    assert_eq!(
        (second.keys("upload"), second.keys("remove")),
        (vec!["index.html".into()], vec!["a b.txt".into()])
    );
    assert_eq!(object(&moto, "cms-site", "site/index.html").await.as_deref(), Some("start 2"));
    assert_eq!(object(&moto, "cms-site", "site/a%20b.txt").await, None);
    let since = first.json()["deploy"].as_str().unwrap().to_owned();
    let fixed = ["invalidate", "--since", &since, "--bucket", "cms-site", "--distribution", &distribution];
    let invalidated = parapet(&[&fixed[..], &["--endpoint-url", moto.url()]].concat()).await.done();
    assert_eq!(invalidated.json()["paths"].as_array().unwrap().len(), 5, "{}", invalidated.out);
}
