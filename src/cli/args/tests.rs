//! Proves names and forms of arguments, which are a contract.

use super::*;
use crate::domain::{Citizens, Format, Table};

fn read_words(words: &str) -> Result<(Common, Run), NotRun> {
    let args = ["bacung"].into_iter().chain(words.split_whitespace());
    read(
        args.map(OsString::from).collect(),
        &Catalog::new(Language::Vi),
    )
}

fn ran(words: &str) -> Run {
    read_words(words).expect("is a command").1
}

fn usage(words: &str) -> String {
    match read_words(words) {
        Err(NotRun::Usage(text)) => Catalog::new(Language::Vi).text(&text),
        other => panic!("{words}: {other:?}"),
    }
}

#[test]
fn the_command_line_is_consistent() {
    command(&Catalog::new(Language::En)).debug_assert();
}

#[test]
fn no_command_opens_the_logbook() {
    assert_eq!(ran(""), Run::Open);
}

#[test]
fn what_holds_for_all_may_stand_behind_the_command() {
    let (common, run) = read_words("check --json --logbook usb --lang en --as-of 23/11/2026")
        .expect("is a command");
    assert_eq!(common.logbook, Some(PathBuf::from("usb")));
    assert_eq!(common.language, Some(Language::En));
    assert_eq!(common.as_of, Day::from_ymd_opt(2026, 11, 23));
    let (checking, form) = (Checking::Look, Form::Json);
    assert_eq!(run, Run::Check { checking, form });
}

#[test]
fn a_list_is_asked_with_its_filters() {
    let Run::List(wanted) = ran("list concerns --from 2026-11-01 --state sent --limit 3") else {
        panic!("is no list");
    };
    assert_eq!(wanted.listing, Listing::Concerns);
    assert_eq!(wanted.from, Day::from_ymd_opt(2026, 11, 1));
    assert_eq!(wanted.state, Some("sent".to_owned()));
    assert_eq!((wanted.limit, wanted.form), (3, Form::Words));
}

#[test]
fn amend_takes_any_number_of_fields() {
    let fields = vec!["note=a".to_owned(), "unit=b".to_owned()];
    let code = "K2M8".to_owned();
    let names = Names::Asked;
    let amend = Run::Amend {
        code,
        fields,
        names,
    };
    assert_eq!(ran("amend K2M8 note=a unit=b"), amend);
}

#[test]
fn an_export_is_asked_with_its_period() {
    let Run::Export(wish) = ran("export concerns --format ndjson -o a.ndjson --from 2026-11-01")
    else {
        panic!("is no export");
    };
    assert_eq!(wish.table, Table::Concerns);
    assert_eq!(wish.format, Format::Ndjson);
    assert_eq!(wish.days.from, Day::from_ymd_opt(2026, 11, 1));
    assert_eq!((wish.days.to, wish.citizens), (None, Citizens::LeftOut));
    assert_eq!(wish.path, PathBuf::from("a.ndjson"));
    assert!(usage("export visits -o a.csv").contains("--format"));
    assert!(usage("export visits --format csv").contains("--output"));
    assert!(usage("export people --format csv -o a").contains("people"));
}

#[test]
fn what_is_refused_is_named() {
    assert!(usage("lisst").contains("lisst"));
    assert!(usage("list visits --form 1").contains("--form"));
    assert!(usage("new --name A --unit B").contains("--role"));
    assert!(usage("list visits --from 31/02/2026").contains("31/02/2026"));
    let king = usage("new --name A --unit B --role king");
    assert!(
        king.contains("king") && king.contains("officer, police"),
        "{king}"
    );
    assert!(usage("list visits --state gone").contains("draft, sent"));
    let pdf = usage("export visits --format pdf -o a");
    assert!(pdf.contains("ndjson, parquet"), "{pdf}");
    assert!(usage("list things").contains("visits, activities"));
    assert!(usage("list visits --from soon").contains("yyyy-mm-dd"));
    for (words, takes) in [("list visits --limit many", "0"), ("check --lang fr", "vi")] {
        let said = usage(words);
        assert!(said.contains(takes), "{said}");
        for word in ["invalid", "digit", "use vi"] {
            assert!(!said.contains(word), "{said}");
        }
    }
}

#[test]
fn help_is_in_the_chosen_language() {
    let Err(NotRun::Print(help)) = read_words("--help") else {
        panic!("prints no help");
    };
    assert!(
        help.contains("Cách dùng:") && help.contains("Đổi mật khẩu"),
        "{help}"
    );
    let commands = command(&Catalog::new(Language::Vi));
    let names = commands
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned());
    for name in names.chain([String::new(), "deadline complaint".to_owned()]) {
        let Err(NotRun::Print(help)) = read_words(&format!("{name} --help")) else {
            panic!("prints no help");
        };
        for word in [
            "Usage",
            "Options",
            "Arguments",
            "OPTIONS",
            "COMMAND",
            "Commands",
        ] {
            assert!(!help.contains(word), "{word}: {help}");
        }
    }
}
