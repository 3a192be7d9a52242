import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSample, temporaryDirectory } from '../../browser/sample.mjs';
import { Recorder } from './recorder.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);
const tool = (name, ...options) =>
  run(`../node_modules/.bin/${name}`, options, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch(failure => assert.fail(`${name} failed:\n${failure.stdout}${failure.stderr}`));

describe('clients generated from the document', { timeout: 600_000 }, () => {
  let data, server, document;

  before(async () => {
    data = await temporaryDirectory();
    server = await startSample('SupportOps', data.path);
    document = await (await fetch(`${server.url}/openapi/v1.json`)).json();
    await rm(`${folder}/generated`, { recursive: true, force: true });
    await mkdir(`${folder}/generated`);
    await writeFile(`${folder}/generated/openapi.json`, JSON.stringify(document));
    // Two processors.
    await Promise.all([
      tool('openapi-typescript', 'generated/openapi.json', '-o', 'generated/openapi-typescript/schema.d.ts'),
      tool('openapi-ts', '-i', './generated/openapi.json', '-o', 'generated/hey-api', '-c', '@hey-api/client-fetch'),
    ]);
    await tool('orval', '--config', 'orval.config.cjs');
  });

  after(async () => {
    await server?.stop();
    await data?.remove();
  });

  test('compile with strict', async () => {
    await tool('tsc', '--project', '.');
    await writeFile(`${folder}/generated/js/package.json`, '{ "type": "commonjs" }');
  });

  for (const name of ['openapi-fetch', 'hey-api', 'orval']) {
    test(`${name} calls every operation, and every answer is as described`, { timeout: 120_000 }, async () => {
      const { connect } = await import(`./generated/js/src/${name}.js`);
      const { callEverything } = await import('./generated/js/src/scenario.js');
      const recorder = new Recorder(document);
      const original = globalThis.fetch;
      globalThis.fetch = recorder.fetch;
      try {
        await callEverything(connect(server.url), {
          async crash() {
            await server.crash();
            globalThis.fetch = original;
            server = await startSample('SupportOps', data.path, server.port);
            globalThis.fetch = recorder.fetch;
          },
        });
      } finally {
        globalThis.fetch = original;
      }
      assert.deepEqual(recorder.complaints, []);
      assert.deepEqual([...recorder.ids].filter(id => !recorder.called.has(id)), [], 'operations without a call: add them to src/api.ts, the clients and the scenario');
    });
  }
});
