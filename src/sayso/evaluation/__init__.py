"""Gold against predicted readings: the field's metrics, their intervals, and the floors that may not be lost.

Reading order: `corpora` (gold files → readings), `matching`, `metrics`, `protocols`, `bootstrap`, `report`, `agreement`, `gate`.
"""
