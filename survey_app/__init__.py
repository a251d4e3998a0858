"""Shokai: ``create_app`` makes the web application, ``load`` reads an inquiry's data into pandas.

Either is loaded when it is first asked for: the command line starts without Flask and without pandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from survey_app.factory import create_app
    from survey_app.loading import load

__all__ = ["create_app", "load"]
_PLACES = {"create_app": "survey_app.factory", "load": "survey_app.loading"}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
