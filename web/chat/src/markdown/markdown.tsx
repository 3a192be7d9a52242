import { memo } from 'preact/compat';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { copyFrom } from '../ui/copy';
import { piecesOf } from './render';
import { sanitise } from './sanitise';

/** Markdown of any origin, drawn through the allow-list. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  const pieces = useMemo(() => piecesOf(text), [text]);
  return (
    <div class="markdown">
      {pieces.map((html, index) => <Piece key={index} html={html} />)}
    </div>
  );
});

const Piece = memo(function Piece({ html }: { html: string }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const nodes = sanitise(html);
    nodes.querySelectorAll('pre').forEach(addCodeHeader);
    host.current?.replaceChildren(nodes);
  }, [html]);
  return <div ref={host} />;
});

function addCodeHeader(pre: HTMLPreElement): void {
  const frame = document.createElement('div');
  frame.className = 'code';
  const header = document.createElement('div');
  header.className = 'code-header';
  const language = document.createElement('span');
  language.textContent = pre.dataset['language'] || 'text';
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'quiet small';
  copy.textContent = 'Copy';
  copy.addEventListener('click', () => void copyFrom(copy, pre.textContent ?? ''));
  header.append(language, copy);
  pre.tabIndex = 0;
  pre.replaceWith(frame);
  frame.append(header, pre);
}
