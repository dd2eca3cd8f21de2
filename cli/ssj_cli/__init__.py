"""The command line: prints, formats and exits; no rule of the draw lives here."""
