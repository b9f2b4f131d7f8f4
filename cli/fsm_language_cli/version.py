"""Which version this is."""

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed


def version() -> str:
    """Return the version that is installed, or that of the checkout."""
    try:
        return installed("fsm-language")
    except PackageNotFoundError:
        from fsm_language import __version__

        return __version__
