// create, list, show, update, delete, bulk and upload with the types of openapi-typescript.
import createFetch from "openapi-fetch";
import assert from "node:assert/strict";
import type { paths } from "./schema";

const [baseUrl = "", token = ""] = process.argv.slice(2);
const api = createFetch<paths>({ baseUrl, headers: { "X-API-TOKEN": token, "X-Requested-With": "XMLHttpRequest" } });

const created = await api.POST("/api/v1/clients", { body: { name: "Fetch Ltd", contacts: [{ email: "ann@example.com" }] } });
assert.ok(created.data, JSON.stringify(created.error));
const client = created.data.data;
assert.equal(client.name, "Fetch Ltd");
const email: string = client.contacts[0]!.email;
assert.equal(email, "ann@example.com");
const params = { path: { id: client.id } };

const listed = await api.GET("/api/v1/clients", { params: { query: { name: "Fetch Ltd", per_page: 5 } } });
assert.deepEqual(listed.data?.data.map((each) => each.id), [client.id]);
assert.equal(listed.data.meta.pagination.total, 1);

const shown = await api.GET("/api/v1/clients/{id}", { params });
assert.equal(shown.data?.data.display_name, "Fetch Ltd");

const updated = await api.PUT("/api/v1/clients/{id}", { params, body: { public_notes: "Pays early" } });
assert.equal(updated.data?.data.public_notes, "Pays early");
assert.equal(updated.data.data.name, "Fetch Ltd");

const form = new FormData();
form.append("_method", "PUT");
form.append("documents[]", new Blob(["%PDF-1.4 contract"], { type: "application/pdf" }), "contract.pdf");
const uploaded = await api.POST("/api/v1/clients/{id}/upload", {
  params,
  body: { _method: "PUT", "documents[]": [] },
  bodySerializer: () => form,
});
assert.deepEqual(uploaded.data?.data.documents.map((each) => each.name), ["contract.pdf"]);

const archived = await api.POST("/api/v1/clients/bulk", { body: { action: "archive", ids: [client.id] } });
assert.ok(archived.data && "data" in archived.data);
assert.ok(archived.data.data[0]!.archived_at > 0);

const deleted = await api.DELETE("/api/v1/clients/{id}", { params });
assert.equal(deleted.data?.data.is_deleted, true);

const refused = await api.POST("/api/v1/clients", { body: { contacts: [{ email: "no address" }] } });
assert.equal(refused.response.status, 422);
console.log("all well");
