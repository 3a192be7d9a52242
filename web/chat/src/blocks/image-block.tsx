import { useState } from 'preact/hooks';
import { safeImage } from '../markdown/safe-url';
import type { BlockProps } from './block-view';
import { Card } from './card';
import { readImage } from './payload';

export function ImageBlock({ block }: BlockProps) {
  const { url, alt, width } = readImage(block.payload);
  const source = safeImage(url);
  const [broken, setBroken] = useState<string>();
  if (!source || broken === source) return <Card icon="alert" title={alt || 'Image'} status="Can’t be shown" />;
  return (
    <figure class="image">
      <img
        src={source}
        alt={alt}
        loading="lazy"
        referrerPolicy="no-referrer"
        {...(width && { width })}
        onError={() => setBroken(source)}
      />
    </figure>
  );
}
