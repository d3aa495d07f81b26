"""Tells Schemathesis what a JSON Schema cannot express about requests, so that its valid requests are valid."""

import re
import zlib

import schemathesis

ROW_NUMBERS = re.compile(r" *[1-9]\d{0,14}(-[1-9]\d{0,14})? *(, *[1-9]\d{0,14}(-[1-9]\d{0,14})? *)*")
MOST_ROWS = 1000
NEWEST_FIRST = re.compile(r"\d{13}_")
TABLE = b"id,amount,day\n1,1.5,2024-01-01\n2,,2024-01-02\n2,,2024-01-02\n4,900,2024-01-03\n"


def half(value):
    """Of many values half, the same ones in every run."""
    return zlib.crc32(repr(value).encode()) % 2 == 0


@schemathesis.hook
def filter_case(context, case):
    """
    In a form everything is text: `true`, `{}` or `["x"]` for a name are the valid names "true", "{}" and "x". For
    options null is the text `null` and an empty list no field at all, which both say nothing of them, and `{}` or
    `["{}"]` is the text `{}`.
    """
    if context.operation.label != "POST /datasets" or not isinstance(case.body, dict):
        return True
    if not isinstance(case.body.get("options", ""), str):
        return False
    name = case.body.get("name", "")
    return isinstance(name, str) or (isinstance(name, list) and len(name) != 1)


@schemathesis.hook
def map_case(context, case):
    label = context.operation.label
    if case.meta.generation.mode.is_positive:
        if label == "GET /datasets/{id}/rows":
            rows_that_can_be_asked_for(case.query)
            conditions_of_the_table(case.query)
        if label == "GET /datasets":
            cursor_of_the_order(case.query or {})
        # half of the files that are made up are tables, which can be processed; the others stay as they are
        if label == "POST /datasets" and half(case.body):
            case.body["file"] = TABLE
        if label == "POST /datasets/{id}/preview":
            options_of_the_table(case.body)
    return case


OPTIONS = [{}, {"delimiter": ","}, {"header": 1}, {"types": {"id": "text"}}, {"null_tokens": ["900"]}]


def options_of_the_table(body):
    """Of many options half can be those of a table: that a workbook's sheet is not in a CSV, a schema cannot say."""
    if isinstance(body, dict) and isinstance(body.get("options"), dict) and half(body):
        body["options"] = OPTIONS[zlib.crc32(repr(body).encode()) % len(OPTIONS)]


def cursor_of_the_order(query):
    """A cursor is of one order: a document cannot say which values of the two parameters fit each other."""
    if "order" in query or not NEWEST_FIRST.match(str(query.get("after"))):
        query.pop("after", None)


def rows_that_can_be_asked_for(query):
    """Ranges ascend, and name no more rows than can be asked for: a pattern cannot say it."""
    rows = query.get("rows")
    if isinstance(rows, str) and ROW_NUMBERS.fullmatch(rows):
        parts = rows.split(",")[:MOST_ROWS]
        query["rows"] = ",".join(shortened(part, MOST_ROWS // len(parts)) for part in parts)


CONDITIONS = ['{"bad":true}', '[{"column":"id","is_null":false}]', '{"column":"amount","gte":2}', "[]"]


def conditions_of_the_table(query):
    """Conditions name columns that are there, and rows that are named by number take none."""
    if isinstance(query.get("where"), list):
        query["where"] = [CONDITIONS[zlib.crc32(repr(each).encode()) % len(CONDITIONS)] for each in query["where"]]
    if "rows" in query:
        for name in ("where", "first", "after", "count"):
            query.pop(name, None)
    if query.get("format") != "html":
        for name in ("row", "columns", "wrap"):
            query.pop(name, None)
    if query.get("format") == "csv":
        query.pop("count", None)


def shortened(part, most):
    numbers = sorted(int(number) for number in part.split("-"))
    first, last = numbers[0], min(numbers[-1], numbers[0] + most - 1)
    return str(first) if len(numbers) == 1 else f"{first}-{last}"
