import createPurifier, { type Config, type DOMPurify } from 'dompurify';

/** With `allowed` the whole allow-list: what is not named here does not reach the page. */
const plainAttributes = ['align', 'aria-label', 'checked', 'data-language', 'disabled', 'role', 'start', 'tabindex', 'title', 'type'];

const allowed = {
  ALLOWED_TAGS: [
    'a', 'blockquote', 'br', 'code', 'del', 'div', 'em', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'input', 'li', 'ol', 'p', 'pre',
    'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
  ],
  ALLOWED_ATTR: ['href', ...plainAttributes],
  ADD_URI_SAFE_ATTR: plainAttributes,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  RETURN_DOM_FRAGMENT: true,
} satisfies Config;

let purifier: DOMPurify | undefined;

/** Turns HTML into nodes that are safe to show; there is no way to text that skips this. */
export function sanitise(html: string): DocumentFragment {
  purifier ??= createOurs();
  return purifier.sanitize(html, allowed);
}

function createOurs(): DOMPurify {
  const ours = createPurifier(window);
  ours.addHook('afterSanitizeAttributes', element => {
    if (element.tagName === 'A') {
      element.setAttribute('target', '_blank');
      element.setAttribute('rel', 'noopener noreferrer');
    }
    if (element.tagName === 'INPUT') makeCheckbox(element);
  });
  return ours;
}

/** The check marks of task lists are all that an input may be. */
function makeCheckbox(element: Element): void {
  element.setAttribute('type', 'checkbox');
  element.setAttribute('disabled', '');
}
