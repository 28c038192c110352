//! Somebody who may do everything, at the API itself.

use reqwest::Method;
use serde_json::Value;
use tests::Failure;
use tests::cloud::Cloud;

/// A client of the API with a token. Clones share its connections.
#[derive(Clone)]
pub(crate) struct Editor {
    client: reqwest::Client,
    api: String,
    bearer: String,
    /// The backend's.
    pub(crate) process: u32,
}

impl Editor {
    pub(crate) fn of(cloud: &Cloud) -> Result<Editor, Failure> {
        let backend = cloud.running_cms().and_then(|cms| cms.backend());
        let backend = backend.ok_or_else(|| std::io::Error::other("the backend does not run"))?;
        Ok(Editor {
            client: reqwest::Client::new(),
            api: format!("http://{}/api/v1", backend.address()),
            bearer: format!("Bearer {}", cloud.access_token("admin")?),
            process: backend.process_id().unwrap_or_default(),
        })
    }

    pub(crate) async fn read(&self, path: &str) -> Result<Value, Failure> {
        self.ask(Method::GET, path, None, None).await
    }

    /// Asks for something; an answer that is no success is an error.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        version: Option<i64>,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        Ok(serde_json::from_slice(&self.answer(method, path, version, body).await?)?)
    }

    /// The same, with the answer as it came: to understand it costs a client more than the backend took to write it.
    pub(crate) async fn answer(
        &self,
        method: Method,
        path: &str,
        version: Option<i64>,
        body: Option<&Value>,
    ) -> Result<Vec<u8>, Failure> {
        let mut request = self.client.request(method, format!("{}{path}", self.api));
        request = request.header("authorization", &self.bearer);
        if let Some(version) = version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        if answer.status().is_success() {
            return Ok(answer.bytes().await?.into());
        }
        let problem = format!("{path}: {} {}", answer.status(), answer.text().await?);
        Err(std::io::Error::other(problem).into())
    }
}
