"""Files that a company is imported from: parts of them, what is no export, and what of one does not fit (R-EP-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from tests.api.shop import errors, rows, total
from tests.api.transfers import PROCESSING, backup, exported, imported, job, zipped

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import Shop


def test_parts_must_be_complete_and_placed(shop: Shop) -> None:
    def sent(told: object, size: int = 3) -> Response:
        text = told if isinstance(told, str) else orjson.dumps(told).decode()
        return shop.call("POST", "import_json", data={"metadata": text}, files=[("file", ("blob", b"x" * size))])

    told = {"fileHash": "f", "fileName": "b.zip", "currentChunk": 1, "totalChunks": 2}
    assert errors(sent(told)) == {"metadata": ["The file is not complete."]}
    for bad in ("no", "[]", {**told, "currentChunk": 2}, {**told, "totalChunks": 1001}, {**told, "fileHash": 5}):
        assert errors(sent(bad)) == {"metadata": ["The metadata is invalid."]}
    too_large = sent(told, 5 * 1024 * 1024 + 1)
    assert errors(too_large) == {"file": ["The file may not be greater than 5120 kilobytes."]}
    missing = shop.call(
        "POST", "import_json", data={"metadata": orjson.dumps(told).decode()}, files=[("x", ("b", b"x"))]
    )
    assert errors(missing) == {"file": ["The file field is required."]}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (zipped(notes_txt="x"), "The file can't be read: "),
        (zipped(backup_json="{"), "The file can't be read: "),
        (zipped(backup_json="[]"), "The file holds no backup.json of a company."),
        (zipped(backup_json='{"company": 5}'), "The file holds no backup.json of a company."),
        (b"PK\x03\x04broken", "The file can't be read: it is no complete zip file"),
        (zipped(______secret_txt="x", backup_json="{}"), "The file can't be read: the name '///secret.txt' leads"),
    ],
    ids=["no table", "no JSON", "a list", "no object", "no zip", "outside"],
)
def test_a_file_that_is_no_export_changes_nothing(people: Shop, content: bytes, problem: str) -> None:
    assert imported(people, content).json() == PROCESSING
    assert job(people)["error"].startswith(problem)
    assert total(people.get("clients")) == 3


def test_a_file_that_is_no_zip_is_refused(shop: Shop) -> None:
    assert errors(imported(shop, b"{}")) == {"files": ["The files must be a file of type: zip."]}
    assert errors(shop.post("import_json", {})) == {"files": ["The files field is required."]}


def test_settings_that_do_not_fit_change_nothing(people: Shop) -> None:
    told = {"company": {"settings": {"payment_terms": "soon"}}, "clients": []}
    imported(people, zipped(backup_json=orjson.dumps(told)))
    assert job(people)["error"] == "The settings do not fit: payment_terms is not a valid integer."
    assert total(people.get("clients")) == 3


def test_rows_that_do_not_fit_are_told_and_left_out(people: Shop) -> None:
    good = backup(exported(people))
    first, *others = good["clients"]
    good["clients"] = [
        {**first, "balance": "much"},
        {**first, "name": 5, "contacts": 7},
        {"name": "no id"},
        "x",
        *others,
    ]
    good["clients"].append({**first, "name": ["list"]})
    good["invoices"][0]["line_items"] = [{"cost": "x" * 10}]
    good["vendors"] = {"not": "a list"}
    imported(people, zipped(backup_json=orjson.dumps(good)))
    done = job(people)
    assert (done["error"], done["counts"]["clients"], done["counts"]["invoices"]) == ("", 3, 1)
    assert [each.partition(":")[0] for each in done["errors"]["clients"]] == [first["id"], "", first["id"]]
    assert people.get("clients").status_code == people.get("invoices").status_code == 200


def test_people_of_a_file_are_added_and_known_ones_kept(shop: Shop) -> None:
    shop.hire("view_all")
    content = exported(shop)
    found = backup(content)
    new = {**found["users"][1], "id": "NewUser0001", "email": "new@example.com", "first_name": "Nia"}
    found["users"].append(new)
    found["company_users"].append({**found["company_users"][1], "user_id": "NewUser0001", "permissions": "view_client"})
    found["clients"] = [{**shop.client(), "contacts": [], "user_id": "NewUser0001", "assigned_user_id": "Nobody00001"}]
    imported(shop, zipped(backup_json=orjson.dumps(found)))
    assert [each["first_name"] for each in rows(shop.get("users"))][1:] == ["Cleo", "Nia"]
    nia = rows(shop.get("users", include="company_user"))[2]
    assert (nia["company_user"]["permissions"], nia["company_user"]["is_owner"]) == ("view_client", False)
    client = rows(shop.get("clients"))[0]
    assert (client["user_id"], client["assigned_user_id"]) == (nia["id"], "")
