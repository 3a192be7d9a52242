import { describe, expect, test } from 'vitest';
import type { Section } from '../src/conversation/conversation';
import { countEntries, withoutFirst } from '../src/timeline/window';

const section = (key: string, ...ids: string[]): Section => ({
  key,
  turn: undefined,
  entries: ids.map(id => ({ kind: 'message', message: { id, sender: 'app', text: '', timestamp: '' } })),
});

const ids = (sections: readonly Section[]) => sections.flatMap(({ entries }) => entries.map(entry => entry.kind === 'message' && entry.message.id));

describe('withoutFirst', () => {
  const sections = [section('s1', 'a', 'b', 'c'), section('s2'), section('s3', 'd', 'e')];

  test.each([0, 1, 2, 3, 4, 5, 6])('leaves all but the first %i entries', hidden => {
    expect(ids(withoutFirst(sections, hidden))).toEqual(['a', 'b', 'c', 'd', 'e'].slice(hidden));
  });

  test('keeps the sections that it does not cut', () => {
    expect(withoutFirst(sections, 1)[2]).toBe(sections[2]);
    expect(withoutFirst(sections, 0)[0]).toBe(sections[0]);
    expect(withoutFirst(sections, 3)[0]).toBe(sections[1]);
  });

  test('counts entries over all sections', () => expect(countEntries(sections)).toBe(5));
});
