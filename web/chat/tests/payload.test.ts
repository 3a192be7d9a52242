import { describe, expect, test } from 'vitest';
import { isOpenPrompt, readApproval, readFileUpload } from '../src/blocks/payload';

describe('a file prompt', () => {
  const request = { message: 'Send it', accept: '.csv', blocking: true, expiresAt: '2026-01-05T09:05:00Z', maxBytes: 10 };

  test('is open until the app has its answer', () => {
    expect(readFileUpload(request)).toMatchObject({ state: 'open', accept: '.csv', maxBytes: 10, expiresAt: Date.UTC(2026, 0, 5, 9, 5) });
  });

  test.each([
    ['completed', { completed: true, filename: 'a.csv', contentType: 'text/csv', size: 3 }],
    ['expired', { expired: true }],
    ['declined', { declined: true }],
    ['cancelled', { cancelled: true }],
  ])('is %s afterwards', (state, payload) => expect(readFileUpload({ message: 'Send it', ...payload }).state).toBe(state));
});

describe('an approval prompt', () => {
  const labels = { message: 'Go?', approveLabel: 'Go', rejectLabel: 'No' };

  test.each([
    ['open', { blocking: true }],
    ['approved', { completed: true, approved: true, timedOut: false }],
    ['rejected', { completed: true, approved: false, timedOut: false }],
    ['timedOut', { completed: true, approved: false, timedOut: true }],
    ['cancelled', { cancelled: true }],
  ])('is %s', (state, payload) => expect(readApproval({ ...labels, ...payload })).toMatchObject({ ...labels, state }));
});

test('fields of the wrong type are not there', () => {
  const payload = { message: { toString: 'x' }, approveLabel: 7, accept: {}, maxBytes: '9', expiresAt: 'soon', completed: 'true', blocking: 1 };
  expect(readApproval(payload)).toEqual(
    { message: 'Do you approve?', approveLabel: 'Approve', rejectLabel: 'Reject', expiresAt: undefined, state: 'open' });
  expect(readFileUpload(payload)).toMatchObject({ accept: undefined, maxBytes: undefined, state: 'open' });
  expect(isOpenPrompt({ id: 'b', type: 'approval_prompt', payload })).toBe(false);
});
