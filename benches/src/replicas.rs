//! The peer of exchanges: TaskChampion, two replicas in SQLite that meet over its own local server, a SQLite file in the
//! folder. A task for each record, its words in one property. Not encrypted, not signed.

use std::path::Path;

use bacung::demo::DemoVisit;
use taskchampion::chrono::DateTime;
use taskchampion::storage::AccessMode;
use taskchampion::{Operation, Operations, Replica, Server, ServerConfig, SqliteStorage, Uuid};
use tokio::runtime::{Builder, Runtime};

use crate::corpus::text;

pub struct Replicas {
    runtime: Runtime,
    one: Replica<SqliteStorage>,
    two: Replica<SqliteStorage>,
    server: Box<dyn Server>,
    tasks: u64,
}

impl Replicas {
    pub fn new(folder: &Path) -> Self {
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        let replica = |name: &str| {
            let kept = folder.join(name);
            let storage = SqliteStorage::new(kept, AccessMode::ReadWrite, true);
            Replica::new(runtime.block_on(storage).expect("SQLite opens"))
        };
        let (one, two) = (replica("one"), replica("two"));
        let server_dir = folder.join("server");
        std::fs::create_dir_all(&server_dir).expect("a folder");
        let server = ServerConfig::Local { server_dir }.into_server();
        Self {
            server: runtime.block_on(server).expect("a server"),
            runtime,
            one,
            two,
            tasks: 0,
        }
    }

    /// Tasks written so far.
    pub fn tasks(&self) -> u64 {
        self.tasks
    }

    /// Writes visits in one transaction: a task for each record, the words of all in that of the visit.
    pub fn save(&mut self, visits: &[DemoVisit]) {
        let mut operations = Operations::new();
        for visit in visits {
            let dossier = &visit.dossier;
            let parts = dossier.activities.len() + dossier.meetings.len() + dossier.concerns.len();
            self.write(&mut operations, "description", text(visit));
            for _ in 0..parts {
                let of = format!("{}", self.tasks);
                self.write(&mut operations, "part", of);
            }
        }
        let saved = self.one.commit_operations(operations);
        self.runtime.block_on(saved).expect("a transaction");
    }

    fn write(&mut self, operations: &mut Operations, property: &str, value: String) {
        self.tasks += 1;
        let uuid = Uuid::from_u128(u128::from(self.tasks));
        operations.push(Operation::Create { uuid });
        operations.push(Operation::Update {
            uuid,
            property: property.to_owned(),
            old_value: None,
            value: Some(value),
            timestamp: DateTime::from_timestamp(1_795_000_000, 0).expect("a moment"),
        });
    }

    /// The first replica gives what it has.
    pub fn lay_down(&mut self) {
        let sync = self.one.sync(&mut self.server, true);
        self.runtime.block_on(sync).expect("an exchange");
    }

    /// The second one takes it.
    pub fn take_in(&mut self) {
        let sync = self.two.sync(&mut self.server, true);
        self.runtime.block_on(sync).expect("an exchange");
    }
}
