"""The service: suggestions over HTTP, the language server over WebSocket, and the page, each behind one gate."""
