export type Theme = 'system' | 'light' | 'dark';

const key = 'capsule.theme';
const order: Theme[] = ['system', 'light', 'dark'];

export function currentTheme(): Theme {
  try {
    return order.find(theme => theme === localStorage.getItem(key)) ?? 'system';
  } catch {
    // Storage may be forbidden; the page works without it.
    return 'system';
  }
}

export function applyTheme(theme: Theme = currentTheme()): void {
  document.documentElement.dataset['theme'] = theme;
}

/** Goes on to the next theme and remembers it. */
export function nextTheme(theme: Theme): Theme {
  const next = order[(order.indexOf(theme) + 1) % order.length]!;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Not remembered, but shown.
  }
  applyTheme(next);
  return next;
}
