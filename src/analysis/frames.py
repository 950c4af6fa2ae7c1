"""The frames: columns, keys, types; checked, written to Parquet, read back, asked with SQL.

Column names and values are those of the codebook (docs/codebook.md).  Text that may be missing is null, never "".
Offsets `start`, `end` count characters of `plans.text`; `source_start`, `source_end` of `sources.source_text`.
"""

from __future__ import annotations

import functools
import shutil
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

STRING, INT, FLOAT, BOOL = pa.string(), pa.int64(), pa.float64(), pa.bool_()
STRINGS = pa.list_(STRING)
SEGMENTS = pa.list_(pa.struct([(n, INT) for n in ("start", "end", "source_start", "source_end")]))
EVIDENCE = pa.list_(
    pa.struct([("field", STRING), ("value", STRING), ("cue", STRING), ("start", INT), ("end", INT), ("rule", STRING)])
)

COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "plans": {
        "plan_id": STRING, "part_no": INT, "source_paths": STRINGS, "source_sha256": STRING, "format": STRING,
        "encoding": STRING, "encoding_confidence": FLOAT, "title": STRING, "doc_type": STRING, "is_plan": BOOL,
        "sector": STRING, "issuer": STRING, "province": STRING, "city": STRING, "county": STRING, "town": STRING,
        "region_code": STRING, "region_level": STRING, "plan_year": INT, "plan_until": INT, "written": STRING,
        "published": STRING, "doc_number": STRING, "index_number": STRING, "script": STRING, "noise": STRINGS,
        "notice_title": STRING, "region_code_2024": STRING, "text": STRING, "n_chars": INT, "damage": FLOAT,
        "family_id": STRING, "edition": STRING, "evidence": EVIDENCE,
    },
    "sources": {"plan_id": STRING, "source_text": STRING, "segments": SEGMENTS, "pages": pa.list_(INT)},
    "outline": {
        "plan_id": STRING, "part_id": STRING, "parent_id": STRING, "kind": STRING, "level": INT, "number": INT,
        "marker": STRING, "title": STRING, "start": INT, "end": INT,
    },
    "items": {
        "plan_id": STRING, "item_id": STRING, "part_id": STRING, "order": INT, "heading": STRING, "text": STRING,
        "start": INT, "end": INT, "tense": STRING, "codebook": STRING, "domains": STRINGS, "domain": STRING,
        "domain_margin": FLOAT, "instruments": STRINGS, "commitment": STRING, "hedges": STRINGS,
        "lead_units": STRINGS, "support_units": STRINGS, "deadline": STRING, "beneficiaries": STRINGS,
        "programmes": STRINGS, "stage": STRING, "evidence": EVIDENCE, "priority": FLOAT,
    },
    "metrics": {
        "plan_id": STRING, "item_id": STRING, "metric_id": STRING, "quote": STRING, "start": INT, "end": INT,
        "source_start": INT, "source_end": INT, "page": INT, "indicator": STRING, "indicator_id": STRING,
        "indicator_confidence": FLOAT, "value": FLOAT, "value_high": FLOAT, "unit": STRING, "per": STRING,
        "comparator": STRING, "kind": STRING, "baseline": FLOAT, "status": STRING, "year": INT, "hedge": STRING,
        "worded": BOOL, "base_value": FLOAT, "base_unit": STRING, "reason": STRING,
    },
    "terms": {"plan_id": STRING, "item_id": STRING, "term": STRING, "pos": STRING, "n": INT},
    "masks": {
        "plan_id": STRING, "start": INT, "end": INT, "printed": STRING, "kind": STRING, "likely": STRING,
        "confidence": FLOAT,
    },
    "repairs": {
        "plan_id": STRING, "rule": STRING, "n": INT, "source_start": INT, "source_end": INT, "before": STRING,
        "after": STRING,
    },
    "checks": {
        "plan_id": STRING, "kind": STRING, "metric_id": STRING, "other_metric_id": STRING, "expected": FLOAT,
        "found": FLOAT, "message": STRING,
    },
    "problems": {
        "source_path": STRING, "plan_id": STRING, "stage": STRING, "severity": STRING, "message": STRING,
    },
}  # fmt: skip

KEYS: dict[str, str] = {"plans": "plan_id", "sources": "plan_id", "items": "item_id", "metrics": "metric_id"}

REGION_LEVELS = ("national", "province", "city", "county", "town", "unknown")
VALUES: dict[tuple[str, str], tuple[str, ...]] = {
    ("plans", "doc_type"): (
        "work_points", "work_plan", "long_term_plan", "action_plan", "opinion", "work_report", "notice", "other",
    ),
    ("plans", "region_level"): REGION_LEVELS,
    ("plans", "script"): ("simplified", "traditional", "mixed"),
    ("outline", "kind"): ("heading", "front_matter", "preamble", "trailer"),
    ("items", "tense"): ("task", "review", "problem"),
    ("items", "commitment"): ("binding", "quantified", "concrete", "continuing", "exploratory"),
    ("metrics", "comparator"): ("eq", "ge", "le", "gt", "lt", "approx", "range"),
    ("metrics", "kind"): ("level", "change"),
    ("metrics", "status"): ("target", "achieved"),
    ("masks", "kind"): ("place", "person", "year", "number", "word"),
    ("problems", "severity"): ("error", "warning", "note"),
}  # fmt: skip

# what frames.load joins to items, metrics and terms
PLAN_COLUMNS = ["region_code", "region", "region_level", "plan_year", "doc_type", "sector", "is_plan", "family_id"]

_DTYPES = {STRING: pd.StringDtype(na_value=float("nan")), INT: pd.Int64Dtype(), FLOAT: None, BOOL: pd.BooleanDtype()}


Checked = TypeVar("Checked", pd.DataFrame, pa.Table)


class FrameError(ValueError):
    """A frame lacks a column, breaks a key or holds a value that its column does not allow."""


def schema(name: str) -> pa.Schema:
    """The Arrow schema of a frame."""
    if name not in COLUMNS:
        raise FrameError(f"no frame is called {name!r}; there are {', '.join(COLUMNS)}")
    return pa.schema(list(COLUMNS[name].items()))


def make(name: str, records: Iterable[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """A frame from plain records; columns that a record lacks are null.

    Raises: FrameError when a record has a key that the frame has no column for, or a value of another type.
    """
    rows = list(records)
    columns = schema(name)
    unknown = {key for row in rows for key in row} - set(columns.names)
    if unknown:
        raise FrameError(f"{name} has no column {', '.join(sorted(unknown))}; it has {', '.join(columns.names)}")
    return to_pandas(to_arrow(name, rows))


def to_arrow(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """An Arrow table from plain records, typed as the frame is."""
    arrays = []
    for column in schema(name):
        values = [_plain(row.get(column.name)) for row in rows]
        try:
            arrays.append(pa.array(values, type=column.type, from_pandas=True))
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise FrameError(f"{name}.{column.name} takes {column.type}: {error}") from error
    return pa.Table.from_arrays(arrays, schema=schema(name))


def _plain(value: Any) -> Any:
    return None if value is pd.NA else value


def from_pandas(name: str, frame: pd.DataFrame) -> pa.Table:
    """An Arrow table from a frame, typed as `schema(name)` says, in its order of columns.

    Raises: FrameError when a value has another type than its column.
    """
    arrays = []
    for column in schema(name):
        held = frame[column.name]
        values = held.tolist() if column.type not in _DTYPES else held
        try:
            arrays.append(pa.array(values, type=column.type, from_pandas=True))
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise FrameError(f"{name}.{column.name} takes {column.type}: {error}") from error
    return pa.Table.from_arrays(arrays, schema=schema(name))


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """A pandas frame: text as str, whole numbers as Int64, truth as boolean, lists as Python lists."""
    columns = {field.name: column(table, field.name) for field in table.schema}
    return pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows))


def column(table: pa.Table, name: str) -> pd.Series:
    """One column of an Arrow table as pandas."""
    held, kind = table.column(name), table.schema.field(name).type
    if kind in _DTYPES:
        return held.to_pandas(types_mapper=_DTYPES.get)
    if kind == STRINGS:  # by way of arrays: many times faster than element by element
        return pd.Series([None if v is None else v.tolist() for v in held.to_pandas()], dtype=object)
    return pd.Series(held.to_pylist(), dtype=object)


def check(name: str, frame: Checked) -> Checked:
    """The frame or Arrow table itself, when it keeps its promises.

    Raises: FrameError naming the frame, the column and what is wrong: a column is missing, a key is null or double,
        a value is outside its list, a span ends before it starts.
    """
    names = frame.column_names if isinstance(frame, pa.Table) else list(map(str, frame.columns))
    missing = [c for c in schema(name).names if c not in names]
    if missing:
        raise FrameError(f"{name} lacks {', '.join(missing)}; it has {', '.join(names)}")

    def of(column_name: str) -> pd.Series:
        return column(frame, column_name) if isinstance(frame, pa.Table) else frame[column_name]

    if name in KEYS:
        _check_key(f"{name}.{KEYS[name]}", of(KEYS[name]))
    for (owner, held), allowed in VALUES.items():
        if owner == name:
            wrong = set(of(held).dropna()) - set(allowed)
            if wrong:
                raise FrameError(f"{name}.{held} holds {sorted(wrong)}; allowed are {', '.join(allowed)}")
    for start, end in (("start", "end"), ("source_start", "source_end")):
        if start in names and bool((of(end) < of(start)).fillna(False).any()):
            raise FrameError(f"{name}: a span ends before it starts ({start} > {end})")
    return frame


def _check_key(name: str, key: pd.Series) -> None:
    if key.isna().any():
        raise FrameError(f"{name} is null in {int(key.isna().sum())} rows")
    double = key[key.duplicated()]
    if len(double):
        raise FrameError(f"{name} is not unique: {double.iloc[0]!r} and {len(double) - 1} more")


def write(tables: Mapping[str, pd.DataFrame | pa.Table], folder: Path) -> None:
    """Writes frames as Parquet (zstd), each beside its old file and then moved into place."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".new-{uuid.uuid4().hex[:8]}"
    beside.mkdir()
    try:
        for name, frame in tables.items():
            checked = check(name, frame)
            table = checked if isinstance(checked, pa.Table) else from_pandas(name, checked)
            pq.write_table(table.select(schema(name).names), beside / f"{name}.parquet", compression="zstd")
        for name in tables:
            (beside / f"{name}.parquet").replace(folder / f"{name}.parquet")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def read(folder: Path, name: str) -> pd.DataFrame:
    """One frame from its Parquet file.

    Raises: FrameError when the file is missing or has other columns.
    """
    file = folder / f"{name}.parquet"
    if not file.is_file():
        raise FrameError(f"{file} does not exist; run `plans ingest` first, or name the folder that it wrote")
    table = pq.read_table(file)
    if missing := [c for c in schema(name).names if c not in table.column_names]:
        raise FrameError(f"{file} lacks {', '.join(missing)}: another version wrote it; run `plans ingest` again")
    return check(name, to_pandas(table))


def count(folder: Path, name: str) -> int:
    """How many rows a frame has, without reading them."""
    return pq.read_metadata(folder / f"{name}.parquet").num_rows


class Corpus:
    """The frames of one ingest, each read when first asked for, joined with what `plans` knows of the document."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        if not (self.folder / "plans.parquet").is_file():
            raise FrameError(f"{self.folder} holds no plans.parquet; run `plans ingest` first")

    @functools.cached_property
    def plans(self) -> pd.DataFrame:
        """A row a document, with `region`: the shortest name that is unique in this corpus."""
        frame = read(self.folder, "plans")
        frame["region"] = region_names(frame)
        return frame

    def _joined(self, name: str) -> pd.DataFrame:
        facts = self.plans[["plan_id", *PLAN_COLUMNS]]
        return read(self.folder, name).merge(facts, on="plan_id", how="left", validate="many_to_one")

    @functools.cached_property
    def items(self) -> pd.DataFrame:
        """A row an item."""
        return self._joined("items")

    @functools.cached_property
    def metrics(self) -> pd.DataFrame:
        """A row a number."""
        return self._joined("metrics")

    @functools.cached_property
    def terms(self) -> pd.DataFrame:
        """A row a content word in an item."""
        return self._joined("terms")

    @functools.cached_property
    def sources(self) -> pd.DataFrame:
        """A row a document: its text as found and the map to it."""
        return read(self.folder, "sources")

    @functools.cached_property
    def outline(self) -> pd.DataFrame:
        """A row a heading or part."""
        return read(self.folder, "outline")

    @functools.cached_property
    def masks(self) -> pd.DataFrame:
        """A row a masked word."""
        return read(self.folder, "masks")

    @functools.cached_property
    def repairs(self) -> pd.DataFrame:
        """A row a change made to the text."""
        return read(self.folder, "repairs")

    @functools.cached_property
    def checks(self) -> pd.DataFrame:
        """A row a figure that disagrees with another."""
        return read(self.folder, "checks")

    @functools.cached_property
    def problems(self) -> pd.DataFrame:
        """A row a thing that the user should know."""
        return read(self.folder, "problems")

    def sql(self, query: str) -> pd.DataFrame:
        """The answer of DuckDB to a query over the Parquet files, each a table of its frame's name.

        Example: corpus.sql("select doc_type, count(*) as n from plans group by all order by n desc")
        """
        import duckdb

        with duckdb.connect() as connection:
            for name in COLUMNS:
                file = self.folder / f"{name}.parquet"
                if file.is_file():
                    at = str(file).replace("'", "''")
                    connection.execute(f"create view {name} as select * from read_parquet('{at}')")
            return connection.sql(query).df()


def load(folder: str | Path) -> Corpus:
    """The corpus that `plans ingest` wrote to a folder.

    Raises: FrameError when the folder holds no plans.parquet.
    """
    return Corpus(Path(folder))


def region_names(plans: pd.DataFrame) -> pd.Series:
    """For each plan the shortest name of its region that no other region of these plans has, null where unknown.

    A region is the deepest of county, city, province that is known; names that collide get their parents in front
    (鼓楼区 of two cities becomes 福州市鼓楼区 and 南京市鼓楼区).
    """
    levels = plans[["province", "city", "county"]]
    chains = [tuple(str(p) for p in row if not pd.isna(p)) for row in levels.itertuples(index=False)]
    national = plans["region_level"].eq("national").fillna(False).to_numpy()
    names: list[str | None] = []
    known = {chain for chain in chains if chain}
    for chain, is_national in zip(chains, national, strict=True):
        if not chain:
            names.append("全国" if is_national else None)
            continue
        for depth in range(1, len(chain) + 1):
            tail = chain[-depth:]
            if sum(other[-depth:] == tail and len(other) >= depth for other in known) == 1:
                break
        names.append("".join(tail))
    return pd.Series(names, index=plans.index, dtype="str")


def ids(rows: Any, column: str = "ids") -> list[str]:
    """What a row, or each row of a frame, was read or counted from: ids of numbers, items, places or plans, each once.

    A table of counts holds them as lists in its column `ids` (or another `column` of such lists). Another row is its
    number, else its item or place in a plan; where it has a column for none of these it is its plan. Ids themselves (a
    list) are given back.
    """
    if isinstance(rows, list):
        return rows
    if isinstance(rows, pd.DataFrame):
        held = rows[[name for name in (column, *_KEYS) if name in rows.columns]].to_dict("records")
        return list(dict.fromkeys(key for row in held for key in _own_ids(row, column)))
    return _own_ids(rows._asdict() if hasattr(rows, "_asdict") else rows, column)


_KEYS = ("metric_id", "item_id", "span_id", "plan_id")


def _own_ids(row: Mapping[Any, Any] | pd.Series, column: str) -> list[str]:
    if column in row or column != "ids":
        held = row.get(column)
        return list(held) if isinstance(held, list | tuple) else []
    named = [name for name in _KEYS if name in row]
    known = [row[name] for name in named if name != "plan_id" or named == ["plan_id"]]
    return [str(key) for key in known if isinstance(key, str) and key][:1]


def comparable(frame: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """The rows of a frame that comparisons use by default: plans only, the best copy of each family.

    The plan as issued comes before its drafts, these before its annexes; among them the least damaged is taken.

    Args: plans: the `plans` frame, which says what is a plan, its family, edition and damage.
    """
    kept = plans[plans["is_plan"].fillna(False).astype(bool)]
    if "edition" in kept:
        kept = kept.assign(_from_final=kept["edition"].map({"draft": 1, "annex": 2}).fillna(0))
    by = [name for name in ("_from_final", "damage", "plan_id") if name in kept]
    kept = kept.sort_values(by, na_position="last")
    family = kept["family_id"].fillna(kept["plan_id"])
    best = kept.loc[~family.duplicated(), "plan_id"]
    return frame[frame["plan_id"].isin(best)]
