//! What the CMS's own stacks have given.

use super::{Deployed, NotDeployed, Part};

impl Deployed {
    /// The bucket with the packages of the functions in the project's region.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn functions_bucket(&self) -> Result<&str, NotDeployed> {
        self.output(Part::PackagesRegion, "FunctionsBucketName", "the bucket of the functions' packages")
    }

    /// The API's host name.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn api_domain(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Backend, "ApiDomainName", "the API's host name")
    }

    /// The function of the API.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn backend_function(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Backend, "BackendFunctionArn", "the API's function")
    }

    /// The function that migrates the database.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn migrate_function(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Backend, "MigrateFunctionName", "the function that migrates the database")
    }

    /// The function that the user pool tells of sign-ins.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn record_sign_in_function(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Functions, "RecordSignInFunctionArn", "the function that records sign-ins")
    }

    /// The function that the site's bucket tells of publications.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn announce_function(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Functions, "AnnounceFunctionArn", "the function that announces publications")
    }

    /// The bucket that uploads go into.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn uploads_bucket(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Functions, "UploadsBucketName", "the bucket of uploads")
    }

    /// The table of records.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn records_table(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Functions, "RecordsTableName", "the table of records")
    }

    /// An output of the network.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub(super) fn network(&self, output: &'static str) -> Result<&str, NotDeployed> {
        self.output(Part::Network, output, "the network of the database")
    }

    /// An output of the database.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub(super) fn database(&self, output: &'static str) -> Result<&str, NotDeployed> {
        self.output(Part::Data, output, "the database")
    }
}
