import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../ui/icons';

export type Tone = 'neutral' | 'good' | 'bad' | 'active';

interface CardProps {
  icon: IconName;
  title: string;
  /** What has become of it, in a word or two. */
  status?: string | undefined;
  tone?: Tone;
  children?: ComponentChildren;
}

/** The frame that all cards share. */
export function Card({ icon, title, status, tone = 'neutral', children }: CardProps) {
  return (
    <div class="card" role="group" aria-label={title}>
      <header class="card-header">
        <Icon name={icon} />
        <h2>{title}</h2>
        {status && <span class={`badge ${tone}`}>{status}</span>}
      </header>
      {children}
    </div>
  );
}
