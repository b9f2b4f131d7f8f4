"""No words of a note in any log: our libraries' loggers print the messages that pass through them, notes and all."""

import logging

TALKATIVE = ("pygls", "lsprotocol", "cattrs", "asyncio", "starlette", "uvicorn", "websockets")
NEVER = logging.CRITICAL + 1


def quiet() -> None:
    """Silence the loggers that could print a note, whatever level anyone asks of the others."""
    for name in TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(NEVER)
        for below in list(logging.root.manager.loggerDict):
            if below.startswith(f"{name}."):
                logging.getLogger(below).setLevel(NEVER)
