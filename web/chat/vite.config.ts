import { defineConfig } from 'vitest/config';

const fakeHost = `http://127.0.0.1:${process.env['CAPSULE_PORT'] ?? 5099}`;

export default defineConfig(({ command }) => ({
  // The built page is `/` itself with everything else below /capsule/page/, so it can't meet an author's route.
  base: command === 'build' ? '/capsule/page/' : '/',
  build: {
    // The first versions that know light-dark() and the array methods used here.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    assetsDir: '',
    // A data: URL would need a wider content security policy than 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/capsule': { target: fakeHost } },
  },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    environment: 'jsdom',
  },
}));
