import type { BlockProps } from './block-view';
import { Card } from './card';

/** A block of an author's own type: its plain fields, for the page knows no better. */
export function UnknownBlock({ block }: BlockProps) {
  const fields = Object.entries(block.payload);
  return (
    <Card icon="file" title={block.type.replaceAll('_', ' ')}>
      {fields.length > 0 && (
        <dl class="fields">
          {fields.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
