import { useCallback, useContext, useState } from 'preact/hooks';
import { host } from '../api/host';
import { useAction } from '../ui/use-action';
import type { BlockProps } from './block-view';
import { Card, type Tone } from './card';
import { readIntegration } from './payload';
import { SessionId } from './session-id';
import { useTimeLeft } from './use-time-left';

type Request = ReturnType<typeof readIntegration>;

const endings: Record<Exclude<Request['state'], 'open'>, [status: string, tone: Tone]> = {
  completed: ['Connected', 'good'],
  expired: ['Timed out', 'neutral'],
  declined: ['Declined', 'neutral'],
  cancelled: ['Cancelled', 'neutral'],
  interrupted: ['Nobody waits any more', 'neutral'],
};

/** Connects an account at another service: for a handler that waits, or at any time. */
export function IntegrationPrompt({ block }: BlockProps) {
  const request = readIntegration(block.payload);
  const [connected, setConnected] = useState(false);
  const state = connected && !request.blocking ? 'completed' : request.state;
  if (state === 'open') return <ConnectForm blockId={block.id} request={request} onConnected={() => setConnected(true)} />;
  const [status, tone] = endings[state];
  return (
    <Card icon="key" title={request.title} status={status} tone={tone}>
      {request.reason && <p class="card-text">{request.reason}</p>}
    </Card>
  );
}

function ConnectForm({ blockId, request, onConnected }: { blockId: string; request: Request; onConnected: () => void }) {
  const { name, title, reason, fields, blocking, expiresAt } = request;
  const sessionId = useContext(SessionId);
  const send = useCallback(
    (answer: { fields: Record<string, string> } | { declined: true }) =>
      blocking || 'declined' in answer ? host.answer(sessionId, blockId, answer) : host.connect(name, answer.fields),
    [sessionId, blockId, blocking, name]);
  const { run, busy, error } = useAction(send);
  const timeLeft = useTimeLeft(expiresAt);

  return (
    <Card icon="key" title={`Connect ${title}`} status={timeLeft} tone="active">
      {reason && <p class="card-text">{reason}</p>}
      {fields.length === 0 && <p class="muted">This account can't be connected here.</p>}
      <form
        class="form"
        autocomplete="off"
        onSubmit={event => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const entered = Object.fromEntries(fields.map(field => [field.name, String(form.get(field.name) ?? '').trim()]));
          void run({ fields: entered }).then(done => done && onConnected());
        }}
      >
        {fields.map(field => (
          <label key={field.name}>
            <span>{field.label}{!field.required && <span class="muted"> (optional)</span>}</span>
            <FieldInput field={field} />
          </label>
        ))}
        {error && <p class="error" role="alert">{error}</p>}
        <div class="actions">
          {fields.length > 0 && <button type="submit" class="primary" disabled={busy}>{busy ? 'Connecting…' : 'Connect'}</button>}
          {blocking && (
            <button type="button" class="quiet" disabled={busy} onClick={() => void run({ declined: true })}>Decline</button>
          )}
        </div>
      </form>
    </Card>
  );
}

function FieldInput({ field: { name, secret, required } }: { field: Request['fields'][number] }) {
  const shared = { name, required, maxLength: 8192, autocapitalize: 'off', spellcheck: false } as const;
  return secret ? <input type="password" autocomplete="new-password" {...shared} /> : <input type="text" autocomplete="off" {...shared} />;
}
