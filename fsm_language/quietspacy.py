"""spaCy without its command line, which brings web clients into the process and takes a third of the time to import."""

import importlib
import sys
from types import ModuleType
from typing import Any

PUT_OFF = ("spacy.cli", "spacy.cli.info")


def spacy() -> ModuleType:
    """Return spaCy; its command line is imported when somebody asks for it."""
    if "spacy" in sys.modules:
        return importlib.import_module("spacy")  # which waits for another thread that is at it
    stand_ins = {name: ModuleType(name) for name in PUT_OFF}
    vars(stand_ins["spacy.cli.info"])["info"] = _info
    sys.modules.update(stand_ins)
    try:
        return importlib.import_module("spacy")
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _info(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401  # passed on as they are
    """Do what `spacy.info` does."""
    return importlib.import_module("spacy.cli.info").info(*arguments, **options)
