"""The contract between training and run time for the claim network: how two statements of one story are laid beside each other.

The network shares the lower layers of the tone network (`encoder.tones`). Above the fork its branch gives a state per word piece, tuned so
that pieces of statements that say the same lie close, and how much each piece matters. Two statements are compared piece by piece.
"""

from __future__ import annotations

CLAIM_INPUTS = ("shared", "mask")
"""Inputs of the branch: states of the lower layers [statements, length, width] and the mask."""
CLAIM_OUTPUTS = ("states", "weights")
"""Outputs: states [statements, length, width] and log weights [statements, length] of the word pieces."""

COVERAGES = ("least", "most", "mean", "middle")
"""What the pieces tell of a pair: the lesser and the greater share to which one side is covered by the other, their mean, and the cosine
of both sides' weighted means."""

LONGEST_STATEMENT = 48
"""Word pieces of a statement that are compared, not counting the two special ones; what comes after is not looked at."""
