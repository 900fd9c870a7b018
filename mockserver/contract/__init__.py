"""What the contract suite needs that is not an assertion: the document, a client, data, and plain re-computations.

Nothing here uses the engine of the mock: a suite that shares code with what it judges shares its faults.
"""
