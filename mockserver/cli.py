"""The command line: `mockserver serve`, `mockserver check`, and `mockserver spec` with its commands.

Exit codes: 0 all well, 1 `check`, `spec lint` or `spec diff` found something, 2 it can't be done: one line on stderr
says why and what to do.
"""

from __future__ import annotations

import argparse
import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver import __version__
from mockserver.content import spec_dir
from mockserver.contract.suite.cli import add_check_command
from mockserver.document.cli import DEFAULT_SPEC, add_spec_commands, put, told
from mockserver.document.errors import DocumentError
from mockserver.errors import StartError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code."""
    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except (StartError, DocumentError) as error:
        sys.stderr.write(f"mockserver: {' '.join(str(error).split())}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    made = argparse.ArgumentParser(
        prog="mockserver",
        description="A stateful mock of the Invoice Ninja v5 API, driven by an OpenAPI document. Unofficial.",
    )
    made.add_argument("--version", action="version", version=f"mockserver {__version__}")
    commands = made.add_subparsers(title="commands", required=True, metavar="COMMAND")
    serve = commands.add_parser(
        "serve", help="start the mock server", description="Start the mock server on this machine."
    )
    add_serve_options(serve)
    serve.set_defaults(run=serve_command)
    add_check_command(commands)
    spec = commands.add_parser(
        "spec", help="bundle, check or compare the OpenAPI document", description="Work with the OpenAPI document."
    )
    here = DEFAULT_SPEC if (DEFAULT_SPEC / "source").is_dir() else spec_dir()
    spec_commands = spec.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add_spec_commands(spec_commands, here)
    add_coverage_command(spec_commands, here)
    return made


def add_coverage_command(subparsers: argparse._SubParsersAction[argparse.ArgumentParser], spec: Path) -> None:
    """`spec coverage`, which looks at the behaviours too, so that it is not with the other commands of the document."""
    text = "write what answers each operation, and which tests touch it"
    parser = subparsers.add_parser("coverage", help=text, description=f"{text[0].upper()}{text[1:]}.")
    folder = "folder of the document (default: %(default)s)"
    parser.add_argument("--spec", type=Path, default=spec, metavar="DIR", help=folder)
    tests = "folder of the tests (default: %(default)s)"
    parser.add_argument("--tests", type=Path, default=Path("tests"), metavar="DIR", help=tests)
    parser.add_argument("--out", type=Path, metavar="FILE", help="file to write instead of standard output")
    parser.set_defaults(run=told(coverage_command))


def coverage_command(options: argparse.Namespace) -> int:
    """Writes the page."""
    from mockserver.coverage import read_page

    put(read_page(options.spec, options.tests), options.out)
    return 0


def add_serve_options(serve: argparse.ArgumentParser) -> None:
    """Options of `serve`."""
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument(
        "--port", type=int, default=8080, help="port to listen on, 0 for any free one (default: %(default)s)"
    )
    serve.add_argument(
        "--seed", type=int, default=1, help="number that decides every made-up value (default: %(default)s)"
    )
    serve.add_argument(
        "--locale", default="en_US", help="language and country of names and addresses (default: %(default)s)"
    )
    serve.add_argument(
        "--scale",
        type=scale,
        default=1,
        help="how many records the scenario makes: a factor such as 10, a number of one resource such as "
        "invoices=100000 (the others grow by the square root), or several of these with commas, such as "
        "3,invoices=5000,clients=200 (default: %(default)s)",
    )
    serve.add_argument(
        "--scenario",
        default="freelancer",
        help="what the world starts with: a name or a YAML file (default: %(default)s)",
    )
    serve.add_argument("--token", default="TOKEN", help="API token of the default user (default: %(default)s)")
    serve.add_argument("--email", default="user@example.com", help="login of the default user (default: %(default)s)")
    serve.add_argument("--password", default="password", help="password of the default user (default: %(default)s)")
    serve.add_argument(
        "--api-secret", default="", metavar="SECRET", help="asked for in header X-API-SECRET on a login (default: none)"
    )
    serve.add_argument(
        "--strict", action="store_true", help="let a second, independent validator look at every answer; slower"
    )
    serve.add_argument(
        "--guards", action="store_true", help="refuse repeated calls within a second, as the service does"
    )
    serve.add_argument(
        "--allow-webhooks",
        action="append",
        default=[],
        metavar="HOST",
        help="let webhooks call this host too, besides this machine; * for any (may be repeated)",
    )
    serve.add_argument(
        "--rate-limit",
        default="",
        metavar="LIMITS",
        help="answer 429 after so many calls: 300/m, service (the limits that it has) or login=5/m (default: none)",
    )
    serve.add_argument(
        "--control-secret",
        default="",
        metavar="SECRET",
        help="lets other machines use /__mock__ with header X-Mock-Secret",
    )


def scale(text: str) -> float | str:
    """A factor above zero and at most 100,000; a text with numbers of resources is read with the scenario."""
    if "=" in text:
        return text
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 < value <= 100_000:
        raise argparse.ArgumentTypeError(f"got {text!r}, wanted a number above 0 and up to 100000, or invoices=100000")
    return int(value) if value.is_integer() else value


def serve_command(options: argparse.Namespace) -> int:
    """Take the port, seed the world, say where everything is, and serve."""
    gc.disable()  # nothing of what is made here is garbage: it stays for as long as the server runs
    from mockserver.app import Settings, create_mock
    from mockserver.banner import banner
    from mockserver.server import listen, run, settle
    from mockserver.world import Identity

    token = checked_token(options.token)
    bound = listen(options.host, options.port)
    try:
        port = bound.getsockname()[1]
        shown = f"[{options.host}]" if ":" in options.host else options.host
        host = "localhost" if options.host in ("127.0.0.1", "::1", "0.0.0.0", "::") else shown
        settings = Settings(
            scenario=options.scenario,
            seed=options.seed,
            locale=options.locale,
            scale=options.scale,
            base_url=f"http://{host}:{port}",
            identity=Identity(token, options.email, options.password, options.api_secret),
            strict=options.strict,
            guards=options.guards,
            rate_limit=options.rate_limit,
            control_secret=options.control_secret,
            allow_webhooks=tuple(options.allow_webhooks),
            live=True,
        )
        mock = create_mock(settings)
        settle()
        text = banner(mock, settings, listening_everywhere=options.host in ("0.0.0.0", "::"))
        run(mock.asgi, bound, partial(say, text))
    finally:
        gc.enable()
        bound.close()
    say("\nStopped. Nothing was kept.\n")
    return 0


def say(text: str) -> None:
    """Write to stdout now, also when that is a pipe."""
    sys.stdout.write(text)
    sys.stdout.flush()


def checked_token(token: str) -> str:
    """The token, when it can be sent in a header and names no world. Raises StartError."""
    if not token.isascii() or not token.isprintable() or not token.strip() or "@" in token:
        wanted = "printable ASCII without @, which stands before the name of a world"
        raise StartError(f"Got {token!r} for --token, wanted {wanted}: choose another one.")
    return token


if __name__ == "__main__":
    sys.exit(main())
