// Lints the prose of Markdown files, of doc comments in Rust files, and of the help of programs: node lint.js FILE…
// With --bad FILE, every line of the file has to be rejected.
import { readFileSync } from "node:fs";
import { TextlintKernelDescriptor } from "@textlint/kernel";
import markdown from "@textlint/textlint-plugin-markdown";
import { createLinter } from "textlint";
import prh from "textlint-rule-prh";
import sentences from "./sentences.js";

const linter = createLinter({
  descriptor: new TextlintKernelDescriptor({
    rules: [
      { ruleId: "words", rule: prh.default ?? prh, options: { rulePaths: [new URL("words.yml", import.meta.url).pathname] } },
      { ruleId: "sentences", rule: sentences },
    ],
    plugins: [{ pluginId: "markdown", plugin: markdown.default ?? markdown }],
    filterRules: [],
  }),
});

const lint = async (text) => (await linter.lintText(text, "text.md")).messages;

// Each line stays where it is, so that messages name the line of the file.
function prose(file, text) {
  if (file.endsWith(".txt")) return help(text);
  if (file.endsWith(".yaml")) return descriptions(text);
  if (!file.endsWith(".rs")) return text;
  return text.split("\n").map((line) => /^\s*\/\/[/!] ?(.*)$/.exec(line)?.[1] ?? "").join("\n");
}

// The descriptions and summaries of a document, in one line or as a block below the key.
function descriptions(text) {
  let block = null;
  const prose = (line) => {
    const indent = line.search(/\S/);
    if (block !== null && (indent === -1 || indent > block)) return line.trim();
    const [, value] = /^\s*(?:- )?(?:description|summary): *(.*)$/.exec(line) ?? [];
    block = /^[|>][+-]?$/.test(value ?? "") ? indent : null;
    return block === null ? (value ?? "") : "";
  };
  return text.split("\n").map(prose).join("\n");
}

// In a help text, each option becomes an item of a list. Its name, usage lines and headings are left out.
function help(text) {
  const [OPTION, NAME, MORE] = [/^ {2,6}\S.*? {2,}(\S.*)$/, /^ {2,6}-\S/, /^ {7,}(\S.*)$/];
  let start = "";
  const item = (line) => {
    const more = MORE.exec(line);
    if (more) {
      const line = (start || "- ") + more[1];
      start = "  ";
      return line;
    }
    const option = OPTION.exec(line);
    start = option ? "  " : "";
    if (option) return `- ${option[1]}`;
    return NAME.test(line) || /^(Usage|\$ )|:$/.test(line) ? "" : line;
  };
  return text.split("\n").map(item).join("\n");
}

let failed = false;
const [first, ...rest] = process.argv.slice(2);
if (first === "--bad") {
  for (const line of readFileSync(rest[0], "utf8").split("\n").filter(Boolean)) {
    if ((await lint(line)).length === 0) {
      console.log(`${rest[0]}: is not rejected: ${line}`);
      failed = true;
    }
  }
} else {
  for (const file of process.argv.slice(2)) {
    for (const { line, ruleId, message } of await lint(prose(file, readFileSync(file, "utf8")))) {
      console.log(`${file}:${line}: ${message} [${ruleId}]`);
      failed = true;
    }
  }
}
process.exitCode = failed ? 1 : 0;
