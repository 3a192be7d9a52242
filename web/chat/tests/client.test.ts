import { afterEach, describe, expect, test } from 'vitest';
import { call } from '../src/api/client';
import { explain, HttpError } from '../src/api/http-error';
import { serve } from './http';

interface Seen {
  line: string;
  type: string | undefined;
  body: string;
}

let seen: Seen;
let stop = () => {};

async function answer(status: number, body: string, headers: Record<string, string> = {}): Promise<void> {
  stop = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen = { line: `${request.method} ${request.url}`, type: request.headers['content-type'], body: Buffer.concat(chunks).toString() };
    response.writeHead(status, headers).end(body);
  });
}

afterEach(() => stop());

describe('call', () => {
  test('fills the path, sends JSON and reads JSON', async () => {
    await answer(202, '{"messageId":"m","turnId":"t","seq":7}');
    const accepted = await call('post', '/capsule/sessions/{id}/messages', { path: { id: 'a/b' }, body: { text: 'ż' } });
    expect(accepted.seq).toBe(7);
    expect(seen).toEqual({ line: 'POST /capsule/sessions/a%2Fb/messages', type: 'application/json', body: '{"text":"ż"}' });
  });

  test('sends a query and a form', async () => {
    await answer(200, '{"items":[]}');
    await call('get', '/capsule/sessions', { query: { limit: 2, before: 'a&b' } });
    expect(seen.line).toBe('GET /capsule/sessions?limit=2&before=a%26b');
    await call('post', '/capsule/signin', { body: new URLSearchParams({ email: 'a@b.c' }) });
    expect(seen).toMatchObject({ type: expect.stringContaining('x-www-form-urlencoded'), body: 'email=a%40b.c' });
  });

  test('an empty answer is nothing', async () => {
    await answer(204, '');
    expect(await call('post', '/capsule/signout')).toBeUndefined();
  });

  test('a refusal says what the problem document says, with its trace', async () => {
    await answer(429, '{"title":"Busy","detail":"Too many messages are waiting.","traceId":"abc"}', { 'Retry-After': '5' });
    const error = await call('get', '/capsule/me').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HttpError);
    expect(explain(error)).toBe('Too many messages are waiting. Try again in 5 s. (trace abc)');
  });

  test('a refusal without a problem document is explained, too', async () => {
    await answer(502, '<html>');
    expect(explain(await call('get', '/capsule/me').catch((thrown: unknown) => thrown))).toBe('The server answered 502.');
  });
});

/** Checked by the compiler: what the document does not hold can't be called. */
export const misuse = () => [
  // @ts-expect-error There is no such path.
  call('get', '/capsule/session'),
  // @ts-expect-error The path has no such verb.
  call('patch', '/capsule/me'),
  // @ts-expect-error The body has no such field.
  call('post', '/capsule/sessions', { body: { titel: 'x' } }),
  // @ts-expect-error The answer has no such field.
  call('get', '/capsule/me').then(me => me.emial),
];
