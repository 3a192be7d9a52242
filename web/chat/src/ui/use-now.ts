import { useEffect, useState } from 'preact/hooks';

/** The time, every second, for as long as `until` lies ahead. */
export function useNow(until: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  const waits = until !== undefined && now < until;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [waits]);
  return now;
}
