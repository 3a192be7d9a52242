import { idOf, type Conversation, type Entry, type Message, type Section, type Turn } from './conversation';
import { sectionHolding, succeed } from './entry-index';
import type { SessionEvent, UnknownEvent } from './events';

/**
 * The conversation after one more event. Events already seen change nothing, so a stream may be resumed or replayed from anywhere.
 *
 * Deltas touch `live` only, and the whole message that ends them settles at the end of its section. So a reader that was given
 * the deltas and one that was given only the folded message hold the same conversation.
 */
export function reduce(conversation: Conversation, event: SessionEvent | UnknownEvent): Conversation {
  if (event.seq <= conversation.seq) return conversation;
  return { ...apply(conversation, event), seq: event.seq };
}

function apply(conversation: Conversation, event: SessionEvent | UnknownEvent): Conversation {
  switch (event.type) {
    case 'message':
      return applyMessage(conversation, event.data, event.seq);
    case 'delta':
      return applyDelta(conversation, event.data.messageId, event.data.text);
    case 'notification':
      return { ...conversation, notification: { ...event.data, turnId: conversation.runningTurn } };
    case 'block':
      return settle(conversation, { kind: 'block', block: event.data }, conversation.runningTurn, event.seq);
    case 'turn':
      return applyTurn(conversation, event.data);
    case 'session':
      return {
        ...conversation,
        title: event.data.title ?? conversation.title,
        closed: event.data.closed ?? conversation.closed,
      };
    case 'unknown':
      return conversation;
  }
}

function applyMessage(conversation: Conversation, message: Message, seq: number): Conversation {
  const turnId = message.turnId ?? conversation.runningTurn;
  const before = message.sender === 'app' ? spoken(conversation, turnId) : conversation;
  const after = settle(before, { kind: 'message', message }, turnId, seq);
  return { ...after, live: after.live.filter(reply => reply.id !== message.id) };
}

/** What a turn says takes the place of what it said it was doing. */
const spoken = (conversation: Conversation, turnId: string | undefined): Conversation =>
  conversation.notification?.turnId === turnId ? { ...conversation, notification: undefined } : conversation;

function applyDelta(before: Conversation, id: string, text: string): Conversation {
  const conversation = spoken(before, before.runningTurn);
  const at = conversation.live.findIndex(reply => reply.id === id);
  const reply = conversation.live[at];
  if (reply) return { ...conversation, live: conversation.live.with(at, { ...reply, text: reply.text + text }) };

  const sections = replaceEntry(conversation.sections, id, entry =>
    entry.kind === 'message' ? { kind: 'message', message: { ...entry.message, text: entry.message.text + text } } : entry);
  if (sections) return { ...conversation, sections };

  return { ...conversation, live: [...conversation.live, { id, text, turnId: conversation.runningTurn }] };
}

function applyTurn(conversation: Conversation, turn: Turn): Conversation {
  const at = sectionOf(conversation.sections, turn.id);
  const section = conversation.sections[at];
  const sections = succeed(conversation.sections, section
    ? conversation.sections.with(at, { ...section, turn })
    : [...conversation.sections, { key: turn.id, turn, entries: [] }]);

  if (turn.state === 'started') return { ...conversation, sections, runningTurn: turn.id };
  if (turn.state === 'queued') return { ...conversation, sections };

  const { runningTurn, notification } = conversation;
  const notificationEnds = notification?.turnId === undefined || notification.turnId === turn.id;
  return {
    ...conversation,
    sections,
    runningTurn: runningTurn === turn.id ? undefined : runningTurn,
    notification: notificationEnds ? undefined : notification,
  };
}

/** Replaces the entry of the same id where it stands, or adds it at the end of its turn. */
function settle(conversation: Conversation, entry: Entry, turnId: string | undefined, seq: number): Conversation {
  const replaced = replaceEntry(conversation.sections, idOf(entry), () => entry);
  return { ...conversation, sections: replaced ?? addEntry(conversation.sections, entry, turnId, seq) };
}

function replaceEntry(sections: readonly Section[], id: string, change: (entry: Entry) => Entry): readonly Section[] | undefined {
  const at = sectionHolding(sections, id);
  if (at === undefined) return undefined;
  const section = sections[at]!;
  const entries = section.entries.map(entry => (idOf(entry) === id ? change(entry) : entry));
  return succeed(sections, sections.with(at, { ...section, entries }));
}

function addEntry(sections: readonly Section[], entry: Entry, turnId: string | undefined, seq: number): readonly Section[] {
  const at = turnId === undefined ? openSection(sections) : sectionOf(sections, turnId);
  const section = sections[at];
  const added = { id: idOf(entry), at: section ? at : sections.length };
  if (section) return succeed(sections, sections.with(at, { ...section, entries: [...section.entries, entry] }), added);

  // The message of a turn may come before the turn itself: until then the turn counts as queued.
  const turn: Turn | undefined = turnId === undefined ? undefined : { id: turnId, state: 'queued' };
  return succeed(sections, [...sections, { key: turnId ?? `between-${seq}`, turn, entries: [entry] }], added);
}

/** What belongs to no turn joins the last section if that one has no turn either. */
const openSection = (sections: readonly Section[]): number =>
  sections.length > 0 && sections.at(-1)!.turn === undefined ? sections.length - 1 : -1;

const sectionOf = (sections: readonly Section[], turnId: string): number =>
  sections.findLastIndex(section => section.turn?.id === turnId);
