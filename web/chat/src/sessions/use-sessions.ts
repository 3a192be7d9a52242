import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { host } from '../api/host';
import type { SessionSummary } from '../api/schemas';

/** The caller's conversations, newest first, in pages. */
export function useSessions() {
  const [items, setItems] = useState<readonly SessionSummary[]>([]);
  const [next, setNext] = useState<string>();
  const [failed, setFailed] = useState(false);
  const pages = useRef(0);

  /** Reads the first page again; what later pages have brought stays below it. */
  const refresh = useCallback(async () => {
    try {
      const page = await host.sessions();
      setFailed(false);
      setItems(before => {
        const fresh = new Set(page.items.map(item => item.id));
        return [...page.items, ...(pages.current > 1 ? before.filter(item => !fresh.has(item.id)) : [])];
      });
      if (pages.current <= 1) {
        pages.current = 1;
        setNext(page.next);
      }
    } catch {
      setFailed(true);
    }
  }, []);

  const more = useCallback(async () => {
    try {
      const page = await host.sessions(next);
      pages.current++;
      setItems(before => [...before, ...page.items.filter(item => before.every(other => other.id !== item.id))]);
      setNext(page.next);
    } catch {
      setFailed(true);
    }
  }, [next]);

  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    void refresh();
    document.addEventListener('visibilitychange', onVisible);
    return () => document.removeEventListener('visibilitychange', onVisible);
  }, [refresh]);

  return { items, loaded: pages.current > 0, hasMore: next !== undefined, failed, refresh, more };
}
