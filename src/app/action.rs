//! Every intent of the program, once: keys, footer, help and palette come from this table.
//!
//! Owns names, scopes and labels. Never says which key, nor what the intent does.

use crate::i18n::Text;
use crate::i18n::messages::actions;

/// Where keys mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everywhere.
    Global,
    /// Every screen of the open logbook that is no form.
    Main,
    Today,
    Visits,
    Detail,
    /// Concerns, and what stands beside visits.
    Records,
    /// One concern or promise.
    Owed,
    /// Pairs of visits that may be one.
    Pairs,
    /// Rows that could not be read.
    Quarantine,
    /// One of them, with its cells as fields.
    Row,
    Places,
    /// Where the unit has been and where not.
    Coverage,
    /// The communes of the province as dots.
    Map,
    /// What waits for the cell.
    Review,
    /// The numbers of a period.
    Report,
    /// Where the copies are.
    Exchange,
    Settings,
    /// The search line of the list.
    Search,
    Dialog,
    FirstRun,
    Unlock,
    /// The form of a visit.
    Form,
}

impl Scope {
    /// Every scope with its name in a keymap, in the order of the help screen.
    pub const ALL: [(Self, &'static str); 22] = [
        (Self::Main, "main"),
        (Self::Today, "today"),
        (Self::Visits, "visits"),
        (Self::Search, "search"),
        (Self::Detail, "detail"),
        (Self::Records, "records"),
        (Self::Owed, "owed"),
        (Self::Pairs, "pairs"),
        (Self::Quarantine, "quarantine"),
        (Self::Row, "row"),
        (Self::Form, "form"),
        (Self::Places, "places"),
        (Self::Coverage, "coverage"),
        (Self::Map, "map"),
        (Self::Review, "review"),
        (Self::Report, "report"),
        (Self::Exchange, "exchange"),
        (Self::Settings, "settings"),
        (Self::Dialog, "dialog"),
        (Self::FirstRun, "first-run"),
        (Self::Unlock, "unlock"),
        (Self::Global, "global"),
    ];

    /// Tells whether bare letters go into a text field where the scope holds.
    pub fn is_typed(self) -> bool {
        match self {
            Self::Global
            | Self::Search
            | Self::Dialog
            | Self::FirstRun
            | Self::Unlock
            | Self::Row
            | Self::Form => true,
            Self::Main
            | Self::Today
            | Self::Visits
            | Self::Detail
            | Self::Records
            | Self::Owed
            | Self::Pairs
            | Self::Quarantine
            | Self::Places
            | Self::Coverage
            | Self::Map
            | Self::Review
            | Self::Report
            | Self::Exchange
            | Self::Settings => false,
        }
    }

    /// Names the scope for the help screen.
    pub fn label(self) -> Text {
        match self {
            Self::Global => actions::scope_global(),
            Self::Main => actions::scope_main(),
            Self::Today => actions::scope_today(),
            Self::Visits => actions::scope_visits(),
            Self::Detail => actions::scope_detail(),
            Self::Records => actions::scope_records(),
            Self::Owed => actions::scope_owed(),
            Self::Pairs => actions::scope_pairs(),
            Self::Quarantine => actions::scope_quarantine(),
            Self::Row => actions::scope_row(),
            Self::Places => actions::scope_places(),
            Self::Coverage => actions::scope_coverage(),
            Self::Map => actions::scope_map(),
            Self::Review => actions::scope_review(),
            Self::Report => actions::scope_report(),
            Self::Exchange => actions::scope_exchange(),
            Self::Settings => actions::scope_settings(),
            Self::Search => actions::scope_search(),
            Self::Dialog => actions::scope_dialog(),
            Self::FirstRun => actions::scope_first_run(),
            Self::Unlock => actions::scope_unlock(),
            Self::Form => actions::scope_form(),
        }
    }
}

/// Declares the intents: name, id of keymaps, message of the label, scopes.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident $id:literal $label:ident in $($scope:ident)+;)+) => {
        /// One intent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $name,)+
        }

        impl Action {
            /// Every intent, the ones that a footer shows first in front.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Gives the name that keymaps use.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }

            /// Gives the words that people read for it.
            pub fn label(self) -> Text {
                match self {
                    $(Self::$name => actions::$label(),)+
                }
            }

            /// Gives the scopes in which a key may be bound to it.
            pub fn scopes(self) -> &'static [Scope] {
                match self {
                    $(Self::$name => &[$(Scope::$scope),+],)+
                }
            }
        }
    };
}

actions! {
    Accept "accept" accept in Search Dialog FirstRun Unlock Form Row;
    Save "save" save in Form;
    /// Writes the table that was looked at into the logbook, or the row that was corrected.
    TakeIn "take-in" take_in in Dialog Row;
    /// Drops a row that waits; asks once.
    DropRow "drop-row" drop_row in Quarantine Row;
    Amend "amend" amend in Detail;
    /// Writes down that the cell confirmed on paper.
    ConfirmOnPaper "confirm-on-paper" confirm_on_paper in Detail;
    Send "send" send in Detail Form;
    AddActivity "add-activity" add_activity in Form;
    AddMeeting "add-meeting" add_meeting in Form;
    AddConcern "add-concern" add_concern in Form;
    /// Fills the form from the last visit.
    LikeLast "like-last" like_last in Form;
    RemovePart "remove-part" remove_part in Form;
    /// Another line of those helped, of value, of promises.
    AddRow "add-row" add_row in Form;
    /// Forgets what is typed; asks once.
    Discard "discard" discard in Form Dialog;
    History "history" history in Detail;
    ShowNames "show-names" show_names in Detail Owed;
    Withdraw "withdraw" withdraw in Detail;
    Undo "undo" undo in Detail Form Today;
    /// What is done next about a concern or promise.
    NextStep "next-step" next_step in Owed;
    TakeCharge "take-charge" take_charge in Owed;
    HandOver "hand-over" hand_over in Owed;
    Label "label" label in Owed;
    /// A row of the register of a reception.
    AddMatter "add-matter" add_matter in Owed;
    /// Takes back what was written by mistake.
    TakeBack "take-back" take_back in Owed;
    NextList "next-list" next_list in Records;
    PreviousList "previous-list" previous_list in Records;
    Link "link" link in Pairs;
    Dismiss "dismiss" dismiss in Pairs;
    OtherSide "other-side" other_side in Pairs;
    Confirm "confirm" confirm in Review;
    /// Returns a visit, with a reason.
    GiveBack "give-back" give_back in Review;
    /// Asks or answers in the thread.
    AskMore "ask-more" ask_more in Review;
    /// Writes down what the cell concludes of a visit, for its minutes.
    Conclude "conclude" conclude in Review;
    /// Puts the visit in front to those that are confirmed together, or takes it off.
    MarkVisit "mark-visit" mark_visit in Review;
    MarkAll "mark-all" mark_all in Review;
    /// Exchanges with a place.
    Sync "sync" sync in Exchange;
    /// Writes an invitation for another device.
    Invite "invite" invite in Exchange;
    /// Lets the device of a request in.
    Admit "admit" admit in Exchange;
    /// Another device keeps the roster too.
    NameKeeper "name-keeper" name_keeper in Exchange;
    ShutOut "shut-out" shut_out in Exchange;
    PaperXlsx "paper-xlsx" paper_xlsx in Report;
    PaperDocx "paper-docx" paper_docx in Report;
    PaperParty "paper-party" paper_party in Report;
    PaperPrint "paper-print" paper_print in Report;
    PaperRegister "paper-register" paper_register in Report;
    /// Freezes the numbers of the period; asks once.
    ClosePeriod "close-period" close_period in Report;
    PeriodBefore "period-before" period_before in Report;
    PeriodAfter "period-after" period_after in Report;
    /// Month, quarter, half, nine months, year.
    PeriodSpan "period-span" period_span in Report;
    /// By the calendar or by the administrative month.
    PeriodBasis "period-basis" period_basis in Report;
    PaperMinutes "paper-minutes" paper_minutes in Report;
    PaperSheets "paper-sheets" paper_sheets in Report;
    Rename "rename" rename in Places;
    Merge "merge" merge in Places;
    /// Makes a place a hot spot, or ends that.
    HotSpot "hot-spot" hot_spot in Places Coverage;
    /// Places or duties.
    OtherBoard "other-board" other_board in Coverage;
    /// The own communes or all places.
    OtherArea "other-area" other_area in Coverage;
    /// The communes of the province as dots, and back.
    Map "map" map in Coverage Map;
    YearBefore "year-before" year_before in Coverage Map;
    YearAfter "year-after" year_after in Coverage Map;
    NewVisit "new-visit" new_visit in Main;
    Open "open" open in Main;
    Find "find" find in Main;
    FilterMonth "filter-month" filter_month in Visits;
    FilterPlace "filter-place" filter_place in Visits;
    FilterState "filter-state" filter_state in Visits Records;
    DropFilter "drop-filter" drop_filter in Visits Records;
    Sort "sort" sort in Visits;
    /// Writes what the list shows to a file.
    Export "export" export in Visits;
    Reveal "reveal" reveal in Dialog FirstRun Unlock;
    NextField "next-field" next_field in Dialog FirstRun Form Row;
    PreviousField "previous-field" previous_field in Dialog FirstRun Form Row;
    Cancel "cancel" cancel in Search Dialog FirstRun;
    Back "back" back in Main Form Row;
    Palette "palette" palette in Global;
    Help "help" help in Main Global;
    Language "language" language in Global;
    /// Telex, VNI or as the keyboard sends.
    Typing "typing" typing in Global;
    Lock "lock" lock in Global;
    Quit "quit" quit in Main Global;
    Today "today" today in Main;
    Visits "visits" visits in Main;
    Concerns "concerns" concerns in Main;
    Coverage "coverage" coverage in Main;
    Review "review" review in Main;
    Report "report" report in Main;
    Exchange "exchange" exchange in Main;
    Places "places" places in Main;
    Settings "settings" settings in Main;
    /// Writes a copy of the whole logbook.
    BackUp "back-up" back_up in Main;
    /// Makes the file smaller.
    Compact "compact" compact in Main;
    /// Takes in a table of another program.
    Import "import" import in Visits;
    /// Adds another unit's logbook to the queue.
    JoinBook "join-book" join_book in Review;
    /// Everything held on one person, on that person's request.
    Citizen "citizen" citizen in Main;
    /// Erases what was found of a citizen.
    Erase "erase" erase in Dialog;
    /// Seals who denounced to the competent authority.
    SealIdentity "seal-identity" seal_identity in Today;
    /// Rows of tables that could not be read and wait.
    Quarantine "quarantine" quarantine in Main Dialog;
    /// Pairs that may be one: of the whole list, or of the visit that is open.
    Pairs "pairs" pairs in Today Detail;
    HandOverAll "hand-over-all" hand_over_all in Today;
    AddReception "add-reception" add_reception in Today Records;
    AddDuty "add-duty" add_duty in Today Records;
    AddInspection "add-inspection" add_inspection in Today Records;
    AddAssignment "add-assignment" add_assignment in Today Records Coverage;
    Up "up" up in Main Search Dialog FirstRun Form Row;
    Down "down" down in Main Search Dialog FirstRun Form Row;
    PageUp "page-up" page_up in Main Search Dialog;
    PageDown "page-down" page_down in Main Search Dialog;
    MonthBefore "month-before" month_before in Coverage;
    MonthAfter "month-after" month_after in Coverage;
    West "west" west in Map;
    East "east" east in Map;
    First "first" first in Main;
    Last "last" last in Main;
}

/// A step through a list or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Motion {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

const MOTIONS: [(Action, Motion); 6] = [
    (Action::Up, Motion::Up),
    (Action::Down, Motion::Down),
    (Action::PageUp, Motion::PageUp),
    (Action::PageDown, Motion::PageDown),
    (Action::First, Motion::First),
    (Action::Last, Motion::Last),
];

impl Action {
    /// Gives the step that the intent is, where it only moves within a screen.
    pub(super) fn motion(self) -> Option<Motion> {
        let found = MOTIONS.iter().find(|(action, _)| *action == self);
        found.map(|(_, motion)| *motion)
    }

    /// Tells whether the intent only moves within a screen: help names it, a footer does not.
    pub fn is_step(self) -> bool {
        self.motion().is_some()
    }
}
