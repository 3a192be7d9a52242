import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../samples');

/** A directory that outlives the server, as a disk does. */
export async function temporaryDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'capsule-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts a built sample on a port, a free one unless told, with settings as environment variables, and waits until it is ready. */
export async function startSample(name, dataDirectory, wantedPort, settings = {}) {
  const port = wantedPort ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const directory = join(samples, name);
  const assembly = join(directory, 'bin', process.env.CONFIGURATION ?? 'Debug', 'net10.0', `${name}.dll`);
  const server = spawn('dotnet', [assembly, '--urls', url], {
    cwd: directory,
    env: { ...process.env, ASPNETCORE_ENVIRONMENT: 'Development', Capsule__DataDirectory: dataDirectory, OPENAI_API_KEY: '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  server.stdout.on('data', chunk => (log += chunk));
  server.stderr.on('data', chunk => (log += chunk));
  const exited = once(server, 'exit');
  const kill = async signal => {
    server.kill(signal);
    await exited;
  };
  for (let attempt = 0; ; attempt++) {
    if (server.exitCode !== null || attempt > 300) {
      server.kill('SIGKILL');
      throw new Error(`${name} did not start:\n${log}`);
    }
    const ready = await fetch(`${url}/health/ready`).then(response => response.ok, () => false);
    if (ready) return { url, port, stop: () => kill('SIGTERM'), crash: () => kill('SIGKILL'), log: () => log };
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
