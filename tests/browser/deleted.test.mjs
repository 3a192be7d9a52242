import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchChromium, openChat } from './chat-page.mjs';
import { startSample, temporaryDirectory } from './sample.mjs';

test('a conversation that is deleted while the page shows it is gone from the page, too', { timeout: 120_000 }, async t => {
  const data = await temporaryDirectory();
  t.after(() => data.remove());
  // Less than a second after it was closed.
  const server = await startSample('SupportOps', data.path, undefined, { Capsule__ClosedSessionDays: '0.000001' });
  t.after(() => server.stop());
  const browser = await launchChromium();
  t.after(() => browser.close());
  const chat = await openChat(browser, server.url);
  await chat.say('whoami');
  await chat.wholeReply('A guest').waitFor();
  const id = new URL(chat.page.url()).searchParams.get('session');

  assert.equal((await chat.page.request.delete(`${server.url}/capsule/sessions/${id}`)).status(), 204);

  await chat.page.getByText('This conversation can’t be opened').waitFor();
  assert.equal(await chat.page.locator('.message').count(), 0);
  assert.equal((await chat.page.request.get(`${server.url}/capsule/sessions/${id}`)).status(), 404);
  await chat.page.getByRole('main').getByRole('button', { name: 'New conversation' }).click();
  await chat.say('whoami');
  await chat.wholeReply('A guest').waitFor();
});
