"""LibreOffice Writer's own LanguageTool client: checks paragraphs at an address and prints what Writer would show.

    python3 libreoffice.py SOCKET ADDRESS PARAGRAPH...

It runs with the Python that has LibreOffice's `uno`, next to a soffice that listens at the port SOCKET.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale

SETTINGS = "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool"
CHECKER = "org.openoffice.lingu.LanguageToolGrammarChecker"
ENGLISH = Locale("en", "GB", "")
TRIES = 600


def connected(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(TRIES):
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)  # it is still starting
    raise SystemExit("LibreOffice did not start.")


def set_address(context, address):
    provider = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.configuration.ConfigurationProvider", context
    )
    place = PropertyValue(Name="nodepath", Value=SETTINGS)
    access = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (place,))
    access.BaseURL, access.IsEnabled = address, True
    access.commitChanges()


def main():
    port, address, *paragraphs = sys.argv[1:]
    context = connected(port)
    set_address(context, address)
    create = context.ServiceManager.createInstanceWithContext
    offered = create("com.sun.star.linguistic2.LinguServiceManager", context).getAvailableServices(
        "com.sun.star.linguistic2.Proofreader", ENGLISH
    )
    checker = create(CHECKER, context)
    shown = []
    for text in paragraphs:
        found = checker.doProofreading("document", text, ENGLISH, 0, len(text), ())
        shown.append(
            [
                {
                    "start": error.nErrorStart,
                    "length": error.nErrorLength,
                    "comment": error.aShortComment,
                    "suggestions": list(error.aSuggestions),
                }
                for error in found.aErrors
            ]
        )
    json.dump({"offered": list(offered), "paragraphs": shown}, sys.stdout)
    create("com.sun.star.frame.Desktop", context).terminate()


main()
