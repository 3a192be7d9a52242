const firstDelay = 500;
const longestDelay = 15_000;

/**
 * How long to wait before the next attempt, in milliseconds: doubles with every failure in a row, half of it random so that
 * the readers of a restarted server do not all come back at once, and never less than the server asked for.
 */
export function backoffDelay(failures: number, retryAfterSeconds = 0, random: () => number = Math.random): number {
  const ceiling = Math.min(longestDelay, firstDelay * 2 ** Math.min(failures, 30));
  return Math.max(ceiling / 2 + (ceiling / 2) * random(), retryAfterSeconds * 1000);
}
