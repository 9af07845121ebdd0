// Where the page begins: a report that carries its data, or a view of the explorer, which asks for them.
import "./page.css";
import { Explorer } from "./explorer/explorer.js";
import { Page } from "./page.js";
import { embedded } from "./source.js";

const report = document.getElementById("report");
if (report !== null) void new Page(embedded()).open(report);
const explorer = document.getElementById("explorer");
if (explorer !== null) void new Explorer(explorer).open();
