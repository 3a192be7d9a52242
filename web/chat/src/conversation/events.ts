import type { Schemas } from '../api/schemas';
import type { SseFrame } from './sse';

export type SessionEvent = Schemas['SessionEvent'];

/** An event that a newer host may send: it has a place in the order and nothing this page can show. */
export interface UnknownEvent {
  seq: number;
  type: 'unknown';
}

const known = new Set<string>(['message', 'delta', 'notification', 'block', 'turn', 'session'] satisfies SessionEvent['type'][]);

/** Reads a frame of the stream; undefined when it has no place in the order of the session. */
export function eventOf(frame: SseFrame): SessionEvent | UnknownEvent | undefined {
  if (!/^\d+$/.test(frame.id ?? '')) return undefined;
  const seq = Number(frame.id);
  const data = known.has(frame.event) ? parseObject(frame.data) : undefined;
  return data === undefined ? { seq, type: 'unknown' } : ({ seq, type: frame.event, data } as SessionEvent);
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
