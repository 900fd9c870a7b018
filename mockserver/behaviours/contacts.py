"""Contacts of a client (later of a vendor): they come and go with their owner (R-VAL-13, R-LIFE-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.billing import bills
from mockserver.behaviours.writing import written

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data


def save_contacts(draft: Draft, owner: Data, sent: Any, *, kind: str, link: str) -> None:
    """Bring the owner's contacts in line with the posted list.

    Sorted by is_primary, the first is the one primary; when none takes e-mail, the first does. Contacts that were
    left out go, with their invitations. An empty list leaves one blank contact; None changes nothing.
    """
    if sent is None:
        return
    before = {contact["id"]: contact for contact in draft.find(kind, owner["id"], link)}
    posted = [dict(each) for each in sent if isinstance(each, dict)] or [{}]
    posted.sort(key=lambda each: not each.get("is_primary"))
    if not any(each.get("send_email") for each in posted):
        posted[0]["send_email"] = True
    kept = {each.get("id") for each in posted}
    for hashed in before:
        if hashed not in kept:
            remove_contact(draft, hashed, kind)
    for position, each in enumerate(posted):
        known = before.get(str(each.get("id")))
        save_contact(draft, owner, each, known, primary=position == 0, kind=kind, link=link)


def save_contact(
    draft: Draft, owner: Data, sent: dict[str, Any], known: Data | None, *, primary: bool, kind: str, link: str
) -> None:
    """Write one contact: a new one, or the known one changed."""
    entity = draft.entity(kind)
    values = {**written(entity, "create", sent), "is_primary": primary}
    values.pop("id", None)
    password = sent.get("password")
    values.pop("password", None)
    if isinstance(password, str) and password.strip("*"):
        values["password"] = password
    if known is not None:
        draft.patch(kind, known["id"], {"send_email": known["send_email"], **values})
        return
    data = draft.blank(kind)
    data |= {link: owner["id"], "contact_key": draft.text(kind, "contact_key", 32), "email": " ", "send_email": False}
    data |= values
    draft.put(kind, data)


def blank_contact(draft: Draft, owner: Data, *, kind: str, link: str) -> None:
    """The contact of an owner that was created without any; its e-mail is a single blank."""
    save_contact(draft, owner, {"send_email": True}, None, primary=True, kind=kind, link=link)


def remove_contact(draft: Draft, hashed: str, kind: str) -> None:
    """Take a contact out together with its invitations (R-SIDE-2)."""
    for entity, bill in bills(draft.document):
        if bill.contact != kind:
            continue
        for invitation in draft.find(bill.invitation, hashed, bill.contact_id):
            draft.remove(bill.invitation, invitation["id"])
            draft.refresh(entity.name, invitation[bill.link])
    draft.remove(kind, hashed)
