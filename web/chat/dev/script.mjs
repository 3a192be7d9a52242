// What the fake app answers. Write one of these words to see the page's part of it:
//   sync · upload · approve · image · browser · cards · slow · fail · interrupt · notify · title <t> · many · anything else
import { setTimeout as wait } from 'node:timers/promises';
import { newId } from './journal.mjs';
import { create, run } from './tasks.mjs';

const answer = `Here is what I found in **12 threads** from this week.

1. Three customers ask about the *same invoice*, see [the report](/reports/12).
2. Two threads wait for a reply longer than a day:
   - Ada Novak, *Refund for order 1042*
   - Lin Wei, *Can’t sign in*

| Thread | Owner | Waiting | Priority |
|:--|:--|--:|:--|
| Refund for order 1042 | Ada Novak | 26 h | high |
| Can’t sign in | Lin Wei | 31 h | urgent |
| Question on invoice 88 | Sam Ode | 3 h | low |

The query behind it:

\`\`\`csharp
var waiting = await session.Db.Threads.FindAsync(
    t => t.Status == "open" && t.Priority >= 2, limit: 50, sort: t => t.Priority.Descending(), cancellationToken: session.CancellationToken);
\`\`\`

> Times are in UTC. Ask me to \`sync\` to read the mailbox again.
`;

const picture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 280"><rect width="640" height="280" fill="#eef1f6"/><g fill="#5b6ee1"><rect x="60" y="150" width="60" height="90"/><rect x="160" y="110" width="60" height="130"/><rect x="260" y="70" width="60" height="170"/><rect x="360" y="120" width="60" height="120"/><rect x="460" y="50" width="60" height="190"/></g></svg>')}`;

const filePrompt = { message: 'Please send the export of your mailbox.', accept: '.csv,.json', maxBytes: 5_000_000 };
const approvalPrompt = { message: 'Refund 40.00 € to Ada Novak for order 1042?', approveLabel: 'Refund', rejectLabel: 'Don’t refund' };

const commands = {
  sync: session => session.show('task_card', { taskId: run().id, message: 'Reading the mailbox' }),
  async upload(session, signal) {
    const { filename, declined, expired } = await session.prompt('file_upload', filePrompt, 300, signal);
    session.say('app', filename ? `Thank you, I have **${filename}**.` : declined ? 'All right, without the file.' : expired ? 'That took too long.' : '');
  },
  async approve(session, signal) {
    const { approved } = await session.prompt('approval_prompt', approvalPrompt, 300, signal);
    session.say('app', approved ? 'Refunded.' : 'Nothing was refunded.');
  },
  image: session => session.show('image', { url: picture, alt: 'Threads per day', width: 480 }),
  browser: session => session.show('browser_preview', { url: '/capsule/preview.html', title: 'Order 1042', mode: 'preview' }),
  slow: (session, signal) => stream(session, 'A slow reply, one word at a time, for ten seconds. '.repeat(5), signal, 200),
  notify: async (session, signal) => {
    for (const step of ['Reading threads…', 'Comparing…', 'Writing…']) {
      session.append('notification', { text: step, detail: '240 threads' });
      await wait(1500, undefined, { signal });
    }
    session.say('app', 'Done.');
  },
  async fail(session, signal) {
    await stream(session, 'I was about to', signal, 60, { partial: true });
    throw new Error('The app could not answer.');
  },
  async interrupt(session, signal) {
    await stream(session, 'The server went down while', signal, 60, { partial: true });
    throw Object.assign(new Error('The server stopped before this was finished.'), { state: 'interrupted' });
  },
  many(session) {
    for (let index = 0; index < 5000; index++) session.say(index % 2 ? 'app' : 'user', `Message **${index}** with \`code\`.\n\n- one\n- two`);
  },
  cards: showEveryCard,
};

export async function reply(session, text, signal) {
  const [word, ...rest] = text.trim().split(' ');
  if (word === 'title') return session.change({ title: rest.join(' ') });
  const command = commands[word.toLowerCase()];
  if (command) return command(session, signal);
  session.append('notification', { text: 'Thinking…' });
  await wait(600, undefined, { signal });
  await stream(session, answer, signal, 25);
}

async function stream(session, text, signal, pace, more = {}) {
  const id = newId('msg');
  let written = '';
  const end = partial => session.say('app', written, { id, ...(partial && { partial: true }) });
  try {
    for (const piece of text.match(/\S+\s*/g)) {
      written += piece;
      session.append('delta', { messageId: id, text: piece });
      await wait(pace, undefined, { signal });
    }
  } catch (error) {
    end(true);
    throw error;
  }
  end(more.partial);
}

function showEveryCard(session) {
  const card = (payload, type) => session.show(type, payload);
  const soon = new Date(Date.now() + 240_000).toISOString();
  const done = { completed: true };
  const ended = new Date(Date.now() + 83_000).toISOString();
  for (const task of [
    create('pending'), create('running', { progress: { percent: 42, text: '101 of 240 threads' } }), create('running'), create('retry'),
    create('completed', { completedAt: ended }), create('failed', { completedAt: ended, error: 'The mailbox did not answer.' }),
    create('cancelled', { completedAt: ended }), create('timeout', { completedAt: ended }),
  ]) card({ taskId: task.id, message: 'Reading the mailbox' }, 'task_card');
  card({ taskId: 'task_gone' }, 'task_card');
  card({ url: picture, alt: 'Threads per day', width: 480 }, 'image');
  card({ url: 'javascript:alert(1)', alt: 'Not an image' }, 'image');
  card({ url: '/capsule/preview.html', title: 'Order 1042', mode: 'split' }, 'browser_preview');
  card({ ...filePrompt, blocking: true, expiresAt: soon }, 'file_upload');
  card({ ...filePrompt, ...done, filename: 'mailbox-export-2026.csv', contentType: 'text/csv', size: 48_213 }, 'file_upload');
  for (const end of ['expired', 'declined', 'cancelled']) card({ ...filePrompt, [end]: true }, 'file_upload');
  card({ ...approvalPrompt, blocking: true, expiresAt: soon }, 'approval_prompt');
  card({ ...approvalPrompt, ...done, approved: true, timedOut: false }, 'approval_prompt');
  card({ ...approvalPrompt, ...done, approved: false, timedOut: false }, 'approval_prompt');
  card({ ...approvalPrompt, ...done, approved: false, timedOut: true }, 'approval_prompt');
  card({ ...approvalPrompt, cancelled: true }, 'approval_prompt');
  card({ rating: 4, comment: '<b>nice</b>' }, 'survey');
}
