/** No word stands in a component itself: whatever is shown comes from the catalogue. */
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

/** Attributes that are read or heard. */
const HEARD = new Set([
  ...["aria-label", "aria-description", "aria-roledescription", "aria-valuetext"],
  ...["title", "placeholder", "alt", "label", "says", "hint"],
]);
/** Fields of what is told to the listener, also outside of components. */
const TOLD = new Set(["problem", "remedy", "text"]);
const LETTER = /\p{L}/u;

/** The literals that an expression may come to: not its conditions, keys or arguments. */
function outcomes(node: ts.Node): ts.Node[] {
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isTemplateExpression(node))
    return [node, ...node.templateSpans.flatMap(({ expression }) => outcomes(expression))];
  if (ts.isParenthesizedExpression(node)) return outcomes(node.expression);
  if (ts.isConditionalExpression(node))
    return [...outcomes(node.whenTrue), ...outcomes(node.whenFalse)];
  if (ts.isBinaryExpression(node)) {
    const sign = node.operatorToken.kind;
    const right = outcomes(node.right);
    if (sign === ts.SyntaxKind.AmpersandAmpersandToken) return right;
    if (
      sign === ts.SyntaxKind.BarBarToken ||
      sign === ts.SyntaxKind.QuestionQuestionToken ||
      sign === ts.SyntaxKind.PlusToken
    )
      return [...outcomes(node.left), ...right];
  }
  return [];
}

/** What a literal says by itself, without its gaps. */
function wordsOf(node: ts.Node): string {
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(" ");
  return (node as ts.StringLiteralLike).text;
}

/** The hard-coded words of a source file, each with its line. */
function hardCoded(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const note = (node: ts.Node, words: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    if (LETTER.test(words)) found.push(`${name}:${line + 1}: ${words.trim()}`);
  };
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent))
      for (const one of outcomes(node.expression)) note(one, wordsOf(one));
    if (ts.isJsxAttribute(node) && HEARD.has(node.name.getText()) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer)
        ? node.initializer.expression
        : node.initializer;
      for (const one of value ? outcomes(value) : []) note(one, wordsOf(one));
    }
    if (ts.isPropertyAssignment(node) && TOLD.has(node.name.getText()))
      for (const one of outcomes(node.initializer))
        if (/\p{L} \p{L}/u.test(wordsOf(one))) note(one, wordsOf(one));
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

const CATALOGUE = /texts\.ts$|Words\.ts$|\/languages\/|\.test\.|testing/;
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((name) => `src/${name.replaceAll("\\", "/")}`)
  .filter((name) => /\.tsx?$/.test(name) && !CATALOGUE.test(name));

test("every word on the page comes from the catalogue", () => {
  expect(sources.length).toBeGreaterThan(80);
  expect(sources.flatMap((name) => hardCoded(name, readFileSync(name, "utf8")))).toEqual([]);
}, 60_000); // it reads them all, which a machine with much to do takes its time for

test.each([
  ["text", "<p>Hello</p>"],
  ["a label", '<button aria-label="Close" />'],
  ["a choice", '<p>{open ? "Open" : words.shut}</p>'],
  ["a condition's outcome", '<p>{n > 1 && "many"}</p>'],
  ["a template", "<p title={`$" + "{n} songs`} />"],
  ["a remedy", 'const trouble = { problem: words.gone, remedy: "Try again." };'],
])("a word hard-coded as %s is found", (_, source) => {
  expect(
    hardCoded("example.tsx", `const one = ${source};`.replace("= const", ";const")),
  ).toHaveLength(1);
});

test("what nobody reads is no word", () => {
  const fine = '<p class={on ? "on" : "off"} role="status">{words.title} · {n} {names["a b"]}</p>';
  expect(hardCoded("example.tsx", fine)).toEqual([]);
});
