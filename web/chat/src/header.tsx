import { useEffect, useState } from 'preact/hooks';
import type { ConnectionStatus } from './conversation/event-stream';
import { Icon } from './ui/icons';
import { currentTheme, nextTheme } from './ui/theme';

interface HeaderProps {
  title: string;
  connection: ConnectionStatus | undefined;
  menuOpen: boolean;
  onMenu: () => void;
}

export function Header({ title, connection, menuOpen, onMenu }: HeaderProps) {
  return (
    <header class="header">
      <button
        type="button"
        class="quiet square menu-button"
        aria-label="Conversations"
        aria-expanded={menuOpen}
        aria-controls="sidebar"
        onClick={onMenu}
      >
        <Icon name="menu" />
      </button>
      <h1>{title}</h1>
      <Connection status={connection} />
      <ThemeButton />
    </header>
  );
}

/** Says that the connection is lost, once it has been so for longer than a blink. */
function Connection({ status }: { status: ConnectionStatus | undefined }) {
  const [late, setLate] = useState(false);
  const lost = status === 'lost';
  useEffect(() => {
    if (!lost) return setLate(false);
    const timer = setTimeout(() => setLate(true), 800);
    return () => clearTimeout(timer);
  }, [lost]);
  return <span class="connection" role="status">{lost && late && <><i class="pulse" /> Reconnecting…</>}</span>;
}

const icons = { system: 'system', light: 'sun', dark: 'moon' } as const;
const names = { system: 'as the system', light: 'light', dark: 'dark' };

function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme);
  const label = `Colours: ${names[theme]}`;
  return (
    <button type="button" class="quiet square" aria-label={label} title={label} onClick={() => setTheme(nextTheme(theme))}>
      <Icon name={icons[theme]} />
    </button>
  );
}
