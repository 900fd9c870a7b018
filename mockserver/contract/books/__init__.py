"""The books of a company kept a second time, by the rules alone: what must come of every call that moves money."""
