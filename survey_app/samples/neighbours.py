"""Who is whose neighbour: towns and villages of the same county, else those of the same bureau."""

from functools import lru_cache

from questions.setting import Municipality, Roster


def neighbours(roster: Roster, own: Municipality) -> tuple[Municipality, ...]:
    """Return the other municipalities of the county; of the bureau where the county has too few."""
    by_county, by_bureau = _groups(roster)
    near = by_county.get((own.bureau, own.county), ()) if own.county else ()
    if len(near) < 3:
        near = by_bureau[own.bureau]
    return tuple(one for one in near if one.code != own.code)


Groups = tuple[dict[tuple[str, str], tuple[Municipality, ...]], dict[str, tuple[Municipality, ...]]]


@lru_cache(maxsize=4)
def _groups(roster: Roster) -> Groups:
    by_county: dict[tuple[str, str], tuple[Municipality, ...]] = {}
    by_bureau: dict[str, tuple[Municipality, ...]] = {}
    for one in roster:
        by_county[one.bureau, one.county] = (*by_county.get((one.bureau, one.county), ()), one)
        by_bureau[one.bureau] = (*by_bureau.get(one.bureau, ()), one)
    return by_county, by_bureau
