"""What holds for an editor and its notes: what it can show, its own settings, and settings files."""
