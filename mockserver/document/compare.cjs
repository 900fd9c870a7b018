// Reads {before, after} from standard input, writes the changes as api-smart-diff finds them. NODE_PATH leads to the package.
const { apiDiff } = require("api-smart-diff");
let text = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (part) => { text += part; });
process.stdin.on("end", () => {
  const { before, after } = JSON.parse(text);
  const changes = apiDiff(before, after).filter((each) => each.path[0] !== "components");
  process.stdout.write(JSON.stringify(changes.map(({ action, path, type, description, before: was, after: is }) => ({
    action, path: path.map(String), type, description: description || "", was: plain(was), is: plain(is),
  }))));
});

function plain(value) {
  return value !== null && typeof value === "object" ? undefined : value;
}
