"""The API reference page: Swagger UI from its Python package, served by this server, no CDN."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.world import World

ASSETS = frozenset(
    {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png", "swagger-ui.css.map", "swagger-ui-bundle.js.map"}
)

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference of the mock server</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script>
window.ui = SwaggerUIBundle({
  url: "openapi.json", dom_id: "#reference", deepLinking: true, docExpansion: "none", filter: true,
  tryItOutEnabled: true, persistAuthorization: true, defaultModelsExpandDepth: 0,
  onComplete: () => window.ui.preauthorizeApiKey("%(scheme)s", "%(token)s"),
  requestInterceptor: (request) => { request.headers["X-Requested-With"] = "XMLHttpRequest"; return request; }
});
</script>
</body>
</html>
"""


def page(world: World) -> bytes:
    """The reference page, signed in with the world's token."""
    schemes = world.document.raw["components"]["securitySchemes"]
    token = world.identity.token.replace("\\", "").replace('"', "").replace("<", "")
    return (PAGE % {"scheme": next(iter(schemes)), "token": token}).encode()


@lru_cache(maxsize=8)
def asset(name: str) -> tuple[bytes, str]:
    """(content, media type) of a file of the viewer. Raises Refused for any other name."""
    spec = find_spec("swagger_ui")
    if name not in ASSETS or spec is None or spec.origin is None:
        raise Refused(
            "route", "There is no such file.", diagnoses=(Diagnosis("path", "docs", name, "a file of the viewer"),)
        )
    path = Path(spec.origin).parent / "static" / name
    if not path.is_file():
        raise Refused(
            "route", "There is no such file.", diagnoses=(Diagnosis("path", "docs", name, "a file of the viewer"),)
        )
    return path.read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream"
