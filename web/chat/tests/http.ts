import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';

/** Starts a server that the page's own paths lead to; returns what stops it. */
export async function serve(listener: RequestListener): Promise<() => void> {
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => fetch(base + path, init));
  return () => {
    vi.unstubAllGlobals();
    server.closeAllConnections();
    server.close();
  };
}
