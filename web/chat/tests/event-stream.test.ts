import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyConversation, type Conversation } from '../src/conversation/conversation';
import { readEvents, type ConnectionStatus } from '../src/conversation/event-stream';
import { reduce } from '../src/conversation/reducer';
import { serve } from './http';
import { recording } from './recording';

/** What the server does with each connection in turn; the last of them serves all that follow. */
type Answer = (after: number, response: ServerResponse) => void;

const last = recording.at(-1)!.seq;
const frame = (event: (typeof recording)[number]) =>
  `id: ${event.seq}\nevent: ${event.type}\ndata: ${event.type === 'unknown' ? '{}' : JSON.stringify(event.data)}\n\n`;
const bytesAfter = (after: number) => Buffer.from(`: hello\n\n${recording.filter(event => event.seq > after).map(frame).join('')}`);

const whole: Answer = (after, response) => void response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(bytesAfter(after));
const cutAfter = (length: number): Answer => (after, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(bytesAfter(after).subarray(0, length), () => response.destroy());
};
const status = (code: number): Answer => (_, response) => void response.writeHead(code).end('{}');

let stop: () => void;
let answers: Answer[];
let asked: number[];

beforeEach(async () => {
  asked = [];
  stop = await serve((request, response) => {
    const after = Number(new URL(request.url!, 'http://host').searchParams.get('after'));
    expect(request.headers['last-event-id']).toBe(String(after));
    asked.push(after);
    (answers.length > 1 ? answers.shift()! : answers[0]!)(after, response);
  });
  vi.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(() => {
  vi.restoreAllMocks();
  stop();
});

/** Reads until all of the recording is there, or until the host refuses. */
async function read(...script: Answer[]): Promise<{ conversation: Conversation; statuses: ConnectionStatus[] }> {
  answers = script;
  let conversation = emptyConversation;
  const statuses: ConnectionStatus[] = [];
  const reader = new AbortController();
  await readEvents({
    sessionId: 'ses_1',
    after: () => conversation.seq,
    onEvents: events => {
      conversation = events.reduce(reduce, conversation);
      if (conversation.seq === last) reader.abort();
    },
    onStatus: next => statuses.push(next),
    signal: reader.signal,
  });
  return { conversation, statuses };
}

const expected = recording.reduce(reduce, emptyConversation);

describe('readEvents', () => {
  test('reads a stream to its end', async () => {
    const { conversation, statuses } = await read(whole);
    expect(conversation).toEqual(expected);
    expect(statuses).toEqual(['connecting', 'open']);
  });

  test('comes back with the last id it has seen, and ends with the same conversation', async () => {
    const { conversation, statuses } = await read(cutAfter(300), cutAfter(700), whole);
    expect(conversation).toEqual(expected);
    expect(asked[0]).toBe(0);
    expect(asked[1]).toBeGreaterThan(0);
    expect(asked[2]).toBeGreaterThan(asked[1]!);
    expect(statuses).toContain('lost');
  });

  test('goes on trying while the server is down', async () => {
    const { conversation } = await read(status(502), (_, response) => response.destroy(), whole);
    expect(conversation).toEqual(expected);
    expect(asked).toEqual([0, 0, 0]);
  });

  test('comes back at once when the browser is on line again', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1e6);
    const reading = read((_, response) => response.destroy(), whole);
    const online = setInterval(() => window.dispatchEvent(new Event('online')), 20);
    const { conversation } = await reading;
    clearInterval(online);
    expect(conversation).toEqual(expected);
  });

  test.each([403, 404])('ends when the host answers %i', async code => {
    const { conversation, statuses } = await read(status(code));
    expect(conversation).toBe(emptyConversation);
    expect(statuses.at(-1)).toBe('refused');
    expect(asked).toHaveLength(1);
  });
});
