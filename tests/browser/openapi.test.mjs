import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchChromium } from './chat-page.mjs';
import { startSample, temporaryDirectory } from './sample.mjs';

describe('the page of the OpenAPI document', { timeout: 600_000 }, () => {
  let data, server, browser, document;

  before(async () => {
    data = await temporaryDirectory();
    server = await startSample('SupportOps', data.path);
    browser = await launchChromium();
    document = await (await fetch(`${server.url}/openapi/v1.json`)).json();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await data?.remove();
  });

  for (const [device, width, height] of [['a desk', 1280, 800], ['a phone', 390, 844]]) {
    test(`lists every operation and tries one out, on ${device}`, async () => {
      const context = await browser.newContext({ viewport: { width, height } });
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      const complaints = [];
      const elsewhere = [];
      page.on('pageerror', error => complaints.push(String(error)));
      page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
      page.on('request', request => !request.url().startsWith(server.url) && !request.url().startsWith('data:') && elsewhere.push(request.url()));

      await page.goto(`${server.url}/openapi`);
      await page.locator('.opblock').first().waitFor();
      const operations = Object.values(document.paths).flatMap(path => Object.values(path));
      assert.equal(await page.locator('.opblock').count(), operations.length);
      assert.match(await page.title(), /^SupportOps/);

      const me = page.locator('.opblock', { hasText: '/capsule/me' });
      await me.locator('.opblock-summary-control').click();
      await me.getByRole('button', { name: 'Try it out' }).click();
      await me.getByRole('button', { name: 'Execute' }).click();
      await me.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
      assert.match(await me.locator('.live-responses-table').innerText(), /"authenticated": false/);

      assert.equal(await page.evaluate(() => globalThis.document.documentElement.scrollWidth - globalThis.document.documentElement.clientWidth), 0);
      assert.deepEqual(elsewhere, [], 'a request left the host');
      assert.deepEqual(complaints, [], 'the page logged errors');
      await context.close();
    });
  }
});
