"""The kinds of bills one by one, how they are sent, what recurs, and the jobs that plan them."""
