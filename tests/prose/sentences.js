// Sentences have at most 30 words, and their subject is a thing: no "What is missing is said".
import { split } from "sentence-splitter";
import { StringSource } from "textlint-util-to-string";

const MOST_WORDS = 30;
const CLAUSE = /^(What(ever)?|Whoever|That which) (?!(is|are|does|do|happens|changed|it) [^.]*\?)(?!it does$)/;

export default function ({ Syntax, RuleError, report }) {
  const check = (node) => {
    const source = new StringSource(node, { replacer: ({ node, maskValue }) => (node.type === Syntax.Code ? maskValue("x") : undefined) });
    for (const sentence of split(source.toString())) {
      if (sentence.type !== "Sentence") continue;
      const text = sentence.raw.trim();
      const words = text.split(/\s+/).filter((word) => /\w/.test(word)).length;
      const at = { index: source.originalIndexFromIndex(sentence.range[0]) ?? 0 };
      if (words > MOST_WORDS) report(node, new RuleError(`a sentence of ${words} words; ${MOST_WORDS} are enough`, at));
      if (CLAUSE.test(text)) report(node, new RuleError("a clause is the subject; name the thing", at));
    }
  };
  return { [Syntax.Paragraph]: check, [Syntax.Header]: check, [Syntax.TableCell]: check };
}
