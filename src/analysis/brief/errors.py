"""What brief says when it is used wrongly."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class BriefError(ValueError):
    """Wrong use: an unknown notebook, parameter, region, year or format; nothing has run yet."""


def unknown(thing: str, given: object, known: Iterable[object]) -> BriefError:
    """An error that names what was not found, and the near matches (else everything there is).

    Example: unknown("region", "青和县", ["青禾县"]) says: region '青和县' is unknown; near matches: 青禾县
    """
    names = list(dict.fromkeys(str(name) for name in known))
    near = difflib.get_close_matches(str(given), names, n=3, cutoff=0.5)
    near += [name for name in names if name not in near and str(given) and str(given) in name][: 3 - len(near)]
    if near:
        return BriefError(f"{thing} {str(given)!r} is unknown; near matches: {', '.join(near)}")
    listed = ", ".join(names[:40]) + (f" and {len(names) - 40} more" if len(names) > 40 else "")
    return BriefError(f"{thing} {str(given)!r} is unknown; there are: {listed or 'none'}")
