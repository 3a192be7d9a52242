import { formatDuration } from '../ui/format';
import { useNow } from '../ui/use-now';

/** How long a prompt still waits. Says nothing once its time is up: the host decides that, by its own clock. */
export function useTimeLeft(expiresAt: number | undefined): string | undefined {
  const now = useNow(expiresAt);
  return expiresAt === undefined || now >= expiresAt ? undefined : `Waits ${formatDuration(expiresAt - now)} more`;
}
