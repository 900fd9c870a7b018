// create, list, show, update, delete, bulk and upload with the classes of openapi-generator (typescript-fetch).
import assert from "node:assert/strict";
import { ClientsApi, Configuration, ResponseError } from "./generator";

const [basePath = "", apiKey = ""] = process.argv.slice(2);
const api = new ClientsApi(new Configuration({ basePath, apiKey, headers: { "X-Requested-With": "XMLHttpRequest" } }));

const created = await api.createClient({ clientCreateRequest: { name: "Generator Ltd", countryId: "840" } });
const id = created.data.id;
assert.equal(created.data.name, "Generator Ltd");

const listed = await api.listClients({ name: "Generator Ltd" });
assert.deepEqual(listed.data.map((each) => each.id), [id]);
assert.equal(listed.meta.pagination.total, 1);

const shown = await api.getClient({ id });
assert.equal(shown.data.countryId, "840");

const updated = await api.updateClient({ id, clientUpdateRequest: { city: "Leeds" } });
assert.equal(updated.data.city, "Leeds");

const note = new File(["hello"], "note.txt", { type: "text/plain" });
const uploaded = await api.uploadClientDocumentsByPost({ id, method: "PUT", documents: [note] });
assert.deepEqual(uploaded.data.documents.map((each) => each.name), ["note.txt"]);

const archived = await api.bulkClients({ clientBulkRequest: { action: "archive", ids: [id] } });
assert.ok("data" in archived && archived.data[0]!.archivedAt > 0);

const deleted = await api.deleteClient({ id });
assert.equal(deleted.data.isDeleted, true);

await assert.rejects(api.getClient({ id: "AAAAAAAAAA" }), (error: unknown) => {
  assert.ok(error instanceof ResponseError);
  return error.response.status === 400;
});
console.log("all well");
