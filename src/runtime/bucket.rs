//! A bucket of S3-compatible storage as a target. Names are unique, so nothing is ever written over and no
//! conditional put is relied upon; what was written is read back before it counts.

use std::env;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder, AwsCredential};
use object_store::client::StaticCredentialProvider;
use object_store::path::Path;
use object_store::{
    ClientOptions, CredentialProvider, Error, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
};
use tokio::runtime::{Builder, Runtime};
use zeroize::Zeroize;

use crate::domain::LogbookId;
use crate::exchange::{BundleName, Item, Target, TargetError, logbook_folder};

/// How long a connection may take to come about, and one request with all of its bytes.
const CONNECT: Duration = Duration::from_secs(10);
const REQUEST: Duration = Duration::from_secs(120);
/// A request that fails by the way is tried again so often, and for so long in all.
const RETRIES: usize = 2;
const RETRY: Duration = Duration::from_secs(30);

/// The address of an object store: `s3://bucket/prefix`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Address {
    bucket: String,
    prefix: String,
}

impl Address {
    fn read(place: &str) -> Option<Self> {
        let rest = place.strip_prefix("s3://")?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        (!bucket.is_empty() && bucket.chars().all(allowed)).then(|| Self {
            bucket: bucket.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
        })
    }
}

/// What the environment says of the store, by the names that S3 tools use.
struct Surroundings {
    endpoint: Option<String>,
    region: String,
    key: String,
    secret: String,
    token: Option<String>,
}

impl Surroundings {
    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, TargetError> {
        let set = |names: &[&str]| names.iter().find_map(|name| variable(name));
        let must = |name: &str| set(&[name]).ok_or(TargetError::NoCredentials);
        Ok(Self {
            endpoint: set(&["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]),
            region: set(&["AWS_REGION", "AWS_DEFAULT_REGION"])
                .unwrap_or_else(|| "us-east-1".to_owned()),
            key: must("AWS_ACCESS_KEY_ID")?,
            secret: must("AWS_SECRET_ACCESS_KEY")?,
            token: set(&["AWS_SESSION_TOKEN"]),
        })
    }
}

/// Tells whether an address is unencrypted, and whether it stays on this machine.
fn is_plain(endpoint: &str) -> bool {
    endpoint.to_ascii_lowercase().starts_with("http://")
}

fn is_loopback(endpoint: &str) -> bool {
    let rest = endpoint
        .split_once("://")
        .map_or(endpoint, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // What stands before an @ is no host.
    if authority.contains('@') {
        return false;
    }
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Reads a variable of the environment that says something.
pub(super) fn environment(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// An object store with the place in it that an address names.
pub(super) struct Shelves {
    store: AmazonS3,
    /// The requests run one after another on the thread that asks.
    runtime: Runtime,
    prefix: String,
    /// Tells this place from others.
    place: [u8; 16],
    /// Last: dropped behind the store, so that nobody else holds the key any more.
    _key: Wiped,
}

/// The secret key in the place where requests are signed from. It is in no other place of ours, and wiped
/// when the store is let go of.
struct Wiped(Arc<AwsCredential>);

impl Drop for Wiped {
    fn drop(&mut self) {
        if let Some(key) = Arc::get_mut(&mut self.0) {
            key.secret_key.zeroize();
            key.token.zeroize();
        }
    }
}

impl Shelves {
    /// Uses the bucket of an address, with what `variable` says of the store.
    pub(super) fn open(
        place: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, TargetError> {
        let address = Address::read(place).ok_or(TargetError::Setup)?;
        let around = Surroundings::read(variable)?;
        let plain = around.endpoint.as_deref().is_some_and(is_plain);
        if plain && !around.endpoint.as_deref().is_some_and(is_loopback) {
            return Err(TargetError::PlainHttp);
        }
        let options = ClientOptions::new()
            .with_allow_http(plain)
            .with_connect_timeout(CONNECT)
            .with_timeout(REQUEST);
        let retry = RetryConfig {
            max_retries: RETRIES,
            retry_timeout: RETRY,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&address.bucket)
            .with_region(&around.region)
            .with_client_options(options)
            .with_retry(retry);
        let mut hash = blake3::Hasher::new();
        for part in [
            around.endpoint.as_deref().unwrap_or(&around.region),
            &address.bucket,
            &address.prefix,
        ] {
            hash.update(part.as_bytes()).update(&[0]);
        }
        if let Some(endpoint) = around.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let keys = StaticCredentialProvider::new(AwsCredential {
            key_id: around.key,
            secret_key: around.secret,
            token: around.token,
        });
        let key = runtime.block_on(keys.get_credential());
        let key = Wiped(key.map_err(|_| TargetError::Setup)?);
        builder = builder.with_credentials(Arc::new(keys));
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize().as_bytes()[..16]);
        Ok(Self {
            store: builder.build().map_err(|_| TargetError::Setup)?,
            runtime,
            prefix: address.prefix,
            place: short,
            _key: key,
        })
    }

    /// Names an object by the folders it lies in.
    pub(super) fn path(&self, parts: &[&str]) -> Path {
        let prefix = Some(self.prefix.as_str()).filter(|prefix| !prefix.is_empty());
        let parts: Vec<&str> = prefix.into_iter().chain(parts.iter().copied()).collect();
        Path::from(parts.join("/"))
    }

    /// Says why a listing was refused: the library tells that of objects only, so one that nobody writes is
    /// asked for. Where that is merely not there, it is the bucket that is missing.
    fn why(&self, refused: Error) -> TargetError {
        match error(refused) {
            TargetError::Unreachable => {
                let nobody = self.path(&["nobody"]);
                let probe = self.runtime.block_on(self.store.head(&nobody));
                probe.map_or_else(error, |_| TargetError::Unreachable)
            }
            known => known,
        }
    }

    /// Tells whether nothing lies there yet.
    #[cfg(feature = "parquet")]
    pub(super) fn is_empty(&self) -> Result<bool, TargetError> {
        let mut found = self.store.list(Some(&self.path(&[])));
        let first = self.runtime.block_on(found.try_next());
        Ok(first.map_err(|refused| self.why(refused))?.is_none())
    }

    /// Puts an object and gets it again.
    pub(super) fn put(&self, path: &Path, bytes: &[u8]) -> Result<Vec<u8>, TargetError> {
        let payload = PutPayload::from(bytes.to_vec());
        let put = self.store.put(path, payload);
        self.runtime.block_on(put).map_err(error)?;
        self.get(path, bytes.len() as u64)
    }

    /// Takes an object away.
    #[cfg(feature = "parquet")]
    pub(super) fn remove(&self, path: &Path) -> Result<(), TargetError> {
        let removed = self.runtime.block_on(self.store.delete(path));
        removed.map_err(error)
    }

    fn get(&self, path: &Path, most: u64) -> Result<Vec<u8>, TargetError> {
        self.runtime.block_on(async {
            let found = self.store.get(path).await.map_err(error)?;
            if found.meta.size > most {
                return Err(io::Error::from(io::ErrorKind::InvalidData).into());
            }
            let mut parts = found.into_stream();
            let mut bytes = Vec::new();
            while let Some(part) = parts.try_next().await.map_err(error)? {
                // What a server says of a size is not what it sends.
                if (bytes.len() + part.len()) as u64 > most {
                    return Err(io::Error::from(io::ErrorKind::InvalidData).into());
                }
                bytes.extend_from_slice(&part);
            }
            Ok(bytes)
        })
    }
}

/// Says what went wrong without the words of the library: they may hold an address with its query.
fn error(error: Error) -> TargetError {
    match error {
        Error::NotFound { .. } => TargetError::Missing,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => TargetError::Denied,
        _ => TargetError::Unreachable,
    }
}

/// Bundles of one logbook in a bucket.
pub struct Bucket {
    shelves: Shelves,
    logbook: String,
}

impl Bucket {
    /// Uses the bucket of an address, with what the environment says of the store.
    pub fn open(place: &str, logbook: LogbookId) -> Result<Self, TargetError> {
        Self::with(place, logbook, environment)
    }

    /// Uses the bucket of an address, with what `variable` says of the store.
    pub fn with(
        place: &str,
        logbook: LogbookId,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, TargetError> {
        Ok(Self {
            shelves: Shelves::open(place, variable)?,
            logbook: logbook_folder(logbook),
        })
    }

    fn path(&self, parts: &[&str]) -> Path {
        let parts = [&[self.logbook.as_str()], parts].concat();
        self.shelves.path(&parts)
    }
}

impl Target for Bucket {
    fn place(&self) -> Option<[u8; 16]> {
        Some(self.shelves.place)
    }

    fn senders(&mut self) -> Result<Vec<String>, TargetError> {
        let folder = self.path(&[]);
        let shelves = &self.shelves;
        let list = shelves.store.list_with_delimiter(Some(&folder));
        let found = shelves.runtime.block_on(list);
        let found = found.map_err(|refused| shelves.why(refused))?;
        let names = found.common_prefixes.iter().filter_map(Path::filename);
        Ok(names.map(str::to_owned).collect())
    }

    fn list(&mut self, sender: &str, after: Option<&str>) -> Result<Vec<Item>, TargetError> {
        let (shelves, folder) = (&self.shelves, self.path(&[sender]));
        let found = match after {
            Some(after) => {
                let offset = self.path(&[sender, after]);
                shelves.store.list_with_offset(Some(&folder), &offset)
            }
            None => shelves.store.list(Some(&folder)),
        };
        let found = shelves.runtime.block_on(found.try_collect());
        let found: Vec<_> = found.map_err(|refused| shelves.why(refused))?;
        let item = |meta: object_store::ObjectMeta| {
            let name = meta.location.filename()?.to_owned();
            let direct = meta.location == self.path(&[sender, &name]);
            direct.then_some(Item {
                name,
                size: meta.size,
            })
        };
        let mut items: Vec<Item> = found.into_iter().filter_map(item).collect();
        items.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(items)
    }

    fn read(&mut self, sender: &str, name: &str, most: u64) -> Result<Vec<u8>, TargetError> {
        self.shelves.get(&self.path(&[sender, name]), most)
    }

    fn write(&mut self, sender: &str, name: &str, bytes: &[u8]) -> Result<(), TargetError> {
        let back = self.shelves.put(&self.path(&[sender, name]), bytes)?;
        match BundleName::parse(name).is_some_and(|name| name.is_of(&back)) {
            true => Ok(()),
            false => Err(TargetError::NotReadBack),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_bucket_and_a_prefix() {
        let read = |place| Address::read(place).map(|a| (a.bucket, a.prefix));
        let some = |bucket: &str, prefix: &str| Some((bucket.to_owned(), prefix.to_owned()));
        assert_eq!(read("s3://ba-cung"), some("ba-cung", ""));
        assert_eq!(read("s3://ba-cung/"), some("ba-cung", ""));
        assert_eq!(
            read("s3://ba-cung/xa/na-hang/"),
            some("ba-cung", "xa/na-hang")
        );
        for place in [
            "s3://",
            "s3:///x",
            "s3://a b/x",
            "gs://a",
            "/media/usb",
            "s3://k:v@b/x",
        ] {
            assert_eq!(read(place), None, "{place}");
        }
    }

    #[test]
    fn nobody_holds_the_secret_key_once_the_store_is_let_go_of() {
        let variable = |name: &str| match name {
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("k".to_owned()),
            _ => None,
        };
        let open = Shelves::open("s3://b/p", variable).expect("a store");
        let key = Arc::downgrade(&open._key.0);
        assert!(key.upgrade().is_some_and(|key| key.secret_key == "k"));
        drop(open);
        assert!(key.upgrade().is_none(), "else it could not be wiped");
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        let open = |endpoint: &str| {
            let variable = |name: &str| match name {
                "AWS_ENDPOINT_URL" => Some(endpoint.to_owned()),
                "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("k".to_owned()),
                _ => None,
            };
            Bucket::with("s3://b/p", LogbookId([1; 16]), variable).map(drop)
        };
        for endpoint in [
            "http://127.0.0.1:9000",
            "http://localhost:9000",
            "HTTP://[::1]:9000/",
            "https://s3.example.vn",
        ] {
            assert!(open(endpoint).is_ok(), "{endpoint}");
        }
        for endpoint in [
            "http://s3.example.vn",
            "http://localhost.example.vn",
            "http://127.0.0.1@s3.example.vn",
            "http://10.0.0.1:9000",
        ] {
            assert!(
                matches!(open(endpoint), Err(TargetError::PlainHttp)),
                "{endpoint}"
            );
        }
    }

    #[test]
    fn without_credentials_nobody_is_asked() {
        let opened = Bucket::with("s3://b", LogbookId([1; 16]), |_| None);
        assert!(matches!(opened.map(drop), Err(TargetError::NoCredentials)));
    }
}
