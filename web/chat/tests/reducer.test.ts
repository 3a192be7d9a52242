import { describe, expect, test } from 'vitest';
import { emptyConversation, type Conversation } from '../src/conversation/conversation';
import type { SessionEvent, UnknownEvent } from '../src/conversation/events';
import { reduce } from '../src/conversation/reducer';
import { foldedFrom, recording } from './recording';

type Unnumbered = SessionEvent extends infer Event ? (Event extends SessionEvent ? Omit<Event, 'seq'> : never) : never;

const numbered = (...events: Unnumbered[]) => events.map((event, index) => ({ ...event, seq: index + 1 }) as SessionEvent);
const read = (events: (SessionEvent | UnknownEvent)[], from: Conversation = emptyConversation) => events.reduce(reduce, from);
const timestamp = '2026-01-05T09:00:00Z';
const message = (id: string, text: string, more = {}): Unnumbered =>
  ({ type: 'message', data: { id, sender: 'app', text, timestamp, ...more } });
const delta = (messageId: string, text: string): Unnumbered => ({ type: 'delta', data: { messageId, text } });
const turn = (id: string, state: 'queued' | 'started' | 'completed' | 'failed' | 'cancelled' | 'interrupted', more = {}): Unnumbered =>
  ({ type: 'turn', data: { id, state, ...more } });
const block = (id: string, payload: object): Unnumbered =>
  ({ type: 'block', data: { id, type: 'image', payload: payload as Record<string, never> } });
const entryIds = (conversation: Conversation) =>
  conversation.sections.map(section => section.entries.map(entry => (entry.kind === 'message' ? entry.message.id : entry.block.id)));

describe('messages', () => {
  test('deltas of a message append to one live reply', () => {
    const { live, sections } = read(numbered(delta('m', 'Hel'), delta('m', 'lo')));
    expect(live).toEqual([{ id: 'm', text: 'Hello', turnId: undefined }]);
    expect(sections).toEqual([]);
  });

  test('the whole message replaces what its deltas have built', () => {
    const { live, sections } = read(numbered(delta('m', 'Hel'), message('m', 'Hello!')));
    expect(live).toEqual([]);
    expect(sections[0]?.entries).toMatchObject([{ kind: 'message', message: { id: 'm', text: 'Hello!' } }]);
  });

  test('a message of the same id replaces the one before where it stands', () => {
    const { sections } = read(numbered(message('a', 'one'), message('b', 'two'), message('a', 'three')));
    expect(sections[0]?.entries).toMatchObject([{ message: { id: 'a', text: 'three' } }, { message: { id: 'b' } }]);
  });

  test('a delta after the whole message appends to it', () => {
    const { live, sections } = read(numbered(message('a', 'one'), delta('a', ' more')));
    expect(live).toEqual([]);
    expect(sections[0]?.entries).toMatchObject([{ message: { text: 'one more' } }]);
  });

  test('two replies may stream at once', () => {
    const { live } = read(numbered(delta('a', '1'), delta('b', 'x'), delta('a', '2')));
    expect(live.map(reply => reply.text)).toEqual(['12', 'x']);
  });

  test('a reply joins its turn, though a later message was queued meanwhile', () => {
    const conversation = read(numbered(
      message('q1', '?', { turnId: 't1' }), turn('t1', 'queued'), turn('t1', 'started'), delta('a1', '…'),
      message('q2', '??', { turnId: 't2' }), turn('t2', 'queued'), message('a1', 'answer', { turnId: 't1' }), turn('t1', 'completed')));
    expect(entryIds(conversation)).toEqual([['q1', 'a1'], ['q2']]);
  });
});

describe('blocks', () => {
  test('the same id replaces in place', () => {
    const { sections } = read(numbered(block('b', { url: '1' }), message('m', 'x'), block('b', { url: '2' })));
    expect(sections[0]?.entries).toMatchObject([{ kind: 'block', block: { payload: { url: '2' } } }, { kind: 'message' }]);
  });

  test('a block shown by a turn is replaced where it stands after that turn has ended', () => {
    const conversation = read(numbered(
      turn('t', 'started'), block('b', {}), turn('t', 'completed'), message('m', 'later'), block('b', { url: 'new' })));
    expect(entryIds(conversation)).toEqual([['b'], ['m']]);
  });
});

describe('notifications', () => {
  const notify = (text: string, detail?: string): Unnumbered => ({ type: 'notification', data: { text, ...(detail && { detail }) } });

  test('the newest replaces the one before', () => {
    const { notification } = read(numbered(turn('t', 'started'), notify('a', 'more'), notify('b')));
    expect(notification).toEqual({ text: 'b', turnId: 't' });
  });

  test.each(['completed', 'failed', 'cancelled', 'interrupted'] as const)('is gone when its turn is %s', state => {
    expect(read(numbered(turn('t', 'started'), notify('a'), turn('t', state))).notification).toBeUndefined();
  });

  test('gives way to what its turn says, until the next one', () => {
    const events = numbered(turn('t', 'started'), notify('a'), delta('m', 'x'), notify('b'), message('n', 'y', { turnId: 't' }));
    const texts = events.map((_, index) => read(events.slice(0, index + 1)).notification?.text);
    expect(texts).toEqual([undefined, 'a', undefined, 'b', undefined]);
  });

  test('stays while another turn speaks', () => {
    const events = numbered(turn('t', 'started'), notify('a'), message('n', 'y', { turnId: 'u' }));
    expect(read(events).notification?.text).toBe('a');
  });

  test('stays when another turn is cancelled', () => {
    const events = numbered(turn('t', 'started'), notify('a'), turn('u', 'queued'), turn('u', 'cancelled'));
    expect(read(events).notification?.text).toBe('a');
  });
});

describe('turns', () => {
  test('go through their states and keep why they failed', () => {
    const conversation = read(numbered(
      turn('t', 'queued'), turn('t', 'started'), turn('t', 'failed', { error: 'It broke.', traceId: 'abc' })));
    expect(conversation.sections[0]?.turn).toEqual({ id: 't', state: 'failed', error: 'It broke.', traceId: 'abc' });
    expect(conversation.runningTurn).toBeUndefined();
  });

  test('the end of a queued turn leaves the running one', () => {
    expect(read(numbered(turn('t', 'started'), turn('u', 'queued'), turn('u', 'cancelled'))).runningTurn).toBe('t');
  });

  test('a message that comes before its turn waits in it', () => {
    const { sections } = read(numbered(message('q', '?', { turnId: 't' }), turn('t', 'started')));
    expect(sections).toHaveLength(1);
    expect(sections[0]?.turn?.state).toBe('started');
  });
});

describe('the session', () => {
  test('keeps its title when it closes', () => {
    const conversation = read(numbered({ type: 'session', data: { title: 'Refund' } }, { type: 'session', data: { closed: true } }));
    expect(conversation).toMatchObject({ title: 'Refund', closed: true });
  });

  test('an unknown event only moves the cursor', () => {
    expect(reduce(emptyConversation, { seq: 4, type: 'unknown' })).toEqual({ ...emptyConversation, seq: 4 });
  });

  test('an event already seen changes nothing', () => {
    const before = read(numbered(delta('m', 'a'), delta('m', 'b')));
    expect(reduce(before, { seq: 2, type: 'delta', data: { messageId: 'm', text: 'b' } })).toBe(before);
  });
});

describe('resuming', () => {
  const whole = read(recording);

  test('the recording exercises every type of event', () => {
    expect(new Set(recording.map(event => event.type))).toEqual(
      new Set(['message', 'delta', 'notification', 'block', 'turn', 'session', 'unknown']));
  });

  test('at any cut, with any overlap, gives the same conversation', () => {
    for (let cut = 0; cut <= recording.length; cut++) {
      const before = read(recording.slice(0, cut));
      for (const overlap of [0, 1, cut]) expect(read(recording.slice(cut - Math.min(overlap, cut)), before)).toEqual(whole);
    }
  });

  test('at any cut, with the deltas of finished replies folded away, gives the same conversation', () => {
    for (let cut = 0; cut <= recording.length; cut++) {
      const before = read(recording.slice(0, cut));
      for (let end = cut; end <= recording.length; end++) {
        expect(read(foldedFrom(cut, end), before), `cut ${cut}, end ${end}`).toEqual(read(recording.slice(0, end)));
      }
    }
  });

  test('changes no conversation that was handed out', () => {
    const freeze = <T>(value: T): T => {
      if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
      return value;
    };
    expect(recording.reduce((conversation, event) => freeze(reduce(conversation, event)), freeze(emptyConversation))).toEqual(whole);
  });
});

test('a version of the conversation that is not the newest can be continued, too', () => {
  const before = read(numbered(message('a', 'one')));
  const newest = reduce(before, { ...message('b', 'two'), seq: 2 } as SessionEvent);
  const other = reduce(before, { ...message('c', 'three'), seq: 2 } as SessionEvent);
  expect(entryIds(newest)).toEqual([['a', 'b']]);
  expect(entryIds(reduce(other, { ...message('b', 'four'), seq: 3 } as SessionEvent))).toEqual([['a', 'c', 'b']]);
});
