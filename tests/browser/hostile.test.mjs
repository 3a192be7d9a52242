import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { launchChromium } from './chat-page.mjs';
import { hostileTexts } from './hostile-texts.mjs';
import { startSample, temporaryDirectory } from './sample.mjs';

const sessionId = 'ses_hostile';
const time = '2030-01-01T00:00:00+00:00';
const turnId = 'turn_1';

/**
 * The page itself, under its own content security policy, with events of our making: nothing in them runs, opens a dialog, asks another server for
 * anything, or gets so far that the policy has to stop it.
 */
describe('hostile text', { timeout: 600_000 }, () => {
  let data, server, browser, context, page, happened;
  let title, titles, framesAfter;

  before(async () => {
    data = await temporaryDirectory();
    server = await startSample('SupportOps', data.path);
    browser = await launchChromium();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await data?.remove();
  });

  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(30_000);
    page = await context.newPage();
    happened = watch(page, server.url);
    await page.addInitScript(() => {
      globalThis.refused = [];
      document.addEventListener('securitypolicyviolation', event => globalThis.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    title = 'A title';
    titles = [];
    await page.route('**/capsule/sessions?*', route => route.fulfill({ json: { items: titles.map((title, index) => ({ ...details(title), id: `ses_${index}` })) } }));
    await page.route(`**/capsule/sessions/${sessionId}`, route => route.fulfill({ json: { ...details(title), seq: 1, prompts: [] } }));
    // Who is given nothing waits for ever.
    await page.route('**/events?*', route => {
      const body = framesAfter(Number(new URL(route.request().url()).searchParams.get('after')));
      return body === '' ? undefined : route.fulfill({ contentType: 'text/event-stream', body });
    });
    await page.route('**/capsule/tasks/*', route => {
      const text = hostileTexts[Number(route.request().url().split('_').at(-1))];
      return route.fulfill({ json: { id: 'task', name: text, state: 'failed', error: text, progress: { text, percent: 50 }, createdAt: time } });
    });
  });

  afterEach(() => context.close());

  test('of a user is shown as it was written', async () => {
    await open(hostileTexts.map((text, index) => message('user', `m${index}`, text)));
    const bubbles = page.locator('.message.user .bubble');
    await bubbles.nth(hostileTexts.length - 1).waitFor();
    assert.deepEqual(await bubbles.evaluateAll(all => all.map(bubble => bubble.childElementCount)), hostileTexts.map(() => 0));
    assert.deepEqual(await bubbles.evaluateAll(all => all.map(bubble => bubble.textContent)), hostileTexts);
    await nothingHappened();
  });

  test('of the app, whole', async () => {
    await open(hostileTexts.map((text, index) => message('app', `m${index}`, text)));
    await page.locator('.message.app').nth(hostileTexts.length - 1).waitFor();
    await onlyHarmlessMarkdown('.message.app .markdown');
    await nothingHappened();
  });

  test('of the app, while it streams in pieces that end anywhere', async () => {
    const events = [['turn', { id: turnId, state: 'started' }]];
    hostileTexts.forEach((text, index) => {
      for (let at = 0; at < text.length; at += 7) events.push(['delta', { messageId: `m${index}`, text: text.slice(at, at + 7) }]);
    });
    await open(events);
    await page.locator('.message.live').nth(hostileTexts.length - 1).waitFor();
    await onlyHarmlessMarkdown('.message.live .markdown');
    await nothingHappened();
  });

  test('of the app, drawn anew after each letter', async () => {
    const letters = [...hostileTexts.slice(0, 12).join('\n\n')];
    // Each connection gives a little more, and whoever comes back at once draws that little.
    await open([], after => letters.slice(after, after + 60).map((text, index) => frame(after + index + 1, ['delta', { messageId: 'm', text }])).join(''));
    const online = setInterval(() => page.evaluate(() => window.dispatchEvent(new Event('online'))).catch(() => {}), 30);
    await page.locator('.message.live', { hasText: 'onloadstart' }).waitFor();
    clearInterval(online);
    await onlyHarmlessMarkdown('.message.live .markdown');
    await nothingHappened();
  });

  test('of cards', async () => {
    const events = hostileTexts.flatMap((text, index) => [
      block(`task${index}`, 'task_card', { taskId: `task_${index}`, message: text }),
      block(`ask${index}`, 'approval_prompt', { message: text, approveLabel: text, rejectLabel: text, blocking: true, expiresAt: text }),
      block(`up${index}`, 'file_upload', { message: text, accept: text, blocking: true, maxBytes: text }),
      block(`done${index}`, 'file_upload', { message: text, completed: true, filename: text, size: text }),
      block(`int${index}`, 'integration_prompt', { type: text, title: text, reason: text, fields: [{ name: text, label: text, secret: false }] }),
      block(`img${index}`, 'image', { url: 'javascript:alert(1)', alt: text, width: text }),
      block(`web${index}`, 'browser_preview', { url: 'javascript:alert(1)', title: text, mode: text }),
      block(`own${index}`, text, { [text]: text, nested: { text } }),
    ]);
    await open(events);
    for (let shown = 0; shown < hostileTexts.length * 8; shown = await page.locator('.card').count()) {
      const earlier = page.getByRole('button', { name: 'Show earlier messages' });
      if ((await earlier.count()) === 0) break;
      await earlier.click({ timeout: 2_000 }).catch(() => {});
    }
    assert.equal(await page.locator('.card').count(), hostileTexts.length * 8);
    assert.equal(await page.locator('.card .markdown, .card script, .card img, .card iframe, .card style, .card object').count(), 0);
    await nothingHappened();
  });

  test('of addresses in cards and files', async () => {
    const addresses = ['javascript:top.hit=1;alert(1)', ' javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'java\tscript:alert(1)', 'data:text/html,<script>top.hit=1;alert(1)</script>',
      'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0idG9wLmhpdD0xO2FsZXJ0KDEpIi8+', 'vbscript:x', 'blob:x', 'file:///etc/passwd', ''];
    const events = addresses.flatMap((url, index) => [
      block(`img${index}`, 'image', { url, alt: 'image' }),
      block(`web${index}`, 'browser_preview', { url, title: 'page' }),
      message('user', `m${index}`, 'file', [{ id: 'fil_1', name: '<img src=x onerror=alert(1)>', contentType: 'text/html', size: 1, url }]),
    ]);
    await open(events);
    await page.locator('.chip').nth(addresses.length - 1).waitFor();
    assert.equal(await page.locator('iframe').count(), 0);
    const links = await page.locator('.section a').evaluateAll(all => all.map(link => link.href));
    assert.ok(links.every(href => href.startsWith(`${server.url}/`)), links.join(' '));
    await nothingHappened();
  });

  test('of notifications and of what went wrong', async () => {
    for (const text of [hostileTexts.join(' '), ...hostileTexts.slice(0, 8)]) {
      await open([['turn', { id: turnId, state: 'started' }], ['notification', { text, detail: text }]]);
      await page.locator('.status .detail').waitFor();
      assert.deepEqual(await page.locator('.status').evaluate(status => [...status.querySelectorAll('*')].map(element => element.tagName)), ['SPAN', 'I', 'I', 'I', 'SPAN', 'SPAN']);
    }
    await open(hostileTexts.flatMap((text, index) => [
      message('user', `m${index}`, 'question', undefined, `turn_${index}`),
      ['turn', { id: `turn_${index}`, state: 'failed', error: text, traceId: text }],
    ]));
    await page.locator('.failure').nth(hostileTexts.length - 1).waitFor();
    assert.equal(await page.locator('.failure :is(script, img, iframe, a, style, form, object)').count(), 0);
    await nothingHappened();
  });

  test('of titles', async () => {
    titles = hostileTexts;
    for (const text of [hostileTexts.join(' '), ...hostileTexts.slice(0, 5)]) {
      title = text;
      await open([['session', { title: text }]]);
      await page.locator('h1', { hasText: text.slice(0, 8) }).waitFor();
      assert.equal(await page.locator('h1').evaluate(heading => heading.childElementCount), 0);
    }
    const names = page.locator('.session .name');
    await names.nth(hostileTexts.length - 1).waitFor();
    assert.deepEqual(await names.evaluateAll(all => all.map(name => name.childElementCount)), hostileTexts.map(() => 0));
    await nothingHappened();
  });

  test('that went all the way through the server', async () => {
    await page.unrouteAll();
    await page.goto(server.url);
    const text = hostileTexts.filter(one => !one.includes('\n') && !one.includes('\u0000')).slice(0, 40).join(' ').slice(0, 180);
    await page.getByLabel('Message', { exact: true }).fill(`title ${text}`);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.message.app:has(footer)', { hasText: 'This conversation is called' }).waitFor();
    await page.getByLabel('Message', { exact: true }).fill('history');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.message.app:has(footer)', { hasText: 'User: title' }).waitFor();
    await onlyHarmlessMarkdown('.message.app .markdown');
    await nothingHappened();
  });

  /** Opens a conversation with these events and no others. */
  async function open(events, after = seq => events.slice(seq).map((event, index) => frame(seq + index + 1, event)).join('')) {
    await page.goto('about:blank');
    framesAfter = after;
    await page.goto(`${server.url}/?session=${sessionId}`);
  }

  async function onlyHarmlessMarkdown(selector) {
    const wrong = await page.locator(selector).evaluateAll(all => {
      const tags = 'a,blockquote,br,button,code,del,div,em,h2,h3,h4,h5,h6,hr,input,li,ol,p,pre,span,strong,table,tbody,td,th,thead,tr,ul';
      const attributes = ['align', 'aria-label', 'checked', 'class', 'data-language', 'disabled', 'href', 'rel', 'role', 'start', 'tabindex', 'target', 'title', 'type'];
      const harmful = element =>
        !element.matches(tags)
        || [...element.attributes].some(({ name }) => !attributes.includes(name))
        || (element.tagName === 'A' && element.hasAttribute('href')
          && !(/^(https?|mailto):/.test(element.href) && element.target === '_blank' && element.rel === 'noopener noreferrer'));
      return all.flatMap(host => [...host.querySelectorAll('*')]).filter(harmful).map(element => element.outerHTML);
    });
    assert.deepEqual(wrong, []);
  }

  async function nothingHappened() {
    // Whoever looks and moves about there finds nothing either.
    await page.keyboard.press('Tab');
    await page.mouse.move(500, 300);
    await page.mouse.move(600, 500);
    for (const frame of page.frames()) assert.equal(await frame.evaluate(() => globalThis.hit), undefined, 'something ran');
    assert.deepEqual(await page.evaluate(() => globalThis.refused), [], 'only the content security policy stopped it');
    assert.deepEqual(happened, []);
    assert.equal(context.pages().length, 1);
    assert.ok(page.url().startsWith(server.url), page.url());
  }
});

/** Notes dialogs, errors, and requests that leave the host. */
function watch(page, url) {
  const happened = [];
  page.on('dialog', dialog => {
    happened.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', error => happened.push(`error: ${error}`));
  page.on('console', message => message.type() === 'error' && happened.push(`console: ${message.text()}`));
  page.on('request', request => !request.url().startsWith(url) && !request.url().startsWith('data:image/') && happened.push(`request: ${request.url()}`));
  return happened;
}

const frame = (seq, [type, data]) => `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

const block = (id, type, payload) => ['block', { id, type, payload }];

const message = (sender, id, text, attachments, turn) =>
  ['message', { id, sender, text, timestamp: time, ...(attachments && { attachments }), ...(turn && { turnId: turn }) }];

const details = title => ({ id: sessionId, channel: 'chat', title, createdAt: time, updatedAt: time, closed: false });
