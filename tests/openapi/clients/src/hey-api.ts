import * as sdk from '../generated/hey-api';
import { client } from '../generated/hey-api/client.gen';
import type { Client } from './api';

/** The functions that @hey-api/openapi-ts generates. */
export function connect(baseUrl: string): Client {
  client.setConfig({ baseUrl, fetch: (...request) => fetch(...request) });
  const json = { Accept: 'application/json' };

  return {
    api: {
      getMe: async () => data(await sdk.getMe()),
      signIn: async (email, org) => data(await sdk.signIn({ body: { email, org } })),
      signOut: async () => data(await sdk.signOut()),
      createSession: async body => data(await sdk.createSession({ body })),
      listSessions: async limit => data(await sdk.listSessions({ query: { limit } })),
      getSession: async id => data(await sdk.getSession({ path: { id } })),
      updateSession: async (id, title) => data(await sdk.updateSession({ path: { id }, body: { title } })),
      closeSession: async id => data(await sdk.closeSession({ path: { id } })),
      postMessage: async (id, body) => data(await sdk.postMessage({ path: { id }, body })),
      readEvents: async (id, after) => {
        const page = data(await sdk.readEvents({ path: { id }, query: { after }, headers: json }));
        if (!('events' in page)) throw new Error('a page was asked for');
        return page;
      },
      cancelTurn: async (id, turnId) => data(await sdk.cancelTurn({ path: { id }, body: { turnId } })),
      retryTurn: async (id, turnId) => data(await sdk.retryTurn({ path: { id }, body: { turnId } })),
      // Of two media types it knows the first.
      answerPrompt: async (id, blockId, answer) => data(answer instanceof File
        ? await sdk.answerPrompt({ path: { id, blockId }, body: {}, bodySerializer: () => form(answer), headers: { 'Content-Type': null } })
        : await sdk.answerPrompt({ path: { id, blockId }, body: answer })),
      uploadFile: async file => data(await sdk.uploadFile({ body: { file } })),
      downloadFile: async id => (data(await sdk.downloadFile({ path: { id }, parseAs: 'blob' })) as Blob).text(),
      chat: async text => {
        const reply = data(await sdk.chat({ body: { text }, headers: json }));
        if (!('sessionId' in reply)) throw new Error('one answer was asked for');
        return reply;
      },
      getTask: async id => data(await sdk.getTask({ path: { id } })),
      cancelTask: async id => data(await sdk.cancelTask({ path: { id } })),
      connectIntegration: async (name, fields) => data(await sdk.connectIntegration({ path: { name }, body: { fields } })),
      disconnectIntegration: async name => data(await sdk.disconnectIntegration({ path: { name } })),
      getThreads: async status => data(await sdk.getThreads({ query: { status } })),
      getMetrics: async () => data(await sdk.getMetrics()),
      getReport: async id => data(await sdk.getReport({ path: { id } })),
      callback: async body => data(await sdk.callback({ body })),
      getLiveness: async () => data(await sdk.getLiveness()),
      getReadiness: async () => data(await sdk.getReadiness()),
      getHealth: async () => data(await sdk.getHealth()),
    },
    openStream: async (id, after) => {
      const { data: stream } = await sdk.readEvents({ path: { id }, query: { after }, parseAs: 'stream' });
      return stream as unknown as ReadableStream<Uint8Array>;
    },
  };
}

/** What a call answers; a problem is thrown. */
function data<T>(result: { data: T; error: unknown; response?: Response }): Exclude<T, undefined> {
  if (!result.response?.ok) throw new Error(`${result.response?.status}: ${JSON.stringify(result.error)}`);
  return result.data as Exclude<T, undefined>;
}

function form(file: File): FormData {
  const fields = new FormData();
  fields.append('file', file);
  return fields;
}
