import { useState } from 'preact/hooks';
import { host } from '../api/host';
import type { SessionSummary } from '../api/schemas';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icons';
import { useAction } from '../ui/use-action';
import { SessionRow } from './session-row';
import type { useSessions } from './use-sessions';

interface SidebarProps {
  sessions: ReturnType<typeof useSessions>;
  currentId: string | undefined;
  onOpen: (id: string | undefined) => void;
}

export function Sidebar({ sessions, currentId, onOpen }: SidebarProps) {
  const { items, loaded, hasMore, failed, refresh, more } = sessions;
  const [closing, setClosing] = useState<SessionSummary>();
  return (
    <>
      <button type="button" class="new" onClick={() => onOpen(undefined)}>
        <Icon name="plus" /> New conversation
      </button>
      <nav aria-label="Conversations">
        <ul class="sessions">
          {items.map(item => (
            <SessionRow
              key={item.id}
              session={item}
              current={item.id === currentId}
              onOpen={() => onOpen(item.id)}
              onRenamed={refresh}
              onClose={() => setClosing(item)}
            />
          ))}
        </ul>
        {hasMore && <button type="button" class="quiet small earlier" onClick={() => void more()}>Show more</button>}
        {loaded && items.length === 0 && !failed && <p class="sidebar-note">Your conversations appear here.</p>}
        {failed && (
          <p class="sidebar-note">
            The list can’t be read. <button type="button" class="quiet small" onClick={() => void refresh()}>Try again</button>
          </p>
        )}
      </nav>
      {closing && <CloseDialog session={closing} onDone={refresh} onClose={() => setClosing(undefined)} />}
    </>
  );
}

function CloseDialog({ session, onDone, onClose }: { session: SessionSummary; onDone: () => Promise<void>; onClose: () => void }) {
  const { run, busy, error } = useAction(host.closeSession);
  const close = async () => {
    if (!(await run(session.id))) return;
    await onDone();
    onClose();
  };
  return (
    <Dialog title="Close this conversation?" onClose={onClose}>
      <p>“{session.title ?? 'Untitled'}” stays readable, but nothing more can be written in it.</p>
      {error && <p class="error" role="alert">{error}</p>}
      <div class="actions end">
        <button type="button" onClick={onClose}>Keep it open</button>
        <button type="button" class="danger" disabled={busy} onClick={() => void close()}>Close it</button>
      </div>
    </Dialog>
  );
}
