import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LiveReply } from '../conversation/conversation';
import type { LiveSession, SessionView } from '../conversation/live-session';
import { Icon } from '../ui/icons';
import { LiveMessage, OutgoingMessage } from './message-view';
import { SectionView } from './section-view';
import { useStickToBottom } from './use-stick-to-bottom';
import { countEntries, withoutFirst } from './window';

/** Messages and blocks that are drawn at first, and more each time the reader comes to the top. */
const pageSize = 80;
const none: readonly LiveReply[] = [];

interface TimelineProps {
  session: LiveSession;
  view: SessionView;
  onCancel: (turnId: string) => void;
  onRetry: (turnId: string) => void;
}

/** The conversation, newest at the bottom. Only its end is drawn until the reader scrolls up. */
export function Timeline({ session, view, onCancel, onRetry }: TimelineProps) {
  const { conversation, outgoing, caughtUp } = view;
  const { sections, live, notification, runningTurn } = conversation;
  const { scroller, content, atBottom, toBottom } = useStickToBottom();
  const { hidden, showMore } = useHidden(countEntries(sections), !caughtUp || atBottom);
  useKeptPosition(scroller, hidden);

  const repliesOf = useMemo(() => groupByTurn(live), [live]);
  const drawn = useMemo(() => withoutFirst(sections, hidden), [sections, hidden]);
  const loose = live.filter(reply => !drawn.some(section => section.turn && section.turn.id === reply.turnId));

  const newestOutgoing = outgoing.at(-1)?.id;
  useEffect(() => {
    if (newestOutgoing) toBottom();
  }, [newestOutgoing, toBottom]);

  return (
    <div class="timeline-frame">
      <div class="timeline" ref={scroller} tabIndex={-1}>
        <div class="column" ref={content} role="log" aria-label="Conversation" aria-live="polite" aria-busy={!caughtUp}>
          {hidden > 0 && <Earlier key={hidden} onShow={showMore} />}
          {drawn.map(section => (
            <SectionView
              key={section.key}
              section={section}
              replies={(section.turn && repliesOf.get(section.turn.id)) ?? none}
              notification={section.turn?.id === runningTurn ? notification : undefined}
              onCancel={onCancel}
              onRetry={onRetry}
            />
          ))}
          {loose.map(reply => <LiveMessage key={reply.id} reply={reply} writing />)}
          {notification && runningTurn === undefined && <p class="status">{notification.text}</p>}
          {outgoing.map(message => (
            <OutgoingMessage
              key={message.id}
              message={message}
              onRetry={() => void session.send(message)}
              onDiscard={() => session.discard(message.id)}
            />
          ))}
        </div>
      </div>
      {!atBottom && (
        <button type="button" class="to-bottom" aria-label="Go to the newest message" onClick={toBottom}>
          <Icon name="arrowDown" />
        </button>
      )}
    </div>
  );
}

function groupByTurn(live: readonly LiveReply[]): Map<string, readonly LiveReply[]> {
  const groups = new Map<string, LiveReply[]>();
  for (const reply of live) {
    if (reply.turnId === undefined) continue;
    groups.set(reply.turnId, [...(groups.get(reply.turnId) ?? []), reply]);
  }
  return groups;
}

/** Draws more of the past when it comes near the view; a button as well, for the keyboard. */
function Earlier({ onShow }: { onShow: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onShow(), { rootMargin: '600px 0px 0px 0px' });
    observer.observe(button.current!);
    return () => observer.disconnect();
  }, []);
  return <button ref={button} type="button" class="quiet small earlier" onClick={onShow}>Show earlier messages</button>;
}

/** How many entries at the start are not drawn. As long as the reader follows the end, what has grown too long above goes. */
function useHidden(total: number, follows: boolean) {
  const [hidden, setHidden] = useState(() => Math.max(0, total - pageSize));
  const limited = follows && total - hidden > 3 * pageSize ? total - pageSize : hidden;
  useEffect(() => setHidden(limited), [limited]);
  return { hidden: limited, showMore: () => setHidden(Math.max(0, limited - pageSize)) };
}

/** Browsers keep the place of the reader when something grows above, save at the very top. */
function useKeptPosition(scroller: { current: HTMLElement | null }, hidden: number): void {
  const before = useRef({ hidden, height: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const grown = element.scrollHeight - before.current.height;
    if (hidden < before.current.hidden && element.scrollTop < 1) element.scrollTop = grown;
    before.current = { hidden, height: element.scrollHeight };
  });
}
