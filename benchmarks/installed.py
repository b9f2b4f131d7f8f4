"""Programs are measured as they run once installed."""

import os


def environment() -> dict[str, str]:
    """Return the environment, in which Python may keep what it compiled, as it does of what `pip` installs."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
