"""Attribution: who says what, from scores or by rules, with speakers, labels, chains and voices."""
