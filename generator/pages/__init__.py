"""Pages: every page of the site as a value, from a tracked ledger. No HTML, no clock."""
