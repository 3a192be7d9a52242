import { writeFile } from 'node:fs/promises';
import { startSupportOps, temporaryDirectory } from '../browser/support-ops.mjs';

const data = await temporaryDirectory();
const server = await startSupportOps(data.path);
try {
  await writeFile(process.argv[2], await (await fetch(`${server.url}/openapi/v1.json`)).text());
} finally {
  await server.stop();
  await data.remove();
}
