// The page with hot reload, against the fake host (or, with CAPSULE_PORT, against an app that already runs there).
import { createServer } from 'vite';
import { start } from './server.mjs';

if (!process.env.CAPSULE_PORT) start();
const vite = await createServer();
await vite.listen();
vite.printUrls();
