import { call } from './client';
import type { Schemas } from './schemas';

/** All that the page asks of the host, save the event stream. */
export const host = {
  me: () => call('get', '/capsule/me'),
  signIn: (email: string, org: string) =>
    call('post', '/capsule/signin', { body: new URLSearchParams({ email, ...(org && { org }) }) }),
  signOut: () => call('post', '/capsule/signout'),

  sessions: (before?: string) => call('get', '/capsule/sessions', { query: { limit: 30, ...(before && { before }) } }),
  session: (id: string) => call('get', '/capsule/sessions/{id}', { path: { id } }),
  createSession: (title: string) => call('post', '/capsule/sessions', { body: { title } }),
  renameSession: (id: string, title: string) => call('patch', '/capsule/sessions/{id}', { path: { id }, body: { title } }),
  closeSession: (id: string) => call('delete', '/capsule/sessions/{id}', { path: { id } }),

  post: (id: string, message: Schemas['PostMessage']) =>
    call('post', '/capsule/sessions/{id}/messages', { path: { id }, body: message }),
  cancel: (id: string, turnId: string) => call('post', '/capsule/sessions/{id}/cancel', { path: { id }, body: { turnId } }),
  retry: (id: string, turnId: string) => call('post', '/capsule/sessions/{id}/retry', { path: { id }, body: { turnId } }),
  answer: (id: string, blockId: string, answer: Schemas['PromptAnswer'] | File) =>
    call('post', '/capsule/sessions/{id}/prompts/{blockId}', {
      path: { id, blockId },
      body: answer instanceof File ? fileForm(answer) : answer,
    }),

  connect: (name: string, fields: Record<string, string>) =>
    call('post', '/capsule/integrations/{name}', { path: { name }, body: { fields } }),

  upload: (file: File) => call('post', '/capsule/files', { body: fileForm(file) }),
  task: (id: string, signal: AbortSignal) => call('get', '/capsule/tasks/{id}', { path: { id }, signal }),
  cancelTask: (id: string) => call('post', '/capsule/tasks/{id}/cancel', { path: { id } }),
};

function fileForm(file: File): FormData {
  const form = new FormData();
  form.append('file', file, file.name);
  return form;
}
