import { describe, expect, test } from 'vitest';
import { SseParser, type SseFrame } from '../src/conversation/sse';

const encode = (text: string) => new TextEncoder().encode(text);

function parse(...chunks: (string | Uint8Array)[]): SseFrame[] {
  const parser = new SseParser();
  return chunks.flatMap(chunk => parser.push(typeof chunk === 'string' ? encode(chunk) : chunk));
}

describe('SseParser', () => {
  test('reads id, event and data', () => {
    expect(parse('id: 7\nevent: delta\ndata: {"text":"hi"}\n\n')).toEqual([{ id: '7', event: 'delta', data: '{"text":"hi"}' }]);
  });

  test('an event without a type is a message, and the last id stays', () => {
    expect(parse('id: 1\ndata: a\n\ndata: b\n\n')).toEqual([
      { id: '1', event: 'message', data: 'a' },
      { id: '1', event: 'message', data: 'b' },
    ]);
  });

  test('joins data lines and takes away one leading space only', () => {
    expect(parse('data:  a\ndata:b\ndata\n\n')[0]?.data).toBe(' a\nb\n');
  });

  test('ignores comments, unknown fields and events without data', () => {
    expect(parse(': ping\n\nretry: 10\nfoo: bar\nevent: turn\n\ndata: x\n\n')).toEqual([{ id: undefined, event: 'message', data: 'x' }]);
  });

  test('drops what is not finished by an empty line', () => {
    expect(parse('data: a\n\ndata: b\n')).toHaveLength(1);
  });

  test('strips a byte order mark', () => {
    expect(parse(new Uint8Array([0xef, 0xbb, 0xbf]), 'data: x\n\n')).toHaveLength(1);
  });

  const stream = (end: string) =>
    [': heartbeat', '', 'id: 1', 'event: delta', 'data: {"text":"żółć 🐍"}', '', 'id: 2', 'data: a', 'data: b', '', ''].join(end);

  test.each([['LF', '\n'], ['CRLF', '\r\n'], ['CR', '\r']])('gives the same frames wherever a %s stream is cut', (_, end) => {
    const whole = encode(stream(end));
    const expected = [
      { id: '1', event: 'delta', data: '{"text":"żółć 🐍"}' },
      { id: '2', event: 'message', data: 'a\nb' },
    ];
    for (let cut = 0; cut <= whole.length; cut++) {
      expect(parse(whole.subarray(0, cut), whole.subarray(cut)), `cut at byte ${cut}`).toEqual(expected);
    }
    expect(parse(...Array.from(whole, byte => new Uint8Array([byte])))).toEqual(expected);
  });
});
