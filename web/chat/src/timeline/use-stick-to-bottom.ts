import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';

const near = 48;

/** Follows growing content for as long as the reader is at the bottom; scrolling up stops it, coming back starts it again. */
export function useStickToBottom() {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [atBottom, setAtBottom] = useState(true);

  const toBottom = useCallback(() => {
    follows.current = true;
    setAtBottom(true);
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current!;
    let last = { top: element.scrollTop, height: element.clientHeight, content: element.scrollHeight };
    const onScroll = () => {
      const distance = element.scrollHeight - element.scrollTop - element.clientHeight;
      // Only the reader moves the view up, unless it had to move because the window grew or the content shrank.
      const resized = element.clientHeight !== last.height || element.scrollHeight < last.content;
      if (distance < near) follows.current = true;
      else if (element.scrollTop < last.top && !resized) follows.current = false;
      last = { top: element.scrollTop, height: element.clientHeight, content: element.scrollHeight };
      setAtBottom(follows.current);
    };
    const observer = new ResizeObserver(() => {
      if (follows.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(content.current!);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);

  return { scroller, content, atBottom, toBottom };
}
