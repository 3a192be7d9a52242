// Writes the OpenAPI document of a built sample to a file: node fetch-document.mjs <sample> <file>
import { writeFile } from 'node:fs/promises';
import { startSample, temporaryDirectory } from '../browser/sample.mjs';

const [sample, file] = process.argv.slice(2);
const data = await temporaryDirectory();
const server = await startSample(sample, data.path);
try {
  await writeFile(file, await (await fetch(`${server.url}/openapi/v1.json`)).text());
} finally {
  await server.stop();
  await data.remove();
}
