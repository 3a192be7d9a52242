import { memo } from 'preact/compat';
import { BlockView } from '../blocks/block-view';
import { isOpenPrompt } from '../blocks/payload';
import { idOf, type LiveReply, type Notification, type Section } from '../conversation/conversation';
import { LiveMessage, MessageView } from './message-view';
import { TurnEnd } from './turn-end';

interface SectionProps {
  section: Section;
  replies: readonly LiveReply[];
  notification: Notification | undefined;
  onCancel: (turnId: string) => void;
  onRetry: (turnId: string) => void;
}

/** One turn: the question, what the app has shown and said, and how it ended. */
export const SectionView = memo(function SectionView({ section, replies, notification, onCancel, onRetry }: SectionProps) {
  const { turn, entries } = section;
  const running = turn?.state === 'started';
  return (
    <div class="section">
      {entries.map(entry => entry.kind === 'message'
        ? <MessageView key={idOf(entry)} message={entry.message} />
        : <BlockView key={idOf(entry)} block={entry.block} />)}
      {replies.map(reply => <LiveMessage key={reply.id} reply={reply} writing={running} />)}
      {running && (notification || replies.length === 0) && !waitsForReader(section) && <Working notification={notification} />}
      {turn && <TurnEnd turn={turn} onCancel={onCancel} onRetry={onRetry} />}
    </div>
  );
});

const waitsForReader = ({ entries }: Section) => entries.some(entry => entry.kind === 'block' && isOpenPrompt(entry.block));

function Working({ notification }: { notification: Notification | undefined }) {
  return (
    <p class="status">
      <span class="dots" aria-hidden="true"><i /><i /><i /></span>
      {notification ? <span>{notification.text}</span> : <span class="sr-only">Working</span>}
      {notification?.detail && <span class="detail">{notification.detail}</span>}
    </p>
  );
}
