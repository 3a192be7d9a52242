import { idOf, type Section } from './conversation';

/**
 * Where every entry stands, so that a long replay need not search. Entries never change their section and sections never
 * their place, so the newest version of a conversation takes the index over; an older one that is asked again builds its own.
 */
const indexes = new WeakMap<readonly Section[], Map<string, number>>();

/** The position of the section that holds the entry. */
export function sectionHolding(sections: readonly Section[], id: string): number | undefined {
  let index = indexes.get(sections);
  if (!index) {
    index = new Map(sections.flatMap(({ entries }, at) => entries.map(entry => [idOf(entry), at] as const)));
    indexes.set(sections, index);
  }
  return index.get(id);
}

/** Tells that `after` is `before` with, at most, one entry more. */
export function succeed(before: readonly Section[], after: readonly Section[], added?: { id: string; at: number }): readonly Section[] {
  const index = indexes.get(before);
  if (!index) return after;
  indexes.delete(before);
  if (added) index.set(added.id, added.at);
  indexes.set(after, index);
  return after;
}
