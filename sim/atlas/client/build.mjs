// Builds the page's parts into ../assets: page.js, page.css, world.json, LICENSES.txt and vendored.json. `npm ci &&
// npm run build`.
// The same sources and the same locked packages give the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { world } from "./world.mjs";

const client = dirname(fileURLToPath(import.meta.url));
const assets = join(client, "..", "assets");
/** What the built files hold of data and not of code, so esbuild does not list it. */
const DATA = ["i18n-iso-countries", "world-atlas"];
const UNVERSIONED = new Set(["node_modules"]);

const bundled = await bundle();
const parts = [...new Set([...bundled.packages, ...DATA])].sort().map(part);
mkdirSync(assets, { recursive: true });
const built = {
  "LICENSES.txt": licences(parts),
  "page.css": bundled.css,
  "page.js": `/* The notices of its parts are in LICENSES.txt. */\n${bundled.script}`,
  "world.json": `${JSON.stringify(world())}\n`,
};
for (const [name, text] of Object.entries(built)) writeFileSync(join(assets, name), text);
writeFileSync(join(assets, "vendored.json"), `${JSON.stringify(vendored(), null, 1)}\n`);

async function bundle() {
  const result = await build({
    absWorkingDir: client,
    entryPoints: { page: "src/main.js" },
    outdir: "out",
    bundle: true,
    charset: "utf8",
    drop: ["console"],
    format: "iife",
    legalComments: "none",
    metafile: true,
    minify: true,
    target: ["es2022"],
    write: false,
    alias: { milsymbol: "./node_modules/milsymbol/index.mjs" },
  });
  const text = (ending) => result.outputFiles.find((file) => file.path.endsWith(ending)).text;
  const packages = Object.keys(result.metafile.inputs).map(
    (path) => path.match(/^node_modules\/([^@/]+|@[^/]+\/[^/]+)\//)?.[1],
  );
  return { script: text(".js"), css: text(".css"), packages: packages.filter((name) => name !== undefined) };
}

function part(name) {
  const folder = join(client, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return { name, version, licence: license, text: readFileSync(join(folder, file), "utf8").trim() };
}

function licences(listed) {
  const natural =
    "The boundaries are Natural Earth's (https://www.naturalearthdata.com/), which are in the public domain.";
  const texts = listed.map(({ name, version, text }) => `${name} ${version}\n\n${text}\n`);
  return [`page.js and world.json are built from the packages below.\n${natural}\n`, ...texts].join(
    `\n${"-".repeat(80)}\n\n`,
  );
}

function vendored() {
  const sources = Object.fromEntries(files(client).map((path) => [relative(client, path), digest(readFileSync(path))]));
  const outputs = Object.fromEntries(Object.entries(built).map(([name, text]) => [name, digest(text)]));
  return {
    parts: parts.map(({ name, version, licence }) => ({ name, version, licence })),
    client: sources,
    built: outputs,
  };
}

/** Every file of the client's that is kept under version control, by path. */
function files(folder) {
  const paths = readdirSync(folder)
    .filter((name) => !UNVERSIONED.has(name))
    .sort()
    .map((name) => join(folder, name));
  return paths.flatMap((path) => (statSync(path).isDirectory() ? files(path) : [path]));
}

function digest(content) {
  return createHash("sha256").update(content).digest("hex");
}
