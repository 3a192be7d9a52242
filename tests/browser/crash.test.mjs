import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startSample, temporaryDirectory } from './sample.mjs';

describe('a killed server', { timeout: 180_000 }, () => {
  test('has every message that it accepted, and no turn is silent', async () => {
    const data = await temporaryDirectory();
    let server = await startSample('SupportOps', data.path);
    try {
      const opened = await fetch(`${server.url}/capsule/sessions`, { method: 'POST' });
      const cookie = opened.headers.get('set-cookie').split(';')[0];
      const { id } = await opened.json();
      const post = (messageId, text) =>
        fetch(`${server.url}/capsule/sessions/${id}/messages`, {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/json' },
          body: JSON.stringify({ id: messageId, text }),
        });
      const events = async () => {
        const response = await fetch(`${server.url}/capsule/sessions/${id}/events`, { headers: { cookie, accept: 'application/json' } });
        return (await response.json()).events;
      };
      const turnStates = async turnId => (await events()).filter(e => e.type === 'turn' && e.data.id === turnId).map(e => e.data.state);

      const first = await post('first', 'slow');
      assert.equal(first.status, 202);
      const running = (await first.json()).turnId;
      await until(async () => (await turnStates(running)).includes('started'));
      const second = await post('second', 'whoami');
      assert.equal(second.status, 202);
      const waiting = (await second.json()).turnId;
      await server.crash();

      server = await startSample('SupportOps', data.path);
      await until(async () => (await turnStates(waiting)).includes('completed'));
      assert.equal((await turnStates(running)).at(-1), 'interrupted');
      const messages = (await events()).filter(e => e.type === 'message' && e.data.sender === 'user').map(e => e.data.id);
      assert.deepEqual(messages, ['first', 'second']);

      const again = await post('second', 'whoami');
      assert.equal(again.status, 202);
      assert.equal((await again.json()).turnId, waiting, 'the same id runs nothing again');
    } finally {
      await server.stop();
      await data.remove();
    }
  });
});

async function until(condition) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await condition()) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  assert.fail('the condition did not come true within 30 seconds');
}
