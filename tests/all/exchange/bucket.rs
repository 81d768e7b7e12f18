//! A bucket as a target: a real S3 server on loopback that checks signatures, and lines to it that are cut.

use std::cell::Cell;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use bacung::domain::LogbookId;
use bacung::exchange::{BundleName, Target, TargetError};
use bacung::runtime::bucket::Bucket;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;

use crate::harness::home::Home;

const LOGBOOK: LogbookId = LogbookId([5; 16]);
pub const KEY: &str = "canbo";
pub const SECRET: &str = "khoa-thu-nghiem";

/// Starts a server over a folder; buckets are the folders in it.
pub fn serve(root: &Path) -> SocketAddr {
    let files = FileSystem::new(root).expect("a folder");
    let mut builder = S3ServiceBuilder::new(files);
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let address = listener.local_addr().expect("bound");
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            loop {
                let Ok((socket, _)) = listener.accept().await else {
                    continue;
                };
                let service = service.clone();
                tokio::spawn(async move {
                    let server = Builder::new(TokioExecutor::new());
                    // A line that was cut is the client's to notice.
                    let _ = server.serve_connection(TokioIo::new(socket), service).await;
                });
            }
        });
    });
    address
}

/// What lies between: counts requests, waits before each answer, cuts after so many bytes.
#[derive(Clone, Copy, Default)]
struct Line {
    cut_after: Option<usize>,
    wait: Duration,
}

/// Starts a line to a server, and counts what is asked over it.
fn line(to: SocketAddr, line: Line) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("bound");
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    thread::spawn(move || {
        for near in listener.incoming().flatten() {
            let count = count.clone();
            let Ok(far) = TcpStream::connect(to) else {
                continue;
            };
            let (near_in, far_out) = (near.try_clone(), far.try_clone());
            if let (Ok(near_in), Ok(far_out)) = (near_in, far_out) {
                thread::spawn(move || {
                    carry(near_in, far_out, None, |part| {
                        let heads = part
                            .windows(4)
                            .filter(|w| matches!(*w, b"GET " | b"PUT ") || *w == b"HEAD");
                        count.fetch_add(heads.count(), Ordering::Relaxed);
                    });
                });
                thread::spawn(move || {
                    carry(far, near, line.cut_after, |_| {
                        thread::park_timeout(line.wait)
                    });
                });
            }
        }
    });
    (address, asked)
}

fn carry(mut from: TcpStream, mut to: TcpStream, most: Option<usize>, note: impl Fn(&[u8])) {
    let mut part = [0; 4096];
    let mut left = most.unwrap_or(usize::MAX);
    while let Ok(count @ 1..) = from.read(&mut part) {
        note(&part[..count]);
        let passed = count.min(left);
        left -= passed;
        if to.write_all(&part[..passed]).is_err() || left == 0 {
            break;
        }
    }
    // Both ends notice; one that is gone already does not mind.
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}

fn bucket(server: SocketAddr, place: &str, secret: &str) -> Bucket {
    let endpoint = format!("http://{server}");
    let opened = Bucket::with(place, LOGBOOK, |name| match name {
        "AWS_ENDPOINT_URL" => Some(endpoint.clone()),
        "AWS_ACCESS_KEY_ID" => Some(KEY.to_owned()),
        "AWS_SECRET_ACCESS_KEY" => Some(secret.to_owned()),
        _ => None,
    });
    opened.expect("an address")
}

pub fn root() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join("ba-cung")).expect("a bucket");
    root
}

fn named(number: u64, bytes: &[u8]) -> String {
    BundleName::new(number, &["age1x".to_owned()], bytes).as_text()
}

#[test]
fn what_is_laid_down_is_listed_after_a_name_and_read_back() {
    let root = root();
    let mut target = bucket(serve(root.path()), "s3://ba-cung/tuyen-quang", SECRET);
    assert_eq!(
        target.senders().expect("an empty bucket"),
        Vec::<String>::new()
    );
    let bytes: Vec<Vec<u8>> = (0..3_u8).map(|n| vec![n; 70_000]).collect();
    let names: Vec<String> = (1..).zip(&bytes).map(|(n, b)| named(n, b)).collect();
    for (name, bytes) in names.iter().zip(&bytes) {
        target.write("may-1", name, bytes).expect("written");
        // Written again, as after a power cut before it was noted: the same.
        target.write("may-1", name, bytes).expect("written again");
    }
    assert_eq!(target.senders().expect("listed"), ["may-1"]);
    let listed = |after: Option<&str>, target: &mut Bucket| -> Vec<(String, u64)> {
        let items = target.list("may-1", after).expect("listed").into_iter();
        items.map(|item| (item.name, item.size)).collect()
    };
    let whole: Vec<(String, u64)> = names.iter().map(|n| (n.clone(), 70_000)).collect();
    assert_eq!(listed(None, &mut target), whole);
    assert_eq!(listed(Some(&names[0]), &mut target), whole[1..]);
    assert_eq!(target.list("may-2", None).expect("nobody's"), []);
    let back = target.read("may-1", &names[1], 70_000).expect("read");
    assert_eq!(back, bytes[1]);
    let most = target.read("may-1", &names[1], 69_999);
    assert!(matches!(most, Err(TargetError::Io(e)) if e.kind() == std::io::ErrorKind::InvalidData));
    let gone = target.read("may-1", "0000000009-x", 10);
    assert!(matches!(gone, Err(TargetError::Missing)));
}

#[test]
fn a_wrong_key_and_a_missing_bucket_are_told_apart() {
    let root = root();
    let server = serve(root.path());
    let mut wrong = bucket(server, "s3://ba-cung", "khoa-sai");
    assert!(matches!(wrong.senders(), Err(TargetError::Denied)));
    let bytes = [1; 10];
    let written = wrong.write("may-1", &named(1, &bytes), &bytes);
    assert!(matches!(written, Err(TargetError::Denied)));
    let mut missing = bucket(server, "s3://khong-co", SECRET);
    let found = missing.senders();
    assert!(matches!(found, Err(TargetError::Missing)), "{found:?}");
}

#[test]
fn nobody_there_and_a_line_that_is_cut_leave_nothing_half() {
    let root = root();
    let server = serve(root.path());
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = nobody.local_addr().expect("bound");
    drop(nobody);
    let mut gone = bucket(address, "s3://ba-cung", SECRET);
    assert!(matches!(gone.senders(), Err(TargetError::Unreachable)));
    let bytes = vec![7; 100_000];
    let name = named(1, &bytes);
    bucket(server, "s3://ba-cung", SECRET)
        .write("may-1", &name, &bytes)
        .expect("written");
    let cut = Line {
        cut_after: Some(30_000),
        ..Line::default()
    };
    let (cut, _) = line(server, cut);
    let mut cut = bucket(cut, "s3://ba-cung", SECRET);
    let read = cut.read("may-1", &name, 200_000);
    assert!(matches!(read, Err(TargetError::Unreachable)));
}

#[test]
fn a_slow_server_is_waited_for() {
    let root = root();
    let slow = Line {
        wait: Duration::from_millis(300),
        ..Line::default()
    };
    let (slow, _) = line(serve(root.path()), slow);
    let mut target = bucket(slow, "s3://ba-cung", SECRET);
    let bytes = [3; 1000];
    let name = named(1, &bytes);
    target.write("may-1", &name, &bytes).expect("written");
    assert_eq!(target.read("may-1", &name, 1000).expect("read"), bytes);
}

/// A page of a listing holds a thousand names: what is new after the last name costs one.
#[test]
fn thousands_of_objects_cost_one_listing_when_nothing_is_new() {
    let root = root();
    let server = serve(root.path());
    let folder = bacung::exchange::logbook_folder(LOGBOOK);
    let folder = root.path().join("ba-cung").join(folder).join("may-1");
    std::fs::create_dir_all(&folder).expect("folders");
    let last = Cell::new(String::new());
    for number in 0..2_500_u64 {
        let name = named(number, &number.to_be_bytes());
        std::fs::write(folder.join(&name), number.to_be_bytes()).expect("laid down");
        last.set(name);
    }
    let (counted, asked) = line(server, Line::default());
    let mut target = bucket(counted, "s3://ba-cung", SECRET);
    assert_eq!(target.list("may-1", None).expect("listed").len(), 2_500);
    let whole = asked.swap(0, Ordering::Relaxed);
    assert_eq!(target.senders().expect("listed").len(), 1);
    let items = target.list("may-1", Some(&last.take())).expect("listed");
    assert_eq!(items, []);
    assert_eq!(
        asked.load(Ordering::Relaxed),
        2,
        "one for senders, one for what is new"
    );
    assert!(whole <= 3, "{whole} requests for 2,500 names");
}

/// Two laptops exchange over the server as over a stick, by the command line.
#[test]
fn two_homes_exchange_over_a_bucket() {
    let root = root();
    let server = serve(root.path());
    let scene = super::command::scene();
    let endpoint = format!("http://{server}");
    let sync = |home: &Home, secret: &str| {
        let around = [
            ("AWS_ENDPOINT_URL", Path::new(&endpoint)),
            ("AWS_ACCESS_KEY_ID", Path::new(KEY)),
            ("AWS_SECRET_ACCESS_KEY", Path::new(secret)),
            ("BACUNG_PASSPHRASE_FILE", &home.passphrase_file()),
        ];
        home.run_with(&["sync", "s3://ba-cung/tuyen-quang", "--json"], &around)
    };
    let refused = sync(&scene.officer, "khoa-sai");
    assert_eq!(refused.code, 1);
    assert!(!refused.err.contains("khoa-sai"), "{}", refused.err);
    let out = sync(&scene.officer, SECRET);
    assert_eq!(out.code, 0, "{}", out.err);
    let taken = sync(&scene.cell, SECRET);
    assert_eq!(taken.code, 0, "{}", taken.err);
    let said: serde_json::Value = serde_json::from_str(&taken.out).expect("JSON");
    assert!(
        said["in"]["entries"].as_u64().expect("a count") > 0,
        "{said}"
    );
    let again = sync(&scene.cell, SECRET);
    let said: serde_json::Value = serde_json::from_str(&again.out).expect("JSON");
    assert_eq!(said["in"]["entries"], 0, "{said}");
}
