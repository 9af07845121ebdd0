// Questions: a form whose answer has an address of its own.
import { element } from "../element.js";
import { besides, settle, shown } from "./besides.js";
import { Called } from "./called.js";

/**
 * `choices` are suggested where `fixed` is not set; else one of them is chosen.
 * @typedef {{
 *   name: string, label: string, hint?: string, choices?: [string, string][], fixed?: boolean, search?: boolean,
 *   required?: boolean,
 * }} Field
 */

/**
 * @param {string} name what is asked, for those who listen
 * @param {string} verb
 * @param {Field[]} fields
 * @param {URLSearchParams} query
 * @param {Called} [called] what the things that are asked about are called
 */
export function asking(name, verb, fields, query, called = new Called()) {
  const others = besides(fields, query, called);
  const form = element(
    "form",
    { method: "get", class: "asking", role: "search", "aria-label": name },
    ...fields.map((field) => line(field, query.get(field.name) ?? "")),
    ...others.map(({ input }) => input),
    element("button", { class: "more" }, verb),
    shown(others),
  );
  form.addEventListener("input", () => settle(others, form));
  // What is left empty is not asked.
  form.addEventListener("submit", () => {
    for (const input of form.querySelectorAll("input, select"))
      if ((input instanceof HTMLInputElement || input instanceof HTMLSelectElement) && input.value === "")
        input.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const input of form.querySelectorAll("input, select")) input.removeAttribute("disabled");
    settle(others, form);
  });
  return form;
}

/** @param {Field} field @param {string} value */
function line({ name, label, hint, choices, fixed, search, required }, value) {
  const list = choices === undefined || fixed ? null : `${name}-choices`;
  const input = fixed
    ? select(name, choices ?? [], value)
    : element("input", { name, value, type: search ? "search" : "text", list, required, autocomplete: "off" });
  return element(
    "label",
    {},
    element("span", {}, label),
    input,
    hint !== undefined && element("small", {}, hint),
    list !== null &&
      element("datalist", { id: list }, ...(choices ?? []).map(([id, text]) => element("option", { value: id }, text))),
  );
}

/** @param {string} name @param {[string, string][]} choices @param {string} value */
function select(name, choices, value) {
  return element(
    "select",
    { name },
    ...choices.map(([id, text]) => element("option", { value: id, selected: id === value }, text)),
  );
}
