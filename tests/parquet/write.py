"""Writes the Parquet files of this folder, and the same values as NDJSON, by the rules of docs/reading.md alone.

    pip install pyarrow polars duckdb pandas && python write.py

NAME.HOW.parquet holds the values of NAME.ndjson.
"""

import json
import uuid
from decimal import Decimal

import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 40


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_ndjson(name, columns):
    """`columns`: for each name a list of JSON texts, None for null."""
    with open(f"{name}.ndjson", "w", encoding="utf-8") as out:
        for row in range(len(next(iter(columns.values())))):
            members = (f"{text(key)}:{values[row] or 'null'}" for key, values in columns.items())
            out.write("{" + ",".join(members) + "}\n")


def every(step, values):
    """None in every step-th row."""
    return [None if i % step == 0 else value for i, value in enumerate(values)]


def scaled(unscaled, scale):
    digits = str(abs(unscaled)).rjust(scale + 1, "0")
    return ("-" if unscaled < 0 else "") + digits[:-scale] + "." + digits[-scale:]


def typed(values, kind, storage=pa.int64()):
    return pa.array(values, storage).view(kind)


def flat():
    """Columns without nesting: for each its Arrow array and its texts."""
    n = range(ROWS)
    big = [2**64 - 1 - i * 7 for i in n]
    small = [i % 5 - 2 for i in n]
    wide = [(-1) ** i * (10**38 - 1 - i * 10**20) for i in n]
    words = [["", "Zürich", "日本", 'x"y', "a\\b", "12.5", "NA", "2024-02-29"][i % 8] for i in n]
    binary = [bytes([i, 255 - i]) for i in n]
    halves = [i / 4 for i in n]
    columns = {
        "bool": (pa.array([i % 3 == 0 for i in n]), [text(i % 3 == 0) for i in n]),
        "int8": (pa.array(small, pa.int8()), [str(i) for i in small]),
        "int32": (pa.array(every(4, n), pa.int32()), every(4, [str(i) for i in n])),
        "uint64": (pa.array(big, pa.uint64()), [str(i) for i in big]),
        "double": (pa.array([i / 4 + 0.5 for i in n]), [f"{i / 4 + 0.5:g}" for i in n]),
        "whole": (pa.array([float(i) for i in n]), [str(i) for i in n]),
        "float": (pa.array([i / 10 for i in n], pa.float32()), [f"{i / 10:g}" for i in n]),
        "half": (pa.array(halves).cast(pa.float16()), [f"{i:g}" for i in halves]),
        "decimal": (pa.array([Decimal(scaled(i, 10)) for i in wide], pa.decimal128(38, 10)), [scaled(i, 10) for i in wide]),
        "cents": (pa.array([Decimal(scaled(i, 2)) for i in n], pa.decimal128(7, 2)), [scaled(i, 2) for i in n]),
        "string": (pa.array(every(7, words)), every(7, [text(word) for word in words])),
        "binary": (pa.array(binary), [text("0x" + value.hex()) for value in binary]),
        "fixed": (pa.array(binary, pa.binary(2)), [text("0x" + value.hex()) for value in binary]),
        "date": (typed([i * 366 - 719528 for i in n], pa.date32(), pa.int32()), None),
        "ms": (typed([i * 1500 for i in n], pa.timestamp("ms")), None),
        "us_utc": (typed([-i * 86_400_000_001 for i in n], pa.timestamp("us", "UTC")), None),
        "ns": (typed([i * 1_000_000_001 for i in n], pa.timestamp("ns")), None),
        "time": (typed([i * 2_000_000_001 for i in n], pa.time64("us")), None),
        "nothing": (pa.nulls(ROWS), [None] * ROWS),
    }
    days = duckdb.sql(f"select strftime(date '0000-01-01' + (i * 366)::int, '%Y-%m-%d') from range({ROWS}) t(i)").fetchall()
    texts = {
        "date": [day for (day,) in days],
        "ms": [f"1970-01-01T00:{i * 15 // 600:02}:{i * 15 // 10 % 60:02}{'.5' if i % 2 else ''}" for i in n],
        "us_utc": [
            "1970-01-01T00:00:00Z" if i == 0 else
            str(pandas.Timestamp(-i * 86_400_000_001, unit="us")).replace(" ", "T").rstrip("0") + "Z" for i in n
        ],
        "ns": [f"1970-01-01T00:00:{i:02}{f'.{i:09}'.rstrip('0') if i else ''}" for i in n],
        "time": [f"{i * 2000 // 3600:02}:{i * 2000 // 60 % 60:02}:{i * 2000 % 60:02}{f'.{i:06}'.rstrip('0') if i else ''}" for i in n],
    }
    return {name: (array, given or [text(one) for one in texts[name]] if name in texts else given) for name, (array, given) in columns.items()}


def nested():
    n = range(ROWS)
    lists = [None if i % 9 == 0 else [k * i if k % 3 else None for k in range(i % 4)] for i in n]
    structs = [None if i % 5 == 0 else {"a": i, "b": None if i % 3 == 0 else [{"c": "x" * (i % 3)}] * (i % 4)} for i in n]
    maps = [None if i % 8 == 0 else [(f"k{k}", k * 1.5) for k in range(i % 3)] for i in n]
    pairs = [[(k, [str(k)]) for k in range(i % 3)] for i in n]
    deep = [[[[i]], [], [None, [i, None]]][: i % 4] for i in n]
    inner = pa.struct([("a", pa.int64()), ("b", pa.list_(pa.struct([("c", pa.string())])))])
    return {
        "list": (pa.array(lists, pa.list_(pa.int64())), [value and text(value) if value != [] else "[]" for value in lists]),
        "struct": (pa.array(structs, inner), [value and text(value) for value in structs]),
        "map": (pa.array(maps, pa.map_(pa.string(), pa.float64())),
                [None if value is None else "{" + ",".join(f'"{k}":{v:g}' for k, v in value) + "}" for value in maps]),
        "pairs": (pa.array(pairs, pa.map_(pa.int32(), pa.list_(pa.string()))), [text(value) for value in pairs]),
        "deep": (pa.array(deep, pa.list_(pa.list_(pa.list_(pa.int64())))), [text(value) for value in deep]),
        "row": (pa.array(n), [str(i) for i in n]),
    }


def write_pyarrow(name, columns):
    write_ndjson(name, {key: texts for key, (_, texts) in columns.items()})
    table = pa.table({key: array for key, (array, _) in columns.items()})
    for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
        for version in ["1.0", "2.0"]:
            pq.write_table(table, f"{name}.pyarrow-{codec}-v{version[0]}.parquet", compression=codec, data_page_version=version,
                           row_group_size=16, data_page_size=64, write_batch_size=4, write_page_checksum=version == "2.0")


def write_encodings(columns):
    ENCODINGS = {
        "DELTA_BINARY_PACKED": ["int32", "uint64", "date", "ms"],
        "BYTE_STREAM_SPLIT": ["double", "float", "int32", "fixed", "decimal"],
        "DELTA_LENGTH_BYTE_ARRAY": ["string", "binary"],
        "DELTA_BYTE_ARRAY": ["string", "binary", "fixed"],
        "RLE": ["bool"],
    }
    table = pa.table({key: array for key, (array, _) in columns.items()})
    for encoding, names in ENCODINGS.items():
        pq.write_table(table, f"flat.{encoding.lower()}.parquet", use_dictionary=False, data_page_size=64, write_batch_size=8,
                       column_encoding={name: encoding for name in names}, compression="none")


def write_int96():
    instants = [i * 86_400_000_000_123 - 10**15 for i in range(ROWS)]
    table = pa.table({"t": typed(instants, pa.timestamp("ns"))})
    pq.write_table(table, "int96.pyarrow.parquet", use_deprecated_int96_timestamps=True)
    shown = [pandas.Timestamp(value) for value in instants]
    write_ndjson("int96", {"t": [text(f"{t:%Y-%m-%dT%H:%M:%S}" + f".{t.microsecond:06}{t.nanosecond:03}".rstrip("0").rstrip(".")) for t in shown]})


def write_polars():
    frame = polars.DataFrame({
        "int128": polars.Series([2**100, -5, None], dtype=polars.Int128),
        "nothing": polars.Series([None] * 3, dtype=polars.Null),
        "duration": polars.Series([1, 2, None]).cast(polars.Duration("us")),
        "category": polars.Series(["a", "b", "a"], dtype=polars.Categorical),
        "time": polars.Series([1, 0, 3_600_000_000_000]).cast(polars.Time),
        "instant": polars.Series([0, 1, -1]).cast(polars.Datetime("ns", "UTC")),
        "array": polars.Series([[1, 2], [3, 4], None], dtype=polars.Array(polars.Int64, 2)),
        "list": [[{"a": 1}], [], None],
    })
    for codec in ["zstd", "snappy", "gzip", "brotli", "lz4", "uncompressed"]:
        frame.write_parquet(f"polars.{codec}.parquet", compression=codec)
    write_ndjson("polars", {
        "int128": [str(2**100), "-5", None],
        "nothing": [None] * 3,
        "duration": ["1", "2", None],
        "category": ['"a"', '"b"', '"a"'],
        "time": ['"00:00:00.000000001"', '"00:00:00"', '"01:00:00"'],
        "instant": ['"1970-01-01T00:00:00Z"', '"1970-01-01T00:00:00.000000001Z"', '"1969-12-31T23:59:59.999999999Z"'],
        "array": ["[1,2]", "[3,4]", None],
        "list": ['[{"a":1}]', "[]", None],
    })


def write_duckdb():
    query = """select i, case when i % 3 = 0 then null else 'v' || i % 11 end as s, (i * 1.25)::decimal(38,10) as d,
      timestamp '2024-01-01 00:00:00.123456' + interval (i) second as ts, timestamptz '2024-01-01 00:00:00+00' as tz,
      ('00000000-0000-0000-0000-0000000000' || lpad(i::text, 2, '0'))::uuid as u, interval 3 day as iv, null as nothing,
      timestamp_ns '2024-01-01 00:00:00.123456789' as ns, 18446744073709551615::ubigint as u64, '{"a":1}'::json as js,
      {'a': i, 'b': ['x', null]} as st, map {'k' || i % 2: i} as m, i % 2 = 0 as b from range(60) t(i)"""
    connection = duckdb.connect()
    for codec in ["snappy", "zstd", "gzip", "brotli", "lz4_raw", "uncompressed"]:
        for version in ["v1", "v2"]:
            connection.execute(f"copy ({query}) to 'duckdb.{codec}-{version}.parquet' (format parquet, compression {codec}, parquet_version {version})")
    n = range(60)
    write_ndjson("duckdb", {
        "i": [str(i) for i in n],
        "s": [None if i % 3 == 0 else f'"v{i % 11}"' for i in n],
        "d": [scaled(i * 12_500_000_000, 10) for i in n],
        "ts": [f'"2024-01-01T00:00:{i:02}.123456"' for i in n],
        "tz": ['"2024-01-01T00:00:00Z"'] * 60,
        "u": [text(str(uuid.UUID(int=i // 10 * 16 + i % 10))) for i in n],
        "iv": ['"0x000000000300000000000000"'] * 60,
        "nothing": [None] * 60,
        "ns": ['"2024-01-01T00:00:00.123456789"'] * 60,
        "u64": [str(2**64 - 1)] * 60,
        "js": [text('{"a":1}')] * 60,
        "st": [f'{{"a":{i},"b":["x",null]}}' for i in n],
        "m": [f'{{"k{i % 2}":{i}}}' for i in n],
        "b": [text(i % 2 == 0) for i in n],
    })
    connection.execute("copy (select {'a': i, 'b': ['1', 'x' || i], 'c': null}::variant as v from range(5) t(i)) to 'variant.duckdb.parquet'")
    write_ndjson("variant", {"v": [f'{{"a":{i},"b":["1","x{i}"],"c":null}}' for i in range(5)]})


def write_pandas():
    frame = pandas.DataFrame({
        "number": [1, 2, None],
        "string": pandas.array(["x", None, "y"], dtype="string"),
        "category": pandas.Categorical(["u", "v", "u"]),
        "time": pandas.to_datetime(["2024-01-01 00:00:00.000000001", "2024-01-02", None], format="mixed"),
    })
    frame.to_parquet("pandas.snappy.parquet")
    write_ndjson("pandas", {
        "number": ["1", "2", None],
        "string": ['"x"', None, '"y"'],
        "category": ['"u"', '"v"', '"u"'],
        "time": ['"2024-01-01T00:00:00.000000001"', '"2024-01-02T00:00:00"', None],
    })


COLUMNS = flat()
write_pyarrow("flat", COLUMNS)
write_pyarrow("nested", nested())
write_encodings(COLUMNS)
write_int96()
write_polars()
write_duckdb()
write_pandas()
