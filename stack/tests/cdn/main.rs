//! The local CDN over real sockets: viewers, origins and CloudFront's API.

#[cfg(test)]
mod api;
#[cfg(test)]
mod aws_sdk;
#[cfg(test)]
mod bucket;
#[cfg(test)]
mod caching;
#[cfg(test)]
mod edge;
#[cfg(test)]
mod function;
#[cfg(test)]
mod origin_response;
#[cfg(test)]
mod origins;
#[cfg(test)]
mod site;
#[cfg(test)]
mod site_limits;
#[cfg(test)]
mod stand;
