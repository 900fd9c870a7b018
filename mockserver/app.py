"""The application: connexion's frame around our own middlewares. Read `build` for the order of a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.agreement import check_agreement
from mockserver.content import fixtures_dir, spec_dir
from mockserver.control import Control
from mockserver.document.load import load_document
from mockserver.errors import StartError
from mockserver.flow import Engine
from mockserver.frame import API, ConnexionMiddleware, OpenAPISpecification
from mockserver.limits import read_limits
from mockserver.middleware.endpoint import Endpoint, MockResolver
from mockserver.middleware.frame import FrameMiddleware
from mockserver.middleware.reading import ReadingMiddleware
from mockserver.middleware.routing import RoutingMiddleware
from mockserver.middleware.security import SecurityMiddleware
from mockserver.middleware.throttle import ThrottleMiddleware
from mockserver.outgoing.deliveries import PAUSES, Deliveries
from mockserver.portal import Portal
from mockserver.routes import Routes
from mockserver.snapshot import digest, fresh, load, save
from mockserver.world import Identity, World, Worlds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.document.model import Document
    from mockserver.limits import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is set up; the command line fills it."""

    scenario: str = "freelancer"
    seed: int = 1
    locale: str = "en_US"
    scale: float | str = 1
    base_url: str = "http://localhost:8080"
    identity: Identity = field(default_factory=Identity)
    strict: bool = False
    guards: bool = False
    rate_limit: str = ""
    """Limits as `read_limits` takes them; empty for none."""
    control_secret: str = ""
    max_worlds: int = 1000
    allow_webhooks: tuple[str, ...] = ()
    webhook_pauses: tuple[int, ...] = PAUSES
    """Seconds on the clock of a world before each further call of a webhook."""
    live: bool = False
    """Whether time passes in worlds whose clock nobody has moved."""
    document: Path | None = None


class LoadedSpecification(OpenAPISpecification):
    """A document for connexion that was validated when it was bundled, so it is not validated again here."""

    def __init__(self, raw: Mapping[str, Any]) -> None:  # the base class would copy, validate and resolve for a second
        self._raw_spec = self._spec = raw
        self._base_uri = ""


@dataclass(frozen=True, slots=True)
class Mock:
    """A server without a socket: engine, routes, worlds and the ASGI application over them."""

    engine: Engine
    routes: Routes
    worlds: Worlds
    asgi: ConnexionMiddleware

    @property
    def document(self) -> Document:
        return self.engine.document


def create_mock(settings: Settings | None = None) -> Mock:
    """Everything that a server needs, seeded. Raises StartError or DocumentError with one clear line."""
    chosen = settings if settings is not None else Settings()
    path = chosen.document if chosen.document is not None else spec_dir() / "openapi.json"
    document = load_document(path, fixtures_dir() / "statics")
    check_agreement(document)
    engine = Engine(document, strict=chosen.strict)
    routes = Routes(document.operations.values())
    limits = limits_of(chosen, document)
    seeded = seeded_world(engine, routes, chosen, path)
    seeded.guards = chosen.guards
    seeded.limits = limits
    return build(engine, routes, seeded, chosen)


def limits_of(chosen: Settings, document: Document) -> Limits | None:
    """The rate limits of the settings. Raises StartError when they can't be read."""
    try:
        return read_limits(chosen.rate_limit, document.limits)
    except ValueError as error:
        raise StartError(f"The rate limit is not usable: {error}.") from None


def seeded_world(engine: Engine, routes: Routes, chosen: Settings, document: Path) -> World:
    """The world of the settings: from its snapshot, or seeded and kept as one, whatever the server's address is."""
    scenario = Path(chosen.scenario)
    places = [Path(__file__).parent, fixtures_dir(), document, *([scenario] if scenario.is_file() else [])]
    name = digest((chosen.scenario, chosen.seed, chosen.locale, str(chosen.scale), chosen.identity), places)
    state = load(name)
    if state is not None:
        return World(engine.document, seed=chosen.seed, state=state, identity=chosen.identity, base_url=chosen.base_url)
    from mockserver.seeding import seed_world

    seeded = seed_world(
        engine,
        routes,
        scenario=chosen.scenario,
        seed=chosen.seed,
        locale=chosen.locale,
        scale=chosen.scale,
        identity=chosen.identity,
        base_url=chosen.base_url,
    )
    save(name, seeded.state)
    seeded.state = fresh(seeded.state.tables)  # what happened on the way is no news, and a snapshot does not tell it
    return seeded


def build(engine: Engine, routes: Routes, seeded: World, settings: Settings) -> Mock:
    """The ASGI application over a seeded world."""
    worlds = Worlds(seeded, limit=settings.max_worlds, live=settings.live)
    facts = {
        "scenario": settings.scenario,
        "seed": settings.seed,
        "locale": settings.locale,
        "scale": settings.scale,
        "strict": settings.strict,
    }
    told = Deliveries(engine, worlds, allowed=frozenset(settings.allow_webhooks), pauses=settings.webhook_pauses)
    control = Control(worlds=worlds, engine=engine, deliveries=told, secret=settings.control_secret, facts=facts)
    stack = [
        partial(FrameMiddleware, worlds=worlds, engine=engine, afterwards=told.after),
        partial(RoutingMiddleware, routes=routes, beside=(control, Portal(engine))),
        ThrottleMiddleware,
        SecurityMiddleware,
        partial(ReadingMiddleware, engine=engine),
    ]
    asgi = ConnexionMiddleware(Endpoint(), import_name="mockserver", middlewares=stack, resolver=MockResolver(engine))
    specification = LoadedSpecification(engine.document.raw)
    asgi.apis.append(API(specification, base_path=None, name="mockserver", **asgi.options.__dict__))
    return Mock(engine, routes, worlds, asgi)
