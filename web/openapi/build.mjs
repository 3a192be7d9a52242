// Gathers the page into a folder: node build.mjs <folder>. Files are compressed once here instead of at each request.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

const files = [
  'src/index.html',
  'src/start.js',
  'src/page.css',
  'node_modules/swagger-ui-dist/swagger-ui.css',
  'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
  'node_modules/swagger-ui-dist/LICENSE',
  'node_modules/swagger-ui-dist/NOTICE',
];

const folder = process.argv[2];
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const file of files) {
  const text = (await readFile(new URL(file, import.meta.url), 'utf8')).replace(/\n\/[/*]# sourceMappingURL=.*$/m, '');
  await writeFile(join(folder, `${basename(file)}.gz`), gzipSync(text, { level: constants.Z_BEST_COMPRESSION }));
}
