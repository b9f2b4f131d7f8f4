"""What an editor shows of a note and offers to do about it, one module for each kind."""
