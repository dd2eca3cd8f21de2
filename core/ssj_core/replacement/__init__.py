"""SPEC §13: a subject that cannot be inspected, or an officer who cannot go, is replaced; nothing else changes.

Read in this order: `reasons`, `event` (what is fixed first), `standing` (who stands now), `successor` (who steps in),
`places` (which places are drawn again), `outcome` (all of it), `record` (what is written), `chain` (mode R2).
"""
