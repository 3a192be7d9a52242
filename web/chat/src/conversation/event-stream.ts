import { root } from '../api/root';
import { backoffDelay } from './backoff';
import { eventOf, type SessionEvent, type UnknownEvent } from './events';
import { SseParser } from './sse';

export type ConnectionStatus = 'connecting' | 'open' | 'lost' | 'refused';

export interface EventStreamOptions {
  sessionId: string;
  /** The last sequence number that is already held. */
  after: () => number;
  /** Gets the events of one chunk together. */
  onEvents: (events: (SessionEvent | UnknownEvent)[]) => void;
  onStatus: (status: ConnectionStatus) => void;
  signal: AbortSignal;
}

/** The host sends a heartbeat every 15 s: this much silence means that the connection is dead. */
const silenceLimit = 45_000;

/**
 * Reads the events of a session until `signal` aborts, and comes back after every loss. Ends by itself only when the host
 * refuses (not found, not allowed), since asking again can't help then.
 */
export async function readEvents(options: EventStreamOptions): Promise<void> {
  const { onStatus, signal } = options;
  let failures = 0;
  while (!signal.aborted) {
    onStatus(failures === 0 ? 'connecting' : 'lost');
    const outcome = await readOnce(options);
    if (signal.aborted) return;
    if (outcome.refused) return onStatus('refused');
    failures = outcome.received ? 1 : failures + 1;
    onStatus('lost');
    await pause(backoffDelay(failures - 1, outcome.retryAfter), signal);
  }
}

interface Outcome {
  received: boolean;
  refused: boolean;
  retryAfter: number;
}

async function readOnce({ sessionId, after, onEvents, onStatus, signal }: EventStreamOptions): Promise<Outcome> {
  const outcome: Outcome = { received: false, refused: false, retryAfter: 0 };
  const attempt = new AbortController();
  const abort = () => attempt.abort();
  signal.addEventListener('abort', abort);
  let silence = setTimeout(abort, silenceLimit);
  try {
    const from = after();
    const response = await fetch(`${root}/capsule/sessions/${encodeURIComponent(sessionId)}/events?after=${from}`, {
      headers: { Accept: 'text/event-stream', 'Last-Event-ID': String(from) },
      cache: 'no-store',
      signal: attempt.signal,
    });
    if (!response.ok || !response.body) {
      outcome.refused = [400, 401, 403, 404, 410].includes(response.status);
      outcome.retryAfter = Number(response.headers.get('Retry-After')) || 0;
      return outcome;
    }
    onStatus('open');
    const reader = response.body.getReader();
    const parser = new SseParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return outcome;
      outcome.received = true;
      clearTimeout(silence);
      silence = setTimeout(abort, silenceLimit);
      const events = parser.push(value).map(eventOf).filter(event => event !== undefined);
      if (events.length > 0) onEvents(events);
    }
  } catch {
    // A network failure or our own abort: the caller decides what follows.
    return outcome;
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', abort);
    abort();
  }
}

/** Waits, but no longer than until the browser is back on line or the reader comes back to the page. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      document.removeEventListener('visibilitychange', endWhenVisible);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const endWhenVisible = () => {
      if (document.visibilityState === 'visible') end();
    };
    const timer = setTimeout(end, milliseconds);
    window.addEventListener('online', end);
    document.addEventListener('visibilitychange', endWhenVisible);
    signal.addEventListener('abort', end);
  });
}
