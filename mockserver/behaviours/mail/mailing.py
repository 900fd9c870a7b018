"""E-mails that the service would send. They go into the outbox of the world and nowhere else (R-SIDE-15, R-TRIG-3)."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.billing import bill_of, client_of
from mockserver.behaviours.bills.invitations import portal_link
from mockserver.behaviours.core.rules import EMAIL
from mockserver.behaviours.mail.mail_texts import record_values, texts_of, wrapper
from mockserver.behaviours.papers.invoice_files import bill_print, file_name, first_contact, pdf_of
from mockserver.behaviours.papers.paper_settings import settings_for
from mockserver.behaviours.papers.printing import sheet_of
from mockserver.behaviours.records.documents import media_type
from mockserver.derive.archive import packed
from mockserver.derive.variables import bill_values, contact_values, fill
from mockserver.store.mail import Attached, Mail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

FROM = "no-reply@localhost"
"""Address of a service that no mail server is set up for."""
SERVICE = ("Invoice Ninja", FROM)
COPIES = 4
PDF = "application/pdf"
PAPER, DOCUMENT, PAPERS, DOCUMENTS = "paper", "document", "papers", "documents"
"""What an attachment is made from when somebody looks at it: a bill, a stored file, or a zip of several."""
PARTIAL = "payment_partial"


def mail_bill(draft: Draft, entity: Entity, data: Data, asked: Mapping[str, Any], template: str = "") -> None:
    """Tell a bill to each invited contact that has an address, in the words of its template.

    `asked` may name the template, its subject, its body and further addresses (R-EP-21).
    """
    bill = bill_of(entity)
    template = str(asked.get("template") or "") or template or f"email_template_{entity.name}"
    settings = settings_for(draft, client_of(draft, entity, data))
    for invitation in draft.find(bill.invitation, data["id"], bill.link):
        contact = draft.get(bill.contact, invitation[bill.contact_id])
        if contact is None or contact["archived_at"] or not EMAIL.match(contact["email"]):
            continue
        values = bill_values(sheet_of(draft, entity, data, contact), portal_link(draft, entity, invitation["key"]))
        files = attached(draft, entity, data, contact, settings)
        post(
            draft, template, (contact["email"],), asked, values, settings, about=(entity.name, data["id"]), files=files
        )


def mail_payment(draft: Draft, data: Data, asked: Mapping[str, Any]) -> None:
    """Tell the contacts of the client that a payment has come (R-TRIG-7)."""
    client = draft.get("client", data["client_id"])
    if client is None:
        return
    settings = settings_for(draft, client)
    template = str(asked.get("template") or "") or f"email_template_{PARTIAL if partial(draft, data) else 'payment'}"
    values = record_values(draft, "payment", data)
    for contact in takers(draft, client):
        told = {**values, **contact_values(contact)}
        post(draft, template, (contact["email"],), asked, told, settings, about=("payment", data["id"]))


def mail_client(
    draft: Draft, client: Data, template: str, values: Mapping[str, str], files: Sequence[Attached] = ()
) -> None:
    """Tell the contacts of a client that take e-mail something, in the words of a template."""
    settings = settings_for(draft, client)
    told = {**record_values(draft, "client", client), **values}
    about = ("client", client["id"])
    for contact in takers(draft, client):
        known = {**told, **contact_values(contact)}
        post(draft, template, (contact["email"],), {}, known, settings, about=about, files=files)


def takers(draft: Draft, client: Data) -> Iterator[Data]:
    """The live contacts of a client that take e-mail and have an address."""
    for contact in draft.find("client_contact", client["id"], "client_id"):
        if contact["send_email"] and not contact["archived_at"] and EMAIL.match(contact["email"]):
            yield contact


def mail_user(
    draft: Draft,
    kind: str,
    address: str,
    subject: str,
    body: str,
    files: Sequence[Attached] = (),
    *,
    about: str = "user",
) -> None:
    """Tell a user of the service something; it is from the service itself. `about` is a kind of record."""
    draft.post(Mail(kind, (address,), subject, body, SERVICE, entity=about, attachments=tuple(files)))


def partial(draft: Draft, payment: Data) -> bool:
    """Whether an invoice of the payment is not paid in full by it."""
    shares = draft.find("paymentable", payment["id"], "payment_id")
    invoices = [draft.get("invoice", share["invoice_id"]) for share in shares if share["invoice_id"]]
    return any(invoice is not None and invoice["balance"] > 0 for invoice in invoices)


def post(
    draft: Draft,
    template: str,
    to: tuple[str, ...],
    asked: Mapping[str, Any],
    values: Mapping[str, str],
    settings: Mapping[str, Any],
    *,
    about: tuple[str, str],
    files: Sequence[Attached] = (),
) -> None:
    """Fill the words of a template and put the e-mail into the outbox."""
    subject, body = texts_of(draft, template, settings)
    text = fill(str(asked.get("body") or body), values, markup=True)
    name, hashed = about
    draft.post(
        Mail(
            template,
            to,
            fill(str(asked.get("subject") or subject), values),
            wrapper(draft).replace("$body", text),
            sender=(str(settings.get("email_from_name") or settings.get("name") or ""), FROM),
            reply_to=(str(settings.get("reply_to_name") or ""), str(settings.get("reply_to_email") or "")),
            cc=addresses(asked.get("cc_email"))[:COPIES],
            bcc=addresses(settings.get("bcc_email")),
            entity=name,
            id=hashed,
            attachments=tuple(files),
        )
    )


def addresses(text: object) -> tuple[str, ...]:
    """The addresses of a comma list that can be written to."""
    parts = (part.strip() for part in str(text or "").split(","))
    return tuple(part for part in parts if EMAIL.match(part))


def attached(
    draft: Draft, entity: Entity, data: Data, contact: Data, settings: Mapping[str, Any]
) -> tuple[Attached, ...]:
    """The PDF of a bill and the files of its record, where the settings want them with e-mails."""
    files: list[Attached] = []
    if settings.get("pdf_email_attachment"):
        files.append(Attached(file_name(data, "pdf"), PDF, made_by=PAPER, of=f"{data['id']},{contact['id']}"))
    if settings.get("document_email_attachment"):
        kept = draft.find("document", (entity.name, data["id"]), "parent_type", "parent_id")
        files += [Attached(each["name"], media_type(each), made_by=DOCUMENT, of=each["id"]) for each in kept]
    return tuple(files)


def content_of(draft: Draft, mail: Mail, file: Attached) -> bytes:
    """The bytes of an attachment, from the records as they were when the e-mail was written."""
    first, _, more = file.of.partition(",")
    if file.made_by == DOCUMENT:
        return stored(draft, first)[1]
    if file.made_by == PAPER:
        return paper(draft, mail.entity, first, more)[1]
    if file.made_by == PAPERS:
        return zipped(draft, (paper(draft, mail.entity, each) for each in file.of.split(",")))
    if file.made_by == DOCUMENTS:
        return zipped(draft, (stored(draft, each) for each in file.of.split(",")))
    return file.content


def paper(draft: Draft, name: str, hashed: str, who: str = "") -> tuple[str, bytes]:
    """Name and bytes of the PDF of a bill, for a contact or for the one that was invited first."""
    entity = draft.entity(name)
    data = draft.get(name, hashed)
    if data is None:
        return "", b""
    contact = draft.get(bill_of(entity).contact, who) or first_contact(draft, entity, data)
    return file_name(data, "pdf"), pdf_of(draft, bill_print(draft, entity, data, contact))


def stored(draft: Draft, hashed: str) -> tuple[str, bytes]:
    """Name and bytes of an uploaded file."""
    data = draft.get("document", hashed)
    return (data["name"], data["content"]) if data is not None and isinstance(data["content"], bytes) else ("", b"")


def zipped(draft: Draft, files: Iterable[tuple[str, bytes]]) -> bytes:
    """One archive of all; a name that comes again gets a number."""
    members: dict[str, bytes] = {}
    for name, content in files:
        stem, dot, ending = name.rpartition(".")
        free = (f"{stem}-{number}{dot}{ending}" for number in count(2))
        if name:
            members[name if name not in members else next(each for each in free if each not in members)] = content
    return packed(((name, (content,)) for name, content in members.items()), draft.now)
