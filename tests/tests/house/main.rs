//! What the project says about itself: who imports whom, the templates, SECURITY.md.

#[cfg(test)]
mod imports;
#[cfg(test)]
mod security_md;
#[cfg(test)]
mod templates;
