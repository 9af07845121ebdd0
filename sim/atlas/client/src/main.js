// Where the page begins.
import "./page.css";
import { Page } from "./page.js";
import { embedded } from "./source.js";

const root = document.getElementById("report");
if (root !== null) void new Page(embedded()).open(root);
