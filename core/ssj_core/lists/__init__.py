"""Lists of a draw and the table of a plan, for people as workbooks and for machines as CSV."""
