//! What puts files live: objects into S3, cache tags and paths out of CloudFront.
