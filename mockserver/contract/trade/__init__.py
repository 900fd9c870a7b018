"""Documents with lines and money: short calls in the words of the trade, and the sums worked out again."""
