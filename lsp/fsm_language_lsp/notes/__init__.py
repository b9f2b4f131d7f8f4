"""The notes that editors have open, and the checking of them."""
