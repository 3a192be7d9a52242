import { host } from '../api/host';
import { explain } from '../api/http-error';
import type { SessionDetails, UploadedFile } from '../api/schemas';
import { emptyConversation, idOf, type Conversation } from './conversation';
import { readEvents, type ConnectionStatus } from './event-stream';
import { reduce } from './reducer';

/** A message of this page that its own event has not confirmed yet. */
export interface Outgoing {
  id: string;
  text: string;
  files: UploadedFile[];
  error?: string;
  /** Where the host has put it, once it has said so. */
  seq?: number;
}

export interface SessionView {
  conversation: Conversation;
  connection: ConnectionStatus;
  outgoing: readonly Outgoing[];
  title: string | undefined;
  closed: boolean;
  /** All that was said before the page opened the session is there. */
  caughtUp: boolean;
}

/** One open session: its conversation as the events tell it, and what this page is sending to it. */
export class LiveSession {
  private conversation = emptyConversation;
  private connection: ConnectionStatus = 'connecting';
  private outgoing: readonly Outgoing[] = [];
  private details: Pick<SessionDetails, 'seq' | 'title' | 'closed'> | undefined;
  private readonly end = new AbortController();
  private listener: (() => void) | undefined;
  private frame: number | undefined;
  private current = this.draw();

  constructor(readonly id: string) {
    void readEvents({
      sessionId: id,
      after: () => this.conversation.seq,
      onEvents: events => this.update({ conversation: events.reduce(reduce, this.conversation) }),
      onStatus: connection => this.update({ connection }),
      signal: this.end.signal,
    });
    // The events tell everything in the end; the details only tell it sooner.
    host.session(id).then(details => this.update({ details }), () => this.update({ details: { seq: 0, closed: false } }));
  }

  get view(): SessionView {
    return this.current;
  }

  /** Calls back after changes, at most once a frame. */
  subscribe(listener: () => void): () => void {
    this.listener = listener;
    return () => (this.listener = undefined);
  }

  close(): void {
    this.end.abort();
  }

  /** Posts a message. Sent again under the same id after a failure, so that it can't run twice. */
  async send(message: Outgoing): Promise<void> {
    const others = this.outgoing.filter(other => other.id !== message.id);
    const { error: _, ...sending } = message;
    this.update({ outgoing: [...others, sending] });
    try {
      const attachments = message.files.map(file => file.id);
      const { seq } = await host.post(this.id, { id: message.id, text: message.text, ...(attachments.length > 0 && { attachments }) });
      this.note(message.id, { seq });
    } catch (thrown) {
      this.note(message.id, { error: explain(thrown) });
    }
  }

  private note(id: string, change: Partial<Outgoing>): void {
    this.update({ outgoing: this.outgoing.map(message => (message.id === id ? { ...message, ...change } : message)) });
  }

  discard(id: string): void {
    this.update({ outgoing: this.outgoing.filter(other => other.id !== id) });
  }

  private update(change: Partial<Pick<LiveSessionState, 'conversation' | 'connection' | 'outgoing' | 'details'>>): void {
    Object.assign(this, change);
    if (this.outgoing.length > 0) this.dropConfirmed();
    this.frame ??= schedule(() => {
      this.frame = undefined;
      this.current = this.draw();
      this.listener?.();
    });
  }

  private dropConfirmed(): void {
    const { seq, sections } = this.conversation;
    const shown = new Set(sections.slice(-20).flatMap(section => section.entries.map(idOf)));
    this.outgoing = this.outgoing.filter(message => !shown.has(message.id) && (message.seq ?? Infinity) > seq);
  }

  private draw(): SessionView {
    const { conversation, connection, outgoing, details } = this;
    const caughtUp = details !== undefined && conversation.seq >= details.seq;
    return {
      conversation,
      connection,
      outgoing,
      // What has been read so far may tell an earlier one.
      title: (caughtUp ? conversation.title : undefined) ?? details?.title,
      closed: conversation.closed || (details?.closed ?? false),
      caughtUp,
    };
  }
}

interface LiveSessionState {
  conversation: Conversation;
  connection: ConnectionStatus;
  outgoing: readonly Outgoing[];
  details: Pick<SessionDetails, 'seq' | 'title' | 'closed'>;
}

/** A frame when someone looks; a hidden page gets no frames but should still keep up. */
function schedule(work: () => void): number {
  return document.hidden ? window.setTimeout(work, 200) : requestAnimationFrame(work);
}

/** An id that the page makes up, also where the page is not served securely and `crypto.randomUUID` is absent. */
export function newMessageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `msg_${Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')}`;
}
