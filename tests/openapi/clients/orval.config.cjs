// CommonJS: orval takes the default export of a module for its name.
module.exports = {
  app: {
    input: './generated/openapi.json',
    output: {
      target: './generated/orval/app.ts',
      client: 'fetch',
      mode: 'single',
      override: { mutator: { path: './src/orval-fetch.ts', name: 'orvalFetch' } },
    },
  },
};
