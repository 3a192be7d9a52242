import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { startSample, temporaryDirectory } from './sample.mjs';

// A slow machine that runs other tests, too, must not make these fail.
const patience = 30_000;
const pictures = process.env.SCREENSHOTS ?? join(tmpdir(), 'capsule-screenshots');

describe('the chat page', { timeout: 300_000 }, () => {
  let data, server, browser, context, page, complaints;

  before(async () => {
    await mkdir(pictures, { recursive: true });
    data = await temporaryDirectory();
    server = await startSample('SupportOps', data.path);
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await data?.remove();
  });

  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(patience);
    page = await context.newPage();
    complaints = [];
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(server.url);
  });

  afterEach(async () => {
    await context.close();
    assert.deepEqual(complaints, [], 'the page logged errors');
  });

  const say = async text => {
    await page.getByLabel('Message', { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
  };
  const reply = text => page.locator('.message.app', { hasText: text });
  const lastReply = () => page.locator('.message.app').last().innerText();

  test('streams an answer and keeps it over a reload', async () => {
    await say('Hello there');
    await reply('I am the demo model').waitFor();
    await reply('slow streams for ten seconds').locator('footer').waitFor();
    await page.screenshot({ path: join(pictures, 'answer-1280.png') });
    await page.reload();
    await reply('slow streams for ten seconds').waitFor();
    assert.equal(await page.locator('.message.user').count(), 1);
    assert.equal(await page.locator('.message.app').count(), 1);
  });

  test('goes on with a streaming reply after a reload in its middle', async () => {
    await say('slow');
    await reply('1 2 3').waitFor();
    await page.reload();
    await reply('1 2 3').waitFor();
    assert.equal(await page.locator('.message.live').count(), 1, 'the reply is still being written');
    await reply('18 19 20').locator('footer').waitFor();
    assert.match(await lastReply(), /^1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20\b/);
  });

  test('stops a running turn', async () => {
    await say('slow');
    await reply('1 2').waitFor();
    const pressed = Date.now();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('You stopped this.').waitFor();
    assert.ok(Date.now() - pressed < 5_000);
    await page.reload();
    await page.getByText('You stopped this.').waitFor();
    assert.doesNotMatch(await lastReply(), /20/);
  });

  test('asks for approval, and another tab sees the answer', async () => {
    await say('approve');
    await page.getByRole('button', { name: 'Close them' }).waitFor();
    const other = await context.newPage();
    await other.goto(page.url());
    await other.getByRole('button', { name: 'Close them' }).click();
    await reply('Closed 3 threads.').waitFor();
    await page.getByText('Approved').waitFor();
    await page.screenshot({ path: join(pictures, 'approval-1280.png') });
  });

  test('takes a file that a handler asks for', async () => {
    await say('upload');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('twelve bytes') });
    await reply('notes.txt has 12 bytes of text/plain.').waitFor();
  });

  test('shows a task until it is done', async () => {
    await say('sync');
    const card = page.getByRole('group', { name: 'Mailbox sync started' });
    await card.getByText('Completed').waitFor();
  });

  test('shows pictures under its content security policy', async () => {
    await say('image');
    const image = page.getByAltText('Threads by status');
    await image.waitFor();
    assert.ok(await image.evaluate(element => element.decode().then(() => element.naturalWidth > 0)));
  });

  test('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await say('Hello from a phone');
    await reply('slow streams for ten seconds').locator('footer').waitFor();
    await page.screenshot({ path: join(pictures, 'answer-390.png') });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0);
  });

  test('keeps a guest’s conversation when the guest signs in', async () => {
    await say('remember the milk');
    await reply('Noted.').waitFor();
    const address = page.url();
    const answer = await page.request.post(`${server.url}/capsule/signin`, {
      form: { email: 'ada@example.com', org: 'acme' },
    });
    assert.equal(answer.status(), 204);
    await page.goto(address);
    await reply('Noted.').waitFor();
    await say('whoami');
    await reply('ada@example.com, who shares threads as org:acme').waitFor();
  });
});
