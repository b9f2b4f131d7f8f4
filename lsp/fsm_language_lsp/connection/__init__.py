"""One connection to an editor: how messages come and go, and what is done about each."""
