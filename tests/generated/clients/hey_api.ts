// create, list, show, update, delete, bulk and upload with the functions of @hey-api/openapi-ts.
import assert from "node:assert/strict";
import { client } from "./hey/client.gen";
import * as sdk from "./hey/sdk.gen";

const [baseUrl = "", token = ""] = process.argv.slice(2);
client.setConfig({ baseUrl, headers: { "X-API-TOKEN": token, "X-Requested-With": "XMLHttpRequest" } });

const created = await sdk.createProduct({ body: { product_key: "HEY-1", price: 12.5 } });
assert.ok(created.data, JSON.stringify(created.error));
const product = created.data.data;
assert.equal(product.price, 12.5);
const path = { id: product.id };

const listed = await sdk.listProducts({ query: { product_key: "HEY-1" } });
assert.deepEqual(listed.data?.data.map((each) => each.id), [product.id]);

const shown = await sdk.getProduct({ path });
assert.equal(shown.data?.data.product_key, "HEY-1");

const updated = await sdk.updateProduct({ path, body: { notes: "Blue" } });
assert.equal(updated.data?.data.notes, "Blue");

const picture = new File(["GIF89a"], "widget.gif", { type: "image/gif" });
const uploaded = await sdk.uploadProductDocumentsByPost({ path, body: { _method: "PUT", "documents[]": [picture] } });
assert.deepEqual(uploaded.data?.data.documents.map((each) => each.type), ["gif"]);

const archived = await sdk.bulkProducts({ body: { action: "archive", ids: [product.id] } });
assert.ok(archived.data && archived.data.data[0]!.archived_at > 0);

const deleted = await sdk.deleteProduct({ path });
assert.equal(deleted.data?.data.is_deleted, true);
console.log("all well");
