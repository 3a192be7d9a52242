import type { components, operations } from '../generated/openapi-typescript/schema';

type Schemas = components['schemas'];

/** How the scenario calls the sample: what a client generated from the document offers, in one shape for all of them. */
export interface Api {
  getMe(): Promise<Schemas['Me']>;
  signIn(email: string, org: string): Promise<unknown>;
  signOut(): Promise<unknown>;
  createSession(body?: Schemas['CreateSession']): Promise<Schemas['CreatedSession']>;
  listSessions(limit: number): Promise<Schemas['SessionList']>;
  getSession(id: string): Promise<Schemas['SessionDetails']>;
  updateSession(id: string, title: string): Promise<Schemas['SessionSummary']>;
  closeSession(id: string): Promise<unknown>;
  postMessage(id: string, message: Schemas['PostMessage']): Promise<Schemas['AcceptedMessage']>;
  /** One page. */
  readEvents(id: string, after: number): Promise<Schemas['EventPage']>;
  cancelTurn(id: string, turnId: string): Promise<unknown>;
  retryTurn(id: string, turnId: string): Promise<Schemas['AcceptedMessage']>;
  /** An approval, or a file. */
  answerPrompt(id: string, blockId: string, answer: Schemas['PromptAnswer'] | File): Promise<unknown>;
  uploadFile(file: File): Promise<Schemas['UploadedFile']>;
  downloadFile(id: string): Promise<string>;
  chat(text: string): Promise<Schemas['ChatReply']>;
  getTask(id: string): Promise<Schemas['TaskDetails']>;
  cancelTask(id: string): Promise<unknown>;
  connectIntegration(name: string, fields: Record<string, string>): Promise<unknown>;
  disconnectIntegration(name: string): Promise<unknown>;
  getThreads(status?: string): Promise<Schemas['ThreadList']>;
  getMetrics(): Promise<Schemas['MailboxMetrics']>;
  getReport(id: number): Promise<Schemas['Report']>;
  callback(body: Schemas['CallbackBody']): Promise<Schemas['Receipt']>;
  getLiveness(): Promise<Schemas['HealthReport']>;
  getReadiness(): Promise<Schemas['HealthReport']>;
  getHealth(): Promise<Schemas['HealthReport']>;
}

/** Does not compile while an operation of the document has no call. */
export type Uncalled = Exclude<keyof operations, keyof Api>;
export const everyOperationIsCalled: [Uncalled] extends [never] ? true : Uncalled = true;

/** The session's stream of events, which no generated client reads as such: the body as it comes. */
export type OpenStream = (id: string, after: number) => Promise<ReadableStream<Uint8Array>>;

export interface Client {
  api: Api;
  openStream: OpenStream;
}
