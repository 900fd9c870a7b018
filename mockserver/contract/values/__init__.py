"""Values that fields take, drawn by Hypothesis, and the comparison of what was sent with what is read."""
