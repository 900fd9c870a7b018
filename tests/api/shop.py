"""Short ways to call the API as one person, and to make the records that a test starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.inprocess import MockClient, Response

JSON = dict[str, Any]

TODAY = "2026-01-15"
DAY = 86400
PASSWORD = {"X-API-PASSWORD": "password"}


class Shop:
    """One caller: `headers` go with every call, a header that is None is left out."""

    def __init__(self, client: MockClient, headers: Mapping[str, str | None] | None = None) -> None:
        self.mock = client
        self.headers = dict(headers or {})

    def but(self, **headers: str | None) -> Shop:
        """The same caller with other headers; underscores stand for dashes."""
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        return Shop(self.mock, {**self.headers, **changed})

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> Response:
        """A call below /api/v1/; `body` goes out as JSON."""
        headers = {**self.headers, **options.pop("headers", {})}
        return self.mock.request(method, f"/api/v1/{path}", json=body, headers=headers, **options)

    def get(self, path: str, **params: Any) -> Response:
        return self.call("GET", path, params=params)

    def post(self, path: str, body: Any = None, **options: Any) -> Response:
        return self.call("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Response:
        return self.call("PUT", path, body, **options)

    def delete(self, path: str, **options: Any) -> Response:
        return self.call("DELETE", path, **options)

    # records -------------------------------------------------------------------------------------------------

    def client(self, **fields: Any) -> JSON:
        return record(self.post("clients", {"name": "Harbour", **fields}))

    def product(self, **fields: Any) -> JSON:
        return record(self.post("products", {"product_key": "W-1", **fields}))

    def invoice(self, client: JSON, *lines: JSON, query: str = "", **fields: Any) -> JSON:
        """An invoice over 100 unless lines are given."""
        listed = list(lines) or [{"quantity": 1, "cost": 100}]
        return record(self.post(f"invoices{query}", {"client_id": client["id"], "line_items": listed, **fields}))

    def sent(self, client: JSON, *lines: JSON, **fields: Any) -> JSON:
        return self.invoice(client, *lines, query="?mark_sent=true", **fields)

    def location(self, client: JSON, **fields: Any) -> JSON:
        return record(self.post("locations", {"name": "Dock", "client_id": client["id"], **fields}))

    def attach(self, path: str, *names: str, content: bytes = b"content") -> JSON:
        """The record after an upload of files with these names."""
        files = [("documents[]", (name, content)) for name in names]
        return record(self.call("PUT", f"{path}/upload", files=files))

    # looking -------------------------------------------------------------------------------------------------

    def show(self, path: str, **params: Any) -> JSON:
        return record(self.get(path, **params))

    def ids(self, path: str, **params: Any) -> list[str]:
        """Ids of the records of a list, in its order."""
        return [each["id"] for each in rows(self.get(path, **params))]

    def stored(self, resource: str) -> list[JSON]:
        """The rows of a table as they are kept, hidden fields too."""
        headers = {"X-Mock-World": self.mock.world.name}
        found: list[JSON] = self.mock.get(f"/__mock__/state/{resource}?per_page=500", headers=headers).json()["data"]
        return found

    # people, companies, time ---------------------------------------------------------------------------------

    def company(self) -> JSON:
        return record(self.post("companies/current"))

    def settings(self, **changes: Any) -> JSON:
        """Settings of the company after a change."""
        own = self.company()
        changed = {**own["settings"], **changes}
        settings: JSON = record(self.put(f"companies/{own['id']}", {"settings": changed}))["settings"]
        return settings

    def hire(self, permissions: str = "", email: str = "clerk@example.com", **link: Any) -> Shop:
        """A further user of the company as a caller."""
        rights = {"permissions": permissions, **link}
        body = {"first_name": "Cleo", "last_name": "Clerk", "email": email, "company_user": rights}
        user = record(self.post("users?include=company_user", body, headers=PASSWORD))
        link_of = next(each for each in self.stored("company_users") if each["user_id"] == user["id"])
        token = next(each for each in self.stored("tokens") if each["id"] == link_of["token_id"])
        return self.but(X_API_TOKEN=token["token"])

    def found(self, name: str = "Second") -> Shop:
        """The owner as a caller of a further company."""
        link = rows(self.post("companies", {"name": name}))[0]
        return self.but(X_API_TOKEN=link["token"]["token"])

    def user(self) -> JSON:
        """The user behind the token of this caller."""
        links = rows(self.post("refresh", headers={}))
        user: JSON = links[0]["user"]
        return user

    def later(self, days: float = 0, seconds: int = 0) -> None:
        """Move the clock of the world on."""
        world = self.mock.world
        world.clock = Clock(frozen=world.clock.now() + int(days * DAY) + seconds)


def record(response: Response) -> JSON:
    """The record of a 200."""
    assert response.status_code == 200, response
    found: JSON = response.json()["data"]
    return found


def rows(response: Response) -> list[JSON]:
    """The records of a page."""
    assert response.status_code == 200, response
    found: list[JSON] = response.json()["data"]
    return found


def errors(response: Response) -> JSON:
    """The messages of a 422, by field."""
    assert response.status_code == 422, response
    body = response.json()
    assert body["message"] == "The given data was invalid."
    found: JSON = body["errors"]
    return found


def total(response: Response) -> int:
    """How many records a list found."""
    assert response.status_code == 200, response
    found: int = response.json()["meta"]["pagination"]["total"]
    return found


def part(wanted: Any, got: Any) -> Any:
    """What `got` holds of the shape of `wanted`, so that an assertion shows only what matters."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        return {name: part(value, got.get(name)) for name, value in wanted.items()}
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        return [part(one, other) for one, other in zip(wanted, got, strict=True)]
    return got
