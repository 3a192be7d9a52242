import { useRef, useState } from 'preact/hooks';
import { host } from '../api/host';
import { explain } from '../api/http-error';
import type { UploadedFile } from '../api/schemas';

/** A file on its way to the host, there (`stored`) or refused (`error`). */
export interface Attachment {
  key: number;
  file: File;
  stored?: UploadedFile;
  error?: string;
}

/** The files of the message that is being written: they go to the host as soon as they are chosen. */
export function useAttachments() {
  const [items, setItems] = useState<readonly Attachment[]>([]);
  const nextKey = useRef(0);

  const change = (key: number, part: Partial<Attachment>) =>
    setItems(before => before.map(item => (item.key === key ? { ...item, ...part } : item)));

  function add(files: File[]): void {
    const added = files.map(file => ({ key: nextKey.current++, file }));
    setItems(before => [...before, ...added]);
    for (const { key, file } of added)
      host.upload(file).then(stored => change(key, { stored }), error => change(key, { error: explain(error) }));
  }

  return {
    items,
    stored: items.flatMap(item => item.stored ?? []),
    uploading: items.some(item => !item.stored && !item.error),
    add,
    remove: (key: number) => setItems(before => before.filter(item => item.key !== key)),
    clear: (sent: readonly Attachment[]) => setItems(before => before.filter(item => sent.every(({ key }) => key !== item.key))),
  };
}
