"""Values on the map: a schematic grid of provinces, and places as points. No boundaries are drawn or known."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import lexicon, regions
from analysis.compare import base

_TILES = ["province", "zh", "en", "row", "column", "value", "n"]
_POINTS = ["place", "region_level", "lon", "lat", "value"]


def tiles(values: pd.DataFrame, plans: pd.DataFrame, value: str = "share", by: str = "region") -> pd.DataFrame:
    """A value for each province on a schematic grid: the mean over its places.

    Args:
        values: a row a place, such as one domain of `compare.emphasis` or `compare.pmc_index`; several rows of a place are
            averaged.
        plans: say which province a place lies in.
    Returns: a row a province of `codebook/common/tiles.csv` (all of them): `province` (its code), `zh`, `en`, `row`, `column`,
        `value` (null where none of its places has one) and `n`, its places that have one. Empty where none has.
    """
    held = _known(values, value, by)
    codes = _codes(plans, by)
    province = [f"{codes[name][:2]}0000" if name in codes else None for name in held[by]]
    grouped = held.assign(province=province).dropna(subset=["province"]).groupby("province")[value]
    if grouped.ngroups == 0:
        return base.empty(_TILES, "no_place")
    rows = [
        {"province": row["id"], "zh": row["zh"], "en": row["en"], "row": int(row["row"]), "column": int(row["column"])}
        for row in lexicon.table("common/tiles")
    ]
    table = pd.DataFrame(rows)
    means, counts = table["province"].map(grouped.mean()), table["province"].map(grouped.size())
    return table.assign(value=means, n=counts.fillna(0).astype("int64"))[_TILES]


def points(values: pd.DataFrame, plans: pd.DataFrame, value: str = "share", by: str = "region") -> pd.DataFrame:
    """A value for each place with its coordinates (degrees, of its seat), north first; places without are left out."""
    held = _known(values, value, by)
    codes = _codes(plans, by)
    levels = plans.dropna(subset=[by]).drop_duplicates(by).set_index(by)["region_level"]
    rows: list[dict[str, Any]] = []
    for name, part in held.groupby(by, sort=True):
        place = regions.at(codes.get(name))
        if place is not None and place.lon is not None and place.lat is not None:
            spot = {"place": str(name), "region_level": levels[name], "lon": place.lon, "lat": place.lat}
            rows.append({**spot, "value": float(part[value].mean())})
    if not rows:
        return base.empty(_POINTS, "no_place")
    return pd.DataFrame(rows)[_POINTS].sort_values(["lat", "place"], ascending=[False, True], ignore_index=True)


def _known(values: pd.DataFrame, value: str, by: str) -> pd.DataFrame:
    return base.need(values, [by, value], "values").dropna(subset=[by, value])


def _codes(plans: pd.DataFrame, by: str) -> dict[Any, str]:
    """The code of each place, where the plans know one; a place by its province's name else."""
    base.need(plans, [by, "region_code", "province"], "plans")
    known = plans.dropna(subset=[by]).drop_duplicates(by).sort_values(by)
    found: dict[Any, str] = {}
    for name, code, province in known[[by, "region_code", "province"]].to_numpy():
        above = [] if pd.isna(province) else regions.named(str(province))
        if not pd.isna(code):
            found[name] = str(code)
        elif above:
            found[name] = above[0].code
    return found
