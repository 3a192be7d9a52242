import type { Section } from '../conversation/conversation';

export const countEntries = (sections: readonly Section[]): number =>
  sections.reduce((count, section) => count + section.entries.length, 0);

/** The sections without the first `hidden` entries; those that keep all of theirs are the same objects. */
export function withoutFirst(sections: readonly Section[], hidden: number): readonly Section[] {
  let at = 0;
  let left = hidden;
  while (at < sections.length && left >= sections[at]!.entries.length && left > 0) left -= sections[at++]!.entries.length;
  const first = sections[at];
  if (!first || left === 0) return sections.slice(at);
  return [{ ...first, entries: first.entries.slice(left) }, ...sections.slice(at + 1)];
}
