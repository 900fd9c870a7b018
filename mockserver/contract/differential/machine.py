"""A state machine that drives two servers with the same steps until they part; what it finds is then shortened.

Hypothesis draws the steps, and does not shrink them: to draw a sequence anew takes it ten thousand calls, where to
repeat one without some of its calls takes a hundred.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from hypothesis import Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from mockserver.contract.differential.ground import pair
from mockserver.contract.differential.listing import look_at_list, look_at_lists
from mockserver.contract.differential.pair import Parted
from mockserver.contract.differential.shortest import shortest
from mockserver.contract.differential.steps import Steps
from mockserver.contract.options import DEEP, DEFAULT, QUICK

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.contract.differential.ground import Ground
    from mockserver.contract.options import Options
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target


class Effort(NamedTuple):
    """Runs, and the most steps of each."""

    runs: int
    steps: int


EFFORTS = {QUICK: Effort(4, 6), DEFAULT: Effort(30, 12), DEEP: Effort(300, 25)}


class Machine(RuleBasedStateMachine):
    """Steps around one noun, in a new pair of worlds for each run. `walk` is set by the class that is run."""

    begin: ClassVar[Callable[[ExitStack], Steps]]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        try:
            self.walk = type(self).begin(self.stack)
        except BaseException:
            self.stack.close()
            raise
        self.idle = True
        """Whether no step was broken off: then all is compared in the end."""

    def take(self, step: Callable[[st.DataObject, Noun], None], data: st.DataObject, verb: str = "") -> None:
        """Take a step with a noun that the run has records of."""
        self.idle = False
        step(data, self.walk.there(data, verb))
        self.idle = True

    @rule(data=st.data())
    @precondition(lambda self: "create" in self.walk.noun.operations)
    def create(self, data: st.DataObject) -> None:
        self.idle = False
        self.walk.create(data, self.walk.noun)
        self.idle = True

    @rule(data=st.data())
    def create_another(self, data: st.DataObject) -> None:
        self.idle = False
        self.walk.create(data, self.walk.any_of_the_cast(data))
        self.idle = True

    @rule(data=st.data())
    @precondition(lambda self: self.walk.has("update"))
    def update(self, data: st.DataObject) -> None:
        self.take(self.walk.update, data, "update")

    @rule(data=st.data())
    @precondition(lambda self: self.walk.has("delete"))
    def delete(self, data: st.DataObject) -> None:
        self.take(self.walk.delete, data, "delete")

    @rule(data=st.data())
    @precondition(lambda self: self.walk.has("bulk"))
    def bulk(self, data: st.DataObject) -> None:
        self.take(self.walk.bulk, data, "bulk")

    @rule(data=st.data())
    @precondition(lambda self: self.walk.has("action"))
    def act(self, data: st.DataObject) -> None:
        self.take(self.walk.act, data, "action")

    @rule(data=st.data())
    @precondition(lambda self: self.walk.has("other"))
    def other(self, data: st.DataObject) -> None:
        self.take(self.walk.other, data, "other")

    @rule(data=st.data())
    @precondition(lambda self: self.walk.has("upload"))
    def upload(self, data: st.DataObject) -> None:
        self.take(self.walk.upload, data, "upload")

    @rule(data=st.data())
    @precondition(lambda self: self.walk.has("show"))
    def show(self, data: st.DataObject) -> None:
        self.take(self.walk.show, data, "show")

    @rule(data=st.data())
    @precondition(lambda self: self.walk.has("list"))
    def list(self, data: st.DataObject) -> None:
        self.take(lambda drawn, noun: look_at_list(self.walk, drawn, noun), data, "list")

    @rule(data=st.data())
    def wrong(self, data: st.DataObject) -> None:
        self.idle = False
        self.walk.wrong(data, self.walk.noun)
        self.idle = True

    def teardown(self) -> None:
        try:
            if self.idle:
                self.walk.look_at_all()
                look_at_lists(self.walk)
        finally:
            self.stack.close()


def drive(
    spec: Spec,
    target: Target,
    model: Target,
    noun: Noun,
    options: Options,
    ground: Ground,
    profile: settings | None = None,
) -> None:
    """Run the machine around a noun. Raises Broken for the shortest sequence that was found."""
    walks: list[Steps] = []

    def begin(stack: ExitStack) -> Steps:
        made = stack.enter_context(pair(spec, target, model, ground, options.other))
        ours = target.ours and model.ours
        walks[:] = [Steps(made, noun, ground.statics, allow=target.allow & model.allow, ours=ours, tag=target.tag)]
        return walks[0]

    effort = EFFORTS[options.effort]
    machine = seed(options.seed)(type(f"{noun.name}_machine", (Machine,), {"begin": staticmethod(begin)}))
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                profile,
                max_examples=effort.runs,
                stateful_step_count=effort.steps,
                verbosity=Verbosity.quiet,
                phases=[Phase.generate],
                report_multiple_bugs=False,
            ),
        )
    except Parted as found:
        again = partial(pair, spec, target, model, ground, options.other, again=True)
        raise shortest(again, walks[0].pair.script, found) from None
