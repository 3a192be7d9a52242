import type { Block } from '../conversation/conversation';

type Payload = Block['payload'];

// A payload is whatever the app has sent: every field is read by the type it should have, or is not there.
const text = (payload: Payload, name: string) => (typeof payload[name] === 'string' ? payload[name] : undefined);
const number = (payload: Payload, name: string) => (typeof payload[name] === 'number' ? payload[name] : undefined);
const list = (payload: Payload, name: string) => (Array.isArray(payload[name]) ? (payload[name] as Payload[]) : []).filter(item => item !== null && typeof item === 'object');
const flag = (payload: Payload, name: string) => payload[name] === true;

function time(payload: Payload, name: string): number | undefined {
  const parsed = Date.parse(text(payload, name) ?? '');
  return Number.isNaN(parsed) ? undefined : parsed;
}

export const readTaskCard = (payload: Payload) => ({ taskId: text(payload, 'taskId'), message: text(payload, 'message') });

export const readImage = (payload: Payload) => ({
  url: text(payload, 'url'),
  alt: text(payload, 'alt') ?? '',
  width: number(payload, 'width'),
});

export const readBrowserPreview = (payload: Payload) => ({
  url: text(payload, 'url'),
  title: text(payload, 'title'),
  tall: ['split', 'copilot'].includes(text(payload, 'mode') ?? ''),
});

export function readFileUpload(payload: Payload) {
  const accept = payload['accept'];
  return {
    message: text(payload, 'message') ?? 'Please send a file.',
    accept: Array.isArray(accept) ? accept.join(',') : text(payload, 'accept'),
    maxBytes: number(payload, 'maxBytes'),
    expiresAt: time(payload, 'expiresAt'),
    filename: text(payload, 'filename') ?? 'File',
    size: number(payload, 'size'),
    state: firstOf(payload, ['interrupted', 'cancelled', 'declined', 'expired', 'completed']),
  };
}

export function readApproval(payload: Payload) {
  const state = firstOf(payload, ['interrupted', 'cancelled', 'timedOut', 'completed']);
  return {
    message: text(payload, 'message') ?? 'Do you approve?',
    approveLabel: text(payload, 'approveLabel') ?? 'Approve',
    rejectLabel: text(payload, 'rejectLabel') ?? 'Reject',
    expiresAt: time(payload, 'expiresAt'),
    state: state === 'completed' ? (flag(payload, 'approved') ? 'approved' : 'rejected') : state,
  } as const;
}

export function readIntegration(payload: Payload) {
  const name = text(payload, 'type') ?? '';
  return {
    name,
    title: text(payload, 'title') ?? name,
    reason: text(payload, 'reason'),
    blocking: flag(payload, 'blocking'),
    fields: list(payload, 'fields').map(field => ({
      name: text(field, 'name') ?? '',
      label: text(field, 'label') ?? text(field, 'name') ?? '',
      secret: flag(field, 'secret'),
      required: flag(field, 'required'),
    })),
    expiresAt: time(payload, 'expiresAt'),
    state: firstOf(payload, ['interrupted', 'cancelled', 'declined', 'expired', 'completed']),
  };
}

/** Whether the app waits for the reader's answer to this block. */
export const isOpenPrompt = (block: Block): boolean => flag(block.payload, 'blocking');

function firstOf<Name extends string>(payload: Payload, names: Name[]): Name | 'open' {
  return names.find(name => flag(payload, name)) ?? 'open';
}
