import { chromium } from 'playwright-core';

/** A slow machine that runs other tests, too, must not make these fail. */
const patience = 30_000;

export const launchChromium = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/** A visitor of the chat page, with cookies of their own. */
export async function openChat(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(url);
  return new ChatPage(context, page, complaints);
}

/** What a reader sees and does there. */
class ChatPage {
  constructor(context, page, complaints) {
    Object.assign(this, { context, page, complaints });
  }

  async say(text) {
    await this.page.getByLabel('Message', { exact: true }).fill(text);
    await this.page.getByRole('button', { name: 'Send' }).click();
  }

  /** What the app has said or is saying. */
  reply(text) {
    return this.page.locator('.message.app', { hasText: text });
  }

  /** What the app has said to its end. */
  wholeReply(text) {
    return this.page.locator('.message.app:has(footer)', { hasText: text });
  }

  /** A card by its heading. */
  card(name) {
    return this.page.getByRole('group', { name });
  }

  /** How many pixels the page is wider than its window. */
  sidewaysScroll() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
}
