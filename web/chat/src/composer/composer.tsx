import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { UploadedFile } from '../api/schemas';
import { Icon } from '../ui/icons';
import { useDrop } from '../ui/use-drop';
import { AttachmentList } from './attachment-list';
import { useAttachments } from './use-attachments';

interface ComposerProps {
  /** Changes when another conversation is shown, which takes the focus. */
  conversationId: string | undefined;
  /** Why nothing can be written, if so. */
  blocked: string | undefined;
  /** Stops the turn that runs or waits, if one does. */
  onStop: (() => void) | undefined;
  /** Resolves to false when the text should stay. */
  onSend: (text: string, files: UploadedFile[]) => Promise<boolean>;
}

export function Composer({ conversationId, blocked, onStop, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const attachments = useAttachments();
  const { over, handlers } = useDrop(attachments.add);

  useLayoutEffect(() => field.current?.focus(), [conversationId]);
  useLayoutEffect(() => fitHeight(field.current!), [text]);

  const ready = !busy && !attachments.uploading && (text.trim() !== '' || attachments.stored.length > 0);

  async function send(): Promise<void> {
    if (!ready) return;
    const files = attachments.items;
    setBusy(true);
    // At once, so that what is typed meanwhile is the next message.
    setText('');
    const sent = await onSend(text.trim(), attachments.stored);
    setBusy(false);
    if (sent) attachments.clear(files);
    else setText(typed => (typed === '' ? text : `${text}\n${typed}`));
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  }

  function onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    attachments.add(files);
  }

  if (blocked) return <div class="composer-frame"><p class="blocked">{blocked}</p></div>;
  return (
    <div class="composer-frame">
      <form
        class={`composer${over ? ' over' : ''}`}
        onSubmit={event => {
          event.preventDefault();
          void send();
        }}
        {...handlers}
      >
        <AttachmentList items={attachments.items} onRemove={attachments.remove} />
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder="Write a message"
          aria-label="Message"
          aria-describedby="composer-help"
          onInput={event => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div class="composer-bar">
          <button type="button" class="quiet square" aria-label="Attach files" title="Attach files" onClick={() => picker.current?.click()}>
            <Icon name="attach" />
          </button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={event => {
              attachments.add([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
          <span id="composer-help" class="hint">Shift + Enter: new line</span>
          {onStop && (
            <button type="button" class="stop" onClick={onStop}>
              <Icon name="stop" size={16} /> Stop
            </button>
          )}
          <button type="submit" class="primary square" aria-label="Send" title="Send" disabled={!ready}>
            <Icon name="arrowUp" />
          </button>
        </div>
      </form>
    </div>
  );
}

/** As high as its text, up to the limit of the style sheet. */
function fitHeight(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
