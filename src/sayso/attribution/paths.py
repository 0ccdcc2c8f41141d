"""Best paths over path scores (see `encoder.heads`), many cues at a time, in plain numpy.

A path chooses spans; its score is the sum of the inside scores of their pieces plus one begin and one end score per span; choosing
nothing scores 0. All functions are exact and take time linear in the number of pieces.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sayso.encoder.heads import BEGIN, END, INSIDE

Floats = NDArray[np.float32]
Range = tuple[int, int]
FORBIDDEN = np.float32(-1e4)


def best_span(scores: Floats, bias: float = 0.0) -> tuple[list[Range | None], Floats]:
    """The best single span of every row, or none, and the log probability of that choice.

    Whether there is a span is decided by all spans together, not by the best one: when two borders are equally likely, each of the two
    spans may be less likely than none although a span is there for sure.

    Args:
        scores: [rows, pieces, 3].
        bias: added to the log odds that there is a span; infinite if there has to be one.

    Returns:
        For each row an inclusive range of pieces or None; and [rows] log probabilities among all choices of at most one span.

    """
    if not scores.shape[1]:
        return [None] * len(scores), np.zeros(len(scores), np.float32)
    # Running sums over forbidden pieces are large and cancel out: single precision would lose the digits that matter.
    inside, begin, end = (scores[..., k].astype(np.float64) for k in (INSIDE, BEGIN, END))
    total = np.cumsum(inside, axis=1)
    opened = begin - (total - inside)
    closed = end + total
    best_open = np.maximum.accumulate(opened, axis=1)
    value = best_open + closed
    last = value.argmax(axis=1)
    rows = np.arange(len(scores))
    score = value[rows, last]
    mass = np.logaddexp.reduce(np.logaddexp.accumulate(opened, axis=1) + closed, axis=1)
    found: list[Range | None] = []
    there = (mass + bias > 0) & (score > FORBIDDEN / 2)  # nothing legal is nothing, even where something is needed
    for row in rows.tolist():
        stop = int(last[row])
        found.append((int(opened[row, : stop + 1].argmax()), stop) if there[row] else None)
    return found, (np.where(there, score, 0.0) - np.logaddexp(0.0, mass)).astype(np.float32)


def best_spans(scores: Floats) -> tuple[list[list[Range]], Floats]:
    """The best set of spans of every row, and the log probability of that set.

    Args:
        scores: [rows, pieces, 3].

    Returns:
        For each row inclusive ranges of pieces, in order, never touching; and [rows] log probabilities among all sets.

    """
    rows, count = scores.shape[:2]
    inside, begin, end = (np.ascontiguousarray(scores[..., k].T) for k in (INSIDE, BEGIN, END))
    entering = inside + begin
    out, into = np.zeros(rows, np.float32), np.full(rows, FORBIDDEN * 10, np.float32)
    sum_out, sum_into = out.copy(), into.copy()
    from_in = np.zeros((count + 1, rows), bool)  # the best way to stand outside before piece t came out of a span
    stayed = np.zeros((count, rows), bool)  # the best way to stand inside at piece t was to stay inside
    for t in range(count):
        if t:
            left = into + end[t - 1]
            sum_left = sum_into + end[t - 1]
        else:
            left = sum_left = np.full(rows, FORBIDDEN * 10, np.float32)
        start = out + entering[t]
        stay = into + inside[t]
        from_in[t] = left > out
        stayed[t] = stay > start
        new_sum_into = np.logaddexp(sum_into + inside[t], sum_out + entering[t])
        out = np.maximum(out, left)
        into = np.maximum(start, stay)
        sum_out = np.logaddexp(sum_out, sum_left)
        sum_into = new_sum_into
    final = into + end[count - 1] if count else out
    ends_in = final > out
    score = np.maximum(final, out)
    partition = np.logaddexp(sum_out, sum_into + end[count - 1]) if count else sum_out
    return [_trace(ends_in[row], from_in[:, row], stayed[:, row], count) for row in range(rows)], score - partition


def _trace(ends_in: np.bool_, from_in: NDArray[np.bool_], stayed: NDArray[np.bool_], count: int) -> list[Range]:
    """Follow the back pointers of one row from its last piece.

    At piece t the chain first may leave the span that ended at t - 1 (`from_in[t]`), then may enter one that begins at t.
    """
    found: list[Range] = []
    t, inside, stop = count - 1, bool(ends_in), count - 1
    while t >= 0:
        if inside:
            if stayed[t]:
                t -= 1
            else:
                found.append((t, stop))
                inside = False
                # entering at t needs to stand outside before t, with no span ending right at t - 1
                t -= 1
        else:
            # outside after piece t
            if from_in[t]:
                inside, stop = True, t - 1
            t -= 1
    return found[::-1]
