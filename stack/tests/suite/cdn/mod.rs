//! The local CDN over real sockets: viewers, origins and CloudFront's API.

mod api;
mod aws_sdk;
mod bucket;
mod caching;
mod edge;
mod function;
mod origin_response;
mod origins;
mod site;
mod site_limits;
mod stand;
