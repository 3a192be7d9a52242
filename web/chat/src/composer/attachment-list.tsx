import { formatSize } from '../ui/format';
import { Icon } from '../ui/icons';
import type { Attachment } from './use-attachments';

interface AttachmentListProps {
  items: readonly Attachment[];
  onRemove: (key: number) => void;
}

export function AttachmentList({ items, onRemove }: AttachmentListProps) {
  if (items.length === 0) return null;
  return (
    <ul class="files">
      {items.map(({ key, file, stored, error }) => (
        <li key={key} class={`chip${error ? ' refused' : ''}`} title={error}>
          <Icon name={error ? 'alert' : 'file'} size={16} />
          <span class="name">{file.name}</span>
          <span class="muted">{error ?? (stored ? formatSize(file.size) : 'Sending…')}</span>
          <button type="button" class="quiet tiny" aria-label={`Remove ${file.name}`} onClick={() => onRemove(key)}>
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
