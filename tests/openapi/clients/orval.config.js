import { fileURLToPath } from 'node:url';

const here = path => fileURLToPath(new URL(path, import.meta.url));

export default {
  app: {
    input: here('generated/openapi.json'),
    output: {
      target: here('generated/orval/app.ts'),
      client: 'fetch',
      mode: 'single',
      override: { mutator: { path: here('src/orval-fetch.ts'), name: 'orvalFetch' } },
    },
  },
};
