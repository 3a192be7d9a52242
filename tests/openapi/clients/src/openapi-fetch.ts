import createClient from 'openapi-fetch';
import type { paths } from '../generated/openapi-typescript/schema';
import type { Client } from './api';

/** The types of openapi-typescript with its own small client. */
export function connect(baseUrl: string): Client {
  // Without this it would keep the fetch of the moment.
  const client = createClient<paths>({ baseUrl, fetch: request => fetch(request) });
  const json = { accept: 'application/json' };

  return {
    api: {
      getMe: async () => data(await client.GET('/capsule/me')),
      // It writes JSON unless it is told otherwise.
      signIn: async (email, org) => data(await client.POST('/capsule/signin', {
        body: { email, org },
        bodySerializer: fields => new URLSearchParams(fields as Record<string, string>),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      })),
      signOut: async () => data(await client.POST('/capsule/signout')),
      createSession: async body => data(await client.POST('/capsule/sessions', { body })),
      listSessions: async limit => data(await client.GET('/capsule/sessions', { params: { query: { limit } } })),
      getSession: async id => data(await client.GET('/capsule/sessions/{id}', { params: { path: { id } } })),
      updateSession: async (id, title) => data(await client.PATCH('/capsule/sessions/{id}', { params: { path: { id } }, body: { title } })),
      closeSession: async id => data(await client.DELETE('/capsule/sessions/{id}', { params: { path: { id } } })),
      postMessage: async (id, body) => data(await client.POST('/capsule/sessions/{id}/messages', { params: { path: { id } }, body })),
      readEvents: async (id, after) => {
        const page = data(await client.GET('/capsule/sessions/{id}/events', { params: { path: { id }, query: { after } }, headers: json }));
        if (!('events' in page)) throw new Error('a page was asked for');
        return page;
      },
      cancelTurn: async (id, turnId) => data(await client.POST('/capsule/sessions/{id}/cancel', { params: { path: { id } }, body: { turnId } })),
      retryTurn: async (id, turnId) => data(await client.POST('/capsule/sessions/{id}/retry', { params: { path: { id } }, body: { turnId } })),
      answerPrompt: async (id, blockId, answer) => {
        const params = { path: { id, blockId } };
        return data(answer instanceof File
          ? await client.POST('/capsule/sessions/{id}/prompts/{blockId}', { params, body: { file: '' }, bodySerializer: () => form(answer) })
          : await client.POST('/capsule/sessions/{id}/prompts/{blockId}', { params, body: answer }));
      },
      uploadFile: async file => data(await client.POST('/capsule/files', { body: { file: '' }, bodySerializer: () => form(file) })),
      downloadFile: async id => data(await client.GET('/capsule/files/{id}', { params: { path: { id } }, parseAs: 'text' })),
      chat: async text => {
        const reply = data(await client.POST('/capsule/chat', { body: { text }, headers: json }));
        if (!('sessionId' in reply)) throw new Error('one answer was asked for');
        return reply;
      },
      getTask: async id => data(await client.GET('/capsule/tasks/{id}', { params: { path: { id } } })),
      cancelTask: async id => data(await client.POST('/capsule/tasks/{id}/cancel', { params: { path: { id } } })),
      connectIntegration: async (name, fields) => data(await client.POST('/capsule/integrations/{name}', { params: { path: { name } }, body: { fields } })),
      disconnectIntegration: async name => data(await client.DELETE('/capsule/integrations/{name}', { params: { path: { name } } })),
      getThreads: async status => data(await client.GET('/data/threads', { params: { query: { status } } })),
      getMetrics: async () => data(await client.GET('/data/mailbox_metrics')),
      getReport: async id => data(await client.GET('/reports/{id}', { params: { path: { id } } })),
      callback: async body => data(await client.POST('/callback', { body })),
      getLiveness: async () => data(await client.GET('/health/live')),
      getReadiness: async () => data(await client.GET('/health/ready')),
      getHealth: async () => data(await client.GET('/health')),
    },
    openStream: async (id, after) => {
      const { data: stream } = await client.GET('/capsule/sessions/{id}/events', { params: { path: { id }, query: { after } }, parseAs: 'stream' });
      if (!stream) throw new Error('there is no stream');
      return stream;
    },
  };
}

/** What a call answers; a problem is thrown. */
function data<T>(result: { data?: T; error?: unknown; response: Response }): Exclude<T, undefined> {
  if (!result.response.ok) throw new Error(`${result.response.status}: ${JSON.stringify(result.error)}`);
  return result.data as Exclude<T, undefined>;
}

function form(file: File): FormData {
  const fields = new FormData();
  fields.append('file', file);
  return fields;
}
