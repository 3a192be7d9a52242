import { useCallback } from 'preact/hooks';
import { host } from '../api/host';
import type { TaskDetails } from '../api/schemas';
import { formatDuration } from '../ui/format';
import { useAction } from '../ui/use-action';
import type { BlockProps } from './block-view';
import { Card, type Tone } from './card';
import { readTaskCard } from './payload';
import { isFinal, useTask } from './use-task';

const states: Record<TaskDetails['state'], [status: string, tone: Tone]> = {
  pending: ['Waiting', 'active'],
  scheduled: ['Scheduled', 'active'],
  running: ['Running', 'active'],
  retry: ['Trying again', 'active'],
  completed: ['Completed', 'good'],
  failed: ['Failed', 'bad'],
  cancelled: ['Cancelled', 'neutral'],
  timeout: ['Timed out', 'bad'],
};

export function TaskCard({ block }: BlockProps) {
  const { taskId, message } = readTaskCard(block.payload);
  const { task, missing, refresh } = useTask(taskId);
  const cancel = useAction(useCallback(() => host.cancelTask(taskId ?? ''), [taskId]));
  const title = message ?? task?.name ?? 'Task';

  if (missing) return <Card icon="clock" title={title} status="Not found" />;
  if (!task) return <Card icon="clock" title={title} status="…" />;
  const [status, tone] = states[task.state] ?? [task.state, 'neutral'];
  return (
    <Card icon="clock" title={title} status={status} tone={tone}>
      {task.state === 'running' && <Progress percent={task.progress?.percent} label={title} />}
      <div class="task-line">
        <span class="muted">{describe(task)}</span>
        {!isFinal(task) && (
          <button type="button" class="quiet small" disabled={cancel.busy} onClick={() => void cancel.run().then(refresh)}>Cancel</button>
        )}
      </div>
      {(task.error ?? cancel.error) && <p class="error">{task.error ?? cancel.error}</p>}
    </Card>
  );
}

function Progress({ percent, label }: { percent: number | undefined; label: string }) {
  return percent === undefined ? <progress aria-label={label} /> : <progress aria-label={label} max={100} value={percent} />;
}

function describe({ name, progress, startedAt, completedAt }: TaskDetails): string {
  if (completedAt && startedAt) return `${name} · ${formatDuration(Date.parse(completedAt) - Date.parse(startedAt))}`;
  if (completedAt || !progress) return name;
  return [progress.text, progress.percent !== undefined && `${Math.round(progress.percent)} %`].filter(Boolean).join(' · ') || name;
}
