"""create, list, show, update, delete, bulk and upload with the package of openapi-python-client."""

import sys
from io import BytesIO

from generated.api.clients import (
    bulk_clients,
    create_client,
    delete_client,
    get_client,
    list_clients,
    update_client,
    upload_client_documents_by_post,
)
from generated.client import AuthenticatedClient
from generated.models import (
    ClientBulkRequest,
    ClientBulkRequestAction,
    ClientCreateRequest,
    ClientListResponse,
    ClientResponse,
    ClientUpdateRequest,
    UploadByPost,
    UploadByPostMethod,
)
from generated.types import File

base_url, token = sys.argv[1:]
api = AuthenticatedClient(
    base_url=base_url,
    token=token,
    prefix="",
    auth_header_name="X-API-TOKEN",
    headers={"X-Requested-With": "XMLHttpRequest"},
)

created = create_client.sync(client=api, body=ClientCreateRequest(name="Python Ltd", website="https://example.com"))
assert isinstance(created, ClientResponse), created
client = created.data
assert (client.name, client.balance, client.is_deleted) == ("Python Ltd", 0, False)

listed = list_clients.sync(client=api, name="Python Ltd", per_page=5)
assert isinstance(listed, ClientListResponse), listed
assert [each.id for each in listed.data] == [client.id]
assert listed.meta.pagination.total == 1

shown = get_client.sync(client.id, client=api)
assert isinstance(shown, ClientResponse), shown
assert shown.data == client

updated = update_client.sync(client.id, client=api, body=ClientUpdateRequest(city="Graz"))
assert isinstance(updated, ClientResponse), updated
assert (updated.data.city, updated.data.name) == ("Graz", "Python Ltd")

form = UploadByPost(
    field_method=UploadByPostMethod.PUT, documents=[File(BytesIO(b"a,b\n1,2\n"), "rows.csv", "text/csv")]
)
uploaded = upload_client_documents_by_post.sync(client.id, client=api, body=form)
assert isinstance(uploaded, ClientResponse), uploaded
assert [(each.name, each.size) for each in uploaded.data.documents] == [("rows.csv", 8)]

archived = bulk_clients.sync(
    client=api, body=ClientBulkRequest(action=ClientBulkRequestAction.ARCHIVE, ids=[client.id])
)
assert isinstance(archived, ClientListResponse), archived
assert archived.data[0].archived_at > 0

deleted = delete_client.sync(client.id, client=api)
assert isinstance(deleted, ClientResponse), deleted
assert deleted.data.is_deleted
print("all well")
