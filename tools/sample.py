"""Writes sample.parquet: columns of all kinds, of dictionaries and of plain values, for compile-kernel.ts.

    pip install pyarrow && python sample.py
"""

import random
from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 2_600
WORDS = "the of data row value table column time number small large report file year month city name".split()
BEGIN = datetime(2015, 1, 1)
pick = random.Random(1)


def values(make, nulls=0.0):
    return [None if pick.random() < nulls else make() for _ in range(ROWS)]


def instant():
    return BEGIN + timedelta(seconds=pick.randint(0, 30_000_000))


def note():
    return " ".join(pick.choice(WORDS) for _ in range(pick.randint(4, 20))) + pick.choice(["", "", "é", "."])


table = pa.table(
    {
        "id": pa.array(range(1, ROWS + 1), pa.int64()),
        "amount": pa.array(values(lambda: pick.randint(-100, 99_999) / 100), pa.float64()),
        "ratio": pa.array(values(lambda: pick.randint(-(10**6), 10**6) / 10**6, 0.05), pa.float64()),
        "share": pa.array(values(pick.random), pa.float64()),
        "weight": pa.array(values(lambda: pick.randint(0, 9_999) / 10), pa.float32()),
        "begin": pa.array(values(instant), pa.timestamp("us")),
        "end": pa.array(values(instant, 0.02), pa.timestamp("ms", "UTC")),
        "name": pa.array(values(lambda: f"{pick.choice(WORDS)} {pick.choice(WORDS)} {pick.randint(0, 10**6)}")),
        "note": pa.array(values(note, 0.7)),
        "kind": pa.array(values(lambda: pick.choice(["card", "cash", "none", "other"]), 0.2)),
        "zone": pa.array(values(lambda: pick.randint(1, 265)), pa.int64()),
        "price": pa.array(values(lambda: pick.randint(0, 80) / 4), pa.float64()),
        "day": pa.array(values(lambda: date(2015, 1, 1) + timedelta(pick.randint(0, 300))), pa.date32()),
        "on": pa.array(values(lambda: pick.random() < 0.5, 0.1), pa.bool_()),
        "many": pa.array(values(lambda: pick.randint(0, 1_500), 0.1), pa.int32()),
    }
)
pq.write_table(
    table,
    "sample.parquet",
    compression="snappy",
    use_dictionary=["kind", "zone", "price", "day", "many"],
    data_page_size=64 * 1024,
    write_statistics=False,
    store_schema=False,
)
