import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { host } from '../api/host';
import type { SessionSummary } from '../api/schemas';
import { formatRecent } from '../ui/format';
import { Icon } from '../ui/icons';
import { useAction } from '../ui/use-action';
import { urlOf } from './location';

interface SessionRowProps {
  session: SessionSummary;
  current: boolean;
  onOpen: () => void;
  onRenamed: () => Promise<void>;
  onClose: () => void;
}

export function SessionRow({ session, current, onOpen, onRenamed, onClose }: SessionRowProps) {
  const [renaming, setRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const wasRenaming = useRef(false);
  useLayoutEffect(() => {
    if (wasRenaming.current && !renaming) link.current?.focus();
    wasRenaming.current = renaming;
  }, [renaming]);
  const title = session.title ?? 'Untitled';

  if (renaming) return <li><TitleField session={session} onEnd={() => setRenaming(false)} onRenamed={onRenamed} /></li>;
  return (
    <li class={`session${current ? ' current' : ''}`}>
      <a
        ref={link}
        href={urlOf(session.id)}
        aria-current={current ? 'page' : undefined}
        onClick={event => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onOpen();
        }}
      >
        <span class="name">{title}</span>
        <span class="when">{session.closed ? 'Closed' : formatRecent(session.updatedAt ?? session.createdAt)}</span>
      </a>
      <span class="session-actions">
        <button type="button" class="quiet tiny" aria-label={`Rename ${title}`} title="Rename" onClick={() => setRenaming(true)}>
          <Icon name="edit" size={15} />
        </button>
        {!session.closed && (
          <button type="button" class="quiet tiny" aria-label={`Close ${title}`} title="Close" onClick={onClose}>
            <Icon name="archive" size={15} />
          </button>
        )}
      </span>
    </li>
  );
}

interface TitleFieldProps {
  session: SessionSummary;
  onEnd: () => void;
  onRenamed: () => Promise<void>;
}

function TitleField({ session, onEnd, onRenamed }: TitleFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  const { run, busy, error } = useAction(host.renameSession);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  /** Enter and leaving the field both save; the field goes away with either, which counts as leaving it. */
  async function save(): Promise<void> {
    if (ended.current) return;
    ended.current = true;
    const title = field.current!.value.trim();
    const changed = title !== '' && title !== session.title;
    if (changed && !(await run(session.id, title))) {
      ended.current = false;
      return;
    }
    if (changed) await onRenamed();
    onEnd();
  }

  function discard(): void {
    ended.current = true;
    onEnd();
  }

  return (
    <form
      class="rename"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={event => event.key === 'Escape' && discard()}
    >
      <input ref={field} defaultValue={session.title ?? ''} aria-label="Title" maxLength={200} disabled={busy} onBlur={() => void save()} />
      {error && <p class="error" role="alert">{error}</p>}
    </form>
  );
}
