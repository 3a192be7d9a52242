import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { host } from './api/host';
import { explain, HttpError } from './api/http-error';
import type { UploadedFile } from './api/schemas';
import { SessionId } from './blocks/session-id';
import { Composer } from './composer/composer';
import { activeTurns } from './conversation/conversation';
import { newMessageId } from './conversation/live-session';
import { Header } from './header';
import { Account } from './identity/account';
import { Sidebar } from './sessions/sidebar';
import { useSessions } from './sessions/use-sessions';
import { Timeline } from './timeline/timeline';
import { useLiveSession } from './use-live-session';

export function App() {
  const { session, view, open } = useLiveSession();
  const sessions = useSessions();
  const [menuOpen, setMenuOpen] = useState(false);
  const [problem, setProblem] = useState<string>();

  const sidebar = useRef<HTMLElement>(null);
  useEffect(() => {
    if (menuOpen) sidebar.current?.querySelector('button')?.focus();
  }, [menuOpen]);

  const active = view ? activeTurns(view.conversation) : [];
  const { refresh } = sessions;
  useEffect(() => void refresh(), [refresh, view?.title, view?.closed, active.length, view?.connection === 'lost']);
  useEffect(() => void (document.title = view?.title ?? 'Chat'), [view?.title]);

  function show(id: string | undefined): void {
    setMenuOpen(false);
    setProblem(undefined);
    if (id !== session?.id || id === undefined) open(id);
  }

  async function send(text: string, files: UploadedFile[]): Promise<boolean> {
    setProblem(undefined);
    try {
      const target = session ?? open((await host.createSession(titleFrom(text, files))).id);
      void target?.send({ id: newMessageId(), text, files });
      return true;
    } catch (error) {
      setProblem(explain(error));
      return false;
    }
  }

  const sessionId = session?.id;
  const cancel = useCallback((turnId: string) => {
    if (!sessionId) return;
    host.cancel(sessionId, turnId).catch(error => {
      const overAlready = error instanceof HttpError && error.status === 409;
      if (!overAlready) setProblem(explain(error));
    });
  }, [sessionId]);
  const retry = useCallback((turnId: string) => {
    setProblem(undefined);
    if (sessionId) host.retry(sessionId, turnId).catch(error => setProblem(explain(error)));
  }, [sessionId]);

  const refused = view?.connection === 'refused';
  // The title of a conversation is unknown until it is read.
  const heading = session && !refused ? view?.title ?? (view?.caughtUp ? 'Untitled' : '') : 'New conversation';
  // What runs is stopped first; what waits behind it has its own button.
  const stoppable = view?.conversation.runningTurn ?? active[0]?.id;
  return (
    <div class={`layout${menuOpen ? ' menu-open' : ''}`} onKeyDown={event => event.key === 'Escape' && setMenuOpen(false)}>
      <aside class="sidebar" id="sidebar" ref={sidebar}>
        <Sidebar sessions={sessions} currentId={sessionId} onOpen={show} />
        <Account />
      </aside>
      <button type="button" class="scrim" aria-label="Close the list" tabIndex={-1} onClick={() => setMenuOpen(false)} />
      <main class="main">
        <Header title={heading} connection={view?.connection} menuOpen={menuOpen} onMenu={() => setMenuOpen(!menuOpen)} />
        {session && view && !refused && (
          <SessionId.Provider value={session.id}>
            <Timeline key={session.id} session={session} view={view} onCancel={cancel} onRetry={retry} />
          </SessionId.Provider>
        )}
        {!session && <Welcome />}
        {refused && <NotFound onNew={() => show(undefined)} />}
        {problem && <p class="problem" role="alert">{problem}</p>}
        {!refused && (
          <Composer
            conversationId={sessionId}
            blocked={view?.closed ? 'This conversation is closed.' : undefined}
            onStop={stoppable === undefined ? undefined : () => cancel(stoppable)}
            onSend={send}
          />
        )}
      </main>
    </div>
  );
}

/** What a conversation is called until its app or its reader names it. */
function titleFrom(text: string, files: UploadedFile[]): string {
  const line = (text || files.map(file => file.name).join(', ')).replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function Welcome() {
  return (
    <div class="welcome">
      <h2>What can I do for you?</h2>
      <p>Write a message to start a conversation. You can attach files, too.</p>
    </div>
  );
}

function NotFound({ onNew }: { onNew: () => void }) {
  return (
    <div class="welcome">
      <h2>This conversation can’t be opened</h2>
      <p>It does not exist, or it belongs to someone else.</p>
      <button type="button" class="primary" onClick={onNew}>New conversation</button>
    </div>
  );
}
