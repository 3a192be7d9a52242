import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { launchChromium, openChat } from './chat-page.mjs';
import { startSample, temporaryDirectory } from './sample.mjs';

describe('a killed server', { timeout: 300_000 }, () => {
  let data, server;

  beforeEach(async () => {
    data = await temporaryDirectory();
    server = await startSample('SupportOps', data.path);
  });

  afterEach(async () => {
    await server?.stop();
    await data?.remove();
  });

  test('has every message that it accepted, and no turn is silent', async () => {
    const guest = await Guest.arrive(server.url);
    const first = await guest.post('first', 'Hello');
    await guest.until(first, 'completed');
    const second = await guest.post('second', 'slow');
    await guest.until(second, 'started');
    const third = await guest.post('third', 'whoami');
    await server.crash();

    server = await startSample('SupportOps', data.path, server.port);
    await guest.until(third, 'completed');
    assert.deepEqual(await guest.states(first), ['queued', 'started', 'completed'], 'what was done is not done again');
    assert.deepEqual(await guest.states(second), ['queued', 'started', 'interrupted'], 'what had begun is not begun again');
    assert.deepEqual(await guest.states(third), ['queued', 'started', 'completed'], 'what had not begun runs now');
    const messages = (await guest.events()).filter(event => event.type === 'message' && event.data.sender === 'user');
    assert.deepEqual(messages.map(event => event.data.id), ['first', 'second', 'third']);
    assert.equal(await guest.post('third', 'whoami'), third, 'the same id runs nothing again');
  });

  describe('with the page open', () => {
    let browser;
    before(async () => void (browser = await launchChromium()));
    after(() => browser?.close());

    test('is found again, and the conversation goes on', async () => {
      const chat = await openChat(browser, server.url);
      await chat.say('slow');
      await chat.reply('1 2').waitFor();
      await server.crash();
      await chat.page.getByText('Reconnecting…').waitFor();
      await chat.say('whoami');
      await chat.page.getByText('Not sent').waitFor();

      server = await startSample('SupportOps', data.path, server.port);
      await chat.page.getByText('This was interrupted').waitFor();
      await chat.page.getByText('Cut off').waitFor();
      await chat.page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
      await chat.reply('A guest').waitFor();
      assert.equal(await chat.page.locator('.message.user').count(), 2);
      await chat.page.getByRole('button', { name: 'Retry' }).click();
      await chat.wholeReply('18 19 20').waitFor();
      assert.equal(await chat.page.getByText('This was interrupted').count(), 0);
      await chat.context.close();
    });

    test('goes on where it was, with a handler that replays', async () => {
      const chat = await openChat(browser, server.url);
      const { page } = chat;
      const opened = await page.request.post(`${server.url}/capsule/sessions`, { data: { chat: 'import' } });
      const { id } = await opened.json();
      await page.goto(`${server.url}/?session=${id}`);
      await chat.say('some threads');
      await page.getByRole('button', { name: 'Choose a file' }).waitFor();
      const [, number] = /import (\d+)/.exec(await chat.reply('This is import').innerText());
      await server.crash();
      await page.getByText('Reconnecting…').waitFor();

      server = await startSample('SupportOps', data.path, server.port);
      await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
      const other = await chat.context.newPage();
      await other.goto(page.url());
      const chooser = other.waitForEvent('filechooser');
      await other.getByRole('button', { name: 'Choose a file' }).click();
      await (await chooser).setFiles({ name: 'threads.txt', mimeType: 'text/plain', buffer: Buffer.from('one\ntwo\n') });
      await page.getByRole('button', { name: 'Add them' }).waitFor();
      await server.crash();

      server = await startSample('SupportOps', data.path, server.port);
      await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Add them' }).click();
      await chat.reply(`Import ${number} added 2 threads.`).waitFor();
      assert.equal(await chat.reply('This is import').count(), 1, 'nothing is said twice');
      assert.equal(await page.getByRole('group').count(), 2, 'nothing is asked twice');
      const details = await (await page.request.get(`${server.url}/capsule/sessions/${id}/events`, { headers: { accept: 'application/json' } })).json();
      const states = details.events.filter(event => event.type === 'turn').map(event => event.data.state);
      assert.deepEqual(states, ['queued', 'started', 'completed']);
      await chat.context.close();
    });
  });
});

/** A visitor that speaks HTTP, with one session. */
class Guest {
  constructor(url, cookie, session) {
    this.address = `${url}/capsule/sessions/${session}`;
    this.cookie = cookie;
  }

  static async arrive(url) {
    const opened = await fetch(`${url}/capsule/sessions`, { method: 'POST' });
    return new Guest(url, opened.headers.get('set-cookie').split(';')[0], (await opened.json()).id);
  }

  /** Sends a message and returns its turn. */
  async post(id, text) {
    const headers = { cookie: this.cookie, 'content-type': 'application/json' };
    const accepted = await fetch(`${this.address}/messages`, { method: 'POST', headers, body: JSON.stringify({ id, text }) });
    assert.equal(accepted.status, 202);
    return (await accepted.json()).turnId;
  }

  async events() {
    const response = await fetch(`${this.address}/events`, { headers: { cookie: this.cookie, accept: 'application/json' } });
    return (await response.json()).events;
  }

  async states(turnId) {
    return (await this.events()).filter(event => event.type === 'turn' && event.data.id === turnId).map(event => event.data.state);
  }

  /** Waits for a state of a turn. */
  async until(turnId, state) {
    const deadline = Date.now() + 30_000;
    while (!(await this.states(turnId)).includes(state)) {
      assert.ok(Date.now() < deadline, `the turn is not ${state} after 30 seconds`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
