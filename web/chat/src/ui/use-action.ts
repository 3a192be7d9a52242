import { useCallback, useState } from 'preact/hooks';
import { explain } from '../api/http-error';

interface Action<Arguments extends unknown[]> {
  run: (...values: Arguments) => Promise<boolean>;
  busy: boolean;
  error: string | undefined;
}

/** A call to the host behind a button: busy while it runs, a sentence when it fails. */
export function useAction<Arguments extends unknown[]>(call: (...values: Arguments) => Promise<unknown>): Action<Arguments> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = useCallback(async (...values: Arguments) => {
    setBusy(true);
    setError(undefined);
    try {
      await call(...values);
      return true;
    } catch (thrown) {
      setError(explain(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  }, [call]);
  return { run, busy, error };
}
