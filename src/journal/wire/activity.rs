//! The stored form of support activities and of the names of those they helped.

use super::parts::{
    Id, SiteWire, code, cumulative, day, list, read_code, read_cumulative, read_day, read_list,
    text,
};
use super::{recorded, wire};
use crate::domain::{
    Activity, ActivityId, Beneficiaries, Funding, HelpedNames, Quantity, RowId,
    VillageConfirmation, VisitId, Vnd,
};
use crate::journal::Malformed;

wire!(record ActivityWire {
    1 visit: Id,
    2 category: String,
    // Number and unit are one field: two edits must not merge into "5 km" out of "5 m" and "6 km".
    3 amount: AmountWire,
    4 person_days: u64,
    5 officers: u32,
    6 beneficiaries: Vec<BeneficiariesWire>,
    7 funding: Vec<FundingWire>,
    8 lead_unit: String,
    9 partners: Vec<String>,
    10 sites: Vec<SiteWire>,
    11 confirmation: ConfirmationWire,
    12 description: String,
    13 row: Id,
    14 cumulative: bool,
    15 note: String,
});

wire!(AmountWire {
    1 thousandths: u64,
    2 measure: String,
});

wire!(BeneficiariesWire {
    1 kind: String,
    2 households: u32,
    3 people: u32,
    4 turns: u32,
});

wire!(FundingWire {
    1 source: String,
    2 value: u64,
});

wire!(ConfirmationWire {
    1 by: String,
    2 on: i32,
});

wire!(record HelpedWire {
    1 activity: Id,
    2 names: String,
});

recorded!(Activity, ActivityWire);

impl From<&Activity> for ActivityWire {
    fn from(activity: &Activity) -> Self {
        Self {
            visit: activity.visit.map(|visit| visit.0.into()),
            category: code(&activity.category),
            amount: amount(activity),
            person_days: activity.person_days.map(|days| days.0),
            officers: activity.officers,
            beneficiaries: list(&activity.beneficiaries, BeneficiariesWire::from),
            funding: list(&activity.funding, FundingWire::from),
            lead_unit: text(&activity.lead_unit),
            partners: list(&activity.partners, Clone::clone),
            sites: list(&activity.sites, SiteWire::from),
            confirmation: activity.confirmation.as_ref().map(|word| ConfirmationWire {
                by: text(&word.by),
                on: word.on.map(day),
            }),
            description: text(&activity.description),
            row: activity.row.map(|row| row.0.into()),
            cumulative: cumulative(activity.summing),
            note: text(&activity.note),
        }
    }
}

fn amount(activity: &Activity) -> Option<AmountWire> {
    let wire = AmountWire {
        thousandths: activity.amount.map(|amount| amount.0),
        measure: code(&activity.measure),
    };
    (wire.thousandths.is_some() || wire.measure.is_some()).then_some(wire)
}

impl From<&Beneficiaries> for BeneficiariesWire {
    fn from(helped: &Beneficiaries) -> Self {
        Self {
            kind: code(&helped.kind),
            households: helped.households,
            people: helped.people,
            turns: helped.turns,
        }
    }
}

impl From<&Funding> for FundingWire {
    fn from(funding: &Funding) -> Self {
        Self {
            source: code(&funding.source),
            value: funding.value.map(|value| value.0),
        }
    }
}

impl TryFrom<ActivityWire> for Activity {
    type Error = Malformed;

    fn try_from(wire: ActivityWire) -> Result<Self, Malformed> {
        let amount = wire.amount.unwrap_or_default();
        let sites = wire.sites.unwrap_or_default();
        Ok(Self {
            visit: wire.visit.map(|id| VisitId(id.into())),
            category: read_code(wire.category)?,
            amount: amount.thousandths.map(Quantity),
            measure: read_code(amount.measure)?,
            person_days: wire.person_days.map(Quantity),
            officers: wire.officers,
            beneficiaries: read_list(wire.beneficiaries, Beneficiaries::try_from)?,
            funding: read_list(wire.funding, Funding::try_from)?,
            lead_unit: wire.lead_unit.unwrap_or_default(),
            partners: wire.partners.unwrap_or_default(),
            sites: sites.into_iter().filter_map(SiteWire::read).collect(),
            confirmation: wire
                .confirmation
                .map(VillageConfirmation::try_from)
                .transpose()?,
            description: wire.description.unwrap_or_default(),
            note: wire.note.unwrap_or_default(),
            summing: read_cumulative(wire.cumulative),
            row: wire.row.map(|row| RowId(row.into())),
        })
    }
}

impl TryFrom<BeneficiariesWire> for Beneficiaries {
    type Error = Malformed;

    fn try_from(wire: BeneficiariesWire) -> Result<Self, Malformed> {
        Ok(Self {
            kind: read_code(wire.kind)?,
            households: wire.households,
            people: wire.people,
            turns: wire.turns,
        })
    }
}

impl TryFrom<FundingWire> for Funding {
    type Error = Malformed;

    fn try_from(wire: FundingWire) -> Result<Self, Malformed> {
        Ok(Self {
            source: read_code(wire.source)?,
            value: wire.value.map(Vnd),
        })
    }
}

impl TryFrom<ConfirmationWire> for VillageConfirmation {
    type Error = Malformed;

    fn try_from(wire: ConfirmationWire) -> Result<Self, Malformed> {
        Ok(Self {
            by: wire.by.unwrap_or_default(),
            on: read_day(wire.on)?,
        })
    }
}

recorded!(HelpedNames as Helped, HelpedWire);

impl From<&HelpedNames> for HelpedWire {
    fn from(helped: &HelpedNames) -> Self {
        Self {
            activity: helped.activity.map(|activity| activity.0.into()),
            names: text(&helped.names),
        }
    }
}

impl TryFrom<HelpedWire> for HelpedNames {
    type Error = Malformed;

    fn try_from(wire: HelpedWire) -> Result<Self, Malformed> {
        Ok(Self {
            activity: wire.activity.map(|id| ActivityId(id.into())),
            names: wire.names.unwrap_or_default(),
        })
    }
}
