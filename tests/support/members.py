"""Any value of a type, made from its hints alone, so that a new field or member has its turn.

Only codes that are keyed in are left out, for they are not written down as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from laadpaal.station.words import Token, TokenKind

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
_PLAIN: dict[object, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    bool: st.booleans(),
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: TEXT,
    bytes: st.binary(max_size=12),
    Token: st.builds(
        Token, TEXT, st.sampled_from([it for it in TokenKind if it is not TokenKind.KEY_CODE])
    ),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=4, max_value=10**6),
}


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return what makes values of a type; fields with a default get others too.

    Raises:
        TypeError: Nobody has said yet how a value of such a type is made.
    """
    origin, inside = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin in {Union, UnionType}:
        return st.one_of([any_of(one) for one in inside])
    if origin is tuple:
        if inside[-1] is Ellipsis:
            return st.lists(any_of(inside[0]), max_size=3).map(tuple)
        return st.tuples(*map(any_of, inside))
    if origin is frozenset:
        return st.frozensets(any_of(inside[0]), max_size=3)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(any_of(inside[0]), any_of(inside[1]), max_size=3)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        named = {field.name: any_of(hints[field.name]) for field in fields(hint) if field.init}
        return st.builds(hint, **named)
    raise TypeError(f"no value of {hint} can be made")
