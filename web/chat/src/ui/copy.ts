/** Copies a text and says so on the button for a moment. */
export async function copyFrom(button: HTMLButtonElement, text: string): Promise<void> {
  const label = button.textContent;
  button.textContent = (await copy(text)) ? 'Copied' : 'Not copied';
  setTimeout(() => (button.textContent = label), 1500);
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission, or no clipboard at all: it exists in secure contexts only.
    return false;
  }
}
