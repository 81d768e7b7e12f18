//! The stored form of what was done with citizens' data, and of what was erased.

use minicbor::bytes::ByteArray;

use super::parts::{Id, day, list, read_day, read_list, text};
use super::{recorded, wire};
use crate::domain::{DataDeed, DataRequest, EntityId, EntityKind, EntryHash, Erasure, PersonId};
use crate::journal::Malformed;

wire!(record DataRequestWire {
    1 on: i32,
    2 done: u16,
    3 records: Vec<Id>,
    4 paper: String,
    5 person: Id,
    6 received: i32,
});

wire!(record ErasureWire {
    1 kind: u16,
    2 record: Id,
    3 entries: Vec<ByteArray<32>>,
});

recorded!(DataRequest, DataRequestWire);
recorded!(Erasure, ErasureWire);

impl From<&DataRequest> for DataRequestWire {
    fn from(request: &DataRequest) -> Self {
        let number = |deed| {
            let at = DataDeed::ALL.iter().position(|(known, _)| *known == deed)?;
            u16::try_from(at + 1).ok()
        };
        Self {
            on: request.on.map(day),
            done: request.deed.and_then(number),
            records: list(&request.records, |id| (*id).into()),
            paper: text(&request.paper),
            person: request.person.map(|person| person.0.into()),
            received: request.received.map(day),
        }
    }
}

impl TryFrom<DataRequestWire> for DataRequest {
    type Error = Malformed;

    fn try_from(wire: DataRequestWire) -> Result<Self, Malformed> {
        let deed = |number: u16| {
            let at = usize::from(number).checked_sub(1)?;
            DataDeed::ALL.get(at).map(|(deed, _)| *deed)
        };
        Ok(Self {
            on: read_day(wire.on)?,
            deed: wire.done.and_then(deed),
            records: read_list(wire.records, |id| Ok(id.into()))?,
            paper: wire.paper.unwrap_or_default(),
            person: wire.person.map(|id| PersonId(id.into())),
            received: read_day(wire.received)?,
        })
    }
}

impl From<&Erasure> for ErasureWire {
    fn from(erasure: &Erasure) -> Self {
        Self {
            kind: erasure.record.map(|record| record.kind.number()),
            record: erasure.record.map(|record| record.id.into()),
            entries: list(&erasure.entries, |hash| hash.0.into()),
        }
    }
}

impl TryFrom<ErasureWire> for Erasure {
    type Error = Malformed;

    fn try_from(wire: ErasureWire) -> Result<Self, Malformed> {
        let kind = wire.kind.map(EntityKind::from_number);
        Ok(Self {
            record: kind.zip(wire.record).map(|(kind, id)| EntityId {
                kind,
                id: id.into(),
            }),
            entries: read_list(wire.entries, |hash| Ok(EntryHash(hash.into())))?,
        })
    }
}
