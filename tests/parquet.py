#!/usr/bin/env python3
"""Reads an export as Parquet with DuckDB, a reader of another make, and holds it against the same export as
NDJSON, cell by cell; then runs the lines that the README shows.

    parquet.py FOLDER NDJSON TABLE README
"""

import datetime
import decimal
import json
import re
import sys

import duckdb

# Value by source and the like: lists of parts of their own, JSON in both.
PARTS = {"funding_detail", "beneficiary_detail", "promises"}


def plain(key, value):
    """What a cell of DuckDB is in the export as NDJSON."""
    if value is None:
        return None
    if key in PARTS:
        return json.loads(value)
    if isinstance(value, datetime.datetime):
        return int(value.timestamp())
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    return value


def wanted(key, value):
    """What a cell of the export as NDJSON is, said the same way."""
    if key in ("cumulative", "signed", "anonymous"):
        return value is True
    if key == "when" and value is not None:
        return int(datetime.datetime.fromisoformat(value).timestamp())
    if key in ("quantity", "person_days") and value is not None:
        return float(value)
    return value


def month_of(row):
    day = row.get("to") or row.get("from") or row.get("when")
    return day[:7] if day else None


def compare(folder, ndjson):
    found = duckdb.sql(
        f"SELECT * FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = true)"
    )
    names = found.columns
    rows = [dict(zip(names, row)) for row in found.fetchall()]
    with open(ndjson, encoding="utf-8") as lines:
        expected = [json.loads(line) for line in lines]
    order = lambda row: json.dumps(row, sort_keys=True, default=str)
    mine = [{k: plain(k, v) for k, v in row.items()} for row in rows]
    theirs = [
        {k: wanted(k, v) for k, v in row.items()} | {"month": month_of(row)}
        for row in expected
    ]
    mine.sort(key=order)
    theirs.sort(key=order)
    assert len(mine) == len(theirs), f"{len(mine)} rows of {len(theirs)}"
    for got, want in zip(mine, theirs):
        assert got.keys() == want.keys(), got.keys() ^ want.keys()
        for key in got:
            assert got[key] == want[key], f"{key}: {got[key]!r}, not {want[key]!r}"
    return len(mine)


def readme(path, folder):
    """Runs the lines of SQL that the README shows over this export."""
    with open(path, encoding="utf-8") as text:
        shown = re.search(r"```sql\n(.*?)```", text.read(), re.DOTALL)
    assert shown, "the README shows no SQL"
    connection = duckdb.connect()
    for line in shown.group(1).strip().split(";"):
        if line.strip():
            result = connection.sql(line.replace("FOLDER", folder))
    rows = result.fetchall()
    assert rows, "the lines of the README find nothing"
    return len(rows)


if __name__ == "__main__":
    folder, ndjson, table, text = sys.argv[1:]
    print(f"{table}: {compare(folder, ndjson)} rows read by DuckDB {duckdb.__version__} as JSON has them")
    if table == "activities":
        print(f"the README's query gives {readme(text, folder)} rows")
