import * as app from '../generated/orval/app';
import type { Client } from './api';
import { orvalFetch, useBaseUrl } from './orval-fetch';

/** The functions that orval generates for fetch. */
export function connect(baseUrl: string): Client {
  useBaseUrl(baseUrl);
  const json = { headers: { Accept: 'application/json' } };

  return {
    api: {
      getMe: async () => data(await app.getMe()),
      signIn: async (email, org) => data(await app.signIn({ email, org })),
      signOut: async () => data(await app.signOut()),
      createSession: async body => data(await app.createSession(body ?? {})),
      listSessions: async limit => data(await app.listSessions({ limit })),
      getSession: async id => data(await app.getSession(id)),
      updateSession: async (id, title) => data(await app.updateSession(id, { title })),
      closeSession: async id => data(await app.closeSession(id)),
      postMessage: async (id, body) => data(await app.postMessage(id, body)),
      readEvents: async (id, after) => {
        const page = data(await app.readEvents(id, { after }, json));
        if (!('events' in page)) throw new Error('a page was asked for');
        return page;
      },
      cancelTurn: async (id, turnId) => data(await app.cancelTurn(id, { turnId })),
      retryTurn: async (id, turnId) => data(await app.retryTurn(id, { turnId })),
      // Of two media types it knows the first, and sends what it is given as such.
      answerPrompt: async (id, blockId, answer) => data(answer instanceof File
        ? await orvalFetch<app.answerPromptResponse>(app.getAnswerPromptUrl(id, blockId), { method: 'POST', body: form(answer) })
        : await app.answerPrompt(id, blockId, answer, { headers: { 'Content-Type': 'application/json' } })),
      uploadFile: async file => data(await app.uploadFile({ file })),
      downloadFile: async id => data(await app.downloadFile(id)).text(),
      chat: async text => {
        const reply = data(await app.chat({ text }, json));
        if (!('sessionId' in reply)) throw new Error('one answer was asked for');
        return reply;
      },
      getTask: async id => data(await app.getTask(id)),
      cancelTask: async id => data(await app.cancelTask(id)),
      connectIntegration: async (name, fields) => data(await app.connectIntegration(name, { fields })),
      disconnectIntegration: async name => data(await app.disconnectIntegration(name)),
      getThreads: async status => data(await app.getThreads({ status })),
      getMetrics: async () => data(await app.getMetrics()),
      getReport: async id => data(await app.getReport(id)),
      callback: async body => data(await app.callback(body)),
      getLiveness: async () => data(await app.getLiveness()),
      getReadiness: async () => data(await app.getReadiness()),
      getHealth: async () => data(await app.getHealth()),
    },
    openStream: async (id, after) => (await app.readEvents(id, { after })).data as unknown as ReadableStream<Uint8Array>,
  };
}

type Success = 200 | 201 | 202 | 204;

/** What a call answers; a problem is thrown. */
function data<T extends { data: unknown; status: number }>(result: T): Extract<T, { status: Success }>['data'] {
  if (result.status >= 300) throw new Error(`${result.status}: ${JSON.stringify(result.data)}`);
  return result.data as Extract<T, { status: Success }>['data'];
}

function form(file: File): FormData {
  const fields = new FormData();
  fields.append('file', file);
  return fields;
}
