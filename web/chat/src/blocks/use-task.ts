import { useEffect, useState } from 'preact/hooks';
import { host } from '../api/host';
import { HttpError } from '../api/http-error';
import type { TaskDetails } from '../api/schemas';
import { backoffDelay } from '../conversation/backoff';

const finalStates = new Set(['completed', 'failed', 'cancelled', 'timeout']);
const interval = 1000;

export const isFinal = (task: TaskDetails): boolean => finalStates.has(task.state);

/** Reads a task again and again until it is final; `missing` when there is no such task for this reader. */
export function useTask(id: string | undefined): { task: TaskDetails | undefined; missing: boolean; refresh: () => void } {
  const [task, setTask] = useState<TaskDetails>();
  const [missing, setMissing] = useState(id === undefined);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (id === undefined) return;
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    const read = async () => {
      try {
        const next = await host.task(id, end.signal);
        failures = 0;
        setTask(next);
        if (isFinal(next)) return;
      } catch (error) {
        if (end.signal.aborted) return;
        if (error instanceof HttpError && error.status === 404) return setMissing(true);
        failures++;
      }
      timer = setTimeout(() => void read(), failures === 0 ? interval : backoffDelay(failures));
    };
    void read();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, [id, round]);

  return { task, missing, refresh: () => setRound(round + 1) };
}
