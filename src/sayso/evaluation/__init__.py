"""Gold against predicted readings: the field's metrics, their intervals, and the floors that may not be lost.

Reading order: `corpora` (gold files → readings), `matching`, `metrics`, `inner`, `labels`, `naming`, `speakers`, `protocols`, `bootstrap`,
`agreement`, `report`, `table`, `gate`; on their own, `names` and `pronouns`; and `runs`, which takes them all.
"""
