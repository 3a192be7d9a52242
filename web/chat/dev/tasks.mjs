// Tasks of the fake host: `create` for one that stands still, `run` for one that moves by itself.
import { newId } from './journal.mjs';

const tasks = new Map();

export const taskOf = id => tasks.get(id);

export function create(state, more = {}) {
  const now = new Date().toISOString();
  const task = { id: newId('task'), name: 'sync_inbox', state, createdAt: now, ...(state !== 'pending' && { startedAt: now }), ...more };
  tasks.set(task.id, task);
  return task;
}

export function run(milliseconds = 8000) {
  const task = create('pending');
  const begin = Date.now();
  const timer = setInterval(() => {
    if (task.state === 'cancelled') return clearInterval(timer);
    const part = Math.min(1, (Date.now() - begin) / milliseconds);
    Object.assign(task, { state: 'running', startedAt: task.startedAt ?? new Date().toISOString(), progress: { percent: Math.round(part * 100), text: `${Math.round(part * 240)} of 240 threads` } });
    if (part < 1) return;
    Object.assign(task, { state: 'completed', completedAt: new Date().toISOString() });
    clearInterval(timer);
  }, 250);
  return task;
}
