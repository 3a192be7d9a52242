import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { launchChromium, openChat } from './chat-page.mjs';
import { startSample, temporaryDirectory } from './sample.mjs';

const wholeAnswer = 'slow streams for ten seconds';

describe('the chat page', { timeout: 600_000 }, () => {
  let data, server, browser, chat, page;

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
    chat = await openChat(browser, server.url);
    page = chat.page;
  });

  afterEach(async () => {
    await chat.context.close();
    assert.deepEqual(chat.complaints, [], 'the page logged errors');
  });

  test('streams an answer and keeps it over a reload', async () => {
    await chat.say('Hello there');
    await chat.reply('I am the demo model').waitFor();
    await chat.wholeReply(wholeAnswer).waitFor();
    await page.reload();
    await chat.wholeReply(wholeAnswer).waitFor();
    assert.equal(await page.locator('.message.user').count(), 1);
    assert.equal(await page.locator('.message.app').count(), 1);
  });

  test('keeps what is typed while a message is on its way', async () => {
    let release;
    const released = new Promise(resolve => (release = resolve));
    await page.route('**/capsule/sessions', route => released.then(() => route.continue()));
    await chat.say('Hello there');
    await page.getByLabel('Message', { exact: true }).fill('and then');
    release();
    await chat.reply('I am the demo model').waitFor();
    assert.equal(await page.getByLabel('Message', { exact: true }).inputValue(), 'and then');
  });

  test('goes on with a streaming reply after a reload in its middle', async () => {
    await chat.say('slow');
    await chat.reply('1 2 3').waitFor();
    await page.reload();
    await chat.reply('1 2 3').waitFor();
    assert.equal(await page.locator('.message.live').count(), 1, 'the reply is still being written');
    await chat.wholeReply('18 19 20').waitFor();
    assert.match(await page.locator('.message.app').innerText(), /^1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20\b/);
  });

  test('stops a running turn', async () => {
    await chat.say('slow');
    await chat.reply('1 2').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('You stopped this.').waitFor();
    await page.reload();
    await page.getByText('You stopped this.').waitFor();
    assert.doesNotMatch(await page.locator('.message.app').innerText(), /20/);
  });

  test('shows a waiting message as waiting, and it can be taken back', async () => {
    await chat.say('slow');
    await chat.reply('1 2').waitFor();
    await chat.say('whoami');
    const waiting = page.locator('.section', { hasText: 'whoami' });
    await waiting.getByText('Waiting its turn').waitFor();
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await waiting.getByText('You stopped this.').waitFor();
    assert.equal(await page.locator('.message.live').count(), 1, 'the running turn goes on');
  });

  test('asks for approval, and another tab can give it', async () => {
    await chat.say('approve');
    await page.getByRole('button', { name: 'Close them' }).waitFor();
    const other = await chat.context.newPage();
    await other.goto(page.url());
    await other.getByRole('button', { name: 'Close them' }).click();
    await chat.reply('Closed 3 threads.').waitFor();
    await page.getByText('Approved').waitFor();
  });

  test('takes no for an answer', async () => {
    await chat.say('approve');
    await page.getByRole('button', { name: 'Reject' }).click();
    await chat.reply('Nothing was closed.').waitFor();
    await page.getByText('Rejected').waitFor();
    await chat.say('upload');
    await page.getByRole('button', { name: 'Decline' }).click();
    await chat.reply('Without a file, then.').waitFor();
    await page.getByText('Declined').waitFor();
  });

  test('takes a file that a handler asks for', async () => {
    await chat.say('upload');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('twelve bytes') });
    await chat.reply('notes.txt has 12 bytes of text/plain.').waitFor();
  });

  test('connects an account on a card, and shows its secret nowhere', async () => {
    await chat.say('connect');
    const card = chat.card('Connect Help desk');
    await card.getByLabel('Address').fill('desk.example');
    const token = card.getByLabel('API token');
    assert.equal(await token.getAttribute('type'), 'password');
    await token.fill('a-secret-token');
    await card.getByRole('button', { name: 'Connect' }).click();
    await chat.wholeReply('Your help desk at desk.example is connected.').waitFor();
    await chat.card('Help desk').getByText('Connected').waitFor();
    await page.reload();
    await chat.card('Help desk').getByText('Connected').waitFor();
    assert.doesNotMatch(await page.content(), /a-secret-token/);
    await chat.say('accounts');
    await page.getByText('Threads are copied to your help desk').waitFor();
    assert.ok(await chat.sidewaysScroll() <= 0);
  });

  test('shows a task until it is done', async () => {
    await chat.say('sync');
    await chat.card('Mailbox sync started').getByText('Completed').waitFor();
  });

  test('shows pictures under its content security policy', async () => {
    await chat.say('image');
    const image = page.getByAltText('Threads by status');
    await image.waitFor();
    assert.ok(await image.evaluate(element => element.decode().then(() => element.naturalWidth > 0)));
  });

  test('shows pictures that this server keeps, though they are downloads', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>';
    const stored = await page.request.post(`${server.url}/capsule/files`, {
      multipart: { file: { name: 'dot.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) } },
    });
    const { url } = await stored.json();
    const width = await page.evaluate(source => {
      const image = Object.assign(new Image(), { src: source });
      return image.decode().then(() => image.naturalWidth);
    }, url);
    assert.equal(width, 7);
  });

  test('is called what a handler calls it', async () => {
    await chat.say('title Mailbox work');
    await page.getByRole('heading', { name: 'Mailbox work', exact: true }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: /^Mailbox work/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Mailbox work', exact: true }).waitFor();
    await page.waitForFunction(() => document.title === 'Mailbox work');
  });

  test('shows no earlier title while a conversation is read again', async () => {
    await chat.say('title Mailbox work');
    await page.getByRole('heading', { name: 'Mailbox work', exact: true }).waitFor();
    await page.addInitScript(() => {
      window.titles = [];
      new MutationObserver(() => window.titles.push(document.title)).observe(document, { subtree: true, childList: true });
    });
    const earlier = 'id: 1\nevent: session\ndata: {"title":"Mail"}\n\n';
    let requests = 0;
    await page.route('**/events?*', route => (requests++ === 0 ? route.fulfill({ contentType: 'text/event-stream', body: earlier }) : route.continue()));

    await page.reload();
    await chat.say('Hello there');
    await chat.reply('I am the demo model').waitFor();

    assert.ok(requests > 1);
    const titles = await page.evaluate(() => window.titles);
    assert.ok(titles.includes('Mailbox work'), titles.join());
    assert.ok(!titles.includes('Mail'), titles.join());
  });

  test('keeps what a session has noted and heard', async () => {
    await chat.say('remember the milk');
    await chat.reply('Noted.').waitFor();
    await chat.say('notes');
    await chat.reply('the milk').waitFor();
    await chat.say('history');
    await chat.reply('App: Noted.').waitFor();
  });

  test('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const command of ['Hello from a phone', 'image', 'sync', 'approve']) await chat.say(command);
    await page.getByRole('button', { name: 'Close them' }).waitFor();
    assert.equal(await chat.sidewaysScroll(), 0);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    await (await chooser).setFiles({ name: `${'long '.repeat(12)}name.txt`, mimeType: 'text/plain', buffer: Buffer.from('x') });
    await chat.say('with a file');
    // At once in the page: the message is drawn anew when it is stored.
    const file = await page.locator('.message.user .chip').evaluate(chip => chip.getBoundingClientRect().toJSON());
    assert.ok(file.x >= 0 && file.x + file.width <= 390, `a file's name is cut off: ${JSON.stringify(file)}`);
    await page.getByRole('button', { name: 'Conversations' }).click();
    await page.getByRole('button', { name: 'New conversation' }).waitFor();
    assert.equal(await chat.sidewaysScroll(), 0);
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`has no accessibility violation that axe finds, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const command of ['Hello', 'remember the milk', 'image', 'sync', 'approve']) await chat.say(command);
      await chat.card('Mailbox sync started').getByText('Completed').waitFor();
      await page.getByRole('button', { name: 'Close them' }).waitFor();
      await page.evaluate(await readFile(new URL(import.meta.resolve('axe-core')), 'utf8'));
      const { violations } = await page.evaluate(() => axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`), []);
    });
  }

  test('keeps a guest’s conversation when the guest signs in', async () => {
    await chat.say('remember the milk');
    await chat.reply('Noted.').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('ada@example.com');
    await dialog.getByLabel('Organisation').fill('acme');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await chat.reply('Noted.').waitFor();
    await chat.say('whoami');
    await chat.reply('ada@example.com, who shares threads as org:acme').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Guest').waitFor();
    assert.equal(await page.locator('.message').count(), 0, 'nothing of the user’s is shown to the guest');
  });
});
