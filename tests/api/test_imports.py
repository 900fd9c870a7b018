"""Tables are uploaded, looked at, and become records by the columns that the caller chose (R-EP-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, record, rows, total
from tests.api.transfers import STARTED, job, jobs, load, problems, send, zipped

if TYPE_CHECKING:
    from tests.api.shop import Shop

TABLE = "Company,Client Name,Email,Country\nx,Ada Ltd,ada@example.com,Germany\ny,Bob GmbH,bob@example.com,AT\n"


def test_an_upload_answers_columns_fields_and_guesses(shop: Shop) -> None:
    answer = send(shop, "client", TABLE).json()
    found = answer["mappings"]["client"]
    assert len(answer["hash"]) == 32
    assert found["headers"] == [
        ["Company", "Client Name", "Email", "Country"],
        ["x", "Ada Ltd", "ada@example.com", "Germany"],
    ]
    assert found["available"][:2] == ["client.name", "client.user_id"]
    guessed = [None if place is None else found["available"][place] for place in found["hints"]]
    assert guessed == [None, "client.name", "contact.email", "client.country_id"]


def test_chosen_columns_become_clients(shop: Shop) -> None:
    hashed = send(shop, "client", TABLE).json()["hash"]
    mapping = {"1": "client.name", "2": "contact.email", "3": "client.country_id", "0": ""}
    body = {"import_type": "csv", "hash": hashed, "skip_header": True, "column_map": {"client": {"mapping": mapping}}}
    assert shop.post("import", body).json() == STARTED
    made = [
        (each["name"], each["number"], each["country_id"], each["contacts"][0]["email"])
        for each in rows(shop.get("clients"))
    ]
    assert made == [("Ada Ltd", "0001", "276", "ada@example.com"), ("Bob GmbH", "0002", "40", "bob@example.com")]
    assert (job(shop)["kind"], job(shop)["counts"], job(shop)["to"]) == ("import", {"clients": 2}, "user@example.com")


def test_bad_rows_are_told_and_good_ones_stay(shop: Shop) -> None:
    shop.client(name="Harbour Ltd", id_number="7")
    table = "harbour ltd,,\nNew,7,\nGood,8,good@example.com\nBad,9,no address\nShort\n"
    done = load(shop, "client", table, "client.name", "client.id_number", "contact.email")
    assert done["counts"] == {"clients": 1}
    assert done["refused"] == {"client": 4}
    assert sorted(problems(done, "client")) == [
        "Client ID number already exists",
        "Client already exists",
        "The contacts.0.email must be a valid email address.",
        "The row has 1 columns, the map names column 2.",
    ]
    assert [each["name"] for each in rows(shop.get("clients"))] == ["Harbour Ltd", "Good"]


def test_a_refused_row_leaves_nothing_behind(shop: Shop) -> None:
    table = "INV-1,Nova,not a date\nINV-2,Nova,2026-01-02\n"
    done = load(shop, "invoice", table, "invoice.number", "client.name", "invoice.date")
    assert problems(done, "invoice") == ["The invoice.date is not a valid date: not a date"]
    assert (total(shop.get("clients")), total(shop.get("invoices"))) == (1, 1)
    assert {each["client_id"] for each in shop.stored("activities")} == {shop.ids("clients")[0]}


def test_an_import_counts_like_the_api(shop: Shop) -> None:
    shop.client(name="First")
    load(shop, "client", "Second\n", "client.name")
    assert shop.client(name="Third")["number"] == "0003"


def test_a_file_waits_twenty_minutes(shop: Shop) -> None:
    hashed = send(shop, "client", TABLE).json()["hash"]
    mapping = {"client": {"mapping": {"1": "client.name"}}}
    body = {"import_type": "csv", "hash": hashed, "skip_header": True, "column_map": mapping}
    shop.later(seconds=1201)
    assert shop.post("import", body).json() == STARTED
    assert (total(shop.get("clients")), job(shop)["counts"]) == (0, {})
    assert shop.post("import", {**body, "hash": "0" * 32}).json() == STARTED
    assert total(shop.get("clients")) == 0


def test_the_same_file_can_be_read_again_by_another_column(shop: Shop) -> None:
    hashed = send(shop, "client", "One,Two\n").json()["hash"]
    for column in ("0", "1"):
        mapping = {"client": {"mapping": {column: "client.name"}}}
        shop.post("import", {"import_type": "csv", "hash": hashed, "skip_header": False, "column_map": mapping})
    assert [each["name"] for each in rows(shop.get("clients"))] == ["One", "Two"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("\ufeffMüller;Köln".encode(), "utf-8 with mark"),
        ("Müller;Köln".encode("utf-16"), "utf-16"),
        ("Müller;Köln".encode("utf-32"), "utf-32"),
        ("Müller;Köln".encode("latin-1"), "latin-1"),
        ("Müller\tKöln\r\n".encode(), "tabs"),
        ("Müller|Köln\r".encode(), "bars"),
        ('"Müller","Köln"\n\n'.encode(), "quotes"),
    ],
)
def test_encodings_and_delimiters_of_spreadsheets(shop: Shop, content: bytes, name: str) -> None:
    assert load(shop, "client", content, "client.name", "client.city")["counts"] == {"clients": 1}, name
    client = rows(shop.get("clients"))[0]
    assert (client["name"], client["city"]) == ("Müller", "Köln")


def test_two_files_of_one_upload(shop: Shop) -> None:
    files = [("files[client]", ("c.csv", b"Ada\n")), ("files[product]", ("p.txt", b"P-1,9.5\n"))]
    answer = shop.call("POST", "preimport", data={"import_type": "csv"}, files=files).json()
    assert sorted(answer["mappings"]) == ["client", "product"]
    maps = {
        "client": {"mapping": {"0": "client.name"}},
        "product": {"mapping": {"0": "product.product_key", "1": "product.price"}},
    }
    shop.post("import", {"import_type": "csv", "hash": answer["hash"], "skip_header": False, "column_map": maps})
    assert job(shop)["counts"] == {"clients": 1, "products": 1}
    assert rows(shop.get("products"))[0]["price"] == 9.5


def test_files_that_come_along_are_read_by_their_headings(shop: Shop) -> None:
    files = [("files[client]", ("c.csv", TABLE.encode()))]
    answer = shop.call("POST", "import", data={"import_type": "freshbooks"}, files=files)
    assert (answer.status_code, answer.json()) == (200, STARTED)
    assert [each["name"] for each in rows(shop.get("clients"))] == ["Ada Ltd", "Bob GmbH"]


def test_a_form_maps_the_columns_of_a_file_that_comes_along(shop: Shop) -> None:
    files = [("files[client]", ("c.csv", b"x,Ada\n"))]
    form = {
        "import_type": "csv",
        "skip_header": "false",
        "column_map[client][mapping][0]": "",
        "column_map[client][mapping][1]": "client.name",
    }
    assert shop.call("POST", "import", data=form, files=files).json() == STARTED
    assert [each["name"] for each in rows(shop.get("clients"))] == ["Ada"]


def test_a_zip_file_holds_a_table_for_each_kind(shop: Shop) -> None:
    content = zipped(clients_csv=TABLE, x__products_csv="Product Key,Price\nP-1,3\n", notes_txt="nothing")
    files = [("files[0]", ("all.zip", content))]
    assert shop.call("POST", "import", data={"import_type": "csv"}, files=files).json() == STARTED
    assert job(shop)["counts"] == {"clients": 2, "products": 1}


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ([], {"files": ["The files field is required."]}),
        ([("files[ship]", ("c.csv", b"x"))], {"files.ship": ["The selected files.ship is invalid."]}),
        (
            [("files[client]", ("c.csv", b" \n"))],
            {"files.client": ["The files.client can't be read as a table: it has no rows."]},
        ),
        (
            [("files[client]", ("c.csv", b"\x89PNG\r\n"))],
            {
                "files.client": [
                    "The files.client must be a file of type: text/csv, text/plain, application/octet-stream."
                ]
            },
        ),
        (
            [(f"files[k{n}]", ("c.csv", b"x")) for n in range(7)],
            {"files": ["The files may not have more than 6 items."]},
        ),
    ],
)
def test_uploads_that_are_no_tables_are_refused(
    shop: Shop, files: list[tuple[str, tuple[str, bytes]]], wanted: object
) -> None:
    answer = shop.call(
        "POST", "preimport", data={"import_type": "csv", "x": "y"}, files=files or [("other", ("x", b"y"))]
    )
    assert errors(answer) == wanted
    assert jobs(shop) == []


def test_an_upload_says_where_it_comes_from(shop: Shop) -> None:
    answer = shop.call("POST", "preimport", data={"x": "y"}, files=[("files[client]", ("c.csv", b"x"))])
    assert errors(answer) == {"import_type": ["The import type field is required."]}


def test_an_import_needs_a_map_and_a_word_about_the_first_row(shop: Shop) -> None:
    hashed = send(shop, "client", TABLE).json()["hash"]
    assert errors(shop.post("import", {"hash": hashed})) == {
        "import_type": ["The import type field is required."],
        "column_map": ["The column map field is required when hash is present."],
        "skip_header": ["The skip header field is required when hash is present."],
    }
    assert errors(shop.post("import", {"import_type": "csv"})) == {"files": ["The files field is required."]}


@pytest.mark.parametrize("mapping", [{"x": "client.name"}, {"-1": "client.name"}, {"99999": "client.name"}])
def test_places_of_columns_are_numbers(shop: Shop, mapping: dict[str, str]) -> None:
    hashed = send(shop, "client", TABLE).json()["hash"]
    body = {"import_type": "csv", "hash": hashed, "skip_header": True, "column_map": {"client": {"mapping": mapping}}}
    assert errors(shop.post("import", body)) == {
        "column_map.client.mapping": ["The column map.client.mapping is invalid."]
    }


def test_a_broken_zip_file_is_refused(shop: Shop) -> None:
    answer = shop.call(
        "POST", "import", data={"import_type": "csv"}, files=[("files[0]", ("a.zip", b"PK\x03\x04broken"))]
    )
    assert list(errors(answer)) == ["files.0"]
    answer = shop.call("POST", "import", data={"import_type": "csv"}, files=[("files[0]", ("a.pdf", b"%PDF-"))])
    assert errors(answer) == {"files.0": ["The files.0 must be a file of type: csv, txt, zip."]}


def test_movements_need_their_account(shop: Shop) -> None:
    hashed = send(shop, "bank_transaction", "5\n").json()["hash"]
    maps = {"bank_transaction": {"mapping": {"0": "transaction.amount"}}}
    body = {"import_type": "csv", "hash": hashed, "skip_header": False, "column_map": maps}
    assert errors(shop.post("import", body)) == {
        "bank_integration_id": [
            "The bank integration id field is required when column map.bank transaction is present."
        ]
    }
    assert errors(shop.post("import", {**body, "bank_integration_id": "x"})) == {
        "bank_integration_id": ["The bank integration id must be at least 2 characters."]
    }


def test_movements_that_come_along_go_to_the_account_of_the_form(shop: Shop) -> None:
    bank = record(shop.post("bank_integrations", {"bank_account_name": "Main"}))
    files = [("files[bank_transaction]", ("b.csv", b"Date,Amount,Description\n2026-01-02,-7,Ink\n"))]
    form = {"import_type": "csv", "bank_integration_id": bank["id"]}
    assert shop.call("POST", "import", data=form, files=files).json() == STARTED
    (made,) = rows(shop.get("bank_transactions"))
    assert (made["bank_integration_id"], made["amount"], made["base_type"]) == (bank["id"], 7, "DEBIT")
    missing = shop.call("POST", "import", data={"import_type": "csv"}, files=files)
    assert list(errors(missing)) == ["bank_integration_id"]


def test_only_administrators_import(shop: Shop) -> None:
    clerk = shop.hire("create_all,edit_all,view_all")
    assert send(clerk, "client", TABLE).status_code == 401
    assert clerk.post("import", {"import_type": "csv"}).status_code == 401


def test_another_company_does_not_see_the_file(shop: Shop) -> None:
    hashed = send(shop, "client", TABLE).json()["hash"]
    other = shop.found()
    maps = {"client": {"mapping": {"1": "client.name"}}}
    other.post("import", {"import_type": "csv", "hash": hashed, "skip_header": True, "column_map": maps})
    assert total(other.get("clients")) == 0


def test_old_jobs_give_way(shop: Shop) -> None:
    for _ in range(52):
        assert send(shop, "client", "x\n").status_code == 200
    kept = jobs(shop)
    assert (len(kept), kept[0]["number"], kept[-1]["number"]) == (50, 3, 52)
