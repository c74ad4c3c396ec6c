"""The FigureSpec on the wire: pydantic models made from the dataclasses of model/spec.py.

The dataclasses say what there is; here stands what a stranger may send for it: no unknown field, no
type but the declared one, finite numbers within bounds, short strings, few of everything.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from netfig.model import spec as document
from netfig.model.spec import FigureSpec
from netfig.model.venues import VENUES
from netfig.styles import STYLES
from netfig.styles.palettes import PALETTES
from netfig.text.fonts import FONTS

ENTRIES = 20_000
"""As many as there may be layers."""

NAME = 300
"""Characters of a name or an id."""

_Name = Annotated[str, StringConstraints(max_length=NAME)]
_Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]

_STRICT = ConfigDict(
    extra="forbid", strict=True, frozen=True, json_schema_serialization_defaults_required=True
)

_PLAIN: Mapping[object, Any] = {
    str: _Name,
    bool: bool,
    int: Annotated[int, Field(ge=0, le=1_000_000)],
    float: Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)],
}

_NARROWER: Mapping[tuple[str, str], Any] = {
    ("FigureSpec", "version"): Literal[document.VERSION],
    ("FigureSpec", "style"): Literal[tuple(STYLES)],
    ("FigureSpec", "caption"): Annotated[str, StringConstraints(max_length=4_000)],
    ("FigureSpec", "palette"): Literal[tuple(PALETTES)],
    ("Page", "venue"): Literal[tuple(VENUES)],
    ("Page", "font"): Literal[tuple(FONTS)],
    ("Page", "width"): Annotated[float, Field(ge=36, le=4_000, allow_inf_nan=False)] | None,
    ("Page", "text"): Annotated[float, Field(ge=4, le=72, allow_inf_nan=False)] | None,
    ("Scale", "tallest"): Annotated[float, Field(ge=8, le=1_000, allow_inf_nan=False)],
    ("Scale", "widest"): Annotated[float, Field(ge=2, le=1_000, allow_inf_nan=False)],
    ("Look", "fill"): _Colour | None,
}
"""Where a field's type alone allows too much: (dataclass, field) -> what it may hold. Points."""


def model_of(kind: type[Any], made: dict[Any, type[BaseModel]]) -> type[BaseModel]:
    """The strict pydantic model of a frozen dataclass of the document; `made` keeps each."""
    if kind in made:
        return made[kind]
    hints = get_type_hints(kind)
    members: dict[str, Any] = {}
    for field in fields(kind):
        narrow = _NARROWER.get((kind.__name__, field.name))
        wire = _wire(hints[field.name], made) if narrow is None else narrow
        if field.default is not MISSING:
            members[field.name] = (wire, field.default)
        elif field.default_factory is not MISSING:
            default = field.default_factory()
            empty: Any = dict if isinstance(default, Mapping) else model_of(type(default), made)
            members[field.name] = (wire, Field(default_factory=empty))
        else:
            members[field.name] = (wire, ...)
    made[kind] = create_model(
        kind.__name__,
        __config__=_STRICT,
        __doc__=(kind.__doc__ or "").strip().split("\n")[0],
        **members,
    )
    return made[kind]


def spec_of(body: BaseModel) -> FigureSpec:
    """The document itself, from a validated body."""
    return cast(FigureSpec, _built(FigureSpec, body))


def stored(spec: FigureSpec) -> str:
    """The document as JSON, as it is kept."""
    return json.dumps(plain(spec), allow_nan=False, ensure_ascii=True, separators=(",", ":"))


def grouping_key(spec: FigureSpec) -> str:
    """What of the document decides which groups there are, as `find` reads it."""
    grouping = spec.grouping
    out = {name: edit.excluded for name, edit in grouping.groups.items() if edit.excluded}
    parts = (grouping.match, out, grouping.made, grouping.removed)
    return json.dumps(plain(parts), ensure_ascii=True, separators=(",", ":"))


def restored(kept: str) -> FigureSpec:
    """The document that `stored` wrote."""
    return spec_of(SpecBody.model_validate_json(kept))


def plain(value: object) -> Any:
    """A dataclass of the document as what JSON knows."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    return value


def _wire(hint: Any, made: dict[Any, type[BaseModel]]) -> Any:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_dataclass(hint):
        return model_of(cast(type[Any], hint), made)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal or hint is type(None):
        return hint
    if origin in (Union, types.UnionType):
        return Union[tuple(_wire(argument, made) for argument in arguments)]  # noqa: UP007
    if origin is tuple and arguments[-1] is ...:
        several = types.GenericAlias(tuple, (_wire(arguments[0], made), ...))
        return Annotated[several, Field(max_length=ENTRIES)]
    if origin is tuple:
        return types.GenericAlias(tuple, tuple(_wire(argument, made) for argument in arguments))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        entries = types.GenericAlias(dict, (_Name, _wire(arguments[1], made)))
        return Annotated[entries, Field(max_length=ENTRIES)]
    raise TypeError(f"no wire type for {hint}")


def _built(hint: Any, value: Any) -> Any:
    """The dataclass value for a pydantic value; types are right by then."""
    if isinstance(value, BaseModel):
        kind = next(k for k in (hint, *get_args(hint)) if is_dataclass(k))
        hints = get_type_hints(kind)
        return kind(  # type: ignore[operator]
            **{f.name: _built(hints[f.name], getattr(value, f.name)) for f in fields(kind)}
        )
    if isinstance(value, dict):
        inner = get_args(hint)[1]
        return types.MappingProxyType({key: _built(inner, v) for key, v in value.items()})
    if isinstance(value, tuple):
        return tuple(_built(get_args(hint)[0], entry) for entry in value)
    return value


SpecBody: type[BaseModel] = model_of(FigureSpec, {})
"""A FigureSpec as it comes from outside."""
