import { useCallback, useEffect, useState } from 'preact/hooks';
import { LiveSession, type SessionView } from './conversation/live-session';
import { idInUrl, urlOf } from './sessions/location';

const openById = (id: string | undefined) => (id ? new LiveSession(id) : undefined);

/** The open conversation, which the address of the page names, and its newest view. */
export function useLiveSession() {
  const [session, setSession] = useState(() => openById(idInUrl()));
  const [view, setView] = useState<SessionView | undefined>(session?.view);

  const show = useCallback((next: LiveSession | undefined) => {
    setSession(next);
    setView(next?.view);
  }, []);

  /** Opens a conversation, or none for a new one. */
  const open = useCallback((id: string | undefined): LiveSession | undefined => {
    history.pushState(null, '', urlOf(id));
    const next = openById(id);
    show(next);
    return next;
  }, [show]);

  useEffect(() => {
    const onPopState = () => show(openById(idInUrl()));
    window.addEventListener('popstate', onPopState);
    return () => window.removeEventListener('popstate', onPopState);
  }, [show]);

  useEffect(() => {
    if (!session) return;
    const unsubscribe = session.subscribe(() => setView(session.view));
    setView(session.view);
    return () => {
      unsubscribe();
      session.close();
    };
  }, [session]);

  return { session, view: session && view, open };
}
