import { describe, expect, test } from 'vitest';
import { backoffDelay } from '../src/conversation/backoff';

const delays = (random: number) => [0, 1, 2, 3, 4, 5, 6, 1000].map(failures => backoffDelay(failures, 0, () => random));

describe('backoffDelay', () => {
  test('doubles up to a limit', () => {
    expect(delays(1)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  test('leaves half of it to chance', () => {
    expect(delays(0)).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500, 7500]);
  });

  test('never comes back before the server wants it', () => {
    expect(backoffDelay(0, 20, () => 0)).toBe(20_000);
    expect(backoffDelay(10, 1, () => 1)).toBe(15_000);
  });
});
