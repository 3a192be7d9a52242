import { Icon } from '../ui/icons';
import type { Turn } from '../conversation/conversation';

interface TurnEndProps {
  turn: Turn;
  onCancel: (turnId: string) => void;
  onRetry: (turnId: string) => void;
}

/** What the reader has to know of a turn beyond what it has said: that it waits, or that it ended early and why. */
export function TurnEnd({ turn, onCancel, onRetry }: TurnEndProps) {
  switch (turn.state) {
    case 'queued':
      return (
        <p class="turn-note waiting">
          <Icon name="clock" size={14} /> Waiting its turn
          <button type="button" class="quiet small" onClick={() => onCancel(turn.id)}>Cancel</button>
        </p>
      );
    case 'cancelled':
      return <p class="turn-note">You stopped this.</p>;
    case 'failed':
      return <Failure turn={turn} title="Something went wrong" onRetry={onRetry} />;
    case 'interrupted':
      return <Failure turn={turn} title="This was interrupted" reason="The server stopped before it was done." onRetry={onRetry} />;
    default:
      return null;
  }
}

interface FailureProps {
  turn: Turn;
  title: string;
  reason?: string;
  onRetry: (turnId: string) => void;
}

function Failure({ turn, title, reason, onRetry }: FailureProps) {
  const explanation = turn.error ?? reason;
  return (
    <div class="failure" role="alert">
      <Icon name="alert" />
      <div>
        <strong>{title}</strong>
        {explanation && <p>{explanation}</p>}
        {turn.traceId && <p class="trace">Trace <code>{turn.traceId}</code></p>}
        <div class="actions">
          <button type="button" class="small" onClick={() => onRetry(turn.id)}>Retry</button>
        </div>
      </div>
    </div>
  );
}
