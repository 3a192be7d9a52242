import type { Schemas, TurnState } from '../api/schemas';

/** Everything the events of a session have said up to `seq`. Never changed, only replaced. */
export interface Conversation {
  readonly seq: number;
  readonly title: string | undefined;
  readonly closed: boolean;
  /** What is settled, in order; what belongs to one turn stands together. */
  readonly sections: readonly Section[];
  /** Replies whose end has not come yet: known from deltas only. */
  readonly live: readonly LiveReply[];
  readonly notification: Notification | undefined;
  /** The turn that has started and not ended. */
  readonly runningTurn: string | undefined;
}

/** A turn with all it has shown, or (without a turn) what came between turns. */
export interface Section {
  readonly key: string;
  readonly turn: Turn | undefined;
  readonly entries: readonly Entry[];
}

export interface Turn {
  readonly id: string;
  readonly state: TurnState;
  readonly error?: string;
  readonly traceId?: string;
}

export type Message = Schemas['MessageData'];
export type Block = Schemas['BlockData'];
export type Entry = { readonly kind: 'message'; readonly message: Message } | { readonly kind: 'block'; readonly block: Block };

export interface LiveReply {
  readonly id: string;
  readonly text: string;
  readonly turnId: string | undefined;
}

export interface Notification {
  readonly text: string;
  readonly detail?: string;
  readonly turnId: string | undefined;
}

export const emptyConversation: Conversation = {
  seq: 0,
  title: undefined,
  closed: false,
  sections: [],
  live: [],
  notification: undefined,
  runningTurn: undefined,
};

export const idOf = (entry: Entry): string => (entry.kind === 'message' ? entry.message.id : entry.block.id);

const isActive = (turn: Turn | undefined): turn is Turn => turn?.state === 'queued' || turn?.state === 'started';

/** Turns that wait or run, oldest first. */
export const activeTurns = (conversation: Conversation): Turn[] => conversation.sections.map(section => section.turn).filter(isActive);
