//! Telex and VNI against words of real reports, with second thoughts and abbreviations.

use super::*;
use proptest::prelude::*;

fn telex(keys: &str) -> String {
    compose(Typing::Telex, keys)
}

fn vni(keys: &str) -> String {
    compose(Typing::Vni, keys)
}

fn sentence(typing: Typing, keys: &str) -> String {
    keys.split(' ')
        .map(|word| compose(typing, word))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn telex_writes_what_officers_write() {
    for (keys, text) in [
        ("Nguyeenx Vawn Hoaf", "Nguyễn Văn Hòa"),
        (
            "Coongj hoaf xax hooij chur nghiax Vieetj Nam",
            "Cộng hòa xã hội chủ nghĩa Việt Nam",
        ),
        ("UYR BAN NHAAN DAAN", "ỦY BAN NHÂN DÂN"),
        (
            "xoas nhaf tamj khoas cuwar AAm DDI",
            "xóa nhà tạm khóa cửa Âm ĐI",
        ),
        (
            "DDuwowngf ddieenj thoon Banr Laxm",
            "Đường điện thôn Bản Lãm",
        ),
        ("nuwowcs nuowcs nuowsc", "nước nước nước"),
        ("thuyr quys huyeenj khuyur tuee", "thủy quý huyện khuỷu tuê"),
        ("muwowif nguwowif ruwowuj thuowr", "mười người rượu thuở"),
        (
            "gif giuwx gieengs giuf quaan quyeets",
            "gì giữ giếng giù quân quyết",
        ),
        ("chuw chw tuw w", "chư chư tư ư"),
        (
            "hoawcj xuaats xoongs khuya ngoaif",
            "hoặc xuất xống khuya ngoài",
        ),
        ("DDawks Lawks ddawk", "Đắk Lắk đăk"),
        ("Booongf xooong", "Boòng xoong"),
        ("kees hoachj ddaji bieeru", "kế hoạch đại biểu"),
    ] {
        assert_eq!(sentence(Typing::Telex, keys), text, "{keys}");
    }
}

#[test]
fn vni_writes_the_same() {
    for (keys, text) in [
        ("Nguye6n4 Va8n Hoa2", "Nguyễn Văn Hòa"),
        ("D9u7o7ng2 d9ie6n5 thu3y", "Đường điện thủy"),
        ("U3Y BAN NHA6N DA6N", "ỦY BAN NHÂN DÂN"),
        ("nu7o7c1 nuo7c1", "nước nước"),
        ("xo1a nha2 ta5m", "xóa nhà tạm"),
        ("120m2 2026 30a m2 t2", "120m2 2026 30a m2 t2"),
    ] {
        assert_eq!(sentence(Typing::Vni, keys), text, "{keys}");
    }
}

#[test]
fn the_same_mark_twice_takes_it_back() {
    for (keys, text) in [
        ("tesst", "test"),
        ("hoass", "hoas"),
        ("ass", "as"),
        ("aaa", "aa"),
        ("ddd", "dd"),
        ("dddi", "ddi"),
        ("uww", "uw"),
        ("ww", "w"),
        ("Ass", "As"),
        ("hoafz", "hoa"),
        ("hoazs", "hoazs"),
        ("hoasf", "hòa"),
    ] {
        assert_eq!(telex(keys), text, "{keys}");
    }
    assert_eq!(vni("a11"), "a1");
    assert_eq!(vni("d99i"), "d9i");
    assert_eq!(vni("hoa20"), "hoa");
}

#[test]
fn other_words_stay_as_typed() {
    for word in [
        "windows", "Facebook", "google", "excel", "class", "2026", "GPS", "TB", "B2B", "street",
        "Zalo",
    ] {
        assert_eq!(telex(word), word);
    }
    assert_eq!(telex("đ\u{1ED9}"), "đ\u{1ED9}");
    assert_eq!(compose(Typing::Off, "vieetj"), "vieetj");
}

#[test]
fn abbreviations_take_their_strokes() {
    for (keys, text) in [
        ("HDDND", "HĐND"),
        ("QDD", "QĐ"),
        ("DDBQH", "ĐBQH"),
        ("LDDLDD", "LĐLĐ"),
        ("DDUCA", "ĐUCA"),
        ("dd", "đ"),
        ("UBND", "UBND"),
        ("CAND", "CAND"),
    ] {
        assert_eq!(telex(keys), text, "{keys}");
    }
    assert_eq!(vni("HD9ND"), "HĐND");
}

#[test]
fn a_word_in_the_field_can_be_gone_on_with() {
    for word in [
        "Việt",
        "hòa",
        "ĐƯỜNG",
        "thủy",
        "nước",
        "người",
        "việ",
        "đ",
        "Nguyễn",
        "ăn",
        "nam",
        "quyết",
    ] {
        for typing in [Typing::Telex, Typing::Vni] {
            let keys = keys_of(typing, word).unwrap_or_default();
            assert_eq!(compose(typing, &keys), word, "{keys}");
        }
    }
    assert_eq!(
        keys_of(Typing::Telex, "việ")
            .map(|keys| telex(&(keys + "t")))
            .as_deref(),
        Some("việt")
    );
    assert_eq!(keys_of(Typing::Telex, "test"), None);
    assert_eq!(keys_of(Typing::Telex, "hoà"), None);
}

#[test]
fn composed_letters_have_a_base_key() {
    for (letter, key) in [
        ('ơ', 'o'),
        ('đ', 'd'),
        ('ư', 'u'),
        ('Ệ', 'E'),
        ('Đ', 'D'),
        ('q', 'q'),
        ('?', '?'),
        ('日', '日'),
    ] {
        assert_eq!(unikey_base(letter), key);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn no_keys_panic(keys in "[a-zA-Z0-9]{0,20}|[aeiouydwsfrxjznghtcqu0-9]{0,16}|\\PC{0,12}") {
        for typing in [Typing::Off, Typing::Telex, Typing::Vni] {
            let composed = compose(typing, &keys);
            if keys.is_ascii() {
                prop_assert!(composed.nfc().eq(composed.chars()));
            }
            if let Some(back) = keys_of(typing, &composed) {
                prop_assert!(compose(typing, &back).nfc().eq(composed.nfc()));
            }
        }
    }
}
