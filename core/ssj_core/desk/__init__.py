"""The office's desk: rosters checked and given back with their faults marked, cleaned, and compared."""
