import { useCallback, useContext } from 'preact/hooks';
import { host } from '../api/host';
import { useAction } from '../ui/use-action';
import type { BlockProps } from './block-view';
import { Card, type Tone } from './card';
import { readApproval } from './payload';
import { SessionId } from './session-id';
import { useTimeLeft } from './use-time-left';

type State = ReturnType<typeof readApproval>['state'];

const endings: Record<Exclude<State, 'open'>, [status: string, tone: Tone]> = {
  approved: ['Approved', 'good'],
  rejected: ['Rejected', 'bad'],
  timedOut: ['Timed out', 'neutral'],
  cancelled: ['Cancelled', 'neutral'],
  interrupted: ['Nobody waits any more', 'neutral'],
};

export function ApprovalPrompt({ block }: BlockProps) {
  const { message, approveLabel, rejectLabel, expiresAt, state } = readApproval(block.payload);
  const sessionId = useContext(SessionId);
  const { run, busy, error } = useAction(
    useCallback((approved: boolean) => host.answer(sessionId, block.id, { approved }), [sessionId, block.id]));
  const timeLeft = useTimeLeft(state === 'open' ? expiresAt : undefined);

  if (state !== 'open') {
    const [status, tone] = endings[state];
    return <Card icon="user" title="Approval" status={status} tone={tone}><p class="card-text">{message}</p></Card>;
  }
  return (
    <Card icon="user" title="Approval needed" status={timeLeft} tone="active">
      <p class="card-text">{message}</p>
      <div class="actions">
        <button type="button" class="primary" disabled={busy} onClick={() => void run(true)}>{approveLabel}</button>
        <button type="button" disabled={busy} onClick={() => void run(false)}>{rejectLabel}</button>
      </div>
      {error && <p class="error" role="alert">{error}</p>}
    </Card>
  );
}
