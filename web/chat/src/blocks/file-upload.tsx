import { useCallback, useContext, useRef, useState } from 'preact/hooks';
import { host } from '../api/host';
import { formatSize } from '../ui/format';
import { Icon } from '../ui/icons';
import { useAction } from '../ui/use-action';
import { useDrop } from '../ui/use-drop';
import type { BlockProps } from './block-view';
import { Card, type Tone } from './card';
import { readFileUpload } from './payload';
import { SessionId } from './session-id';
import { useTimeLeft } from './use-time-left';

type Request = ReturnType<typeof readFileUpload>;

const endings: Record<Exclude<Request['state'], 'open'>, [status: string, tone: Tone]> = {
  completed: ['Sent', 'good'],
  expired: ['Timed out', 'neutral'],
  declined: ['Declined', 'neutral'],
  cancelled: ['Cancelled', 'neutral'],
  interrupted: ['Nobody waits any more', 'neutral'],
};

export function FileUpload({ block }: BlockProps) {
  const request = readFileUpload(block.payload);
  if (request.state === 'open') return <OpenUpload blockId={block.id} request={request} />;
  const [status, tone] = endings[request.state];
  return (
    <Card icon="upload" title="File" status={status} tone={tone}>
      <p class="card-text">{request.message}</p>
      {request.state === 'completed' && (
        <p class="file-line">
          <Icon name="file" /> <span class="name">{request.filename}</span>
          {request.size !== undefined && <span class="muted">{formatSize(request.size)}</span>}
        </p>
      )}
    </Card>
  );
}

function OpenUpload({ blockId, request }: { blockId: string; request: Request }) {
  const { message, accept, maxBytes, expiresAt } = request;
  const sessionId = useContext(SessionId);
  const input = useRef<HTMLInputElement>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const { run, busy, error } = useAction(
    useCallback((answer: File | { declined: true }) => host.answer(sessionId, blockId, answer), [sessionId, blockId]));
  const timeLeft = useTimeLeft(expiresAt);

  function send([file]: File[]): void {
    if (!file || busy) return;
    const fits = maxBytes === undefined || file.size <= maxBytes;
    setTooLarge(!fits);
    if (fits) void run(file);
  }

  const { over, handlers } = useDrop(send);
  const limits = [accept?.replaceAll(',', ', '), maxBytes && `up to ${formatSize(maxBytes)}`].filter(Boolean).join(' · ');
  return (
    <Card icon="upload" title="File needed" status={timeLeft} tone="active">
      <p class="card-text">{message}</p>
      <div class={`drop-zone${over ? ' over' : ''}`} {...handlers}>
        <button type="button" class="primary" disabled={busy} onClick={() => input.current?.click()}>
          {busy ? 'Sending…' : 'Choose a file'}
        </button>
        <span class="muted">or drop it here{limits && <><br />{limits}</>}</span>
        <input
          ref={input}
          type="file"
          hidden
          accept={accept}
          onChange={event => {
            send([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <div class="actions">
        <button type="button" class="quiet small" disabled={busy} onClick={() => void run({ declined: true })}>Decline</button>
      </div>
      {(tooLarge || error) && (
        <p class="error" role="alert">{tooLarge ? `The file is larger than ${formatSize(maxBytes ?? 0)}.` : error}</p>
      )}
    </Card>
  );
}
