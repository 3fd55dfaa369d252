"""Which runs of a DOCX document are struck out or hidden: by their own properties, or by the styles they have."""

from __future__ import annotations

from functools import cache
from typing import Any

_TOGGLED = ("strike", "vanish")
"""Properties that two styles together take back again (ISO/IEC 29500-1, 17.7.3)."""

_ALL = (*_TOGGLED, "dstrike", "specVanish")
_OFF = ("0", "false", "off", "none")
_DEEPEST = 50  # styles that are based on each other in a circle end somewhere


class Styles:
    """The styles of a document; ``element`` is the root of its styles, None where it has none."""

    def __init__(self, element: Any | None) -> None:
        self._based: dict[str, str] = {}
        self._own: dict[str, dict[str, bool]] = {}
        self._usual: dict[str, str] = {}
        self._defaults: dict[str, bool] = {}
        for style in element.iterchildren("{*}style") if element is not None else ():
            id = _value(style, "styleId", "")
            self._own[id] = _set(style)
            for based in style.iterchildren("{*}basedOn"):
                self._based[id] = _value(based, "val", "")
            if _value(style, "default", "0") not in _OFF:
                self._usual[_value(style, "type", "")] = id
        for default in element.iter("{*}rPrDefault") if element is not None else ():
            self._defaults |= _set(default)
        self._of = cache(self._inherited)

    def is_struck(self, run: Any) -> bool:
        """Whether a run is struck out or hidden."""
        own = _set(run)
        return any(own[name] if name in own else self._by_style(run, name) for name in _ALL)

    def _by_style(self, run: Any, name: str) -> bool:
        if not any(name in said for said in self._own.values()) and name not in self._defaults:
            return False
        if self._defaults.get(name):
            return True
        said = [self._of(style).get(name) for style in self._styles(run)]
        if name in _TOGGLED:
            return sum(bool(one) for one in said) % 2 == 1
        return bool(next((one for one in reversed(said) if one is not None), False))

    def _styles(self, run: Any) -> list[str]:
        """The styles of the table, the paragraph and the run itself, in this order."""
        found = []
        for above, kind in (("tbl", "table"), ("p", "paragraph"), ("", "character")):
            it = next(run.iterancestors(f"{{*}}{above}"), None) if above else run
            if it is not None:
                found.append(_style(it) or self._usual.get(kind, ""))
        return found

    def _inherited(self, style: str) -> dict[str, bool]:
        """What a style sets, with all that it is based on."""
        chain = [style]
        while (below := self._based.get(chain[-1])) and len(chain) < _DEEPEST:
            chain.append(below)
        found: dict[str, bool] = {}
        for id in reversed(chain):
            found |= self._own.get(id, {})
        return found


def _set(element: Any) -> dict[str, bool]:
    """Which of the properties are set in the run properties of an element, and to what."""
    return {
        name: is_on(found)
        for properties in element.iterchildren("{*}rPr")
        for name in _ALL
        for found in properties.iterchildren(f"{{*}}{name}")
    }


def is_on(element: Any) -> bool:
    """Whether an element that stands for something being so says that it is."""
    return _value(element, "val", "true") not in _OFF


def _style(element: Any) -> str:
    """The style that a table, a paragraph or a run names; "" for none."""
    for properties in element.iterchildren("{*}tblPr", "{*}pPr", "{*}rPr"):
        for found in properties.iterchildren("{*}tblStyle", "{*}pStyle", "{*}rStyle"):
            return _value(found, "val", "")
    return ""


def _value(element: Any, name: str, default: str) -> str:
    """An attribute, whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), default)
