import { memo } from 'preact/compat';
import type { UploadedFile } from '../api/schemas';
import type { LiveReply, Message } from '../conversation/conversation';
import type { Outgoing } from '../conversation/live-session';
import { Markdown } from '../markdown/markdown';
import { safeLink } from '../markdown/safe-url';
import { copyFrom } from '../ui/copy';
import { formatRecent, formatSize, formatTime } from '../ui/format';
import { Icon } from '../ui/icons';

export const MessageView = memo(function MessageView({ message }: { message: Message }) {
  const { sender, text, attachments = [], timestamp, partial } = message;
  if (sender === 'user') return <UserMessage text={text} files={attachments} time={timestamp} />;
  return (
    <article class="message app">
      <Markdown text={text} />
      <Attachments files={attachments} />
      <footer>
        {partial && <span class="badge neutral">Cut off</span>}
        <button type="button" class="quiet small" onClick={event => void copyFrom(event.currentTarget, text)}>Copy</button>
        <time dateTime={timestamp} title={formatTime(timestamp)}>{formatRecent(timestamp)}</time>
      </footer>
    </article>
  );
});

/** A reply that is still being written. Screen readers get it when it is whole. */
export const LiveMessage = memo(function LiveMessage({ reply, writing }: { reply: LiveReply; writing: boolean }) {
  return (
    <article class={`message app live${writing ? ' writing' : ''}`} aria-busy={writing}>
      <Markdown text={reply.text} />
    </article>
  );
});

interface OutgoingProps {
  message: Outgoing;
  onRetry: () => void;
  onDiscard: () => void;
}

export function OutgoingMessage({ message, onRetry, onDiscard }: OutgoingProps) {
  const { text, files, error } = message;
  return (
    <div class="section">
      <UserMessage text={text} files={files} sending={error === undefined} />
      {error && (
        <div class="failure" role="alert">
          <Icon name="alert" />
          <div>
            <strong>Not sent</strong>
            <p>{error}</p>
            <div class="actions">
              <button type="button" class="small" onClick={onRetry}>Try again</button>
              <button type="button" class="quiet small" onClick={onDiscard}>Discard</button>
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

interface UserMessageProps {
  text: string;
  files: readonly UploadedFile[];
  time?: string;
  sending?: boolean;
}

function UserMessage({ text, files, time, sending }: UserMessageProps) {
  return (
    <article class={`message user${sending ? ' sending' : ''}`} title={time && formatTime(time)}>
      <span class="sr-only">You: </span>
      {text && <div class="bubble">{text}</div>}
      <Attachments files={files} />
    </article>
  );
}

function Attachments({ files }: { files: readonly UploadedFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul class="files">
      {files.map(file => (
        <li key={file.id}>
          <a class="chip" href={safeLink(file.url) ?? '#'} download={file.name} target="_blank" rel="noopener noreferrer">
            <Icon name="file" size={16} />
            <span class="name">{file.name}</span>
            <span class="muted">{formatSize(file.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
