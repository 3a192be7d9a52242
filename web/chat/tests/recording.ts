import type { SessionEvent, UnknownEvent } from '../src/conversation/events';

type Recorded = SessionEvent | UnknownEvent;

const timestamp = '2026-01-05T09:00:00Z';
const prompt = { message: 'Refund 40 €?', approveLabel: 'Refund', rejectLabel: 'Keep' };

/** Two turns as the host sends them: a streamed reply with blocks in between, a prompt, a queued message, a cut-off reply. */
export const recording: Recorded[] = [
  { seq: 1, type: 'message', data: { id: 'q1', sender: 'user', text: 'Hello', timestamp, turnId: 't1' } },
  { seq: 2, type: 'turn', data: { id: 't1', state: 'queued' } },
  { seq: 3, type: 'turn', data: { id: 't1', state: 'started' } },
  { seq: 4, type: 'notification', data: { text: 'Thinking…' } },
  { seq: 5, type: 'delta', data: { messageId: 'a1', text: 'Let me ' } },
  { seq: 6, type: 'block', data: { id: 'b1', type: 'task_card', payload: { taskId: 'task_1' } } },
  { seq: 7, type: 'delta', data: { messageId: 'a1', text: 'see' } },
  { seq: 8, type: 'message', data: { id: 'q2', sender: 'user', text: 'And?', timestamp, turnId: 't2' } },
  { seq: 9, type: 'turn', data: { id: 't2', state: 'queued' } },
  { seq: 10, type: 'delta', data: { messageId: 'a1', text: '…' } },
  { seq: 11, type: 'unknown' },
  { seq: 12, type: 'message', data: { id: 'a1', sender: 'app', text: 'Let me see…', timestamp, turnId: 't1' } },
  { seq: 13, type: 'block', data: { id: 'b2', type: 'approval_prompt', payload: { ...prompt, blocking: true } } },
  { seq: 15, type: 'block', data: { id: 'b2', type: 'approval_prompt', payload: { ...prompt, completed: true, approved: true } } },
  { seq: 16, type: 'session', data: { title: 'A refund' } },
  { seq: 17, type: 'turn', data: { id: 't1', state: 'completed' } },
  { seq: 18, type: 'delta', data: { messageId: 'p', text: 'A note ' } },
  { seq: 19, type: 'turn', data: { id: 't2', state: 'started' } },
  { seq: 20, type: 'delta', data: { messageId: 'a2', text: 'Well' } },
  { seq: 21, type: 'delta', data: { messageId: 'p', text: 'from a task' } },
  { seq: 22, type: 'message', data: { id: 'p', sender: 'app', text: 'A note from a task', timestamp } },
  { seq: 23, type: 'message', data: { id: 'a2', sender: 'app', text: 'Well', timestamp, turnId: 't2', partial: true } },
  { seq: 24, type: 'turn', data: { id: 't2', state: 'interrupted', error: 'The server stopped.', traceId: 'abc' } },
  { seq: 25, type: 'session', data: { closed: true } },
];

/** What a host at `end` gives a reader that holds the first `cut` events: no deltas of replies that are finished by then. */
export function foldedFrom(cut: number, end: number): Recorded[] {
  const finished = new Set(recording.slice(0, end).map(event => (event.type === 'message' ? event.data.id : undefined)));
  return recording.slice(cut, end).filter(event => event.type !== 'delta' || !finished.has(event.data.messageId));
}
