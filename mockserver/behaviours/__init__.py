"""The verbs. Importing this package registers them all; `registry` tells them apart."""

from mockserver.behaviours import (  # noqa: F401 - imported for what they register
    auth,
    bulk,
    clients,
    clones,
    companies,
    company_rules,
    crud,
    documents,
    invoice_files,
    invoice_lifecycle,
    invoices,
    lifecycle,
    products,
    rules,
    schedules,
    sending,
    system,
    tokens,
    users,
)
from mockserver.behaviours.registry import ACTIONS, HOOKS, OPERATIONS, RULES

__all__ = ["ACTIONS", "HOOKS", "OPERATIONS", "RULES"]
