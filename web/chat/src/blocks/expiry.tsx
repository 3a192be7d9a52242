import { formatDuration } from '../ui/format';
import { useNow } from '../ui/use-now';

/** How long a prompt still waits, and whether its time is up before the host has said so. */
export function useExpiry(expiresAt: number | undefined): { expired: boolean; text: string | undefined } {
  const now = useNow(expiresAt);
  if (expiresAt === undefined) return { expired: false, text: undefined };
  const expired = now >= expiresAt;
  return { expired, text: expired ? 'The time is up' : `Waits ${formatDuration(expiresAt - now)} more` };
}
