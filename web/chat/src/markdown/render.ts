import { Marked, type Token } from 'marked';

/** A top-level piece of a text (paragraph, list, code block) as unsanitised HTML; equal pieces have equal HTML. */
export type MarkdownPiece = string;

const escape = (text: string) =>
  text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);

/** A path is one of this host; every other address has to name its protocol. */
const absolute = (href: string) => (/^\/(?![/\\])/.test(href) ? location.origin + href : href);

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    // Raw HTML is text here, whoever wrote it.
    html: ({ text }) => escape(text),
    // The page's own heading stands above those of a text.
    heading({ tokens, depth }) {
      const level = Math.min(depth + 1, 6);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
    },
    // Loading a remote image tells its server that, and what, someone reads: the reader decides by a click.
    image: ({ href, text }) => `<a href="${escape(absolute(href))}">${escape(text || href)}</a>`,
    link(token) {
      const title = token.title ? ` title="${escape(token.title)}"` : '';
      return `<a href="${escape(absolute(token.href))}"${title}>${this.parser.parseInline(token.tokens)}</a>`;
    },
    code: ({ text, lang }) => {
      const language = /^[\w+#.-]+/.exec(lang ?? '')?.[0] ?? '';
      return `<pre data-language="${escape(language)}"><code>${escape(text)}\n</code></pre>`;
    },
    table(token) {
      const row = (cells: string[]) => `<tr>${cells.join('')}</tr>`;
      const head = row(token.header.map(cell => this.tablecell(cell)));
      const body = token.rows.map(cells => row(cells.map(cell => this.tablecell(cell))));
      return `<div role="region" aria-label="Table" tabindex="0"><table><thead>${head}</thead><tbody>${body.join('')}</tbody></table></div>`;
    },
  },
});

/** Splits a text into pieces, so that a growing reply redraws its last piece only. */
export function piecesOf(markdown: string): MarkdownPiece[] {
  const tokens = marked.lexer(markdown).filter(token => token.type !== 'space' && token.type !== 'def');
  return tokens.map((token: Token) => marked.parser([token]));
}
