#!/usr/bin/env python3
"""The law's dates, reckoned a second time from the same rule and calendar files.

    tests/deadline.py check                     the committed cases are what this program makes
    tests/deadline.py make                      makes them again
    tests/deadline.py make FOLDER COUNT SEED    makes others

A folder has `calendar.toml`, a layer of made-up days off, and `cases.jsonl`, a case a line with the answer
that is right. The test `second` of the Rust side reads them (the folder in BACUNG_DEADLINE_CASES, or the
committed one) and must answer the same. Standard library only; Tết and Giỗ Tổ are read from lunar.csv.
"""

import csv
import datetime
import json
import pathlib
import random
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMITTED = ROOT / "tests" / "data" / "deadlines"
DAY = datetime.timedelta(days=1)
Date = datetime.date


def read(paths):
    out = {}
    for path in paths:
        for key, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            out.setdefault(key, []).extend(entries)
    return out


# --- which days are off -------------------------------------------------------------------------


def lunar_months():
    """(lunar year, month) -> its first day; of two months of one number the first."""
    firsts = {}
    with open(ROOT / "tests" / "data" / "lunar.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = Date.fromisoformat(row["first_day"])
            leap = int(row["leap"] or 0)
            numbers = [n for number in range(1, 13) for n in [number] * (2 if number == leap else 1)]
            for number, length in zip(numbers, row["lengths"], strict=True):
                firsts.setdefault((int(row["year"]), number), day)
                day += DAY * (30 if length == "L" else 29)
    return firsts


def holds(entry, day):
    return entry["from"] <= day and day <= entry.get("to", Date.max)


class Calendar:
    """Works with sets of days; a day is asked for, never a table of bits."""

    def __init__(self, layers):
        months = lunar_months()
        holidays, days, schedules = {}, {}, set()
        for layer in layers:
            stated = {}
            for entry in layer.get("holiday", []):
                stated.setdefault(entry["id"], []).append(entry)
            holidays.update(stated)
            days.update({entry["date"]: entry for entry in layer.get("day", [])})
            schedules |= {entry["year"] for entry in layer.get("schedule", [])}
        self.schedules = schedules
        named = {
            kind: {(entry.get("of"), date.year) for date, entry in days.items() if entry["kind"] == kind}
            for kind in ("holiday", "make-up-off")
        }
        feasts, doubt = {}, {}
        for name, spans in holidays.items():
            for entry in spans:
                for year in range(2000, 2101):
                    if (name, year) in named["holiday"]:
                        continue
                    if entry["calendar"] == "solar":
                        date = Date(year, entry["month"], entry["day"])
                    else:
                        date = months[year, entry["month"]] + DAY * (entry["day"] - 1)
                    if holds(entry, date):
                        for at in range(entry["days"]):
                            feasts.setdefault(date + DAY * (entry.get("first", 0) + at), name)
        self.off, self.worked = set(), set()
        specials = dict.fromkeys(feasts, False)
        for date, entry in days.items():
            kind = entry["kind"]
            if kind == "as-usual":
                continue
            specials[date] = entry.get("confidence", "sourced") in ("medium", "low")
            feasts.pop(date, None)
            if kind == "holiday":
                feasts[date] = entry.get("of")
            elif kind == "swapped-work":
                self.worked.add(date)
            else:
                self.off.add(date)
        self.off |= set(feasts)
        for date in sorted(feasts):
            name = feasts[date]
            if date.weekday() < 5 or (name, date.year) in named["make-up-off"] and name:
                continue
            free = date + DAY
            while free in self.worked or not self.works(free):
                free += DAY
            self.off.add(free)
            specials[free] = specials[date]
        self.doubtful = sorted(date for date, doubted in specials.items() if doubted)

    def works(self, day):
        return day in self.worked or day.weekday() < 5 and day not in self.off


# --- due dates ----------------------------------------------------------------------------------

ORDER = [
    ("letter_received", "received"),
    ("received", "accepted"),
    ("received", "decided"),
    ("accepted", "decided"),
    ("decided", "decision_received"),
    ("accepted", "concluded"),
]
STEPS = "accept settle notify pass_on send_decision appeal lodge take_effect sort ask_report report".split()
STEPS += ["tell_conclusion", "act", "publish"]


def merged(spans):
    out = []
    for first, last in sorted(spans):
        if out and first <= out[-1][1]:
            out[-1][1] = max(last, out[-1][1])
        else:
            out.append([first, last])
    return out


def length(rule, case):
    if case["complex"] and case["remote"] and "complex_remote" in rule:
        return rule["complex_remote"]
    for circumstance in ("complex", "remote", "several_places"):
        if case[circumstance] and circumstance in rule:
            return rule[circumstance]
    return rule["days"]


def answer(case, rules, calendar):
    starts = {name: Date.fromisoformat(day) for name, day in case["starts"].items()}
    for earlier, later in ORDER:
        if earlier in starts and later in starts and starts[later] < starts[earlier]:
            return {"refused": "order"}
    spans = []
    for first, last in case["suspended"]:
        if last is None:
            return {"refused": "endless"}
        if last < first:
            return {"refused": "backwards"}
        spans.append((Date.fromisoformat(first), Date.fromisoformat(last)))
    spans = merged(spans)
    allowed = [r["extension"]["most"] for r in rules if case["kind"] in r["kinds"] and "extension" in r]
    if case["extended"] > max(allowed, default=0):
        return {"refused": "extensions"}
    steps, warnings = [], set()
    for rule_id in sorted({rule["id"] for rule in rules}):
        about = [
            rule
            for rule in rules
            if rule["id"] == rule_id
            and case["kind"] in rule["kinds"]
            and (case["kind"] != "complaint" or rule.get("instance", case["instance"]) == case["instance"])
            and rule["trigger"] in starts
        ]
        about.sort(key=lambda rule: rule["from"])
        if not about:
            continue
        in_force = [rule for rule in about if holds(rule, starts[rule["trigger"]])]
        if not in_force:
            warnings.add(f"no_rule {about[0]['step']} {starts[about[0]['trigger']]}")
        elif in_force[0]["unit"] != "no_limit":
            rule = in_force[0]
            steps.append(reckon(rule, starts[rule["trigger"]], case, spans, calendar, warnings))
    if "accepted" not in starts and (spans or case["extended"]):
        warnings.add("not_accepted")
    steps.sort(key=lambda step: (STEPS.index(step[0]), step[1]))
    return {"steps": steps, "warnings": sorted(warnings)}


def reckon(rule, start, case, spans, calendar, warnings):
    """Walks day by day from the start and counts those that count."""
    days = length(rule, case) + rule.get("extension", {}).get("days", 0) * case["extended"]
    working = rule["unit"] == "working"
    stands = rule.get("suspension") == "excluded"
    if rule.get("suspension") == "counts" and spans:
        warnings.add(f"counts {rule['to']}")
    due, left, stood = start, days, 0
    while left:
        due += DAY
        if stands and any(first <= due <= last for first, last in spans):
            stood += 1
        elif not working or calendar.works(due):
            left -= 1
    if stands:
        for first, last in spans:
            if last <= start:
                warnings.add(f"before_start {first} {last}")
            elif first > due:
                warnings.add(f"after_due {first} {last} {due}")
    moved = due
    while not calendar.works(moved):
        moved += DAY
    first = start + DAY if working else due
    for year in range(first.year, moved.year + 1):
        if year not in calendar.schedules:
            warnings.add(f"no_schedule {year}")
    for day in calendar.doubtful:
        if first <= day <= moved:
            warnings.add(f"doubtful {day}")
    dates = [str(date) for date in (start, due, moved)]
    return [rule["step"], rule["id"], dates[0], days, rule["unit"], stood, dates[1], dates[2], rule["checked"]]


# --- made-up cases ------------------------------------------------------------------------------

KINDS = ["complaint", "denunciation", "recommendation", "reflection"]
NEAR = [
    Date(2026, 7, 1), Date(2026, 2, 17), Date(2026, 8, 31), Date(2026, 11, 24), Date(2024, 2, 29),
    Date(2028, 2, 29), Date(2027, 2, 6), Date(2030, 2, 2), Date(2028, 1, 26), Date(2026, 12, 31),
    Date(2019, 1, 1), Date(2014, 7, 1), Date(2023, 4, 30), Date(2025, 1, 29),
]


def made_calendar(dice):
    """A layer of days off that no year has seen: swaps, feasts on rest days, feasts kept elsewhere."""
    lines = ["# Made up by tests/deadline.py; no day of it was ever announced.", ""]
    for year in (2024, 2027, 2029):
        lines += ["[[schedule]]", f"year = {year}", 'source = "made up"', ""]
    dates = {Date(2024, 2, 29): "holiday", Date(2028, 2, 29): "swapped-off", Date(2026, 8, 31): "as-usual"}
    for year in range(2022, 2032):
        for _ in range(14):
            date = Date(year, 1, 1) + DAY * dice.randrange(365)
            rest = date.weekday() >= 5
            dates[date] = dice.choice(
                ["swapped-work", "swapped-work", "holiday", "as-usual"] if rest
                else ["swapped-off", "holiday", "make-up-off", "as-usual"]
            )
    for date, kind in sorted(dates.items()):
        lines += ["[[day]]", f"date = {date}", f'kind = "{kind}"', 'source = "made up"']
        if kind in ("holiday", "make-up-off") and dice.random() < 0.5:
            feasts = ["new_year", "tet", "hung_kings", "reunification", "labour", "national", "culture"]
            lines.append(f'of = "{dice.choice(feasts)}"')
        if dice.random() < 0.5:
            confidence = dice.choice(["sourced", "high", "medium", "low"])
            lines.append(f'confidence = "{confidence}"')
        lines.append("")
    return "\n".join(lines)


def made_case(dice):
    kind = dice.choice(KINDS[:2] * 4 + KINDS[2:])
    if dice.random() < 0.5:
        day = dice.choice(NEAR) + DAY * dice.randint(-70, 15)
    else:
        day = Date(2012, 1, 1) + DAY * dice.randrange(20 * 365)
    received = day
    starts = {"received": day}
    if dice.random() < 0.7:
        day += DAY * dice.randint(-1 if dice.random() < 0.05 else 0, 14)
        starts["accepted"] = day
    for name in ("limit_expired", "decided", "decision_received", "denounced_again", "report_asked", "concluded"):
        if dice.random() < 0.15:
            day += DAY * dice.randint(-2 if dice.random() < 0.05 else 0, 40)
            starts[name] = day
    for name in ("letter_received", "decision_known"):
        if dice.random() < 0.15:
            starts[name] = received - DAY * dice.randint(-1 if dice.random() < 0.05 else 0, 20)
    suspended = []
    settled = starts.get("accepted", received)
    while dice.random() < 0.45:
        first = settled + DAY * dice.randint(-20, 90)
        last = first + DAY * dice.choice([0, 1, 5, 30, dice.randint(0, 200)])
        if dice.random() < 0.02:
            last = dice.choice([None, first - DAY])
        suspended.append([str(first), last and str(last)])
    most = {"denunciation": 2}.get(kind, 0)
    return {
        "kind": kind,
        "instance": dice.choice([1, 1, 2]),
        "starts": {name: str(day) for name, day in starts.items()},
        "complex": dice.random() < 0.3,
        "remote": dice.random() < 0.3,
        "several_places": dice.random() < 0.3,
        "extended": most + 1 if dice.random() < 0.02 else dice.randint(0, most),
        "suspended": suspended,
    }


def made(count, seed):
    """The two files of a folder."""
    dice = random.Random(seed)
    rules = read(sorted((ROOT / "config" / "law").glob("*.toml")))["rule"]
    layer = made_calendar(dice)
    built_in = read(sorted((ROOT / "config" / "law" / "calendar").glob("*.toml")))
    calendar = Calendar([built_in, tomllib.loads(layer)])
    lines = []
    for _ in range(count):
        case = made_case(dice)
        case["answer"] = answer(case, rules, calendar)
        lines.append(json.dumps(case, separators=(",", ":")) + "\n")
    return {"calendar.toml": layer, "cases.jsonl": "".join(lines)}


def main(args):
    match args:
        case ["check"]:
            stale = [n for n, text in made(150, 1).items() if (COMMITTED / n).read_text(encoding="utf-8") != text]
            if stale:
                sys.exit(f"stale: {', '.join(stale)}; run tests/deadline.py make")
            print("the committed cases are what the rules say")
        case ["make"]:
            write(COMMITTED, made(150, 1))
        case ["make", folder, count, seed]:
            write(pathlib.Path(folder), made(int(count), int(seed)))
        case _:
            sys.exit(__doc__)


def write(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
