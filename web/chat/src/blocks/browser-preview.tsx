import { safeLink } from '../markdown/safe-url';
import { Icon } from '../ui/icons';
import type { BlockProps } from './block-view';
import { Card } from './card';
import { readBrowserPreview } from './payload';

export function BrowserPreview({ block }: BlockProps) {
  const { url, title, tall } = readBrowserPreview(block.payload);
  const address = safeLink(url);
  if (!address) return <Card icon="alert" title={title ?? 'Preview'} status="Can’t be shown" />;
  const { host, origin } = new URL(address);
  return (
    <div class="card preview" role="group" aria-label={title ?? host}>
      <header class="card-header">
        <Icon name="globe" />
        <h2>{title ?? host}</h2>
        <a class="quiet small button" href={address} target="_blank" rel="noopener noreferrer">
          Open<span class="sr-only"> {title} in a new tab</span> <Icon name="external" size={14} />
        </a>
      </header>
      <iframe
        class={tall ? 'tall' : ''}
        src={address}
        title={title ?? host}
        loading="lazy"
        referrerPolicy="no-referrer"
        sandbox={sandboxFor(origin)}
      />
    </div>
  );
}

/** A page of this host that kept its origin could take the sandbox off again; a stranger's page needs its own to work at all. */
const sandboxFor = (origin: string) =>
  `allow-scripts allow-forms allow-popups${origin === location.origin ? '' : ' allow-same-origin'}`;
