// A fake host for work on the page: the chat API of openapi.json in memory, on 127.0.0.1.
//   node dev/server.mjs [--port 5099] [--page dist]   with --page it also serves the built page, under the real policy
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newId, Session } from './journal.mjs';
import { reply } from './script.mjs';
import { taskOf } from './tasks.mjs';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: http: https:; "
  + "frame-src http: https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const previewPage = '<!doctype html><title>Order 1042</title><body style="font:16px system-ui;padding:2rem"><h1>Order 1042</h1><p>2 items, 40.00 €</p>';

class Problem extends Error {
  constructor(status, detail, headers = {}) {
    super(detail);
    Object.assign(this, { status, headers });
  }
}

export function start({ port = 5099, page } = {}) {
  const sessions = [];
  const files = new Map();
  let me = { id: 'guest:1', authenticated: false };

  const owned = id => sessions.find(session => session.id === id) ?? fail(404, 'There is no such conversation.');
  const fail = (status, detail, headers) => { throw new Problem(status, detail, headers); };
  const task = id => taskOf(id) ?? fail(404, 'There is no such task.');

  const routes = [
    ['GET', '/capsule/me', () => [200, { ...me, signIn: true }]],
    ['POST', '/capsule/signin', async ({ request }) => {
      const form = new URLSearchParams((await read(request)).toString());
      if (!form.get('email')?.includes('@')) fail(400, 'That is not an e-mail address.');
      me = { id: form.get('email'), email: form.get('email'), ...(form.get('org') && { orgId: form.get('org') }), authenticated: true };
      return [204];
    }],
    ['POST', '/capsule/signout', () => { me = { id: 'guest:2', authenticated: false }; return [204]; }],
    ['GET', '/capsule/sessions', ({ query }) => {
      const newest = [...sessions].reverse();
      const begin = query.get('before') ? newest.findIndex(session => session.id === query.get('before')) + 1 : 0;
      const items = newest.slice(begin, begin + Number(query.get('limit') ?? 30));
      return [200, { items: items.map(session => session.summary), ...(begin + items.length < newest.length && { next: items.at(-1).id }) }];
    }],
    ['POST', '/capsule/sessions', async ({ request }) => {
      const { title } = await json(request);
      const session = new Session(me.id, title);
      sessions.push(session);
      return [201, session.summary, { Location: `/capsule/sessions/${session.id}` }];
    }],
    ['GET', '/capsule/sessions/:id', ({ id }) => {
      const session = owned(id);
      const turn = session.turns[0];
      return [200, { ...session.summary, seq: session.seq, prompts: [], ...(turn && { turn: { id: turn.id, state: turn.state } }) }];
    }],
    ['PATCH', '/capsule/sessions/:id', async ({ id, request }) => {
      owned(id).change({ title: (await json(request)).title });
      return [200, owned(id).summary];
    }],
    ['DELETE', '/capsule/sessions/:id', ({ id }) => { owned(id).change({ closed: true }); return [204]; }],
    ['POST', '/capsule/sessions/:id/messages', async ({ id, request }) => {
      const session = owned(id);
      const { id: messageId = newId('msg'), text, attachments = [] } = await json(request);
      if (session.accepted.has(messageId)) return [202, session.accepted.get(messageId)];
      if (session.closed) fail(409, 'This conversation is closed.');
      if (session.turns.length >= 5) fail(429, 'Too many messages are waiting.', { 'Retry-After': '5' });
      const turnId = newId('turn');
      const stored = attachments.map(file => files.get(file) ?? fail(400, 'An attachment is missing.'));
      const seq = session.say('user', text, { id: messageId, turnId, ...(stored.length && { attachments: stored }) });
      session.accepted.set(messageId, { messageId, turnId, seq });
      session.enqueue(turnId, signal => reply(session, text, signal));
      return [202, { messageId, turnId, seq }];
    }],
    ['GET', '/capsule/sessions/:id/events', stream],
    ['POST', '/capsule/sessions/:id/cancel', async ({ id, request }) =>
      owned(id).cancel((await json(request)).turnId) ? [204] : fail(409, 'That turn is over.')],
    ['POST', '/capsule/sessions/:id/prompts/:block', async ({ id, block, request }) => {
      const answered = owned(id).prompts.get(block) ?? fail(409, 'This was answered already, or took too long.');
      if (request.headers['content-type']?.startsWith('multipart/')) {
        const { name, contentType, size } = await receive(request);
        answered({ completed: true, filename: name, contentType, size });
      } else {
        const { approved, declined } = await json(request);
        answered(declined ? { declined: true } : { completed: true, approved, timedOut: false });
      }
      return [204];
    }],
    ['POST', '/capsule/files', async ({ request }) => {
      const stored = await receive(request);
      files.set(stored.id, stored);
      return [201, stored];
    }],
    ['GET', '/capsule/tasks/:id', ({ id }) => [200, task(id)]],
    ['POST', '/capsule/tasks/:id/cancel', ({ id }) => { Object.assign(task(id), { state: 'cancelled', completedAt: new Date().toISOString() }); return [204]; }],
    // Not of the host: cuts every stream, so that the page has to come back.
    ['POST', '/capsule/dev/cut', () => { for (const session of sessions) for (const reader of session.readers) reader.cut(); return [204]; }],
    ['GET', '/capsule/preview.html', ({ response }) => { response.writeHead(200, { 'Content-Type': types['.html'] }).end(previewPage); }],
  ];

  function stream({ id, query, request, response }) {
    const session = owned(id);
    const after = Number(request.headers['last-event-id'] ?? query.get('after') ?? 0);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache', 'X-Accel-Buffering': 'no' });
    const send = ({ seq, type, data }) => response.write(`id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    send.cut = () => response.destroy();
    response.write(': welcome\n\n');
    session.after(after).forEach(send);
    session.readers.add(send);
    const heartbeat = setInterval(() => response.write(': heartbeat\n\n'), 15_000);
    response.on('close', () => { clearInterval(heartbeat); session.readers.delete(send); });
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    try {
      for (const [method, pattern, handle] of routes) {
        const match = request.method === method && new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(url.pathname);
        if (!match) continue;
        const result = await handle({ ...match.groups, query: url.searchParams, request, response });
        if (result) send(response, ...result);
        return;
      }
      if (page && serveFile(page, url.pathname, response)) return;
      fail(404, 'There is nothing here.');
    } catch (error) {
      const status = error.status ?? 500;
      send(response, status, { status, title: 'Not possible', detail: error.message, traceId: newId('trace') }, { ...error.headers, 'Content-Type': 'application/problem+json' });
    }
  });
  server.listen(port, '127.0.0.1');
  return server;
}

function send(response, status, body, headers = {}) {
  response.writeHead(status, { ...(body && { 'Content-Type': 'application/json' }), ...headers });
  response.end(body && JSON.stringify(body));
}

function serveFile(root, path, response) {
  const prefix = '/capsule/page/';
  const name = path === '/' ? 'index.html' : path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
  const full = name && resolve(join(root, name));
  if (!full?.startsWith(resolve(root)) || !existsSync(full)) return false;
  response.writeHead(200, { 'Content-Type': types[extname(full)] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
  createReadStream(full).pipe(response);
  return true;
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function json(request) {
  const text = (await read(request)).toString();
  return text ? JSON.parse(text) : {};
}

async function receive(request) {
  const form = await new Response(await read(request), { headers: { 'Content-Type': request.headers['content-type'] } }).formData();
  const file = form.get('file');
  const id = newId('file');
  return { id, name: file.name, contentType: file.type || 'application/octet-stream', size: file.size, url: `/capsule/files/${id}` };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const option = name => process.argv[process.argv.indexOf(`--${name}`) + 1 || Infinity];
  const port = Number(option('port') ?? process.env.CAPSULE_PORT ?? 5099);
  start({ port, page: option('page') }).on('listening', () => console.log(`fake host on http://127.0.0.1:${port}`));
}
