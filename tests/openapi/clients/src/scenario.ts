import assert from 'node:assert/strict';
import type { Api, Client } from './api';

export interface World {
  /** Kills the server in mid-turn and starts it again on the same data. */
  crash(): Promise<void>;
}

/** Calls every operation of the sample, as a program that uses the client would. */
export async function callEverything({ api, openStream }: Client, world: World): Promise<void> {
  await visit(api);
  await signIn(api);
  const session = await manageSessions(api);
  await talk(api, session, openStream);
  await answerPrompts(api, session);
  await runTasks(api, session);
  await retry(api, session, world);
  await connect(api);
  await callHandlers(api);
  await api.closeSession(session);
  assert.equal((await api.getSession(session)).closed, true);
  await api.signOut();
  assert.equal((await api.getMe()).authenticated, false);
}

async function visit(api: Api) {
  assert.equal((await api.getMe()).authenticated, false);
  for (const report of [await api.getLiveness(), await api.getReadiness(), await api.getHealth()]) assert.equal(report.status, 'healthy');
}

async function signIn(api: Api) {
  await api.signIn('ada@example.com', 'acme');
  const me = await api.getMe();
  assert.equal(me.email, 'ada@example.com');
  assert.equal(me.orgId, 'acme');
}

async function manageSessions(api: Api): Promise<string> {
  const { id } = await api.createSession({ title: 'From a client' });
  const list = await api.listSessions(10);
  assert.ok(list.items.some(item => item.id === id && item.title === 'From a client'));
  const changed = await api.updateSession(id, 'Renamed');
  assert.equal(changed.title, 'Renamed');
  const empty = await api.createSession();
  assert.equal((await api.getSession(empty.id)).prompts.length, 0);
  return id;
}

async function talk(api: Api, session: string, openStream: Client['openStream']) {
  const file = await api.uploadFile(new File(['twelve bytes'], 'notes.txt', { type: 'text/plain' }));
  assert.equal(file.size, 12);
  assert.equal(await api.downloadFile(file.id), 'twelve bytes');

  const accepted = await api.postMessage(session, { id: crypto.randomUUID(), text: 'whoami', attachments: [file.id] });
  const reply = await until(api, session, event => event.type === 'message' && event.data.turnId === accepted.turnId && event.data.sender === 'app');
  assert.ok(reply.type === 'message' && reply.data.text.includes('ada@example.com'));
  await firstEvent(await openStream(session, 0));

  const slow = await api.postMessage(session, { text: 'slow' });
  await api.cancelTurn(session, slow.turnId);
  await turn(api, session, slow.turnId, 'cancelled');

  const answer = await api.chat('whoami');
  assert.ok(answer.text.includes('ada@example.com'));
}

async function answerPrompts(api: Api, session: string) {
  for (const [text, answer] of [['approve', { approved: false }], ['upload', new File(['x'], 'x.txt', { type: 'text/plain' })]] as const) {
    const { turnId, seq } = await api.postMessage(session, { text });
    const prompt = await until(api, session, event => event.type === 'block' && event.seq > seq);
    assert.ok(prompt.type === 'block');
    await api.answerPrompt(session, prompt.data.id, answer);
    await turn(api, session, turnId, 'completed');
  }
}

async function runTasks(api: Api, session: string) {
  const { seq } = await api.postMessage(session, { text: 'sync' });
  const card = await until(api, session, event => event.type === 'block' && event.seq > seq);
  assert.ok(card.type === 'block');
  const id = String(card.data.payload['taskId']);
  assert.equal((await api.getTask(id)).name, 'SyncThreads');
  await api.cancelTask(id);
}

async function retry(api: Api, session: string, world: World) {
  const { turnId } = await api.postMessage(session, { text: 'slow' });
  await turn(api, session, turnId, 'started');
  await world.crash();
  await turn(api, session, turnId, 'interrupted');
  const again = await api.retryTurn(session, turnId);
  assert.equal(again.turnId, turnId);
  await api.cancelTurn(session, turnId);
}

async function connect(api: Api) {
  await api.connectIntegration('helpdesk', { address: 'https://example.com/', token: 'secret' });
  await api.disconnectIntegration('helpdesk');
}

async function callHandlers(api: Api) {
  const threads = await api.getThreads();
  assert.ok(threads.items.length > 0);
  assert.ok((await api.getThreads('closed')).items.every(thread => thread.status === 'closed'));
  assert.ok((await api.getMetrics()).syncs >= 0);
  assert.equal((await api.getReport(2026)).year, 2026);
  const receipt = await api.callback({ event: 'mail.received', reference: 'r-1' });
  assert.equal(receipt.reference, 'r-1');
}

type SessionEvent = Awaited<ReturnType<Api['readEvents']>>['events'][number];

const turn = (api: Api, session: string, turnId: string, state: string) =>
  until(api, session, event => event.type === 'turn' && event.data.id === turnId && event.data.state === state);

/** Waits for an event. The server says nothing of pages that are still empty, so that this has to ask again. */
async function until(api: Api, session: string, matches: (event: SessionEvent) => boolean): Promise<SessionEvent> {
  const giveUp = Date.now() + 60_000;
  for (let after = 0; ; ) {
    const page = await api.readEvents(session, after);
    const found = page.events.find(matches);
    if (found) return found;
    after = page.events.at(-1)?.seq ?? after;
    assert.ok(Date.now() < giveUp, 'the event did not come');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function firstEvent(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  let text = '';
  while (!text.includes('\n\n')) {
    const { value, done } = await reader.read();
    assert.ok(!done, 'the stream ended without an event');
    text += new TextDecoder().decode(value);
  }
  await reader.cancel();
  assert.match(text, /^id: ?1\nevent: ?\w+\ndata: ?\{/m);
}
