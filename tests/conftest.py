"""Properties are tried on the same examples each time, so that a run that fails fails again.

`--hypothesis-profile=searching` draws other ones each time.
"""

from __future__ import annotations

from importlib.util import find_spec

if find_spec("hypothesis") is not None:  # what looks at built packages runs without it
    from hypothesis import settings

    settings.register_profile("searching", settings.get_profile("default"), deadline=None, print_blob=True)
    settings.register_profile("tests", settings.get_profile("searching"), derandomize=True, database=None)
    settings.load_profile("tests")
