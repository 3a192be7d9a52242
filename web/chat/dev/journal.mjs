// One session of the fake host: a journal in memory, one turn at a time, prompts that wait.
import { randomBytes } from 'node:crypto';

export const newId = prefix => `${prefix}_${randomBytes(6).toString('hex')}`;

export class Session {
  id = newId('ses');
  channel = 'chat';
  createdAt = new Date().toISOString();
  updatedAt = this.createdAt;
  closed = false;
  seq = 0;
  events = [];
  readers = new Set();
  turns = [];
  prompts = new Map();
  accepted = new Map();

  constructor(owner, title) {
    this.owner = owner;
    this.title = title;
  }

  append(type, data) {
    const event = { seq: ++this.seq, type, data };
    if (type === 'message') this.events = this.events.filter(old => old.type !== 'delta' || old.data.messageId !== data.id);
    this.events.push(event);
    this.updatedAt = new Date().toISOString();
    for (const read of this.readers) read(event);
    return event.seq;
  }

  after(seq) {
    return this.events.filter(event => event.seq > seq);
  }

  say(sender, text, more = {}) {
    const id = more.id ?? newId('msg');
    return this.append('message', { sender, text, timestamp: new Date().toISOString(), ...more, id });
  }

  show(type, payload, id = newId('blk')) {
    this.append('block', { id, type, payload });
    return id;
  }

  change(data) {
    Object.assign(this, data);
    this.append('session', data);
  }

  /** Queues a turn; `work` gets an AbortSignal. */
  enqueue(id, work) {
    const turn = { id, state: 'queued', abort: new AbortController(), work };
    this.turns.push(turn);
    this.append('turn', { id, state: 'queued' });
    void this.runNext();
  }

  async runNext() {
    if (this.turns.some(turn => turn.state === 'started')) return;
    const turn = this.turns.find(turn => turn.state === 'queued');
    if (!turn) return;
    this.move(turn, 'started');
    try {
      await turn.work(turn.abort.signal);
      this.move(turn, 'completed');
    } catch (error) {
      if (turn.abort.signal.aborted) this.move(turn, 'cancelled');
      else this.move(turn, error.state ?? 'failed', { error: error.message, traceId: randomBytes(16).toString('hex') });
    }
    void this.runNext();
  }

  move(turn, state, more = {}) {
    turn.state = state;
    this.append('turn', { id: turn.id, state, ...more });
    if (state !== 'started') this.turns = this.turns.filter(other => other !== turn);
  }

  /** Cancels a turn; false when there is nothing to cancel. */
  cancel(id) {
    const turn = this.turns.find(turn => (id ? turn.id === id : turn.state === 'started'));
    if (!turn) return false;
    turn.abort.abort();
    if (turn.state === 'queued') this.move(turn, 'cancelled');
    return true;
  }

  /** Shows a blocking block and waits for its answer, its end of time or the end of the turn. */
  async prompt(type, payload, seconds, signal) {
    const id = newId('blk');
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
    this.show(type, { ...payload, blocking: true, expiresAt }, id);
    return new Promise((resolve, reject) => {
      const end = result => {
        clearTimeout(timer);
        this.prompts.delete(id);
        this.show(type, { ...payload, ...result }, id);
        resolve(result);
      };
      const timer = setTimeout(() => end(type === 'approval_prompt' ? { completed: true, approved: false, timedOut: true } : { expired: true }), seconds * 1000);
      signal.addEventListener('abort', () => { reject(signal.reason); end({ cancelled: true }); });
      this.prompts.set(id, end);
    });
  }

  get summary() {
    const { id, channel, title, createdAt, updatedAt, closed } = this;
    return { id, channel, title, createdAt, updatedAt, closed };
  }
}
