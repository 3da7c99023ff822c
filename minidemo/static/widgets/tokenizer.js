// A tokenizer of code for colours: comments, strings, numbers, keywords and names.

/** @typedef {{ kind: string, text: string }} Token */

const END = "(?![\\s\\S])";
const QUOTED = [`"(?:\\\\.|[^"\\\\\\n])*"?`, `'(?:\\\\.|[^'\\\\\\n])*'?`].join("|");
const NUMBER = "\\b\\d[\\w.]*";
const BLOCK = `/\\*[\\s\\S]*?(?:\\*/|${END})`;
const LINE = "(?:^|(?<=\\s))#.*";

/** @param {string} words */
function words(words) {
  return `\\b(?:${words.trim().split(/\s+/).join("|")})\\b`;
}

const JAVASCRIPT = {
  comment: `//.*|${BLOCK}`,
  string: `${QUOTED}|\`(?:\\\\[\\s\\S]|[^\`\\\\])*\`?`,
  number: NUMBER,
  keyword: words(`async await break case catch class const continue debugger default delete do else export extends false
    finally for from function if import in instanceof interface let new null of return static super switch this throw true
    try type typeof undefined var void while with yield`),
};

const C = {
  comment: `//.*|${BLOCK}`,
  string: QUOTED,
  number: NUMBER,
  keyword: `^[ \\t]*#[ \\t]*\\w+|${words(`auto bool break case catch char class const constexpr continue default delete do double
    else enum extern false float for friend goto if inline int long namespace new nullptr operator private protected public
    return short signed sizeof static struct switch template this throw true try typedef typename union unsigned using
    virtual void volatile while`)}`,
};

const HTML = {
  comment: `<!--[\\s\\S]*?(?:-->|${END})|\\{#[\\s\\S]*?(?:#\\}|${END})`,
  keyword: "</?[a-zA-Z][\\w-]*|/?>|<![a-zA-Z]+|\\{[{%]-?|-?[}%]\\}",
  name: "(?<![\\w:@.-])[\\w:@.-]+(?==)",
  string: `(?<==)(?:"[^"]*"?|'[^']*'?)`,
};

const SQL = {
  comment: `--.*|${BLOCK}`,
  string: `'(?:''|[^'])*'?|"[^"\\n]*"?`,
  number: NUMBER,
  keyword: words(`add all alter and as asc between by case check column constraint create cross database default delete desc
    distinct drop else end exists foreign from full group having in index inner insert into is join key left like limit
    not null offset on or order outer primary references returning right select set table then union unique update using
    values view when where with`),
};

const SHELL = {
  comment: LINE,
  string: `"(?:\\\\[\\s\\S]|[^"\\\\])*"?|'[^']*'?`,
  name: "\\$\\w+|\\$\\{[^}\\n]*\\}?|\\$[@#?*!-]",
  keyword: words("case do done elif else esac exit export fi for function if in local return set shift then until while"),
  number: NUMBER,
};

/** @type {Record<string, Record<string, string>>} */
const RULES = {
  c: C,
  cpp: C,
  css: {
    comment: BLOCK,
    string: QUOTED,
    keyword: "@[\\w-]+|![a-z]+",
    name: "(?<![\\w-])[\\w-]+(?= *:[^:])",
    number: "#[\\da-fA-F]{3,8}\\b|-?\\b\\d[\\w.%]*",
  },
  dockerfile: {
    ...SHELL,
    keyword: `^[ \\t]*(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|RUN|SHELL|USER|VOLUME|WORKDIR)\\b`,
  },
  html: HTML,
  javascript: JAVASCRIPT,
  jinja2: HTML,
  json: { name: `"(?:\\\\.|[^"\\\\\\n])*"(?=\\s*:)`, string: QUOTED, number: `-?${NUMBER}`, keyword: words("true false null") },
  latex: { comment: "%.*", keyword: "\\\\(?:[a-zA-Z]+\\*?|.)", string: "\\$[^$\\n]*\\$?", name: "[{}]" },
  markdown: {
    keyword: "^#{1,6} .*",
    string: "^```[\\s\\S]*?(?:^```.*|(?![\\s\\S]))|`[^`\\n]*`",
    name: "\\[[^\\[\\]\\n]*\\]\\([^()\\n]*\\)|<https?:[^<>\\s]*>",
    number: "\\*\\*[^*\\n]+\\*\\*|^[ \\t]*(?:[-*+]|\\d+\\.) ",
    comment: "^>.*",
  },
  python: {
    comment: "#.*",
    string: `\\b[rRbBfFuU]{0,2}(?:"""[\\s\\S]*?(?:"""|${END})|'''[\\s\\S]*?(?:'''|${END})|${QUOTED})|"""[\\s\\S]*?(?:"""|${END})|'''[\\s\\S]*?(?:'''|${END})|${QUOTED}`,
    number: NUMBER,
    name: "@[\\w.]+|(?<=\\b(?:def|class)\\s)\\w+",
    keyword: words(`False None True and as assert async await break case class continue def del elif else except finally for
      from global if import in is lambda match nonlocal not or pass raise return try while with yield`),
  },
  r: { comment: "#.*", string: QUOTED, number: NUMBER, keyword: words("FALSE NA NULL TRUE break else for function if in next repeat while") },
  shell: SHELL,
  sql: SQL,
  typescript: JAVASCRIPT,
  yaml: {
    comment: LINE,
    name: "^[ \\t]*(?:- +)*[\\w./][\\w./-]*(?=:(?:\\s|$))",
    string: QUOTED,
    number: `(?<=[:\\s-])-?${NUMBER}`,
    keyword: `(?<=[:\\s-])${words("true false null yes no on off")}`,
  },
};

/** The languages that have rules. */
export const LANGUAGES = Object.keys(RULES);

/** The compiled patterns by language. @type {Map<string, RegExp>} */
const compiled = new Map();

/** @param {string} language */
function pattern(language) {
  const known = compiled.get(language);
  if (known) return known;
  const parts = Object.entries(RULES[language] ?? {}).map(([kind, source]) => `(?<${kind}>${source})`);
  const rule = new RegExp(parts.join("|"), language === "sql" ? "gim" : "gm");
  compiled.set(language, rule);
  return rule;
}

/**
 * Split code into lines of tokens; their texts joined are the code again.
 * @param {string} code
 * @param {string} language
 * @returns {Token[][]}
 */
export function tokenize(code, language) {
  /** @type {Token[][]} */
  const lines = [[]];
  const add = (/** @type {string} */ kind, /** @type {string} */ text) => {
    text.split(/(?<=\n)/).forEach((part) => {
      lines.at(-1)?.push({ kind, text: part });
      if (part.endsWith("\n")) lines.push([]);
    });
  };
  let end = 0;
  for (const match of RULES[language] ? code.matchAll(pattern(language)) : []) {
    if (match.index > end) add("", code.slice(end, match.index));
    const [kind = ""] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    add(kind, match[0]);
    end = match.index + match[0].length;
  }
  if (end < code.length) add("", code.slice(end));
  return lines;
}
